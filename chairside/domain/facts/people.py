"""Who is beside the patient: a representative, an interpreter, a witness; a child's assent; how one signs."""

from __future__ import annotations

from typing import TypeAlias

from chairside.domain.facts.kinds import Beside, Fact, InterpreterMode, Relation, Signer, Way


class IdentityConfirmed(Fact, frozen=True, tag=True):
    """The patient, or who signs with or for them, tapped "yes, that is me"."""

    who: Signer = "patient"


class RepresentativeNamed(Fact, frozen=True, tag=True):
    """From here on this person reads, answers and signs for the patient (Q14, Q15).

    `authority` is what shows that they may; `incapacity` is the physician's word on why an adult cannot
    decide alone, empty for a patient under 18.
    """

    name: str
    relation: Relation
    authority: str
    incapacity: str = ""


class InterpreterNamed(Fact, frozen=True, tag=True):
    """An interpreter helps from here on (R38); `sight`: reads the English pages out in the language spoken.

    `exception` says why one who is not qualified interprets: an emergency, or the patient's own wish.
    """

    name: str
    identifier: str
    spoken: str
    mode: InterpreterMode
    sight: bool
    exception: str = ""


class WitnessNamed(Fact, frozen=True, tag=True):
    """Somebody watches the signing and signs that they did (R39)."""

    name: str


class PersonLeft(Fact, frozen=True, tag=True):
    """Somebody who was named is no longer there, or was named by mistake."""

    who: Beside
    reason: str


class InterpreterAttested(Fact, frozen=True, tag=True):
    """Staff attest under PIN what an interpreter said who is not in the room, for one signature's pages."""

    pad: str
    name: str
    meaning: str


class AssentNotAsked(Fact, frozen=True, tag=True):
    """The physician says under PIN why a child is not asked for an assent (Q14)."""

    reason: str


class MinorMaySign(Fact, frozen=True, tag=True):
    """The physician says under PIN why a patient under 18 decides alone: emancipated, or by law (R32)."""

    reason: str


class WayChosen(Fact, frozen=True, tag=True):
    """How this person signs: drawn, by a mark before a witness, or with the name typed."""

    signer: Signer
    way: Way
    reason: str = ""


PeopleFact: TypeAlias = (
    RepresentativeNamed
    | InterpreterNamed
    | WitnessNamed
    | PersonLeft
    | InterpreterAttested
    | AssentNotAsked
    | MinorMaySign
    | WayChosen
)

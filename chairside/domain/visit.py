"""A visit as it stands: what its facts came to, in one frozen object that a screen and a page share.

`folding` makes it; nothing else changes one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from msgspec import Struct

from chairside.domain.codes.identity import identity
from chairside.domain.facts import (
    Awaited,
    Decided,
    PatientAdded,
    RuledOn,
    Signed,
    SignedOnPaper,
    Signer,
    Stamped,
    VisitOpened,
    Way,
)
from chairside.domain.replies import Chosen, Coded, CodesRead, Reply
from chairside.domain.source import SOURCE
from chairside.domain.vial import Vial

Key: TypeAlias = tuple[str, str]  # (form id, item id)
# Which form's signature stands over the answers of a form: a changed answer makes that signature void.
VIAL = "vial"
ASSENT = "assent"  # what a child is told and asked
CONSENTING: frozenset[Signer] = frozenset({"patient", "representative"})
SIGNED_OVER: dict[str, str] = {"health_check": "sign", "medicines": "sign"}
OUTDATES: dict[str, str] = {**SIGNED_OVER, "open": "sign", VIAL: VIAL}  # a changed answer, which ink
# What nobody consents to: what the patient would prefer (the physician orders), and who is in the room.
NOT_SIGNED_OVER: frozenset[tuple[str, str]] = frozenset(
    {("open", "preferred_strength"), ("open", "others_present")}
)
VIAL_CODE = (VIAL, "vial_code")


def texts(reply: Reply | None) -> tuple[str, ...]:
    """Return the codes in a reply as they were read."""
    read = reply.codes if isinstance(reply, CodesRead) else (reply,) if isinstance(reply, Coded) else ()
    return tuple(code.text.strip() for code in read)


class Told(Struct, frozen=True):
    """A reply, the fact that brought it, and that fact's place among the facts of the visit.

    `outdated`: an older text of the form asked for it; only an absolute yes or not sure outlives that.
    """

    reply: Reply
    by: Stamped
    place: int = 0
    outdated: bool = False


class Pad(Struct, frozen=True):
    """The strokes (digests) on one pad now, what the last clearing took away, and the clinic's day of it."""

    strokes: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    day: date | None = None


class People(Struct, frozen=True):
    """Who is beside the patient, and how each of those who consent signs; `domain.people` reads it."""

    representative: Stamped | None = None
    interpreter: Stamped | None = None
    witness: Stamped | None = None
    ways: dict[Signer, Way] = {}
    not_asked: Stamped | None = None  # why a child is not asked for an assent
    may_sign: Stamped | None = None  # why a patient under 18 decides alone


class Visit(Struct, frozen=True):
    """One visit as it stands."""

    id: str
    facts: tuple[Stamped, ...] = ()
    patient: PatientAdded | None = None
    opened: VisitOpened | None = None
    told: dict[Key, tuple[Told, ...]] = {}  # every reply to an item, oldest first
    language: str = SOURCE  # the patient's
    read: dict[Key, Stamped] = {}  # in that language: a page that was shown in another one is not read
    read_in: dict[str, dict[Key, Stamped]] = {}  # what was read before the language was changed, by language
    told_in: dict[str, dict[Key, tuple[Told, ...]]] = {}  # and what was answered to it
    explained: dict[Key, int] = {}
    in_person: dict[Key, Stamped] = {}  # explained again by staff themselves, the tablet in their hands
    questions: frozenset[Key] = frozenset()  # open ones
    closed: dict[str, Stamped] = {}
    closed_place: dict[str, int] = {}  # where among the facts: an answer after it opens the step again
    ruled: dict[str, RuledOn] = {}
    decided: Stamped | None = None
    decided_place: int = 0
    pads: dict[str, Pad] = {}
    signed: dict[str, Stamped] = {}
    countersigned: Stamped | None = None
    stopped: Stamped | None = None
    concluded: Stamped | None = None
    sealed: Stamped | None = None
    with_patient: bool = False
    confirmed: bool = False  # the patient said "yes, that is me" since the last hand-over
    confirmed_as: str = ""  # which signer said so
    at_step: str = ""
    people: People = People()
    injection: datetime | None = None  # as planned last
    waits: dict[Awaited, Stamped] = {}  # what staff said the visit waits for, since when
    given_text: Stamped | None = None  # when the consent text was first handed out (R43)
    on_paper: Stamped | None = None
    papers: dict[str, Stamped] = {}  # by pad: signed on paper, not attested yet
    in_error: Stamped | None = None
    marks: tuple[Stamped, ...] = ()  # of the procedure, in order, without those taken back
    renewed: Stamped | None = None  # the release as it began anew
    limit: Stamped | None = None  # the physician's word on a vial past its limit
    addenda: tuple[Stamped, ...] = ()  # AddendumSigned, oldest first
    addenda_over: tuple[Stamped, ...] = ()  # AddendumConcluded
    addenda_sealed: tuple[Stamped, ...] = ()  # AddendumSealed
    vials: tuple[Vial, ...] = ()  # those its codes point at, in the order they were read
    last_given: date | None = None  # the day of this patient's last treatment before this visit (P7)
    stock: bool | None = None  # is an accepted vial in the building for this visit; None: not looked up

    @property
    def replies(self) -> dict[Key, Reply]:
        """The latest reply to each item that was answered."""
        return {key: told[-1].reply for key, told in self.told.items()}

    def reply(self, key: Key) -> Reply | None:
        """Return the latest reply to an item, or None where it was not answered."""
        told = self.told.get(key)
        return told[-1].reply if told else None

    def option(self, form: str, item: str) -> str | None:
        """Return the option chosen for an item, or None where none was."""
        reply = self.reply((form, item))
        return reply.option if isinstance(reply, Chosen) else None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes read at the chair, each vial once, as it was received where that is known."""
        known = {identity(vial.code).key: vial.code for vial in self.vials}
        return tuple(known.get(identity(text).key, text) for text in self.read_codes)

    @property
    def read_codes(self) -> tuple[str, ...]:
        """The codes as they were read at the chair, each vial once, in the order they were read."""
        found: dict[str, str] = {}
        for text in texts(self.reply(VIAL_CODE)):
            found.setdefault(identity(text).key, text)
        return tuple(found.values())

    @property
    def patient_signed(self) -> bool:
        """Tell whether the patient, or who signs for them, signed anything in this visit, ever."""
        return bool(self._signatures())

    @property
    def consented(self) -> bool:
        """Tell whether a consent was signed in this visit, ever; a child's own assent is none."""
        return any(not pad.startswith(f"{ASSENT}.") for pad in self._signatures())

    def _signatures(self) -> tuple[str, ...]:
        told = (by.fact for by in self.facts if isinstance(by.fact, Signed | SignedOnPaper))
        return tuple(fact.pad for fact in told if fact.signer in CONSENTING)

    @property
    def decision(self) -> Decided | None:
        """The physician's decision, if there is one."""
        match self.decided:
            case Stamped(fact=Decided() as decided):
                return decided
            case _:
                return None

    @property
    def head(self) -> str:
        """The hash of the last fact of the visit's own stream."""
        return self.facts[-1].hash if self.facts else ""

    @property
    def last_at(self) -> datetime | None:
        """The stamped time of the last fact."""
        return self.facts[-1].stamp.utc if self.facts else None

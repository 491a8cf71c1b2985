"""Who consents, who signs beside them and how: read from what staff said of the people in the room.

A patient under 18 has somebody who signs for them, and is asked for an assent of their own; an adult
may have a representative. What stays open is a lack of a step, never a finding of the gate.
"""

from __future__ import annotations

from chairside.domain.checklist import years_old
from chairside.domain.facts import Signer, Stamped, Way
from chairside.domain.facts.people import InterpreterNamed, RepresentativeNamed, WitnessNamed
from chairside.domain.form import Ink
from chairside.domain.visit import ASSENT, CONSENTING, Visit
from chairside.domain.when import When

OF_AGE = 18  # Source: R32, Q14
WANTS = "wants"  # the child's own answer
ON_GLASS: frozenset[Signer] = CONSENTING | {"interpreter", "witness"}  # who signs with the tablet in hand


def minor(visit: Visit, when: When) -> bool:
    """Tell whether the patient is under 18 on the day of the injection (Q14)."""
    patient = visit.patient
    return patient is not None and years_old(patient.born, when.injection_day) < OF_AGE


def consenting(visit: Visit) -> Signer:
    """Return who reads, decides and signs: the representative where there is one, else the patient."""
    return "patient" if visit.people.representative is None else "representative"


def needs_guardian(visit: Visit, when: When) -> bool:
    """Tell whether nobody is named who can sign for a patient under 18."""
    people = visit.people
    return minor(visit, when) and people.representative is None and people.may_sign is None


def assent_due(visit: Visit, when: When) -> bool:
    """Tell whether a child is to be told and asked, in words of their own (R32)."""
    return minor(visit, when) and visit.people.may_sign is None and visit.people.not_asked is None


def dissents(visit: Visit) -> bool:
    """Tell whether the child said no: for a treatment that can wait, that is respected (R32)."""
    return visit.option(ASSENT, WANTS) not in (None, "yes")


def reader(visit: Visit, form: str) -> Signer:
    """Return who reads and answers a form of the patient's: the assent is the child's own."""
    return "patient" if form == ASSENT else consenting(visit)


def named(visit: Visit, who: Signer) -> str:
    """Return the name of who signs, or nothing where nobody is named."""
    if who == "patient":
        return visit.patient.name if visit.patient else ""
    told = _told(visit, who)
    fact = told.fact if told else None
    return fact.name if isinstance(fact, RepresentativeNamed | InterpreterNamed | WitnessNamed) else ""


def _told(visit: Visit, who: Signer) -> Stamped | None:
    people = visit.people
    known: dict[Signer, Stamped | None] = {
        "representative": people.representative,
        "interpreter": people.interpreter,
        "witness": people.witness,
    }
    return known.get(who)


def remote(visit: Visit) -> bool:
    """Tell whether the interpreter is not in the room: staff attest what they said."""
    told = visit.people.interpreter
    return told is not None and isinstance(told.fact, InterpreterNamed) and told.fact.mode != "in_person"


def way(visit: Visit, who: str) -> Way:
    """Return how this person signs."""
    return next((way for signer, way in visit.people.ways.items() if signer == who), "drawn")


def asked_to_sign(visit: Visit, form: str, ink: Ink) -> bool:
    """Tell whether this line is to be signed in this visit."""
    match ink.signer:
        case "patient":
            return reader(visit, form) == "patient"
        case "representative":
            return consenting(visit) == "representative"
        case "interpreter" | "witness":
            return _was_there(visit, f"{form}.{ink.id}", ink.signer)
        case _:
            return True


def _was_there(visit: Visit, pad: str, who: Signer) -> bool:
    """Tell whether an interpreter or a witness signed here, or was named before the signature they are for.

    Who comes later, for the vial or on another day, did not hear what was signed before.
    """
    if pad in visit.signed or pad in visit.papers:
        return True
    told, by = _told(visit, who), signed_by(visit, pad.partition(".")[0])
    if told is None or by is None:
        return told is not None
    return visit.facts.index(told) < visit.facts.index(by)


def signed_by(visit: Visit, form: str) -> Stamped | None:
    """Return the signature of who consents on a form, on glass or on paper, while it counts."""
    held = {**visit.papers, **visit.signed}
    return next((by for pad, by in held.items() if pad.startswith(f"{form}.") and _consents(by)), None)


def _consents(by: Stamped) -> bool:
    return getattr(by.fact, "signer", "") in CONSENTING

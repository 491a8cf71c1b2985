"""Papers that are owed to patients, handed over, and printed: no printer never blocks care (P8)."""

from __future__ import annotations

from chairside.domain.facts import CopyHanded, Printed
from chairside.errors import NotAllowed
from chairside.ledger import CopyRow
from chairside.session.clinic import Clinic
from chairside.session.scribe import Act
from chairside.session.staff import Staff
from chairside.session.texts import refuse_strange


def owed(clinic: Clinic) -> tuple[CopyRow, ...]:
    """Return every paper that is still owed, the longest owed first."""
    return clinic.ledger.owed()


def handed(clinic: Clinic, staff: Staff, visit: str, what: str) -> None:
    """Keep that a paper that was owed is in the patient's hands now.

    Raises: NotAllowed("nobody_signed_in" | "not_owed").
    """
    person = _person(staff)
    for each in owed(clinic):
        if (each.visit, each.what) == (visit, what):
            clinic.scribe.write(Act(person, f"patient:{each.patient}"), [CopyHanded(visit, each.what)])
            return
    raise NotAllowed("not_owed", visit=visit, what=what)


def printed(clinic: Clinic, staff: Staff, fact: Printed) -> None:
    """Keep that a paper left the tablet: what it was, about whom, how, and its digest.

    Raises: NotAllowed("nobody_signed_in" | "text_long" | "text_not_printable").
    """
    refuse_strange(fact)
    clinic.scribe.write(Act(_person(staff), clinic.tablet_stream), [fact])


def _person(staff: Staff) -> str:
    if staff.who is None:
        raise NotAllowed("nobody_signed_in")
    return staff.who.person

"""The notices of the law a clinic may leave out: by an administrator, under PIN, on a document (Q7)."""

from __future__ import annotations

from chairside.domain import notices
from chairside.domain.facts import NoticeRestored, NoticeWaived
from chairside.errors import NotAllowed
from chairside.session.clinic import CLINIC_STREAM, Clinic
from chairside.session.clock import zone_named
from chairside.session.scribe import Act
from chairside.session.staff import Proof
from chairside.session.texts import refuse_strange, stripped


def waivable(clinic: Clinic) -> tuple[str, ...]:
    """Return the notices in the clinic's forms that it may leave out."""
    return notices.waivable(clinic.book)


def tell(clinic: Clinic, proof: Proof, fact: NoticeWaived | NoticeRestored) -> None:
    """Leave a notice out of the visits opened from now on, or show it in them again.

    Raises: NotAllowed("administrator_needed" | "notice_not_waivable" | "notice_waived_already" |
    "notice_shown_already" | "reference_missing" | "document_in_the_future" | "text_long" |
    "text_not_printable"), LedgerError.
    """
    if proof.who.role != "administrator":
        raise NotAllowed("administrator_needed")
    told = stripped(fact)
    today = clinic.scribe.clock.now().astimezone(zone_named(clinic.founded.zone)).date()
    refused = notices.forbids(clinic.book, clinic.waived, told, today)
    if refused is not None:
        raise NotAllowed(refused, notice=told.notice)
    refuse_strange(told)
    clinic.scribe.write(Act(proof.who.person, CLINIC_STREAM, key=proof.key), [told])
    clinic.reload()

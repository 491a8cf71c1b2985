"""The notices of the law a clinic may leave out: by an administrator, under PIN, on a document (Q7)."""

from __future__ import annotations

from collections.abc import Iterator

from chairside.domain import notices
from chairside.domain.facts import Fact, NoticeRestored, NoticeWaived
from chairside.domain.folding import fold
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
    """Leave a notice out of the visits opened from now on, or show it again: in those that go on too.

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
    act = Act(proof.who.person, CLINIC_STREAM, key=proof.key)
    with clinic.scribe.alone():
        again = tuple(_again(clinic, proof, told.notice)) if isinstance(told, NoticeRestored) else ()
        clinic.scribe.write(act, [told], (), again)
    clinic.reload()


def _again(clinic: Clinic, proof: Proof, notice: str) -> Iterator[tuple[Act, Fact]]:
    """Yield what each visit that goes on without a notice is told when it is shown again."""
    for row in clinic.ledger.open_visits():
        stream = f"visit:{row.visit}"
        fact = notices.shown_again(fold(row.visit, clinic.ledger.stream(stream)), notice)
        if fact is not None:
            yield Act(proof.who.person, stream, key=proof.key), fact

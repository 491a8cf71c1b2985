"""Which notice of the law a clinic may leave out, and on what word: never silently (Q7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chairside.domain.book import Book
from chairside.domain.facts import FormsRenewed, NoticeRestored, NoticeWaived
from chairside.domain.form import Statement
from chairside.domain.visit import Visit

# Source: R15. The statute itself exempts who holds an IND, and a 361-only therapy. The Medical Board's
# notice has no such door: every patient gets it.
WAIVABLE = frozenset({"s684"})


def waivable(book: Book) -> tuple[str, ...]:
    """Return the notices of these forms that a clinic may leave out."""
    return tuple(
        item.id
        for form in book.forms.values()
        for item in form.items
        if isinstance(item, Statement) and item.statutory and item.id in WAIVABLE
    )


def shown_again(visit: Visit, notice: str) -> FormsRenewed | None:
    """Return by which fact a visit that left a notice out shows it, or None where it never did or is over.

    The law asks for the notice before the treatment. Who has read, decided and signed without it reads it,
    and signs again.
    """
    opened = visit.opened
    if opened is None or notice not in opened.waived:
        return None
    over = visit.concluded is not None or visit.in_error is not None or visit.stopped is not None
    return None if over else FormsRenewed(opened.forms, shown=(notice,))


def forbids(
    book: Book, waived: Collection[str], fact: NoticeWaived | NoticeRestored, today: date
) -> str | None:
    """Return the code of the rule that refuses to leave a notice out, or to show it again, or None."""
    if fact.notice not in waivable(book):
        return "notice_not_waivable"
    if isinstance(fact, NoticeRestored):
        return None if fact.notice in waived else "notice_shown_already"
    if fact.notice in waived:
        return "notice_waived_already"
    if not fact.reference.strip():
        return "reference_missing"
    return "document_in_the_future" if fact.on > today else None

"""What only the session can know of a fact: its pictures are there, its text prints, its time may be so."""

from __future__ import annotations

from datetime import date, datetime

from chairside import canon
from chairside.domain.book import Book
from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    Answered,
    Concluded,
    Fact,
    PageRead,
    PaperChosen,
    ProcedureMarked,
    Sealed,
    SignedOnPaper,
    TextGiven,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.gate import OF_ONE_DAY
from chairside.domain.replies import Pictured
from chairside.domain.visit import Visit
from chairside.errors import LedgerError
from chairside.ledger import Ledger
from chairside.session.entries import refuse_pictures
from chairside.session.shown import shown_digest
from chairside.session.texts import trouble_within

# What may be entered late (P5). A signature, a PIN or a decision is given when it is given.
_LATE = (Answered, PaperChosen, ProcedureMarked, SignedOnPaper, TextGiven, WaitBegan, WaitEnded)


def pictures_of(fact: Fact) -> tuple[str, ...]:
    """Return the digests (hex) of the photos a fact names."""
    match fact:
        case SignedOnPaper(pictures=pictures):
            return pictures
        case Answered(reply=Pictured(digest)):
            return (digest,)
        case _:
            return ()


def false_pictures(visit: Visit, fact: Fact, blobs: tuple[bytes, ...], ledger: Ledger) -> str | None:
    """Refuse a photo that is named and not there, there and not named, none, or of something else.

    A photo that was kept before counts only where this visit, or the sheet of its vial, named it.

    Raises: NotAllowed("picture_unreadable" | "picture_too_large" | "too_many_pictures").
    """
    named, given = set(pictures_of(fact)), {canon.sha256_hex(blob) for blob in blobs}
    if not given <= named:
        return "picture_not_named"
    refuse_pictures(blobs)
    if not all(stored(ledger, each) for each in named - given):
        return "picture_missing"
    if _used(visit, fact, named):
        return "picture_used"
    return None if named - given <= _own_pictures(visit) else "picture_foreign"


def _used(visit: Visit, fact: Fact, named: set[str]) -> bool:
    """Tell whether a photo shows a paper that was told as signed before: one photo is one signature.

    Until it is attested, or void, what was told of the same pad may be told anew.
    """
    if not isinstance(fact, SignedOnPaper):
        return False
    waiting = visit.papers.get(fact.pad)
    return any(
        isinstance(by.fact, SignedOnPaper) and by != waiting and named & set(by.fact.pictures)
        for by in visit.facts
    )


def _own_pictures(visit: Visit) -> set[str]:
    """Return the photos that this visit and the sheets of its vials have named before."""
    sheets = (each.paper.values() for each in visit.vials)
    papers = {reply.digest for replies in sheets for reply in replies if isinstance(reply, Pictured)}
    return papers | {each for stamped in visit.facts for each in pictures_of(stamped.fact)}


def stored(ledger: Ledger, digest: str) -> bool:
    """Tell whether these bytes are in the store, whoever named them."""
    try:
        return bool(ledger.blob(digest))
    except (LedgerError, ValueError):  # a digest that is no hex names nothing either
        return False


def unprintable(fact: Fact) -> str | None:
    """Refuse typed text, however deep it lies, that the record's faces cannot print, or that has no end."""
    trouble = trouble_within(fact)
    return f"text_{trouble}" if trouble else None


def not_so(book: Book, visit: Visit, fact: Fact) -> str | None:
    """Refuse a page that showed something else, and what only the session may say."""
    match fact:
        case PageRead(form, item, shown):
            words = book.forms[form].words(item, visit.language)
            return None if shown == shown_digest(words) else "page_differs"
        case Concluded() | Sealed() | AddendumConcluded() | AddendumSealed():
            return "not_told_by_people"
        case _:
            return None


def is_emergency(fact: Fact) -> bool:
    """Tell whether this is the button that nothing may stand in the way of."""
    return isinstance(fact, ProcedureMarked) and fact.mark == "emergency"


def false_time(visit: Visit, fact: Fact, happened: datetime | None, now: datetime) -> str | None:
    """Refuse a time of what happened that is not past, not this visit's, or not to be told late at all.

    `now` is the clinic's own: answers about health and medicines are of the day on which they are given.
    """
    if happened is None:
        return None
    if not isinstance(fact, _LATE):
        return "not_told_late"
    if happened > now:
        return "in_the_future"
    if isinstance(fact, ProcedureMarked):
        return None if happened >= _last_of_the_procedure(visit, now) else "before_what_came_before"
    if isinstance(fact, Answered) and fact.form in OF_ONE_DAY and _day(happened, now) != now.date():
        return "told_of_another_day"
    began = visit.facts[0].stamp.utc if visit.facts else now
    return None if isinstance(fact, TextGiven) or happened >= began else "before_what_came_before"


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()


def _last_of_the_procedure(visit: Visit, now: datetime) -> datetime:
    """Return the moment of the last mark, or of the release: the buttons go in order."""
    last = visit.marks[-1] if visit.marks else visit.countersigned
    return (last.stamp.happened or last.stamp.utc) if last else now

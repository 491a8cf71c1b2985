"""Opening the day and closing it: what was looked at, and what is not settled when people go home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chairside.domain.facts import DayClosed, DayOpened, Fact
from chairside.domain.steps import PROCEDURE
from chairside.errors import NotAllowed
from chairside.session.board import BoardRow, Day, VialCard
from chairside.session.cards import vial_cards
from chairside.session.clinic import Clinic
from chairside.session.rows import board_rows, today
from chairside.session.scribe import Act
from chairside.session.staff import Staff
from chairside.session.texts import refuse_strange, text_trouble

# What is looked at; the tablet says battery, printer and backup, a person compares the clock.
CHECKS = ("clock", "battery", "printer", "backup", "vials_due")
NOT_LOOKED_AT = "not_checked"
_ENDED = ("given", "partly_given", "not_given")
_STILL_HELD = ("assigned", "opened")


def open_day(clinic: Clinic, staff: Staff, checks: Mapping[str, str]) -> Day:
    """Keep that the day was opened and what was found; what nobody looked at says so.

    Raises: NotAllowed("nobody_signed_in" | "day_is_open" | "check_unknown" | "text_not_printable" |
    "clock_behind_last_fact" | "clock_jumped": a wrong clock is set right first).
    """
    person = _person(staff)
    for name, found in checks.items():
        if name not in CHECKS:
            raise NotAllowed("check_unknown", check=name)
        if text_trouble(found):
            raise NotAllowed("text_not_printable", field=name)
    if (trouble := clinic.scribe.trouble()) is not None:
        raise NotAllowed(trouble)
    row = clinic.ledger.day(clinic.scribe.desk.tablet, today(clinic))
    if row.opened_at is not None and row.closed_at is None:
        raise NotAllowed("day_is_open")
    due = sum(card.fate == "expected" for card in vial_cards(clinic))
    told = {name: checks.get(name, NOT_LOOKED_AT) for name in CHECKS} | {"vials_due": str(due)}
    _write(clinic, person, DayOpened(today(clinic), told))
    return day(clinic, staff)


def close_day(clinic: Clinic, staff: Staff, reason: str = "") -> Day:
    """Keep that the day was closed, with everything that is not settled named, and why.

    Raises: NotAllowed("nobody_signed_in" | "day_not_open" | "reason_needed" with `left` | "text_long" |
    "text_not_printable").
    """
    person, stands = _person(staff), day(clinic, staff)
    if not stands.opened or stands.closed:
        raise NotAllowed("day_not_open")
    left = _left(stands)
    if left and not reason.strip():
        raise NotAllowed("reason_needed", left=len(left))
    closed = DayClosed(stands.today, left, reason.strip())
    refuse_strange(closed)
    _write(clinic, person, closed)
    return day(clinic, staff)


def day(clinic: Clinic, staff: Staff) -> Day:
    """Return how the day stands at this tablet."""
    return day_of(clinic, board_rows(clinic, staff), vial_cards(clinic))


def day_of(clinic: Clinic, visits: Sequence[BoardRow], vials: Sequence[VialCard]) -> Day:
    """Return how the day stands, given what the board shows."""
    row = clinic.ledger.day(clinic.scribe.desk.tablet, today(clinic))
    return Day(
        today=today(clinic),
        opened=row.opened_at is not None,
        closed=row.closed_at is not None,
        released_not_given=tuple(each for each in visits if each.status and each.status.state == "released"),
        ended_not_signed=tuple(each for each in visits if _not_signed(each)),
        vials_without_fate=tuple(card for card in vials if _without_fate(clinic, card)),
    )


def _not_signed(row: BoardRow) -> bool:
    """Tell whether a procedure came to an end that nobody signed yet: its addendum is still to be made."""
    return row.status is not None and row.status.state in _ENDED and row.step == PROCEDURE


def _without_fate(clinic: Clinic, card: VialCard) -> bool:
    """Tell whether nobody said what became of a vial: thawed and not gone, or held for a visit now over."""
    if card.fate == "thawed":
        return True
    if card.fate not in _STILL_HELD:
        return False
    row = clinic.ledger.visit(card.visit)
    return row is None or row.over or row.ending not in (None, "countersigned")


def _left(stands: Day) -> tuple[str, ...]:
    rows = (*stands.released_not_given, *stands.ended_not_signed)
    visits = (f"visit:{row.visit}" for row in rows)
    return (*visits, *(card.stream for card in stands.vials_without_fate))


def _person(staff: Staff) -> str:
    if staff.who is None:
        raise NotAllowed("nobody_signed_in")
    return staff.who.person


def _write(clinic: Clinic, person: str, fact: Fact) -> None:
    clinic.scribe.write(Act(person, clinic.tablet_stream), [fact])

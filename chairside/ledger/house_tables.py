"""What the clinic's and the tablets' streams come to: people, suppliers, PINs, the door, the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.domain.facts import (
    ClinicFact,
    DayClosed,
    DayOpened,
    DeviceFact,
    PinRefused,
    SignedIn,
    SignedOut,
    StaffAdded,
    StaffDisabled,
    Stamp,
    SupplierAdded,
)
from chairside.ledger.folded import instant

if TYPE_CHECKING:
    from sqlite3 import Connection


def carry(own: Connection, stamp: Stamp, fact: ClinicFact | DeviceFact) -> None:
    """Carry one fact of the clinic's or a tablet's stream into the tables."""
    match fact:
        case StaffAdded() | StaffDisabled():
            _person(own, fact)
        case SupplierAdded():
            _supplier(own, fact)
        case PinRefused(person, in_a_row):
            _tried(own, stamp, person, in_a_row)
        case SignedIn(person):
            _tried(own, stamp, person, 0)
            _door(own, stamp, person, out=False)
        case SignedOut(person):
            _door(own, stamp, person, out=True)
        case DayOpened() | DayClosed():
            _day(own, stamp, fact)
        case _:
            return


def _supplier(own: Connection, fact: SupplierAdded) -> None:
    checked = fact.registration_checked
    rules = (fact.name, fact.address, fact.phone, fact.thaw_limit_minutes, int(fact.may_move))
    papers = (fact.registration, checked.isoformat() if checked else None, fact.licence, fact.accreditation)
    told = (*rules, *papers, fact.instructions, fact.storage, fact.recall_contact)
    # S608: nothing but question marks is put into the statement
    own.execute(f"INSERT OR REPLACE INTO supplier VALUES ({', '.join('?' * len(told))})", told)  # noqa: S608


def _person(own: Connection, fact: StaffAdded | StaffDisabled) -> None:
    if isinstance(fact, StaffDisabled):
        own.execute("UPDATE person SET disabled = 1 WHERE person = ?", (fact.person,))
        return
    own.execute(
        "INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, 0)",
        (fact.person, fact.name, fact.role, fact.certificate),
    )


def _tried(own: Connection, stamp: Stamp, person: str, in_a_row: int) -> None:
    tried = (stamp.tablet, person, in_a_row, instant(stamp.utc))
    own.execute("INSERT OR REPLACE INTO pin VALUES (?, ?, ?, ?)", tried)


def _door(own: Connection, stamp: Stamp, person: str, *, out: bool) -> None:
    passed = (stamp.tablet, person, instant(stamp.utc), int(out))
    own.execute("INSERT OR REPLACE INTO door VALUES (?, ?, ?, ?)", passed)


def _day(own: Connection, stamp: Stamp, fact: DayOpened | DayClosed) -> None:
    """Take an opening or a closing; a day that is opened again is no longer closed."""
    at, day = instant(stamp.utc), fact.day.isoformat()
    if isinstance(fact, DayOpened):
        own.execute("INSERT OR REPLACE INTO day VALUES (?, ?, ?, NULL)", (stamp.tablet, day, at))
        return
    own.execute(
        "INSERT INTO day VALUES (?, ?, NULL, ?) ON CONFLICT (tablet, day) DO UPDATE SET closed_at = ?",
        (stamp.tablet, day, at, at),
    )

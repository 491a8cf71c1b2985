"""What the board shows: the day's visits by state, the vials, the papers owed, and how the day stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from chairside.domain.facts import PatientAdded
from chairside.domain.standing import Status

Fate: TypeAlias = Literal[
    "expected", "received", "checked", "accepted", "quarantined", "rejected", "assigned", "opened",
    "thawed", "used", "partly_used", "discarded", "returned",
]  # fmt: skip


@dataclass(frozen=True)
class BoardRow:
    """One visit on the board; `trouble` is the code of why it cannot be opened."""

    visit: str
    patient: str
    name: str
    born: date | None
    session: int
    injection: datetime
    status: Status | None  # None only with a trouble
    step: str  # what comes next
    holder: Literal["", "patient"] = ""  # who has the tablet
    similar: bool = False  # another person of the day has nearly the same name
    owed: tuple[str, ...] = ()  # papers not handed yet: notices, record, aftercare
    thawed_at: datetime | None = None
    limit_minutes: int | None = None  # the supplier's own, None: none stated
    unsealed: bool = False  # concluded, the record not made yet
    trouble: str = ""


@dataclass(frozen=True)
class VialCard:
    """One vial, or one that is expected, as the desk sees it; `stream` names it for every act."""

    stream: str
    code: str  # empty while expected
    supplier: str
    strength_million: int | None
    lot: str
    expires: date | None
    fate: Fate
    visit: str = ""
    patient: str = ""  # the name of whom it is for
    due: datetime | None = None
    late_minutes: int = 0  # past due
    lacks: tuple[str, ...] = ()  # codes of why it cannot be accepted yet
    entered_by: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class SheetCard:
    """A donor-test sheet: which vials it covers, who entered and who checked it."""

    stream: str
    supplier: str
    donor: str
    lot: str
    entered_by: str
    checked_by: str
    vials: int


@dataclass(frozen=True)
class Day:
    """How the day stands at this tablet."""

    today: date
    opened: bool
    closed: bool
    released_not_given: tuple[BoardRow, ...] = ()
    ended_not_signed: tuple[BoardRow, ...] = ()
    vials_without_fate: tuple[VialCard, ...] = ()


@dataclass(frozen=True)
class Board:
    """Everything on the board, made anew each time it is shown."""

    now: datetime
    visits: tuple[BoardRow, ...]  # today's, then those planned ahead, each by injection time
    vials: tuple[VialCard, ...]
    day: Day


@dataclass(frozen=True)
class FoundPatient:
    """A person on file, for the type-ahead; `same_name` asks to look at the birth date twice."""

    patient: str
    told: PatientAdded
    sessions: int  # visits in which the treatment was given
    last_given: date | None
    same_name: bool

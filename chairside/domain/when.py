"""The instants a rule may know: now, the planned injection, and how a clinic day becomes an instant.

Session resolves the clinic's zone; the domain sees only aware instants.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo


@dataclass(frozen=True)
class When:
    """Now and the injection (aware), their local days, and 23:59:00 local of any day as an instant."""

    now: datetime
    today: date
    injection: datetime
    injection_day: date
    end_of_day: Callable[[date], datetime]


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return 23:59:00 of a day on its clock: when a dose known only by its day counts as taken (C17).

    Where the clock is set back over that minute it comes twice, and the later one counts.
    """
    shown = datetime.combine(day, time(23, 59), zone)
    return max(shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))

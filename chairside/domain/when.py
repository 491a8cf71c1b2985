"""The instants a rule may know: now, the planned injection, and how a clinic day becomes an instant.

Session resolves the clinic's zone; the domain sees only aware instants.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class When:
    """Now and the injection (aware), their local days, and 23:59:00 local of any day as an instant."""

    now: datetime
    today: date
    injection: datetime
    injection_day: date
    end_of_day: Callable[[date], datetime]

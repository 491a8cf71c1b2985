"""The one place where the product reads the time."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chairside.domain.when import When, end_of_day
from chairside.errors import SettingsError


class Clock(Protocol):
    """Wall time, monotonic time and the boot they belong to."""

    boot: str

    def now(self) -> datetime:
        """Return the wall time, aware, in UTC, in whole milliseconds."""
        ...

    def monotonic_ms(self) -> int:
        """Return the milliseconds since some fixed moment of this boot."""
        ...


class TabletClock:
    """The tablet's own clock; `boot` names this run, beyond which monotonic time means nothing."""

    def __init__(self) -> None:
        self.boot = secrets.token_hex(8)

    def now(self) -> datetime:
        """Return the wall time, aware, in UTC, in whole milliseconds."""
        read = datetime.now(UTC)
        return read.replace(microsecond=read.microsecond // 1000 * 1000)

    def monotonic_ms(self) -> int:
        """Return the milliseconds of the clock that goes on while the tablet sleeps.

        Linux's usual monotonic clock stands still meanwhile: every nap would look like a clock set on.
        """
        asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
        read = time.monotonic_ns() if asleep_too is None else time.clock_gettime_ns(asleep_too)
        return read // 1_000_000


def zone_named(name: str) -> ZoneInfo:
    """Return the clinic's zone. Raises: SettingsError("zone_unknown")."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as trouble:
        raise SettingsError("zone_unknown", zone=name) from trouble


def start_of_day(zone: ZoneInfo, day: date) -> datetime:
    """Return the first instant of that day in the zone, also where a clock change skips midnight."""
    return datetime.combine(day, time_of_day(0, 0), zone).astimezone(UTC)


def when(now: datetime, injection: datetime, zone: ZoneInfo) -> When:
    """Return the instants a rule may know, resolved in the clinic's zone."""
    return When(
        now=now,
        today=now.astimezone(zone).date(),
        injection=injection,
        injection_day=injection.astimezone(zone).date(),
        end_of_day=lambda day: end_of_day(day, zone),
    )

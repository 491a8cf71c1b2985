"""A clock that a play can set on: everything else of a demo runs on the tablet's own."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from chairside.session.clock import TabletClock

OPENS = time(9, 0)


class StageClock(TabletClock):
    """A clock that a play can set on, wall and monotonic alike: the months between two sessions.

    With a zone it begins at nine in the morning there, today or yesterday: a play at midnight would
    otherwise run into the next day, where answers no longer count.
    """

    def __init__(self, zone: ZoneInfo | None = None) -> None:
        super().__init__()
        self._ahead = self._wrong = timedelta()
        if zone is not None:
            now = super().now().astimezone(zone)
            opens = datetime.combine(now.date(), OPENS, zone)
            if opens > now:
                opens = datetime.combine(now.date() - timedelta(days=1), OPENS, zone)
            self._wrong = opens - now

    def skip(self, time: timedelta) -> None:
        """Let time pass."""
        self._ahead += time

    def set_wrong(self, by: timedelta) -> None:
        """Set the wall clock alone, as a hand does that sets a tablet's clock."""
        self._wrong += by

    def restart(self) -> None:
        """Begin a new boot, as after a power cut."""
        self.boot = secrets.token_hex(8)

    def now(self) -> datetime:
        """Return the wall time, aware, in UTC, in whole milliseconds."""
        shown = super().now() + self._ahead + self._wrong
        return shown.replace(microsecond=shown.microsecond // 1000 * 1000)

    def monotonic_ms(self) -> int:
        """Return the milliseconds of this boot's clock."""
        return super().monotonic_ms() + self._ahead // timedelta(milliseconds=1)

"""A clock that a play can set on: everything else of a demo runs on the tablet's own."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from chairside.session.clock import TabletClock


class StageClock(TabletClock):
    """A clock that a play can set on, wall and monotonic alike: the months between two sessions."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = timedelta()

    def skip(self, time: timedelta) -> None:
        """Let time pass."""
        self._ahead += time

    def restart(self) -> None:
        """Begin a new boot, as after a power cut."""
        self.boot = secrets.token_hex(8)

    def now(self) -> datetime:
        """Return the wall time, aware, in UTC, in whole milliseconds."""
        return super().now() + self._ahead

    def monotonic_ms(self) -> int:
        """Return the milliseconds of this boot's clock."""
        return super().monotonic_ms() + self._ahead // timedelta(milliseconds=1)

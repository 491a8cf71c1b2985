"""What a tablet remembers of its clock, fact by fact: whether the time it shows now can be believed (T8).

Only somebody who set the clock right, or a new start, moves the anchor: were each fact held against
the one before, a single tap after a jump would forgive it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from chairside.domain.facts import Stamp

MOST_DRIFT = timedelta(minutes=2)  # wall against monotonic inside one boot (T8)
BEHIND, JUMPED = "clock_behind_last_fact", "clock_jumped"


class Reading(Struct, frozen=True):
    """What a clock shows: the wall's time, the boot it runs in, and the milliseconds of that boot."""

    utc: datetime
    boot: str
    monotonic_ms: int


class Kept(Struct, frozen=True):
    """The latest time a fact here has, the reading all others are held against, and a trouble that stays."""

    highest: datetime
    anchor: Reading
    trouble: str = ""


def read_from(stamp: Stamp) -> Reading:
    """Return what the clock showed when a fact was stamped."""
    return Reading(stamp.utc, stamp.boot, stamp.monotonic_ms)


def trouble(kept: Kept | None, now: Reading) -> str | None:
    """Return why the clock cannot be trusted now, or None."""
    if kept is None:
        return None
    if now.utc < kept.highest:
        return BEHIND
    return JUMPED if _jumped(kept.anchor, now) else kept.trouble or None


def carried(kept: Kept | None, stamp: Stamp, *, corrected: bool) -> Kept:
    """Return what is remembered once this fact is stored; `corrected`: it says that the clock is right now.

    A clock that is behind by less than the drift allowed heals by itself, so that is not kept.
    """
    now = read_from(stamp)
    if kept is None or corrected:
        return Kept(now.utc, now)
    jumped = JUMPED if _jumped(kept.anchor, now) else ""
    behind = BEHIND if kept.highest - now.utc > MOST_DRIFT else ""
    anchor = kept.anchor if kept.anchor.boot == now.boot else now
    return Kept(max(kept.highest, now.utc), anchor, kept.trouble or behind or jumped)


def _jumped(anchor: Reading, now: Reading) -> bool:
    """Tell whether wall and monotonic time went apart; between two boots monotonic time says nothing."""
    if anchor.boot != now.boot:
        return False
    went = timedelta(milliseconds=now.monotonic_ms - anchor.monotonic_ms)
    return abs((now.utc - anchor.utc) - went) > MOST_DRIFT

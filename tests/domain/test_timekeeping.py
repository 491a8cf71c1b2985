"""What a tablet remembers of its clock from fact to fact, and when it believes the time it shows (T8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain.facts import Sealed, Stamp
from chairside.domain.timekeeping import Kept, Reading, carried, read_from, trouble
from tests.domain.made_up import NOON, stamped

START = Reading(NOON, "boot", 5_000)
DRIFT, SECOND = timedelta(minutes=2), timedelta(seconds=1)


def _stamp(since: timedelta, monotonic: timedelta | None = None, boot: str = "boot") -> Stamp:
    """Return the stamp of a fact that long after noon; the monotonic clock went along where not said."""
    ran = int((since if monotonic is None else monotonic).total_seconds() * 1000) + START.monotonic_ms
    told = stamped(Sealed("0" * 64, 0)).stamp
    return structs.replace(told, utc=NOON + since, monotonic_ms=ran, boot=boot)


@pytest.mark.parametrize(
    ("drifted", "said"), [(DRIFT, None), (DRIFT + SECOND, "clock_jumped"), (SECOND, None)]
)
def test_two_minutes_of_drift_are_allowed_and_no_second_more(drifted: timedelta, said: str | None) -> None:
    """Forward, and the other way round by a monotonic clock that went on. Proves: T8."""
    kept = Kept(NOON, START)
    assert trouble(kept, read_from(_stamp(drifted, timedelta()))) == said
    assert trouble(kept, read_from(_stamp(timedelta(), drifted))) == said


def test_a_clock_is_believed_before_any_fact_and_never_behind_the_latest() -> None:
    """Proves: T8."""
    assert trouble(None, START) is None and trouble(Kept(NOON, START), START) is None
    assert trouble(Kept(NOON, START), read_from(_stamp(-SECOND))) == "clock_behind_last_fact"


@pytest.mark.parametrize(
    ("behind", "kept_trouble"), [(SECOND, ""), (DRIFT, ""), (DRIFT + SECOND, "clock_behind_last_fact")]
)
def test_a_clock_a_little_behind_heals_by_itself(behind: timedelta, kept_trouble: str) -> None:
    """The latest time stays known, whatever the clock showed since. Proves: T8."""
    after = carried(Kept(NOON, START), _stamp(-behind, boot="another boot"), corrected=False)
    assert (after.trouble, after.highest) == (kept_trouble, NOON)


def test_only_a_new_start_moves_what_readings_are_held_against() -> None:
    """Else a tap after each small jump would forgive it. Proves: T8."""
    kept = Kept(NOON, START)
    hour = timedelta(hours=1)
    assert carried(kept, _stamp(hour), corrected=False) == Kept(NOON + hour, START)
    again = _stamp(hour, timedelta(), boot="another boot")
    assert carried(kept, again, corrected=False) == Kept(NOON + hour, read_from(again))


def test_a_jump_stays_until_somebody_says_that_the_clock_is_right() -> None:
    """Proves: T8."""
    hour = timedelta(hours=1)
    jumped = carried(Kept(NOON, START), _stamp(hour, timedelta()), corrected=False)
    assert jumped == Kept(NOON + hour, START, "clock_jumped")
    later = carried(jumped, _stamp(hour, hour), corrected=False)
    assert later.trouble == "clock_jumped" and trouble(later, read_from(_stamp(hour, hour))) == "clock_jumped"
    right = _stamp(hour, hour)
    assert carried(later, right, corrected=True) == Kept(NOON + hour, read_from(right))
    assert carried(None, right, corrected=False) == Kept(NOON + hour, read_from(right))

"""A wrong clock stays wrong until a person says it is right: no tap in between forgives it (T8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chairside.domain.facts import Countersigned, ProcedureMarked, VialThawed
from chairside.domain.timekeeping import Kept, Reading, trouble
from chairside.errors import NotAllowed
from chairside.session.scribe import Act
from chairside.session.vials import vial_stream
from tests.session.clinics import CODE, SteppingClock, Visitors, reopened

LATE = timedelta(minutes=3)


def test_a_clock_is_judged_by_the_latest_time_and_by_its_boot() -> None:
    """Behind, jumped, and neither. Proves: T8."""
    at = SteppingClock().at

    def judged(highest: timedelta, anchor: timedelta, boot: str = "boot-1", since: int = 0) -> str | None:
        kept = Kept(at + highest, Reading(at + anchor, boot, 0))
        return trouble(kept, Reading(at, "boot-1", since))

    now = timedelta()
    assert trouble(None, Reading(at, "boot-1", 0)) is None
    assert judged(LATE, -LATE) == "clock_behind_last_fact"
    assert judged(-LATE, -LATE) == "clock_jumped"
    assert judged(-LATE, -LATE, boot="boot-0") is None
    assert judged(-LATE, -LATE, since=180_000) is None
    assert judged(now, now) is None


def test_a_tap_does_not_forgive_a_clock_that_jumped(visitors: Visitors) -> None:
    """What was answered is kept; what needs a PIN waits for somebody to set the clock right. Proves: T8."""
    visitors.open()
    visitors.clock.at += timedelta(minutes=10)
    visitors.health()
    assert visitors.clinic.scribe.trouble() == "clock_jumped"
    with pytest.raises(NotAllowed, match="clock_jumped"):
        visitors.hand_over("notices")
    visitors.staff.correct_clock(visitors.proof("physician-1"), "set by hand")
    assert visitors.clinic.scribe.trouble() is None
    visitors.hand_over("notices")


def test_small_steps_do_not_add_up_unseen(visitors: Visitors) -> None:
    """Each within the drift allowed, all together not. Proves: T8."""
    visitors.open()
    for item in ("pregnant", "hiv"):
        visitors.clock.at += timedelta(seconds=90)
        visitors.clinic.scribe.write(Act("nurse-1", "x:1"), [ProcedureMarked("emergency", (), item)])
    assert visitors.clinic.scribe.trouble() == "clock_jumped"


def test_a_lapsed_release_is_not_revived_by_a_clock_set_back(visitors: Visitors) -> None:
    """Neither now nor after taps in between; an emergency is kept all the same. Proves: T8."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.clock.wait(timedelta(hours=5))
    with pytest.raises(NotAllowed, match="release_lapsed"):
        visitors.mark("thawed")
    visitors.staff.arrive(visitors.proof("nurse-1"))  # a fact with the right, later time
    visitors.clock.at -= timedelta(hours=4)
    for _ in range(2):
        with pytest.raises(NotAllowed, match="clock_behind_last_fact"):
            visitors.mark("thawed")
        visitors.tell(ProcedureMarked("emergency", ()))
    with pytest.raises(NotAllowed, match="clock_behind_last_fact"):
        visitors.clinic.scribe.write(Act("nurse-1", vial_stream(CODE)), [VialThawed("v")])


def test_yesterdays_answers_are_not_countersigned_under_a_clock_set_back(visitors: Visitors) -> None:
    """The physician's sign-in, a fact of its own, changes nothing. Proves: T8, Q12."""
    visitors.until_vial()
    visitors.show_vial()
    visitors.clock.wait(timedelta(hours=14))
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.clock.at -= timedelta(hours=14)
    with pytest.raises(NotAllowed, match="clock_"):
        visitors.countersign()
    assert not any(isinstance(by.fact, Countersigned) for by in visitors.here().visit.facts)


def test_a_restart_forgives_no_clock(visitors: Visitors) -> None:
    """Told by the store, not by what a running tablet remembers. Proves: T8."""
    visitors.open()
    visitors.clock.at -= timedelta(hours=2)
    visitors.health()
    again = reopened(visitors)
    again.clock.wait(timedelta(hours=3))  # by now its clock is past every fact here
    assert again.clinic.scribe.trouble() == "clock_behind_last_fact"
    again.staff.sign_in("nurse-1", "482915")
    assert reopened(again).clinic.scribe.trouble() == "clock_behind_last_fact"


def test_a_rebuild_remembers_the_clock_as_it_was(visitors: Visitors) -> None:
    visitors.open()
    visitors.clock.at += timedelta(minutes=10)
    visitors.health()
    tablet = visitors.clinic.scribe.desk.tablet
    kept = visitors.clinic.ledger.clock(tablet)
    assert kept is not None and kept.trouble == "clock_jumped"
    visitors.clinic.ledger.rebuild()
    assert visitors.clinic.ledger.clock(tablet) == kept

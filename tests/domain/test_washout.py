"""The 72 hours before and the 21 days after, against a calendar counted by ordinal days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.domain import washout
from chairside.domain.form import Drugs, Verdict
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    DrugsTaken,
    DrugTaken,
    LastDose,
    Never,
    NotSure,
    OnDate,
)
from chairside.domain.when import end_of_day
from tests.domain.made_up import DRUGS, NOON, when

ITEM = Drugs(id="nsaids")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
ZONES = [ZoneInfo(name) for name in ("America/Los_Angeles", "America/New_York", "UTC", "Europe/Berlin")]
ZONES += [ZoneInfo(name) for name in ("Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")]
# Local day and hour of the injection: both changes of the clock, midnight, leap day, the turn of the year.
INJECTIONS = [
    datetime.fromisoformat("2026-03-10T09:00"),
    datetime.fromisoformat("2026-11-03T09:00"),
    datetime.fromisoformat("2026-03-08T03:00"),
    datetime.fromisoformat("2026-11-01T01:30"),
    datetime.fromisoformat("2026-06-01T00:00"),
    datetime.fromisoformat("2028-03-02T12:00"),
    datetime.fromisoformat("2028-02-29T23:59"),
    datetime.fromisoformat("2027-01-02T08:00"),
    datetime.fromisoformat("2026-12-31T23:59:59"),
]
EARLIEST, LATEST = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2040-01-01")


def _ids(
    dose: LastDose, injection: datetime = NOON, zone: ZoneInfo = LOS_ANGELES, name: str = "Advil"
) -> list[str]:
    reply = DrugsTaken((DrugTaken(name, dose),))
    return [each.id for each in washout.findings(ITEM, reply, DRUGS, when(injection, zone=zone))]


def _one(name: str, dose: LastDose, prescribed: bool | None) -> list[tuple[str, Verdict]]:
    reply = DrugsTaken((DrugTaken(name, dose, prescribed),))
    return [(each.id, each.weight) for each in washout.findings(ITEM, reply, DRUGS, when())]


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.key)
@pytest.mark.parametrize("local", INJECTIONS, ids=str)
def test_exactly_72_hours_is_met_and_one_second_less_is_not(local: datetime, zone: ZoneInfo) -> None:
    """Absolute time, whatever the clocks on the wall do in between. Proves: Q21, T9, C17."""
    injection = local.replace(tzinfo=zone).astimezone(UTC)
    assert _ids(AtMoment(injection - timedelta(hours=72)), injection, zone) == []
    late = injection - timedelta(hours=72) + timedelta(seconds=1)
    assert _ids(AtMoment(late), injection, zone) == ["washout_not_met"]


def _seconds_since_2359(day: date, injection: datetime, zone: ZoneInfo) -> int:
    """Count whole days by their ordinals and the wall clock, then what the zone's offset moved in between."""
    local = injection.astimezone(zone)
    days = local.toordinal() - day.toordinal()
    on_the_wall = days * 86_400 + local.hour * 3600 + local.minute * 60 + local.second - (23 * 60 + 59) * 60
    then = datetime(day.year, day.month, day.day, 23, 59, tzinfo=zone).utcoffset()
    now = local.utcoffset()
    assert then is not None and now is not None
    return on_the_wall - int((now - then).total_seconds())


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.key)
@pytest.mark.parametrize("local", INJECTIONS, ids=str)
def test_a_dose_known_by_its_day_counts_as_taken_at_2359(local: datetime, zone: ZoneInfo) -> None:
    """Every day of the ten before, against the ordinal-day oracle. Proves: Q21, T9."""
    injection = local.replace(tzinfo=zone).astimezone(UTC)
    for back in range(10):
        day = local.date() - timedelta(days=back)
        met = _seconds_since_2359(day, injection, zone) >= 72 * 3600
        assert _ids(OnDate(day), injection, zone) == ([] if met else ["washout_not_met"])


@given(
    injection=st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)),
    seconds=st.integers(0, 10 * 86_400),
    zone=st.sampled_from(ZONES),
)
def test_the_window_is_the_same_wherever_the_tablet_is(
    injection: datetime, seconds: int, zone: ZoneInfo
) -> None:
    """Moving to another zone between dose and injection changes nothing. Proves: T9."""
    found = _ids(AtMoment((injection - timedelta(seconds=seconds)).astimezone(zone)), injection, zone)
    assert found == ([] if seconds >= 72 * 3600 else ["washout_not_met"])


@given(injection=st.datetimes(EARLIEST, LATEST, timezones=st.sampled_from(ZONES)))
def test_the_medicine_may_be_taken_again_after_day_21(injection: datetime) -> None:
    """None through and including day 21: day 22 is the first day. Proves: Q23, C17."""
    zone = injection.tzinfo
    assert isinstance(zone, ZoneInfo)
    again = washout.resume_on(ITEM, when(injection.astimezone(UTC), zone=zone)).astimezone(zone)
    last_without = injection.toordinal() + 21
    assert again.toordinal() == last_without
    assert (again + timedelta(minutes=1)).toordinal() == last_without + 1


def test_a_stricter_form_is_honoured_and_a_laxer_one_is_not() -> None:
    """Proves: Q21, Q23 (stricter only, house.md)."""
    dose = DrugsTaken((DrugTaken("Advil", AtMoment(NOON - timedelta(hours=80))),))
    strict, lax = (
        Drugs(id="nsaids", washout_hours=96, resume_days=30),
        Drugs(id="nsaids", washout_hours=1, resume_days=1),
    )
    assert [each.id for each in washout.findings(strict, dose, DRUGS, when())] == ["washout_not_met"]
    near = DrugsTaken((DrugTaken("Advil", AtMoment(NOON - timedelta(hours=71))),))
    assert [each.id for each in washout.findings(lax, near, DRUGS, when())] == ["washout_not_met"]
    assert washout.resume_on(strict, when()).date() > washout.resume_on(ITEM, when()).date()
    assert washout.resume_on(lax, when()) == washout.resume_on(ITEM, when())


@pytest.mark.parametrize(
    ("name", "dose", "prescribed", "expected"),
    [
        # name, last dose, prescribed?, findings (Q20-Q22, C15-C17)
        ("Advil", Never(), None, []),
        ("Advil", NotSure(), None, [("last_dose_unknown", Verdict.PHYSICIAN)]),
        ("ADVÍL ", AtMoment(NOON), None, [("washout_not_met", Verdict.PHYSICIAN)]),
        ("Tylenol", AtMoment(NOON), None, []),
        ("Fish oil", Never(), None, [("unknown_drug", Verdict.PHYSICIAN)]),
        ("nobody knows it", Never(), None, [("unknown_drug", Verdict.PHYSICIAN)]),
        ("Plavix", Never(), None, [("prescription_not_asked", Verdict.INCOMPLETE)]),
        ("Plavix", AtMoment(NOON), None, [("prescription_not_asked", Verdict.INCOMPLETE)]),
        ("Plavix", AtMoment(NOON), False, [("antithrombotic_not_prescribed", Verdict.PHYSICIAN)]),
        ("Plavix", NotSure(), False, [("antithrombotic_not_prescribed", Verdict.PHYSICIAN)]),
        ("Plavix", Never(), False, []),
        ("Aggrenox", AtMoment(NOON), False, [("antithrombotic_not_prescribed", Verdict.PHYSICIAN)]),
        ("Plavix", AtMoment(NOON), True, [("prescribed_antithrombotic", Verdict.PHYSICIAN)]),
        ("Aggrenox", NotSure(), True, [("prescribed_antithrombotic", Verdict.PHYSICIAN)]),
        (
            "Aspirin",
            AtMoment(NOON),
            True,
            [("prescribed_antithrombotic", Verdict.PHYSICIAN), ("washout_not_met", Verdict.PHYSICIAN)],
        ),
        (
            "Aspirin",
            AtMoment(NOON - timedelta(hours=72)),
            True,
            [("prescribed_antithrombotic", Verdict.PHYSICIAN)],
        ),
        ("Aspirin", AtMoment(NOON - timedelta(hours=72)), False, []),
        ("Aspirin", AtMoment(NOON), False, [("washout_not_met", Verdict.PHYSICIAN)]),
        (
            "Aspirin",
            AtMoment(NOON),
            None,
            [
                ("prescription_not_asked", Verdict.INCOMPLETE),
                ("washout_not_met", Verdict.PHYSICIAN),
            ],
        ),
        ("Aspirin", Never(), None, [("prescription_not_asked", Verdict.INCOMPLETE)]),
        ("Aspirin", Never(), True, []),
    ],
)
def test_what_each_drug_asks_for(
    name: str, dose: LastDose, prescribed: bool | None, expected: list[tuple[str, Verdict]]
) -> None:
    """Proves: Q20, Q21, Q22."""
    assert _one(name, dose, prescribed) == expected


@given(
    name=st.sampled_from(["Advil", "Aspirin", "Plavix", "Aggrenox", "Fish oil", "Tylenol", "?"]),
    hours=st.integers(0, 200),
    prescribed=st.sampled_from([None, True, False]),
)
def test_no_medicine_ever_stops_a_visit_or_says_stop(name: str, hours: int, prescribed: bool | None) -> None:
    """A medicine is the physician's to rule on, never more, and no finding says stop. Proves: Q21, Q22."""
    found = _one(name, AtMoment(NOON - timedelta(hours=hours)), prescribed)
    assert all(weight <= Verdict.INCOMPLETE and "stop" not in finding for finding, weight in found)


def test_not_asked_is_incomplete_and_none_taken_is_not() -> None:
    """Proves: Q4."""
    for reply in (None, Chosen("none")):
        assert [each.weight for each in washout.findings(ITEM, reply, DRUGS, when())] == [Verdict.INCOMPLETE]
    assert washout.findings(ITEM, DrugsTaken(()), DRUGS, when()) == ()


@pytest.mark.parametrize(
    ("zone", "day", "shown"),
    [
        ("America/Los_Angeles", date(2026, 11, 1), "2026-11-02T07:59:00+00:00"),
        ("America/Los_Angeles", date(2026, 3, 8), "2026-03-09T06:59:00+00:00"),
        ("America/Santiago", date(2026, 4, 4), "2026-04-05T03:59:00+00:00"),  # shown twice: the later one
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-31T09:59:00+00:00"),  # a day that never was
        ("UTC", date(2026, 12, 31), "2026-12-31T23:59:00+00:00"),
    ],
)
def test_a_day_ends_at_2359_of_its_clock_whatever_the_clock_does(zone: str, day: date, shown: str) -> None:
    """A dose is never counted earlier than it may have been taken. Proves: Q21, C17."""
    assert end_of_day(day, ZoneInfo(zone)).isoformat() == shown

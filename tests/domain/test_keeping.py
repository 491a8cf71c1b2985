"""Until when a record is kept at least: ten years after its last act, longer for a child or where asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain.gate import local_day
from chairside.domain.keeping import kept_until, years_after
from tests.domain.later import Later, marked
from tests.domain.made_up import Story


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2026, 12, 1), 10, date(2036, 12, 1)),
        (date(2028, 2, 29), 10, date(2038, 3, 1)),
        (date(2028, 2, 29), 12, date(2040, 2, 29)),
    ],
)
def test_years_are_counted_by_the_calendar(day: date, years: int, later: date) -> None:
    assert years_after(day, years) == later


@pytest.mark.parametrize(
    ("born", "years", "until"),
    [
        (date(1984, 3, 14), 10, "ten"),
        (date(1984, 3, 14), 3, "ten"),
        (date(1984, 3, 14), 15, "fifteen"),
        (date(2020, 5, 6), 10, "grown"),
        (date(2012, 5, 6), 10, "ten"),
    ],
)
def test_the_latest_of_ten_years_the_clinics_and_a_childs_growing_up(
    born: date, years: int, until: str
) -> None:
    """Never fewer than ten, whatever the clinic said. Proves: Q44."""
    visit = Later().sealed().mark("thawed", "mixed", "first_injection", "last_injection").aged(born).visit
    day = local_day(visit.marks[-1])
    known = {"ten": years_after(day, 10), "fifteen": years_after(day, 15), "grown": date(2039, 5, 6)}
    assert kept_until(visit, years) == known[until]


def test_a_visit_that_goes_on_has_no_such_day() -> None:
    assert kept_until(Story().open().visit, 10) is None


def test_what_was_done_last_counts_and_not_when_the_record_was_signed() -> None:
    """A treatment on the day after the record is kept from that day on. Proves: Q44."""
    story = Later().sealed()
    signed = kept_until(story.visit, 10)
    story.now += timedelta(days=1)
    for mark in ("thawed", "first_injection", "last_injection"):
        story.take(marked(mark))
    assert signed == date(2036, 12, 1) and kept_until(story.visit, 10) == date(2036, 12, 2)


def test_of_whom_nothing_is_known_no_last_day_is() -> None:
    assert kept_until(structs.replace(Later().sealed().visit, patient=None), 10) is None

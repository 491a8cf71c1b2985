"""Which donor tests are due: over every month, place, product and word on white cells."""

from __future__ import annotations

from datetime import date
from itertools import product as every

import pytest

from chairside.domain.panel import (
    CMV,
    CORE_TESTS,
    HTLV,
    PRODUCTS,
    TESTS,
    WEST_NILE,
    Origin,
    cmv_found,
    failing,
    required,
)

MONTHS = tuple(range(1, 13))
RICH = ("yes", "no", "not_stated", "")
PLACES = ("us", "elsewhere", "not_stated", "")
# By hand, and not by the rule: month -> is West Nile virus looked for in the United States.
SEASON = dict.fromkeys(MONTHS, False) | dict.fromkeys((6, 7, 8, 9, 10), True)
# product -> what the paper says of white cells -> HTLV and CMV are due
WHITE_CELLS = {
    kind: {"yes": True, "not_stated": True, "": True, "no": kind == "cord_blood"} for kind in ("", *PRODUCTS)
}


@pytest.mark.parametrize("kind", ["", *PRODUCTS])
def test_the_tests_that_are_due_over_month_place_and_product(kind: str) -> None:
    """12 months x 4 places x 4 words x 7 products. Proves: Q30, V3, V4, X4."""
    for month, place, rich in every(MONTHS, PLACES, RICH):
        due = required(Origin(kind, rich, place, date(2026, month, 15)))
        assert due[: len(CORE_TESTS)] == CORE_TESTS
        assert (HTLV in due, CMV in due) == (WHITE_CELLS[kind][rich],) * 2, (kind, rich)
        assert (WEST_NILE in due) is (place != "us" or SEASON[month]), (place, month)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
        (None, True),
    ],
)
def test_the_season_begins_and_ends_on_its_days(on: date | None, due: bool) -> None:
    """A day that nobody wrote down is in the season. Proves: Q30, V4."""
    assert (WEST_NILE in required(Origin("cord_tissue", "no", "us", on))) is due


LEAST = Origin("cord_tissue", "no", "us", date(2026, 1, 20))
MOST = Origin("cord_blood", "", "", None)


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("origin", [LEAST, MOST], ids=["least", "most"])
@pytest.mark.parametrize("result", ["reactive", "indeterminate", "not_done", "not_required", ""])
def test_one_bad_line_stops_the_vial_where_it_is_due(origin: Origin, test: str, result: str) -> None:
    """A test that is not due may be blank and never reactive; CMV is never a stop but where it is missing."""
    results = dict.fromkeys(TESTS, "nonreactive") | {test: result}
    found = failing(results, origin)
    bad = result in ("reactive", "indeterminate")
    if test == CMV:
        missing = test in required(origin) and not bad
        assert found == ((("vial_test_missing", CMV),) if missing else ())
        assert cmv_found(results) is bad
    else:
        stops = bad or test in required(origin)
        assert found == ((("vial_test_not_nonreactive", test),) if stops else ())


def test_a_sheet_of_four_lines_lacks_lines_and_does_not_pass() -> None:
    """What was copied before the panel had a line for each test. Proves: Q31."""
    old = dict.fromkeys(("hiv", "hbv", "hcv", "syphilis"), "nonreactive")
    assert [test for _, test in failing(old, LEAST)] == [each for each in CORE_TESTS if each != "syphilis"]
    assert failing({}, MOST) == (
        *(("vial_test_not_nonreactive", test) for test in (*CORE_TESTS, HTLV)),
        ("vial_test_missing", CMV),
        ("vial_test_not_nonreactive", WEST_NILE),
    )


def test_a_whole_sheet_passes_every_product() -> None:
    """And one that is not due says so in its own words."""
    whole = dict.fromkeys(TESTS, "nonreactive")
    assert all(failing(whole, Origin(kind)) == () for kind in PRODUCTS)
    assert failing(whole | dict.fromkeys((HTLV, CMV, WEST_NILE), "not_required"), LEAST) == ()


def test_a_line_that_no_list_asks_for_stops_the_vial_where_it_reacts() -> None:
    """A clinic's own line beside ours, or one of an older form. Proves: Q31."""
    origin = Origin("cord_tissue", "no", "us", date(2026, 1, 20))
    whole = dict.fromkeys(TESTS, "nonreactive")
    assert failing({**whole, "zika": "reactive"}, origin) == (("vial_test_not_nonreactive", "zika"),)
    assert failing({**whole, "zika": "not_done"}, origin) == ()

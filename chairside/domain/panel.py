"""Which of a donor's tests a sheet must show: by product and white cells, by where and when it was taken.

Nothing is guessed in a vial's favour: what the paper does not say counts as what asks for more tests. A
test that is not due may be blank, but never reactive. CMV stops nothing: it is the physician's to rule on
and the patient's to know (V3, V23).
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

NONREACTIVE = "nonreactive"
# Source: V3, V4, V9: HIV-1 and -2, hepatitis B and C, syphilis; each virus by its marker and by its genes.
CORE_TESTS: tuple[str, ...] = (
    "hiv_antibody", "hiv_nat", "hbsag", "hbc_total", "hbv_nat", "hcv_antibody", "hcv_nat", "syphilis",
)  # fmt: skip
HTLV, CMV, WEST_NILE = "htlv", "cmv", "wnv_nat"
WITH_LEUKOCYTES: tuple[str, ...] = (HTLV, CMV)  # Source: V3; viable, rich in white cells
TESTS: tuple[str, ...] = (*CORE_TESTS, *WITH_LEUKOCYTES, WEST_NILE)
SEASON = (6, 10)  # Source: V4; months, 1 June to 31 October
ALWAYS_RICH = "cord_blood"
# Source: X4. The consent speaks of a product from a donor's umbilical cord: its tissue, its jelly, its blood.
CONSENTED: tuple[str, ...] = ("cord_tissue", "whartons_jelly", ALWAYS_RICH)
NOT_CONSENTED: tuple[str, ...] = ("amniotic", "placental", "other")
PRODUCTS: tuple[str, ...] = (*CONSENTED, *NOT_CONSENTED)


class Origin(Struct, frozen=True):
    """What decides which tests are due; empty: label and paper do not say."""

    product: str = ""
    leukocyte_rich: str = ""
    recovered_in: str = ""
    recovered_on: date | None = None


def leukocyte_rich(origin: Origin) -> bool:
    """Tell whether white cells count as there: always in cord blood, elsewhere unless the paper says no."""
    return origin.product == ALWAYS_RICH or origin.leukocyte_rich != "no"


def west_nile_season(origin: Origin) -> bool:
    """Tell whether West Nile virus is looked for: June to October in the United States, elsewhere always."""
    if origin.recovered_in != "us" or origin.recovered_on is None:
        return True
    first, last = SEASON
    return first <= origin.recovered_on.month <= last


def required(origin: Origin) -> tuple[str, ...]:
    """Return the tests that are due, in the order of the sheet."""
    rich = WITH_LEUKOCYTES if leukocyte_rich(origin) else ()
    return (*CORE_TESTS, *rich, *((WEST_NILE,) if west_nile_season(origin) else ()))


def failing(results: dict[str, str], origin: Origin) -> tuple[tuple[str, str], ...]:
    """Return what stops a vial: (rule, test). A test that is due must be nonreactive, CMV only be there."""
    due = required(origin)
    found: list[tuple[str, str]] = []
    for test in dict.fromkeys((*TESTS, *results)):  # what a clinic or an older form asks beside them
        result = results.get(test, "")
        if test == CMV:
            missing = test in due and result not in (NONREACTIVE, "reactive", "indeterminate")
            found += [("vial_test_missing", test)] if missing else []
        elif result in ("reactive", "indeterminate") or (test in due and result != NONREACTIVE):
            found.append(("vial_test_not_nonreactive", test))
    return tuple(found)


def cmv_found(results: dict[str, str]) -> bool:
    """Tell whether CMV was found or may be there: a physician rules, and the patient is told."""
    return results.get(CMV) in ("reactive", "indeterminate")

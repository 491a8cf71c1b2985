"""GS1, element by element: what each may hold, what it is called, and by what name each mistake goes."""

from __future__ import annotations

import pytest

from chairside.domain.codes import gs1, parse
from chairside.domain.codes.identity import identity, same

# Identifier, name, greatest length, of just this length, digits only: as the General Specifications say.
ELEMENTS = [
    ("00", "sscc", 18, True, True),
    ("01", "gtin", 14, True, True),
    ("02", "contained_gtin", 14, True, True),
    ("11", "produced", 6, True, True),
    ("12", "due", 6, True, True),
    ("13", "packed", 6, True, True),
    ("15", "best_before", 6, True, True),
    ("16", "sell_by", 6, True, True),
    ("17", "expiry", 6, True, True),
    ("20", "variant", 2, True, True),
    ("10", "lot", 20, False, False),
    ("21", "serial", 20, False, False),
    ("22", "consumer_variant", 20, False, False),
    ("30", "count", 8, False, True),
    ("37", "contained_count", 8, False, True),
    ("240", "additional_id", 30, False, False),
    ("241", "customer_part", 30, False, False),
    ("250", "second_serial", 30, False, False),
    ("251", "source_reference", 30, False, False),
    *((f"71{n}", f"national_number_{n}", 20, False, False) for n in range(7)),
    ("90", "internal_90", 30, False, False),
    *((f"{n}", f"internal_{n}", 90, False, False) for n in range(91, 100)),
]
DATES = {"11", "12", "13", "15", "16", "17"}


def _filled(ai: str, length: int) -> str:
    """Return a value of this length; the check digit of naughts is a naught."""
    return "260131"[:length].ljust(length, "1") if ai in DATES else "0" * length


@pytest.mark.parametrize(("ai", "name", "most", "fixed", "digits"), ELEMENTS)
def test_an_element_holds_what_its_identifier_allows(
    ai: str, name: str, most: int, fixed: bool, digits: bool
) -> None:
    """Proves: V21."""
    full = _filled(ai, most)
    shown = "2026-01-31" if ai in DATES else full
    assert parse(f"({ai}){full}").parts == {name: shown}
    assert parse(f"({ai}){_filled(ai, most + 1)}").parts == {"ai": ai}
    assert parse(f"({ai}){_filled(ai, most + 1)}").error == "bad_length"
    assert (parse(f"({ai}){_filled(ai, most - 1)}").error == "bad_length") == fixed
    assert (parse(f"({ai})A{full[1:]}").error == "bad_character") == digits
    between = "" if fixed else gs1.GROUP_SEPARATOR
    other = "lot" if ai != "10" else "serial"
    behind = f"{'10' if ai != '10' else '21'}A1"
    told = {"symbology": "GS1 DataMatrix", name: shown, other: "A1"}
    assert parse(f"]d2{ai}{full}{between}{behind}").parts == told


@pytest.mark.parametrize(
    ("prefix", "symbology"),
    [("]C1", "GS1-128"), ("]d2", "GS1 DataMatrix"), ("]Q3", "GS1 QR Code"), ("]e0", "GS1 DataBar")],
)
def test_four_symbols_prove_that_they_are_gs1(prefix: str, symbology: str) -> None:
    """Also where the scanner sends the sign that begins the message, or one behind what needs none."""
    told = {"symbology": symbology, "variant": "07", "lot": "A1"}
    for text in ("200710A1", "\x1d200710A1", "2007\x1d10A1"):
        assert (parse(prefix + text).standard, parse(prefix + text).parts) == ("gs1", told)


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("(00)006141411234567891", "sscc_check_digit", {"ai": "00", "expected": "0"}),
        ("(01)09506000134353", "gtin_check_digit", {"ai": "01", "expected": "2"}),
        ("(02)09506000134353", "gtin_check_digit", {"ai": "02", "expected": "2"}),
        ("(17)260230", "bad_date", {"ai": "17"}),
        ("(17)261300", "bad_date", {"ai": "17"}),
        ("(10)A1(10)A1", "repeated_ai", {"ai": "10"}),
        ("(717)12", "unknown_ai", {"ai": "717"}),
        ("(100)12", "unknown_ai", {"ai": "100"}),
        ("(80)12", "unknown_ai", {"ai": "80"}),
        ("(8006)12", "unknown_ai", {"ai": "8006"}),
        ("(10)", "bad_length", {"ai": "10"}),
        ("(10)\u00c41", "bad_character", {"ai": "10"}),
        ("]d280061", "unknown_ai", {"ai": "80", "symbology": "GS1 DataMatrix"}),
    ],
)
def test_a_mistake_is_named_with_its_element(text: str, error: str, told: dict[str, object]) -> None:
    """Proves: V21, Q33."""
    assert (parse(text).standard, parse(text).error, parse(text).parts) == ("gs1", error, told)


@pytest.mark.parametrize(
    ("text", "day"), [("760101", "2076-01-01"), ("770101", "1977-01-01"), ("260200", "2026-02-28")]
)
def test_a_year_is_the_nearest_of_its_two_digits_and_day_00_the_month_s_last(text: str, day: str) -> None:
    """Fifty years either way; no clock is asked. Proves: V21."""
    assert parse(f"(17){text}").parts["expiry"] == day


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("9632001960000000000400152152152158", "not_gs1"),  # a courier's: it would pass
        ("0109506000134352", "not_gs1"),
        ("0109506000134353", "not_gs1"),  # it would, but for its check digit
        ("9112345678901234", "not_gs1"),  # sixteen digits are enough
        ("911234567890123", ""),
        ("911234567890123A", ""),
        ("8012345678901234", ""),  # no known element begins so
        ("LOT 9112345678901234", ""),
    ],
)
def test_digits_that_only_look_like_gs1_are_a_private_label_with_a_warning(text: str, error: str) -> None:
    """Proves: Q33, V21."""
    assert (parse(text).standard, parse(text).error) == ("private", error)
    assert parse(text).parts == (
        {"hint": "plain Code 128 without FNC1, e.g. a courier label"} if error else {}
    )


@pytest.mark.parametrize("text", ["211234\x1d0151022222233336", "\x1d211234\x1d0151022222233336"])
def test_a_scanner_without_prefix_reads_the_same_vial_whatever_comes_first(text: str) -> None:
    """A label may begin with its serial number. Proves: V19, Q34."""
    assert same(text, "(21)1234(01)51022222233336")
    assert identity(text).whole and not identity("211234\x1d0151022222233335").whole

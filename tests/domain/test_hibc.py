"""HIBC, segment by segment: all that a label says, and by what name each mistake goes."""

from __future__ import annotations

import pytest

from chairside.domain.codes import hibc, parse

PRODUCT = {"lic": "A999", "pcn": "1234", "unit_of_measure": "5"}
EXPIRY, LOT = {"expiry": "2026-12-31"}, {"lot": "L1"}


def coded(data: str) -> str:
    """Put "+" before it and the check character behind it."""
    return f"+{data}{hibc.check_character('+' + data)}"


@pytest.mark.parametrize(
    ("segments", "told"),
    [
        ("", {}),
        ("/$L1", LOT),
        ("/$+L1", {"serial": "L1"}),
        ("/$$7L1", LOT),
        ("/$$+7L1", {"serial": "L1"}),
        ("/$$1226L1", {**EXPIRY, **LOT}),
        ("/$$1226", {"expiry": "2026-12-31"}),
        ("/$$2123126L1", {**EXPIRY, **LOT}),
        ("/$$3261231L1", {**EXPIRY, **LOT}),
        ("/$$426123123L1", {**EXPIRY, **LOT}),
        ("/$$526365L1", {**EXPIRY, **LOT}),
        ("/$$+62636523L1", {**EXPIRY, "serial": "L1"}),
        ("/$$850526365L1", {"quantity": "50", **EXPIRY, **LOT}),
        ("/$$900050526365L1", {"quantity": "00050", **EXPIRY, **LOT}),
        ("/26365L1", {**EXPIRY, **LOT}),
        ("/26365", EXPIRY),
        ("/14D20261231", EXPIRY),
        ("/16D20261231", {"produced": "2026-12-31"}),
        ("/SL1", {"serial": "L1"}),
        ("/Q5", {"quantity": "5"}),
        ("/$L1/14D20261231/16D20261231/SS1/Q500", {**LOT, **EXPIRY, "produced": "2026-12-31", "serial": "S1"}
         | {"quantity": "500"}),
        ("/$$526365L1/14D20261231", {**EXPIRY, **LOT}),  # one day in two forms is one day
        ("/$123456789012345678", {"lot": "123456789012345678"}),
        ("/$$577001", {"expiry": "1977-01-01"}),
    ],
)  # fmt: skip
def test_a_segment_says_this_and_no_more(segments: str, told: dict[str, object]) -> None:
    """Proves: V20, V21."""
    reading = parse(coded(f"A99912345{segments}"))
    assert (reading.standard, reading.error) == ("hibc", "")
    assert reading.parts == {**PRODUCT, **told, "check": reading.text[-1]}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("$$526365L1", {**EXPIRY, **LOT}),
        ("$+L1", {"serial": "L1"}),
        ("26365L1", {**EXPIRY, **LOT}),
    ],
)
def test_a_second_bar_code_says_whose_it_is(data: str, told: dict[str, object]) -> None:
    """Its link is the check character of the first."""
    reading = parse(coded(f"{data}G"))
    assert reading.parts == {"secondary": True, **told, "link": "G", "check": reading.text[-1]}


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        ("A9991", "bad_length", {}),
        ("A999-", "bad_length", {}),
        ("A999" + "1" * 20, "bad_length", {}),
        ("A9991-", "bad_character", {}),
        ("A999" + "-" * 19, "bad_character", {}),
        ("A999-1234", "bad_character", {}),
        ("999912345/$L1", "bad_date", {}),  # no product, so it is a date: the 999th day
        ("9A" + "1" * 30, "bad_character", {}),
        ("A99912345/1A365", "bad_character", {}),
        ("A99912345/X1Y2", "unknown_segment", {"segment": "X1Y"}),
        ("A99912345/$1234567890123456789", "bad_length", {}),
        ("A99912345/S1234567890123456789", "bad_length", {}),
        ("A99912345/$$5263", "bad_length", {}),
        ("A99912345/$$52636A", "bad_character", {}),
        ("A99912345/$$526366", "bad_date", {}),
        ("A99912345/$$526000", "bad_date", {}),
        ("A99912345/$$1326", "bad_date", {}),
        ("A99912345/$$2023026", "bad_date", {}),
        ("A99912345/$$426123124", "bad_time", {}),
        ("A99912345/$$62636524", "bad_time", {}),
        ("A99912345/$$$7L1", "bad_character", {}),
        ("A99912345/14D2026123", "bad_length", {}),
        ("A99912345/14D202612311", "bad_length", {}),
        ("A99912345/14D00000101", "bad_date", {}),  # there is no year 0
        ("A99912345/Q", "bad_length", {}),
        ("A99912345/Q5A", "bad_character", {}),
        ("A99912345/$L1/14D20261231/14D20261101", "repeated_segment", {"segment": "14D"}),
        ("A99912345/$L1/$$526365L2", "repeated_segment", {"segment": "$$5"}),
        ("A99912345/SL1/$+L2", "repeated_segment", {"segment": "$+L"}),
    ],
)
def test_a_mistake_is_named(data: str, error: str, told: dict[str, object]) -> None:
    """Proves: V20, V21, Q33."""
    assert (parse(coded(data)).error, parse(coded(data)).parts) == (error, told)


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("+A123BJC5D6E71H", "check_char_mismatch", {"expected": "G"}),
        ("+A12", "check_char_mismatch", {"expected": "9"}),
        ("+A1", "bad_length", {}),
        ("+a123bjc5d6e71g", "bad_character", {"hint": "caps lock or scanner case conversion"}),
        ("+A123BJC5D6E71*", "bad_character", {}),
    ],
)
def test_the_whole_code_is_judged_first(text: str, error: str, told: dict[str, object]) -> None:
    """Its characters, its length, its check. Proves: V20, Q33."""
    assert (parse(text).standard, parse(text).error, parse(text).parts) == ("hibc", error, told)


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("a123BJC5D6E71G", True),
        ("a123BJC5D6E71H", False),  # its check is wrong: a label of its own
        ("A123BJC5D6E71G", False),
        ("-a123BJC5D6E71G", False),
        ("a123bJC5D6E71G", False),
    ],
)
def test_a_scanner_that_reads_extended_code_39_is_noticed(text: str, looks: bool) -> None:
    """It makes "a" of "+A". Proves: Q33."""
    hint = {"hint": "Code 39 Extended decoding turned '+A' into 'a': decode as plain Code 39"}
    reading = parse(text)
    assert (reading.error, reading.parts) == (("not_hibc", hint) if looks else ("", {}))
    assert (reading.standard, reading.text) == ("private", text)

"""ISBT 128, structure by structure: all that a label says, and by what name each mistake goes."""

from __future__ import annotations

import pytest

from chairside.domain.codes import isbt, parse

FACILITY = {"din": "G123417654321", "fin": "G1234", "year": "17", "sequence": "654321", "check_char": "A"}
NO_DONATION = {"error_if_din_expected": "wrong_structure"}
LOWERED = {"hint": "caps lock or scanner case conversion"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=G12341765432100", {"ds": "001", **FACILITY, "flags": "00", "flag_type": "none"}),
        ("=G12341765432101", {"ds": "001", **FACILITY, "flags": "01", "flag_type": "other"}),
        ("=G123417654321A1", {"ds": "001", **FACILITY, "flags": "A1", "flag_type": "other"}),
        ("=G12341765432197", {"ds": "001", **FACILITY, "flags": "97", "flag_type": "other"}),
        (
            "=G12341765432170",
            {"ds": "001", **FACILITY, "flags": "70", "flag_type": "check", "flag_check_ok": True},
        ),
        ("=%6200", {"ds": "002", "blood_group": "6200", **NO_DONATION}),
        (
            "=<E0791V00",
            {"ds": "003", "pdc": "E0791", "category": "blood", "collection_type": "V", "division": "00"}
            | NO_DONATION,
        ),
        (
            "=<X0791V00",
            {"ds": "003", "pdc": "X0791", "collection_type": "V", "division": "00", **NO_DONATION},
        ),
        (
            "=<T1295199",
            {"ds": "003", "pdc": "T1295", "category": "tissue", "division": "199", "requires": "032"}
            | NO_DONATION,
        ),
        (
            "=<S1295499=,000025",
            {"segments": ["003", "032"], "pdc": "S1295", "category": "cellular therapy"}
            | {"collection_type": "4", "division": "99", "serial": "000025", **NO_DONATION},
        ),
        ("=,000025", {"ds": "032", "serial": "000025", **NO_DONATION}),
        ("=+00000", {"ds": "023", "compound": {"declared": 0, "message": "000"}, **NO_DONATION}),
        ("=>998365", {"ds": "004", "expiry": "1998-12-31", **NO_DONATION}),
        ("&>0263652359", {"ds": "005", "expiry": "2026-12-31T23:59", **NO_DONATION}),
        ("=}026001", {"ds": "008", "produced": "2026-01-01", **NO_DONATION}),
        (
            "=/A9997AB3456T0123",
            {"ds": "034", "fin_p": "A9997", "fpc": "AB3456", "pdc": "T0123", "udi_di": "A9997AB3456T0123"}
            | NO_DONATION,
        ),
        (f"&,1{0:018}", {"ds": "035", "lot_raw": f"{0:018}", "lot": "0", **NO_DONATION}),
    ],
)
def test_a_structure_says_this_and_no_more(text: str, told: dict[str, object]) -> None:
    """Proves: V20."""
    assert (parse(text).standard, parse(text).error, parse(text).parts) == ("isbt128", "", told)


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("=G12341765432171", "check_char_mismatch", {"segment": "001", "expected": "70", "flags": "71"}
         | {"flag_check_ok": False}),
        ("=g12341765432170", "bad_character", {"segment": "001", **LOWERED}),
        ("=G1234176543217a", "bad_character", {"segment": "001", **LOWERED}),
        ("=G1234176543217", "bad_length", {"segment": "001"}),
        ("=O12341765432170", "bad_character", {"segment": "001"}),  # no facility's number begins with O
        ("=GYZ341X65432170", "bad_character", {"segment": "001"}),
        ("=,00001a", "bad_character", {"segment": "032"}),
        ("&>0263652459", "bad_time", {"segment": "005"}),
        ("&>0263652360", "bad_time", {"segment": "005"}),
        ("=>126001", "bad_date", {"segment": "004"}),
        ("=?abc", "unknown_structure", {"segment": "=?a"}),
        ("&,2000000000000000000", "unknown_structure", {"segment": "&,2"}),
        ("=+02000=,000025", "compound_count", {"declared": 2, "found": 1}),
        ("=<T1295003=<T1295004", "repeated_structure", {"segment": "003"}),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_structure(text: str, error: str, told: dict[str, object]) -> None:
    """Proves: V20, Q33."""
    assert (parse(text).error, parse(text).parts) == (error, told)


@pytest.mark.parametrize(
    ("din", "character", "flags"), [("A999926000005", "0", "60"), ("A999926000088", "*", "96")]
)
def test_the_lowest_and_the_highest_check_are_checks(din: str, character: str, flags: str) -> None:
    """Flags 60 to 96 carry it, the last of the 37 characters is *. Proves: V20."""
    assert isbt.check_character(din) == character
    assert parse(f"={din}{flags}").parts["flag_type"] == "check"


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("=/A9997AB3456T0123", "isbt128"),
        ("=/A9997AB3456T0123=,000025", "isbt128_udi"),
        ("=+01000=,000025", "isbt128_udi"),
        ("=+00000", "isbt128"),
        ("=,000025=<T1295003", "isbt128"),
    ],
)
def test_a_device_identifier_is_a_string_that_begins_as_one(text: str, standard: str) -> None:
    """Beginning with the product, or with what counts its parts, and with something behind. Proves: V20."""
    assert parse(text).standard == standard


@pytest.mark.parametrize(
    ("text", "standard", "error", "told"),
    [
        ("  G1234 17 654321 A ", "isbt128_keyed", "", {"din": "G123417654321", "check_char": "A"}),
        ("G123417654321A", "isbt128_keyed", "", {"din": "G123417654321", "check_char": "A"}),
        ("G1234 17 654321 B", "isbt128_keyed", "check_char_mismatch",
         {"din": "G123417654321", "expected": "A"}),
        ("XG1234 17 654321 A", "private", "", {}),  # a letter too many: nobody's number
        ("G1234 17654321 A", "private", "", {}),
        ("A9990ABC123T048008", "isbt128_basic_udi", "", {"basic_udi_di": "A9990ABC123T0480", "checksum": "08"}
         | {"never_on_label": True}),
        ("A9990ABC123T048009", "private", "", {}),
    ],
)  # fmt: skip
def test_what_is_typed_is_known_by_its_check(
    text: str, standard: str, error: str, told: dict[str, object]
) -> None:
    """Proves: V20, Q33."""
    reading = parse(text)
    assert (reading.standard, reading.error, reading.parts) == (standard, error, told)

"""Codes from labels: the published cases, what is derived from them, and anything at all."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.domain.codes import LONGEST, Reading, gs1, hibc, isbt, parse

CASES = json.loads((Path(__file__).parent / "data" / "barcode-cases.json").read_text("utf-8"))["cases"]
PROSE = {"hint", "note"}  # the cases' own remarks
LOOKALIKES = {"not_gs1": "gs1", "not_hibc": "hibc"}  # by their looks alone; they are private labels here
DIN = "G123417654321"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_published_case_is_read_as_published(case: dict[str, object]) -> None:
    """Every value of the case, by its name. Proves: Q33, F25, V20, V21."""
    told = parse(str(case["input"])).told()
    expected = {name: value for name, value in dict(case["expect"]).items() if name not in PROSE}  # type: ignore[call-overload]
    assert {name: told.get(name) for name in expected} == expected
    assert told["valid"] is case["valid"]
    looks = LOOKALIKES.get(str(told.get("error")), told["standard"])
    assert str(case["standard"]).startswith(str(looks)) or looks == case["standard"]


def test_there_are_forty_cases() -> None:
    assert len(CASES) == 40
    assert sum(case["valid"] for case in CASES) == 26


@pytest.mark.parametrize(
    ("din", "character"),
    [("G123417654321", "A"), ("G123498654321", "H"), ("A999921123456", "3"), ("A999818123456", "N")],
)
def test_the_check_character_is_the_one_that_is_printed(din: str, character: str) -> None:
    """Four values from four publications. Proves: V20."""
    assert isbt.check_character(din) == character


@given(st.integers(0, 12), st.sampled_from("0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ"))
def test_one_wrong_character_never_passes_for_the_number(place: int, other: str) -> None:
    """Proves: V20, Q33."""
    changed = DIN[:place] + other + DIN[place + 1 :]
    assert (isbt.check_character(changed) == isbt.check_character(DIN)) == (changed == DIN)
    reading = parse(f"={changed}70")
    assert reading.valid == (changed == DIN)


@given(st.integers(0, 11))
def test_two_neighbours_swapped_never_pass_for_the_number(place: int) -> None:
    """Proves: V20."""
    swapped = DIN[:place] + DIN[place + 1] + DIN[place] + DIN[place + 2 :]
    assert parse(f"={swapped}70").valid == (swapped == DIN)


def test_a_flag_without_a_check_says_so() -> None:
    """00 protects nothing: the printed character is what a person types with it. Proves: V20."""
    told = parse(f"={DIN}00").told()
    assert (told["flag_type"], told["check_char"], told["valid"]) == ("none", "A", True)
    told = parse(f"={DIN}71").told()
    assert (told["error"], told["expected"]) == ("check_char_mismatch", "70")


def test_a_number_typed_with_a_wrong_check_is_warned_of() -> None:
    """Proves: Q33."""
    wrong = parse("G1234 17 654321 B")
    assert (wrong.error, wrong.parts["expected"], wrong.double_entry) == ("check_char_mismatch", "A", True)
    # Without blanks nobody said that it is such a number: it is a label of its own, and is typed twice.
    assert (parse("G123417654321B").standard, parse("G123417654321B").error) == ("private", "")
    assert parse("G123417654321A").standard == "isbt128_keyed"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("=<S1295499=<S1295499", "repeated_structure"),
        ("=?abc", "unknown_structure"),
        ("=", "unknown_structure"),
        ("&>1263652359", "bad_date"),
        ("=>026000", "bad_date"),
        ("&,100000000000000000", "bad_length"),
        ("]d20109506000134352" + "17290230", "bad_date"),
        ("]d2010950600013435217291330", "bad_date"),
        ("]d2010950600013435", "bad_length"),
        ("]d210", "bad_length"),
        ("]d28012", "unknown_ai"),
        ("]d210A\x1d10B", "repeated_ai"),
        ("]d210A\x1d", ""),
        ("]d2", "empty"),
        ("(01)", "bad_length"),
        ("(99)", "bad_length"),
        ("(10)Ä1", "bad_character"),
        ("(17)2901٣1", "bad_character"),
        ("+", "bad_length"),
        ("+a123bjc5d6e71g", "bad_character"),
        ("10A\x1d21B", "not_gs1"),
        ("", "empty"),
        ("   ", "empty"),
        ("A\x00B", "bad_character"),
        ("A\u202eB", "bad_character"),
        ("A\ud800B", "bad_character"),
        ("A\nB", "bad_character"),
        ("A" * LONGEST, ""),
        ("A" * (LONGEST + 1), "too_long"),
        ("A" * 1_000_000, "too_long"),
        ("1234567890123456789012", ""),
        ("LOT-7 / B", ""),
    ],
)
def test_what_is_wrong_is_named(text: str, error: str) -> None:
    """Proves: Q33, F25 (hostile strings)."""
    assert parse(text).error == error


def test_what_is_too_long_is_not_carried_further() -> None:
    """Proves: F25."""
    assert len(parse("=" * 1_000_000).text) == LONGEST


def test_only_one_terminator_is_taken_off_and_no_blank() -> None:
    """A check character may be a blank. Proves: V21."""
    assert parse("LOT7\r\n").text == parse("LOT7\t").text == "LOT7"
    assert parse("LOT7 ").text == "LOT7 "
    data = next(f"+A123{n}1" for n in range(10_000) if hibc.check_character(f"+A123{n}1") == " ")
    assert parse(data + " ").valid
    assert not parse(data).valid


def test_an_unknown_format_is_never_refused() -> None:
    """Proves: V21, Q33."""
    told = parse("CORD-0042/B").told()
    assert told == {
        "standard": "private",
        "text": "CORD-0042/B",
        "valid": True,
        "double_entry": True,
        "accept_for_vial": True,
    }


@given(st.dates(date(2000, 1, 1), date(2076, 12, 31)))
def test_a_day_means_the_same_in_every_standard(day: date) -> None:
    """Proves: V20, V21."""
    number = f"{day.timetuple().tm_yday:03}"
    hibc_data = f"+$$5{day:%y}{number}LOTG"
    for text in (
        f"=>0{day:%y}{number}",
        f"]d217{day:%y%m%d}",
        f"(17){day:%y%m%d}",
        hibc_data + hibc.check_character(hibc_data),
    ):
        assert parse(text).parts["expiry"] == day.isoformat(), text


@given(st.dates(date(2000, 1, 1), date(2076, 12, 31)))
def test_day_00_is_the_last_of_its_month(day: date) -> None:
    """Proves: V21."""
    last = date.fromisoformat(str(parse(f"(17){day:%y%m}00").parts["expiry"]))
    assert (last.year, last.month) == (day.year, day.month)
    assert (last + timedelta(days=1)).day == 1


@given(st.text("0123456789", min_size=13, max_size=13), st.sampled_from("0123456789"))
def test_only_the_right_check_digit_passes(digits: str, last: str) -> None:
    """Proves: V21."""
    assert parse(f"(01){digits}{last}").valid == (last == gs1.check_digit(digits))


STARTS = st.sampled_from(
    ["", "=", "&", "+", "(", "]C1", "]d2", "]C0=", "=<", "&>", "=+", "=/", "&,1", "(01)", "+$$"]
)


@given(STARTS, st.one_of(st.text(max_size=150), st.text("0123456789ABCSTabc=&<>,/+$()\x1d* ", max_size=60)))
def test_nothing_that_comes_in_raises(start: str, rest: str) -> None:
    """What is read can be said as JSON, and nothing that cannot be seen passes as valid. Proves: F25."""
    reading = parse(start + rest)
    assert json.loads(json.dumps(reading.told()))["standard"] == reading.standard
    if reading.valid:
        assert reading.text.replace("\x1d", "").isprintable()
        assert len(reading.text) <= LONGEST


@given(st.binary(max_size=300))
def test_random_bytes_never_raise(raw: bytes) -> None:
    """As a terminal hands them over, and as a scanner of another alphabet does. Proves: F25."""
    for text in (raw.decode("utf-8", "surrogateescape"), raw.decode("latin-1")):
        assert json.dumps(parse(text).told())


@pytest.mark.parametrize(
    ("text", "valid", "named", "twice"),
    [
        ("=G12341765432100", True, True, False),
        ("(10)A1", True, True, False),
        ("(21)A1", True, True, False),
        ("(17)260930", True, False, False),
        ("=G12341765432171", False, False, True),
        ("XL-24", True, True, True),
        ("", False, False, True),
        (" ", False, False, True),
        ("\x1d", False, False, True),
        ("A\x00B", False, False, True),
        ("A" * (LONGEST + 1), False, False, True),
        ("A" * 1_000, False, False, True),
        ("9632001960000000000400152152152158", False, True, True),  # a courier's: doubted, and taken
    ],
)
def test_what_a_code_is_good_for(text: str, valid: bool, named: bool, twice: bool) -> None:
    """To name a vial; to be typed once. A private label names one, and is typed twice. Proves: Q33, V21."""
    told = parse(text).told()
    assert (told["valid"], told["accept_for_vial"], told["double_entry"]) == (valid, named, twice)


def test_a_label_is_as_long_as_its_scanner_s_prefix_and_terminator_leave_it() -> None:
    """Proves: F25."""
    whole = "A" * LONGEST
    assert parse(f"]C0{whole}\r\n") == Reading("private", whole)
    most = {"most": 128}
    assert parse(f"]C0{whole}AA") == Reading("private", f"{whole}AA", most, "too_long")
    assert parse(f"]C0{whole}AAA") == Reading("private", f"]C0{whole}"[:128], most, "too_long")
    assert parse("A\x00B") == Reading("private", "A\x00B", {}, "bad_character")

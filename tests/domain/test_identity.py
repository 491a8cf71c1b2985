"""Which vial a code names: every spelling of one label is one vial; a shared label needs a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.domain.codes import LONGEST, hibc, parse
from chairside.domain.codes.doubt import doubt
from chairside.domain.codes.identity import Identity, identity, numbered, read, same

ISBT = (
    "]C0=G12341765432100=<T1295003",
    "=G12341765432100=<T1295003",
    "=<T1295003=G12341765432170&>0263652359",
)
SHARED = (
    "]C0=G12341765432100",
    "=G12341765432170",
    "=G12341765432100\r",
    "G1234 17 654321 A",
    "G123417654321A",
)
SERIAL = (
    "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234",
    "]d20151022222233336111412311715070710A213B1\x1d211234",
    "0151022222233336111412311715070710A213B1\x1d211234",
    "(21)1234(01)51022222233336",
)
LOT = (
    "(01)51022222233336(10)A213B1",
    "]C1015102222223333617150707" + "10A213B1",
    "(10)A213B1(01)51022222233336",
)
UDI = "=+06000=/A9999XYZ100T0476=,000025=A99971712345600=>019032=}017032&,1000000000000XYZ123"
HIBC = "+A99912345/$$52025010X3/16D20111212/S77DEFG458"


@pytest.mark.parametrize("spellings", [ISBT, SHARED, SERIAL, LOT])
def test_every_spelling_of_a_code_is_one_vial(spellings: tuple[str, ...]) -> None:
    """Scanned with its prefix, without, typed, in another symbology. Proves: Q34, V19."""
    assert len({identity(each).key for each in spellings}) == 1


@pytest.mark.parametrize("code", [ISBT[0], SERIAL[0], UDI, HIBC])
def test_a_serial_or_a_division_names_one_vial(code: str) -> None:
    assert identity(code).whole


@pytest.mark.parametrize("code", [SHARED[0], LOT[0], "=<S1295499=G12341765432100", "UL-24-0117"])
def test_a_donation_number_or_a_lot_alone_names_no_single_vial(code: str) -> None:
    """Two vials of one donor share it; division 99 says that the serial number says it. Proves: V20, V21."""
    assert not identity(code).whole
    assert not same(code, numbered(code, "2"))
    assert same(code, numbered(code, "1"))


def test_two_vials_of_one_donation_are_two() -> None:
    other = ISBT[0].replace("003", "004")
    assert not same(ISBT[0], other)
    assert identity(ISBT[0]).family == identity(other).family == identity(SHARED[0]).family
    assert not same(SERIAL[0], SERIAL[0].replace("(21)1234", "(21)1235"))


def test_a_shorter_reading_of_a_label_is_of_its_family() -> None:
    """The donation number, or GTIN and lot, of a vial that was received with its division or serial."""
    assert identity(SERIAL[0]).family == identity(LOT[0]).family
    assert identity(UDI).family == identity("=A99971712345600").family


def test_a_private_label_is_itself_whatever_the_keys_make_of_it() -> None:
    """Case, blanks and the width of letters are a keyboard's; a letter or hyphen more is another label."""
    assert same("UL-24-0117", " ul-24-0117\r\n")
    assert same("UL 24 0117", "UL24 0117")
    assert not same("UL-24-0117", "UL240117")
    assert not same("UL-24-0117", "UL-24-0118")


def test_a_code_that_breaks_its_standard_is_no_other_vial() -> None:
    """A wrong check character is warned of, and read as it stands: nothing is guessed."""
    assert not same("=G12341765432171", SHARED[0])
    assert not same("G1234 17 654321 B", SHARED[3])


def _coded(number: int) -> str:
    data = f"+A99912345/$L{number:X}"
    return data + hibc.check_character(data)


def test_the_blank_that_ends_a_hibc_code_is_put_back() -> None:
    """Its check character can be a blank, and every field strips it."""
    codes = (f"+A999{n}1" for n in range(10_000))
    code = next(each for each in codes if hibc.check_character(each) == " ")
    assert read(code).valid
    assert same(code, f"{code} ")
    whole = next(f"+A999{n}{hibc.check_character(f'+A999{n}')}" for n in range(1_000, 10_000))
    assert read(whole).text == whole and read(f"{whole[:-1]}Z").text == f"{whole[:-1]}Z"
    both = next(each for each in map(_coded, range(10_000)) if parse(f"{each} ").valid)
    assert read(both).text == both  # it is right without one


@given(st.text(max_size=160))
def test_every_text_names_a_vial_and_always_the_same(text: str) -> None:
    """Nothing is raised; a number put behind names another vial of the label."""
    assert identity(text) == identity(text)
    assert same(text, text)
    if identity(text).label:
        assert identity(numbered(text, "2")).number == "2"


DONATION, PRODUCT = "isbt:G123417654321", "gs1:51022222233336"


@pytest.mark.parametrize(
    ("text", "label", "whole", "family"),
    [
        ("=G12341765432100", DONATION, False, DONATION),
        ("=G12341765432100=<T1295003", f"{DONATION}:T1295:003", True, DONATION),
        ("=G12341765432100=<S1295499", DONATION, False, DONATION),
        ("=G12341765432100=<S1295499=,000025", f"{DONATION}:S1295:000025", True, DONATION),
        ("=G12341765432100=,000025", f"{DONATION}::000025", True, DONATION),
        ("(01)51022222233336(10)A1(21)12", f"{PRODUCT}:serial:12", True, f"{PRODUCT}:lot:A1"),
        ("(01)51022222233336(21)12", f"{PRODUCT}:serial:12", True, f"{PRODUCT}:serial:12"),
        ("(01)51022222233336(10)A1", f"{PRODUCT}:lot:A1", False, f"{PRODUCT}:lot:A1"),
        ("+A99912345/$$526273L1/SS1B", "hibc:A99912345:serial:S1", True, "hibc:A99912345:lot:L1"),
        # What says no more than a product, or less, is known by its letters.
        ("=<T1295003", "=<T1295003", False, "=<T1295003"),
        ("(01)51022222233336", "(01)51022222233336", False, "(01)51022222233336"),
        ("(10)A1", "(10)A1", False, "(10)A1"),
        ("+$L1GW", "+$L1GW", False, "+$L1GW"),
        ("A9990ABC123T048008", "A9990ABC123T048008", False, "A9990ABC123T048008"),
        ("]C0ul 24", "UL24", False, "UL24"),
        ("\uff35\uff2c-24", "UL-24", False, "UL-24"),
        (" ", "", False, ""),
        ("]C0", "]C0", False, "]C0"),
        ("XL-24X", "XL-24X", False, "XL-24X"),
    ],
)
def test_what_a_label_names(text: str, label: str, whole: bool, family: str) -> None:
    """One vial, a donation or lot that several share, or only itself. Proves: V19, V20, V21, Q34."""
    assert identity(text) == Identity(label, "1", whole, family)
    assert identity(text).key == label


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("UL-24 #2", "UL-24 #2"),
        ("UL-24#2", "UL-24 #2"),
        (" ul-24 # 02 \r\n", "UL-24 #2"),
        ("UL-24 #1", "UL-24"),
        (" =G12341765432100 #2", f"{DONATION} #2"),  # a blank in front is a keyboard's here too
        ("U\nL #12", "UL #12"),
        ("UL-24 #9999", "UL-24 #9999"),
        ("UL-24 #0", "UL-24#0"),  # no vial is numbered 0
        ("UL-24 #00012", "UL-24#00012"),
        ("#5", "#5"),
    ],
)
def test_the_number_on_a_vial_stands_behind_its_label(text: str, key: str) -> None:
    """Proves: V20."""
    assert identity(text).key == key
    assert identity(numbered(text, " 07 ")).key == f"{key.partition(' #')[0]} #7"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("=G12341765432100", ""),
        ("CORD-0042/B #2", ""),
        ("=g12341765432100", "case"),
        ("a123BJC5D6E71G", "case"),
        ("9632001960000000000400152152152158", "courier"),
        ("=G12341765432171", "check"),
        ("(01)51022222233337", "check"),
        ("=G12341765432171 #2", "check"),
        ("=>026000", "broken"),
        ("=%6200", "no_vial"),
    ],
)
def test_what_is_doubtful_about_a_code_is_said_in_a_word(code: str, said: str) -> None:
    """Proves: Q33."""
    assert doubt(code) == said


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, LONGEST + 5, LONGEST + 6, 5_000])
@pytest.mark.parametrize("prefix", ["", "]C0", "=", "(10)"])
def test_two_long_labels_are_two_wherever_they_differ(length: int, prefix: str) -> None:
    """What no field takes could still come from a file: its end names it as much as its beginning.

    Proves: Q34, V19.
    """
    label = prefix + "A" * (length - len(prefix))
    assert same(label, f" {label.lower()} " if not prefix else label)
    for other in (f"{label[:-1]}B", f"{label}A", label[:-1]):
        assert not same(label, other)
    assert not same(label, numbered(label, "2"))


def test_a_scanners_prefix_makes_no_label_too_long() -> None:
    """Proves: Q34."""
    label = "A" * LONGEST
    assert same(f"]C0{label}", label)

"""Which vial a code names: every spelling of one label is one vial; a shared label needs a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.domain.codes import hibc
from chairside.domain.codes.identity import identity, numbered, read, same

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


def test_the_blank_that_ends_a_hibc_code_is_put_back() -> None:
    """Its check character can be a blank, and every field strips it."""
    codes = (f"+A999{n}1" for n in range(10_000))
    code = next(each for each in codes if hibc.check_character(each) == " ")
    assert read(code).valid
    assert same(code, f"{code} ")


@given(st.text(max_size=160))
def test_every_text_names_a_vial_and_always_the_same(text: str) -> None:
    """Nothing is raised; a number put behind names another vial of the label."""
    assert identity(text) == identity(text)
    assert same(text, text)
    if identity(text).label:
        assert identity(numbered(text, "2")).number == "2"

"""Attacks on a genuine record after it was sealed: none is genuine, and each is told from another's file."""

from __future__ import annotations

import io
import random

import pikepdf
import pytest

from chairside.record import content as record
from chairside.record.check import verify_bytes
from chairside.record.check_bytes import examine
from tests.record.attacks import ATTACKS, HEX, NOT_OURS, UPDATES, updated
from tests.record.sealed_files import Clinic, clinic, content, genuine, unsigned


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attacked_record_is_not_genuine(name: str) -> None:
    """Proves: T21, F9."""
    attacked = ATTACKS[name](genuine())
    assert attacked != genuine()
    verdict = verify_bytes(attacked, name, clinic().trust)
    assert verdict.verdict == ("not_ours" if name in NOT_OURS else "altered")


@pytest.mark.parametrize("name", UPDATES)
def test_the_update_attacks_are_real_files(name: str) -> None:
    """Each opens in a lenient reader with a page to show: they are attacks, not wreckage."""
    with pikepdf.open(io.BytesIO(updated(UPDATES[name])(genuine()))) as pdf:
        assert len(pdf.pages) >= 1


def test_a_record_cut_short_anywhere_is_not_genuine() -> None:
    """At 400 places, the first and last 100 bytes among them."""
    data = genuine()
    places = {*range(100), *range(len(data) - 100, len(data)), *range(0, len(data), len(data) // 200)}
    for place in places:
        assert verify_bytes(data[:place], "cut", clinic().trust).verdict != "genuine"


def test_flipped_bits_anywhere_are_seen() -> None:
    """500 random places, one bit each: altered, never merely not ours. Proves: T21, F8 (sampled)."""
    chance, data = random.Random(8), bytearray(genuine())
    for _ in range(500):
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[place] ^= bit
        assert verify_bytes(bytes(data), "flipped", clinic().trust).verdict == "altered", place
        data[place] ^= bit


def test_every_byte_of_the_seals_own_envelope_is_watched() -> None:
    """The hole no digest covers: frame, every digit in use, one in 16 of the zeros. Proves: T21, F8."""
    data = bytearray(genuine())
    start = data.rindex(b"/Contents <") + 10
    missed = []
    used = [*range(2200), *range(2200, HEX, 16), *range(HEX - 20, HEX + 2)]
    for place in (start + offset for offset in used):
        data[place] ^= 1 << place % 3
        if not examine(bytes(data), clinic().trust).failed:
            missed.append(place)
        data[place] ^= 1 << place % 3
    assert missed == []


@pytest.mark.slow
def test_every_byte_of_the_file_is_watched() -> None:
    """One bit of every byte. Proves: T21, F8."""
    data, missed = bytearray(genuine()), []
    for place in range(len(data)):
        data[place] ^= 1 << (place % 8)
        if not examine(bytes(data), clinic().trust).failed:
            missed.append(place)
        data[place] ^= 1 << (place % 8)
    assert missed == []


def test_a_clinics_name_that_looks_like_a_byte_range_changes_nothing() -> None:
    """Names end up in the last revision as text; the seal is found by what it covers, not by what is last."""
    odd = Clinic("x /ByteRange [0 1 2 3] \n /Contents <00>")
    sealed = odd.signed(unsigned(record.to_json(content(odd))))
    assert verify_bytes(sealed, "odd", odd.trust).verdict == "genuine"

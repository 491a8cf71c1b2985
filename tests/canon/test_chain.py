"""The running chain: every change, swap, gap and cut in it is seen, with its number."""

from __future__ import annotations

import hashlib

import pytest

from chairside.canon import START, Link, encode, fact_hash, first_break, head_bytes, link
from chairside.domain import facts
from tests.canon.examples import body


def chained(count: int = 6) -> list[Link]:
    """A sound chain; every second fact is signed."""
    rows: list[Link] = []
    previous = START
    for number in range(1, count + 1):
        data = encode(body(facts.PinRefused("p1", number), number))
        signature = "c2ln" if number % 2 else None
        previous = link(previous, fact_hash(data), signature)
        rows.append(Link(number, data, fact_hash(data), previous, signature))
    return rows


def test_a_link_is_the_hash_of_what_was_before_the_fact_and_its_signature() -> None:
    """The definition, spelled out once with plain hashlib."""
    plain = hashlib.sha256(b"chairside/chain/1" + b"\0" * 32 + b"\xaa" * 32 + b"c2ln").hexdigest()
    assert link(START, "aa" * 32, "c2ln") == plain
    assert link(START, "aa" * 32) != plain


def test_a_sound_chain_has_no_break() -> None:
    """Whole, empty, and as a tail."""
    rows = chained()
    assert first_break(rows) is None
    assert first_break([]) is None
    assert first_break(rows[3:], rows[2].chain, 4) is None


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("field", Link._fields)
def test_any_changed_field_is_the_first_break(at: int, field: str) -> None:
    """Proves: T10."""
    rows = chained()
    other = {
        "number": 99,
        "body": rows[at].body + b" ",
        "hash": "00" * 32,
        "chain": "11" * 32,
        "signature": "b3RoZXI=",
    }
    rows[at] = rows[at]._replace(**{field: other[field]})
    assert first_break(rows) == at + 1


@pytest.mark.parametrize("at", range(5))
def test_a_missing_or_swapped_fact_is_named(at: int) -> None:
    """Proves: T10, T11."""
    rows = chained()
    assert first_break(rows[:at] + rows[at + 1 :]) == at + 1
    swapped = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
    assert first_break(swapped) == at + 1


def test_a_signed_head_covers_every_part_of_it() -> None:
    """No two different heads have the same bytes to sign."""
    parts = [
        ("t1", 1, "a", 1, "r"),
        ("t2", 1, "a", 1, "r"),
        ("t1", 2, "a", 1, "r"),
        ("t1", 1, "b", 1, "r"),
        ("t1", 1, "a", 2, "r"),
        ("t1", 1, "a", 1, "s"),
    ]
    assert len({head_bytes(*each) for each in parts}) == len(parts)

"""Canonical bytes: equal to RFC 8785 inside the profile, refused outside it, golden for every kind."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args
from unicodedata import normalize

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from chairside.canon import canonical, decode, digest, encode, fact_hash, sha256_hex
from chairside.domain import facts, replies
from tests.canon.examples import FACTS, KINDS, NOON, REPLIES, body, examples

GOLDEN = Path(__file__).parent / "golden"
TEXT = st.text(st.characters(exclude_categories=("Cs",))).map(lambda text: normalize("NFC", text))
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
LEAVES = st.none() | st.booleans() | NUMBERS | TEXT
KEYS = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner))


@given(VALUES)
def test_canonical_bytes_are_those_of_rfc_8785(value: object) -> None:
    """Two independent writers agree on every byte inside the profile."""
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(VALUES)
def test_canonical_bytes_read_back_as_the_same_value(value: object) -> None:
    """Nothing is lost and nothing is added."""
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        math.nan,
        math.inf,
        -0.0,
        {"a": [1.5]},
        2**53,
        -(2**53),
        [2**60],
        "e\u0301",
        {"a": "n\u0303"},
        {"é": 1},
        {1: 2},
        {None: 1},
        "\ud83d",
        b"bytes",
        datetime(2026, 1, 1),  # noqa: DTZ001  a moment without a zone must be refused
        complex(1, 1),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=2))),
    ],
    ids=repr,
)
def test_what_libraries_write_differently_is_refused(value: object) -> None:
    """Floats, large integers, decomposed text, other keys, bytes and local time have no canonical form."""
    with pytest.raises(ValueError):
        canonical(value)


@pytest.mark.parametrize("name", sorted(examples()))
def test_every_kind_of_fact_has_its_golden_bytes(name: str) -> None:
    """The bytes of a kind may never change after the first release."""
    assert encode(examples()[name]) == (GOLDEN / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", sorted(examples()))
def test_golden_bytes_read_back_and_are_rfc_8785(name: str) -> None:
    """A record of any age can be read, and re-read by any other library."""
    data = (GOLDEN / f"{name}.json").read_bytes()
    assert decode(data) == examples()[name]
    assert rfc8785.dumps(json.loads(data)) == data


def test_no_kind_of_fact_or_reply_is_without_an_example() -> None:
    """A new kind comes with its golden bytes."""
    assert {type(fact).__name__ for fact in FACTS} == KINDS
    assert {type(reply) for reply in REPLIES} == set(get_args(replies.Reply))
    assert {path.stem for path in GOLDEN.iterdir()} == set(examples())


def test_a_decomposed_name_cannot_enter_a_fact() -> None:
    """Two spellings of one name would be two hashes."""
    with pytest.raises(ValueError, match="profile"):
        encode(body(facts.Countersigned("Zoe\u0308", "I approve", ())))


def test_a_local_time_cannot_enter_a_fact() -> None:
    """Instants in facts are UTC; the offset has its own field."""
    local = NOON.astimezone(timezone(timedelta(hours=-8)))
    with pytest.raises(ValueError, match="profile"):
        encode(body(facts.Answered("f", "i", replies.AtMoment(local))))


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[1]", b"\xff", b'{"fact":{"kind":"Unheard"},"stamp":{}}', b'{"fact":1,"stamp":"\xff"}'],
    ids=repr,
)
def test_bytes_that_are_no_fact_are_refused(data: bytes) -> None:
    """A damaged or foreign body is an error, never a fact."""
    with pytest.raises(ValueError, match="not a fact"):
        decode(data)


@pytest.mark.parametrize("where", ["stamp", "fact"])
def test_a_fact_with_an_unknown_field_is_refused(where: str) -> None:
    """Nothing can hide in a body."""
    plain = json.loads(encode(body(facts.IdentityConfirmed())))
    plain[where]["extra"] = 1
    with pytest.raises(ValueError, match="extra"):
        decode(canonical(plain))


def test_a_fact_is_hashed_apart_from_other_uses_of_sha_256() -> None:
    """The prefix keeps a fact's hash from ever being the hash of a file."""
    data = encode(body(facts.IdentityConfirmed()))
    assert fact_hash(data) == hashlib.sha256(b"chairside/event/1" + data).hexdigest()
    assert fact_hash(data) != sha256_hex(data)


def test_a_digest_is_of_the_canonical_bytes() -> None:
    """Order of keys does not matter; sets become sorted lists; UTC by any name is the same."""
    assert digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1}) == sha256_hex(b'{"a":2,"b":1}')
    assert canonical({3, 1, 2}) == b"[1,2,3]"
    assert canonical(datetime(2026, 1, 1, tzinfo=UTC)) == b'"2026-01-01T00:00:00Z"'
    assert canonical(msgspec.structs.astuple(replies.Chosen("no"))) == b'["no"]'

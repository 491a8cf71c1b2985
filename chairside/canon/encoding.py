"""The canonical bytes of a value: compact JSON, sorted, equal to RFC 8785 inside our profile.

The profile (no floats, integers below 2^53, ASCII keys, NFC text, instants in UTC) is where every
RFC 8785 library agrees byte for byte; outside it they differ, so outside it we refuse. What was
stored is what is hashed: nothing here re-encodes a stored fact to check it.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from unicodedata import is_normalized

import msgspec

from chairside.domain.facts import Body

EVENT_DOMAIN = b"chairside/event/1"
LARGEST_INTEGER = 2**53 - 1

_decoder = msgspec.json.Decoder(Body)
_encoder = msgspec.json.Encoder()


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a value made of structs, mappings, sequences, text and integers.

    Raises: ValueError where the value leaves the profile; that is a defect of the caller.
    """
    try:
        plain = msgspec.to_builtins(value, builtin_types=(datetime, date, bytes), order="sorted")
        _refuse_outside_profile(plain)
        return _encoder.encode(plain)
    except TypeError as trouble:
        raise ValueError(f"not canonical: {trouble}") from None


def encode(body: Body) -> bytes:
    """Return the bytes of a fact as they are stored, hashed and signed."""
    return canonical(body)


def decode(data: bytes) -> Body:
    """Return the fact in stored bytes.

    Raises: ValueError where the bytes are no fact of a kind this version knows.
    """
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as trouble:
        raise ValueError(f"not a fact: {trouble}") from None


def fact_hash(data: bytes) -> str:
    """Return the hash (hex SHA-256) that names a stored fact; the prefix keeps it apart from other hashes."""
    return hashlib.sha256(EVENT_DOMAIN + data).hexdigest()


def sha256_hex(data: bytes) -> str:
    """Return the plain SHA-256 of some bytes, in hex: the name of an attachment or a file."""
    return hashlib.sha256(data).hexdigest()


def digest(value: object) -> str:
    """Return the SHA-256 (hex) of a value's canonical bytes."""
    return sha256_hex(canonical(value))


def _refuse_outside_profile(plain: object) -> None:
    match plain:
        case dict():
            for key, each in plain.items():
                _refuse_key(key)
                _refuse_outside_profile(each)
        case list() | tuple():
            for each in plain:
                _refuse_outside_profile(each)
        case _:
            _refuse_leaf(plain)


def _refuse_leaf(plain: object) -> None:
    match plain:
        case str():
            fits = is_normalized("NFC", plain)
        case int():
            fits = abs(plain) <= LARGEST_INTEGER
        case datetime():
            fits = plain.utcoffset() == timedelta(0)
        case date() | None:
            fits = True
        case _:
            fits = False
    if not fits:
        raise ValueError(f"outside the canonical profile: {type(plain).__name__} {plain!r:.80}")


def _refuse_key(key: object) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise ValueError(f"key is not ASCII text: {key!r}")

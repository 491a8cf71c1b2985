"""Wrapping keys under keys: HKDF to tell purposes apart, AES key wrap to hold and to refuse."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from chairside.errors import KeyRefused

KEY_BYTES = 32


def new_data_key() -> bytes:
    """Return the random 32 bytes that everything in one store hangs on."""
    return os.urandom(KEY_BYTES)


def derive(key: bytes, purpose: str, bound: bytes = b"") -> bytes:
    """Return a 32-byte key for one purpose; `bound` is whatever must not be swapped underneath it."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode() + b"\x00" + bound).derive(key)


def wrap(under: bytes, key: bytes) -> bytes:
    """Return `key` wrapped (RFC 3394, 8 bytes longer)."""
    return aes_key_wrap(under, key)


def unwrap(under: bytes, wrapped: bytes, code: str) -> bytes:
    """Return the wrapped key.

    Raises: KeyRefused(code) where the wrapping key is wrong or the wrapped bytes were altered.
    """
    try:
        return aes_key_unwrap(under, wrapped)
    except (InvalidUnwrap, ValueError):
        raise KeyRefused(code) from None

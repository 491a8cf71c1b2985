"""A second voice beside the store: the last fact it acknowledged, so that an older file is noticed.

A whole store put back from yesterday is sound in itself; only something outside it can tell. This
small file is overwritten in place after each commit, without a sync of its own: losing power can
leave it behind the store, which is fine, never ahead of it, which means the store went back. It
stops accidents and the careless; whoever restores both files is caught by the heads in records,
backups and other tablets.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from chairside.ledger.files import replace_whole

NAME = "ledger.anchor"
SIZE = 512  # one sector: written whole or not at all
_MAC = 64


class Anchor(Struct, frozen=True, forbid_unknown_fields=True):
    """The last fact of one tablet, by number and hash (hex)."""

    tablet: str
    number: int
    hash: str


def write_anchor(folder: Path, key: bytes, anchor: Anchor) -> bool:
    """Overwrite the anchor; False where the disk refuses, which harms nothing that was acknowledged."""
    try:
        with (folder / NAME).open("r+b", buffering=0) as file:
            return file.write(_sealed(key, anchor)) == SIZE
    except OSError:
        return False


def new_anchor(folder: Path, key: bytes) -> None:
    """Make the anchor of an empty store, durably: later writings only change its one sector.

    Raises: OSError.
    """
    replace_whole(folder / NAME, _sealed(key, Anchor("", 0, "")))


def read_anchor(folder: Path, key: bytes) -> Anchor | None:
    """Return the anchor, or None where there is none.

    Raises: ValueError where it was damaged or belongs to another key.
    """
    try:
        data = (folder / NAME).read_bytes()
    except OSError:
        return None
    text, mac = data[:-_MAC], data[-_MAC:]
    if len(data) != SIZE or not hmac.compare_digest(mac, _mac(key, text)):
        raise ValueError("anchor does not fit the key")
    return msgspec.json.decode(text, type=Anchor)


def _sealed(key: bytes, anchor: Anchor) -> bytes:
    text = msgspec.json.encode(anchor).ljust(SIZE - _MAC)
    return text + _mac(key, text)


def _mac(key: bytes, text: bytes) -> bytes:
    return hmac.new(key, text, sha256).hexdigest().encode()

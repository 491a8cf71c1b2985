"""The running chain of one tablet: each value covers every fact, and every signature, before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from chairside.canon.encoding import canonical, fact_hash

CHAIN_DOMAIN = b"chairside/chain/1"
START = "0" * 64


class Link(NamedTuple):
    """One stored fact as the chain sees it."""

    number: int
    body: bytes
    hash: str
    chain: str
    signature: str | None = None


def link(previous_hex: str, fact_hash_hex: str, signature: str | None = None) -> str:
    """Return the chain value (hex) after a fact; the signature is covered too, so none can be swapped."""
    own = bytes.fromhex(previous_hex) + bytes.fromhex(fact_hash_hex)
    return hashlib.sha256(CHAIN_DOMAIN + own + (signature or "").encode()).hexdigest()


def first_break(rows: Iterable[Link], previous: str = START, number: int = 1) -> int | None:
    """Return the number of the first fact that is missing, altered or out of order; None if all hold.

    `previous` and `number` say where the rows begin, so that a tail can be checked alone.
    """
    for row in rows:
        if not holds(row, previous, number):
            return number
        previous, number = row.chain, number + 1
    return None


def holds(row: Link, previous: str, number: int) -> bool:
    """Tell whether one row is the expected next one."""
    return (
        row.number == number
        and row.hash == fact_hash(row.body)
        and row.chain == link(previous, row.hash, row.signature)
    )


def head_bytes(tablet: str, last: int, chain: str, tree_size: int, root: str) -> bytes:
    """Return what a tablet signs in HeadSigned: its log up to `last` and its tree of concluded visits."""
    return b"chairside/head/1" + canonical(
        {"tablet": tablet, "last": last, "chain": chain, "tree_size": tree_size, "root": root}
    )

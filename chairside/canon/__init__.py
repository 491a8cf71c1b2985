"""Facts as bytes: the one canonical form, its hashes, the tablet's chain and its Merkle tree; pure.

`tree` is used as a module (`tree.root`, `tree.verify_inclusion`); the rest is named here.
"""

from __future__ import annotations

from chairside.canon import tree
from chairside.canon.chain import START, Link, first_break, head_bytes, holds, link
from chairside.canon.encoding import canonical, decode, digest, encode, fact_hash, sha256_hex

__all__ = [
    "START",
    "Link",
    "canonical",
    "decode",
    "digest",
    "encode",
    "fact_hash",
    "first_break",
    "head_bytes",
    "holds",
    "link",
    "sha256_hex",
    "tree",
]

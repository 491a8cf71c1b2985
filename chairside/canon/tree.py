"""The RFC 6962 Merkle tree over concluded visits: roots, inclusion proofs and consistency proofs.

Leaves and hashes are bytes here. A tree is read through `node(level, index)`, the hash of the
complete subtree of 2^level leaves, so a proof costs a few look-ups, not the whole tree.

Source: RFC 6962 section 2.1, verification as in RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeAlias

Node: TypeAlias = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf's content."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(index: int, leaf: bytes, node: Node) -> tuple[tuple[int, int, bytes], ...]:
    """Return the (level, index, hash) of every complete subtree that leaf number `index` completes."""
    own, level = leaf_hash(leaf), 0
    made = [(level, index, own)]
    while index & 1:
        own = node_hash(node(level, index - 1), own)
        level, index = level + 1, index >> 1
        made.append((level, index, own))
    return tuple(made)


def root(size: int, node: Node) -> bytes:
    """Return the root of the first `size` leaves; of an empty tree, the hash of nothing."""
    return _span(0, size, node) if size else hashlib.sha256(b"").digest()


def inclusion_proof(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `index` to the root of the first `size` leaves, leaf end first.

    Raises: ValueError where there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return tuple(_path(index, 0, size, node))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof shows that `leaf` is number `index` of the tree with this size and root."""
    if not 0 <= index < size:
        return False
    own, last = leaf_hash(leaf), size - 1
    for step in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            own = node_hash(step, own)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            own = node_hash(own, step)
        index, last = index >> 1, last >> 1
    return last == 0 and own == root


def consistency_proof(old: int, size: int, node: Node) -> tuple[bytes, ...]:
    """Return the hashes that show the first `old` leaves unchanged in the tree of `size` leaves.

    Raises: ValueError where the old tree is empty or larger.
    """
    if not 0 < old <= size:
        raise ValueError(f"no tree of {old} inside one of {size}")
    return tuple(_unchanged(old, (0, size), node, whole=True))


def verify_consistency(sizes: tuple[int, int], proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Tell whether the proof shows that the tree of sizes[1] begins with the tree of sizes[0]."""
    old, size = sizes
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    return bool(path) and _climb(old - 1, size - 1, path) == (old_root, root)


def _climb(index: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Rebuild both roots from a consistency path; None where its length does not fit."""
    while index & 1:
        index, last = index >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if index & 1 or index == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            after = node_hash(after, step)
        index, last = index >> 1, last >> 1
    return (before, after) if last == 0 else None


def _half(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _span(start: int, size: int, node: Node) -> bytes:
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    left = _half(size)
    return node_hash(_span(start, left, node), _span(start + left, size - left, node))


def _path(index: int, start: int, size: int, node: Node) -> list[bytes]:
    if size == 1:
        return []
    left = _half(size)
    if index < left:
        return [*_path(index, start, left, node), _span(start + left, size - left, node)]
    return [*_path(index - left, start + left, size - left, node), _span(start, left, node)]


def _unchanged(old: int, span: tuple[int, int], node: Node, *, whole: bool) -> list[bytes]:
    start, size = span
    if old == size:
        return [] if whole else [_span(start, size, node)]
    left = _half(size)
    if old <= left:
        inner = _unchanged(old, (start, left), node, whole=whole)
        return [*inner, _span(start + left, size - left, node)]
    inner = _unchanged(old - left, (start + left, size - left), node, whole=False)
    return [*inner, _span(start, left, node)]

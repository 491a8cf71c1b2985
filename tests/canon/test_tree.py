"""The Merkle tree against the published Certificate Transparency vectors, and against forgers.

Source: certificate-transparency/cpp/merkletree (the reference leaves and roots of RFC 6962's authors).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.canon import tree

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (leaf counted from 1, size, proof), as published.
INCLUSIONS: list[tuple[int, int, list[str]]] = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        2,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCIES: list[tuple[int, int, list[str]]] = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
SIZES = st.integers(1, 70)


def planted(leaves: Sequence[bytes]) -> Callable[[int, int], bytes]:
    """Grow a tree leaf by leaf and return its look-up."""
    nodes: dict[tuple[int, int], bytes] = {}
    for index, leaf in enumerate(leaves):
        for level, place, own in tree.grown(index, leaf, lambda level, place: nodes[level, place]):
            nodes[level, place] = own
    return lambda level, place: nodes[level, place]


def many(count: int) -> list[bytes]:
    """That many different leaves."""
    return [number.to_bytes(4, "big") for number in range(count)]


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962 section 2.1 word by word, as the oracle."""
    if len(leaves) <= 1:
        return hashlib.sha256(b"".join((b"\x00", *leaves)) if leaves else b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_out(size: int) -> None:
    """The empty tree included."""
    assert tree.root(size, planted(LEAVES)).hex() == ROOTS[size]


@pytest.mark.parametrize(("leaf", "size", "path"), INCLUSIONS)
def test_the_published_inclusion_proofs_come_out_and_hold(leaf: int, size: int, path: list[str]) -> None:
    """Proof for proof and hash for hash."""
    proof = tree.inclusion_proof(leaf - 1, size, planted(LEAVES))
    assert [each.hex() for each in proof] == path
    assert tree.verify_inclusion(LEAVES[leaf - 1], leaf - 1, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "size", "path"), CONSISTENCIES)
def test_the_published_consistency_proofs_come_out_and_hold(old: int, size: int, path: list[str]) -> None:
    """Proof for proof and hash for hash."""
    proof = tree.consistency_proof(old, size, planted(LEAVES))
    assert [each.hex() for each in proof] == path
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[size])
    assert tree.verify_consistency((old, size), proof, *roots)


@given(SIZES, st.data())
def test_every_leaf_of_every_size_proves_itself_and_no_other(size: int, data: st.DataObject) -> None:
    """The right leaf holds; another leaf, place, size, root, or a proof cut, grown or altered does not."""
    leaves = many(size)
    node, root = planted(leaves), by_definition(leaves)
    index = data.draw(st.integers(0, size - 1))
    leaf, proof = leaves[index], tree.inclusion_proof(index, size, node)
    assert tree.root(size, node) == root
    assert tree.verify_inclusion(leaf, index, size, proof, root)
    assert not tree.verify_inclusion(b"forged", index, size, proof, root)
    assert not tree.verify_inclusion(leaf, index, size, proof, b"\0" * 32)
    assert not tree.verify_inclusion(leaf, index, size, (*proof, root), root)
    other = data.draw(st.integers(-1, size + 1).filter(lambda place: place != index))
    assert not tree.verify_inclusion(leaf, other, size, proof, root)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        forged = (*proof[:at], bytes(32), *proof[at + 1 :])
        assert not tree.verify_inclusion(leaf, index, size, forged, root)
        assert not tree.verify_inclusion(leaf, index, size, proof[1:], root)
        assert not tree.verify_inclusion(leaf, index, size, proof[:-1], root)


def test_an_inner_node_cannot_pass_as_a_leaf() -> None:
    """The prefixes keep leaves and nodes apart (second preimage)."""
    left, right = tree.leaf_hash(b"a"), tree.leaf_hash(b"b")
    assert not tree.verify_inclusion(left + right, 0, 1, (), tree.node_hash(left, right))


@given(SIZES, SIZES, st.data())
def test_a_log_that_only_grew_proves_it_and_a_rewritten_one_cannot(
    one: int, other: int, data: st.DataObject
) -> None:
    """Proves: T11: nothing was removed between two heads."""
    old, size = sorted((one, other))
    leaves = many(size)
    proof = tree.consistency_proof(old, size, planted(leaves))
    before, after = by_definition(leaves[:old]), by_definition(leaves)
    assert tree.verify_consistency((old, size), proof, before, after)
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [b"rewritten" if place == changed else leaf for place, leaf in enumerate(leaves)]
    assert not tree.verify_consistency((old, size), proof, before, by_definition(rewritten))
    forged = tree.consistency_proof(old, size, planted(rewritten))
    assert not tree.verify_consistency((old, size), forged, before, by_definition(rewritten))
    assert not tree.verify_consistency((old, size), (*proof, before), before, after)
    if proof:
        assert not tree.verify_consistency((old, size), proof[:-1], before, after)


def test_a_proof_of_nothing_is_refused() -> None:
    """There is no leaf outside the tree and no empty or larger older tree."""
    node = planted(LEAVES)
    for index, size in ((0, 0), (8, 8), (-1, 8)):
        with pytest.raises(ValueError, match="no leaf"):
            tree.inclusion_proof(index, size, node)
    for old, size in ((0, 8), (9, 8)):
        with pytest.raises(ValueError, match="no tree"):
            tree.consistency_proof(old, size, node)
        assert not tree.verify_consistency((old, size), (), b"", b"")

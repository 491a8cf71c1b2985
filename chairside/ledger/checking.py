"""Checking the store: the tail of every chain at each open, everything by command and at night.

Stored bytes are hashed as they lie; nothing is re-encoded. Of each fact only the columns' twins are
parsed, so the check runs at hashing speed; signatures are verified only where there are any.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from chairside.canon import START, Link, decode, head_bytes, holds, tree
from chairside.domain.facts import HeadSigned, StaffAdded, TabletEnrolled
from chairside.errors import ChainBroken, LedgerError
from chairside.keys import verify
from chairside.ledger.anchor import Anchor
from chairside.ledger.reading import Asking, Reading, node_reader
from chairside.ledger.rows import AnchorFound, Head, Report

TAIL = 64
_CHUNK = 2000
_SELECT = "SELECT seq, stream, tablet, number, kind, body, hash, chain, signature FROM event"


class _TwinStamp(Struct):
    stream: str
    tablet: str
    number: int
    person: str


class _TwinFact(Struct):
    kind: str


class _Twin(Struct):
    """The parts of a body that also stand in columns."""

    stamp: _TwinStamp
    fact: _TwinFact


_twins = msgspec.json.Decoder(_Twin)
_CARRIES_A_KEY = ("StaffAdded", "TabletEnrolled")


def check_tail(ask: Asking) -> None:
    """Check the last facts of every tablet and that no fact is missing at the end.

    Raises: ChainBroken.
    """
    heads = ask("SELECT tablet, number, chain FROM head")
    for tablet, number, chain in heads:
        _check_one_tail(ask, tablet, number, chain.hex())
    last = ask("SELECT coalesce(max(seq), 0) FROM event")[0][0]
    if last != sum(number for _, number, _ in heads):
        raise ChainBroken("chain_broken", what="count", found=last)


def _check_one_tail(ask: Asking, tablet: str, number: int, chain: str) -> None:
    rows = ask(f"{_SELECT} WHERE tablet = ? ORDER BY number DESC LIMIT ?", (tablet, TAIL + 1))[::-1]
    whole = len(rows) <= TAIL
    state = _Walk(START, 0) if whole else _Walk(rows[0][7].hex(), rows[0][3])
    for row in rows if whole else rows[1:]:
        state.take(row)
    if (state.number, state.chain) != (number, chain):
        raise ChainBroken("chain_broken", number=state.number + 1, tablet=tablet, what="missing")


def check_anchor(ask: Asking, anchor: Callable[[], Anchor | None]) -> AnchorFound:
    """Compare the store with the anchor beside it.

    Raises: ChainBroken(what="rolled_back") where the store lacks what the anchor saw acknowledged.
    """
    try:
        seen = anchor()
    except ValueError:
        return "unreadable"
    if seen is None:
        return "missing"
    if seen.number == 0:
        return "matches"
    rows = ask("SELECT hash FROM event WHERE tablet = ? AND number = ?", (seen.tablet, seen.number))
    if not rows or rows[0][0].hex() != seen.hash:
        had = ask("SELECT coalesce(max(number), 0) FROM event WHERE tablet = ?", (seen.tablet,))[0][0]
        number = min(had + 1, seen.number)
        raise ChainBroken("chain_broken", number=number, tablet=seen.tablet, what="rolled_back")
    return "matches"


def check_all(store: Reading, anchor: Callable[[], Anchor | None], *, signatures: bool) -> Report:
    """Check everything in the store: the facts, then what hangs on them, then every page of the file.

    Raises: ChainBroken naming the first that does not hold, LedgerError("store_unreadable") for a bad page.
    """
    walks: dict[str, _Walk] = {}
    known = _Signers(store.ask) if signatures else None
    facts = 0
    for facts, row in enumerate(_rows(store.ask), 1):
        if row[0] != facts:
            number = walks.get(row[2], _Walk(START, 0)).number + 1
            raise ChainBroken("chain_broken", number=number, tablet=row[2], what="order")
        person = walks.setdefault(row[2], _Walk(START, 0)).take(row)
        if known is not None:
            known.take(row, person)
    heads = tuple(store.head(tablet) for tablet in store.tablets())
    _check_heads(heads, walks)
    leaves = sum(_check_tree(store.ask, head) for head in heads)
    _check_leaves_belong(store.ask, leaves)
    _check_pages(store.ask)
    return Report(
        facts=facts,
        signatures=known.verified if known is not None else 0,
        leaves=leaves,
        blobs=_check_blobs(store),
        heads=heads,
        anchor=check_anchor(store.ask, anchor),
    )


class _Walk:
    """One tablet's chain as far as it was followed."""

    def __init__(self, chain: str, number: int) -> None:
        self.chain = chain
        self.number = number

    def take(self, row: tuple[Any, ...]) -> str:
        """Follow one row; return the person its stamp names. Raises: ChainBroken."""
        _, stream, tablet, number, kind, body, own, chain, signature = row
        expected = Link(number, body, own.hex(), chain.hex(), signature)
        if not holds(expected, self.chain, self.number + 1):
            raise ChainBroken("chain_broken", number=self.number + 1, tablet=tablet, stream=stream)
        try:
            twin = _twins.decode(body)
        except msgspec.DecodeError:
            raise ChainBroken("chain_broken", number=number, tablet=tablet, stream=stream) from None
        stamp = twin.stamp
        if (stamp.stream, stamp.tablet, stamp.number, twin.fact.kind) != (stream, tablet, number, kind):
            raise ChainBroken("chain_broken", number=number, tablet=tablet, stream=stream)
        self.chain, self.number = chain.hex(), number
        return stamp.person


class _Signers:
    """Whose certificates the facts have named so far; verifies what they signed."""

    def __init__(self, ask: Asking) -> None:
        self._ask = ask
        self._certificates: dict[str, str] = {}
        self.verified = 0

    def take(self, row: tuple[Any, ...], person: str) -> None:
        """Learn certificates and verify signatures. Raises: ChainBroken(what="signature")."""
        _, stream, tablet, number, kind, body, _, _, signature = row
        if kind in _CARRIES_A_KEY:
            self._learn(body, tablet)
        good = True
        if signature is not None:
            good = self._verify(person, body, signature)
        if good and kind == "HeadSigned":
            good = self._head_holds(tablet, body)
        if not good:
            raise ChainBroken("chain_broken", number=number, tablet=tablet, stream=stream, what="signature")

    def _learn(self, body: bytes, tablet: str) -> None:
        match decode(body).fact:
            case StaffAdded(person=person, certificate=certificate):
                self._certificates[person] = certificate
            case TabletEnrolled(certificate=certificate):
                self._certificates[f"tablet:{tablet}"] = certificate

    def _verify(self, holder: str, data: bytes, signature: str) -> bool:
        certificate = self._certificates.get(holder)
        if certificate is None:
            return False
        self.verified += 1
        try:
            return verify(certificate, data, base64.b64decode(signature, validate=True))
        except ValueError:
            return False

    def _head_holds(self, tablet: str, body: bytes) -> bool:
        """A signed head names a chain value that is here, and the tablet's key signed it."""
        fact = decode(body).fact
        assert isinstance(fact, HeadSigned)
        sql = "SELECT chain FROM event WHERE tablet = ? AND number = ?"
        rows = self._ask(sql, (tablet, fact.last))
        if not rows or rows[0][0].hex() != fact.chain or not self._root_holds(tablet, fact):
            return False
        data = head_bytes(tablet, fact.last, fact.chain, fact.tree_size, fact.root)
        return self._verify(f"tablet:{tablet}", data, fact.signature)

    def _root_holds(self, tablet: str, fact: HeadSigned) -> bool:
        node = node_reader(self._ask, tablet)
        return tree.root(fact.tree_size, node).hex() == fact.root


def _rows(ask: Asking) -> Iterator[tuple[Any, ...]]:
    """All facts in stored order, a chunk at a time so that the tablet stays usable meanwhile."""
    after = -(2**62)
    while rows := ask(f"{_SELECT} WHERE seq > ? ORDER BY seq LIMIT ?", (after, _CHUNK)):
        yield from rows
        after = rows[-1][0]


def _check_heads(heads: tuple[Head, ...], walks: dict[str, _Walk]) -> None:
    for tablet, walk in walks.items():
        named = [head for head in heads if head.tablet == tablet]
        if not named or (named[0].number, named[0].chain) != (walk.number, walk.chain):
            raise ChainBroken("chain_broken", number=walk.number + 1, tablet=tablet, what="missing")
    for head in heads:
        if head.tablet not in walks:
            raise ChainBroken("chain_broken", number=1, tablet=head.tablet, what="missing")


def _check_tree(ask: Asking, head: Head) -> int:
    """Rebuild one tablet's tree from its leaves and compare every node and the root."""
    leaves = ask("SELECT place, hash FROM leaf WHERE tablet = ? ORDER BY place", (head.tablet,))
    nodes: dict[tuple[int, int], bytes] = {}
    for place, (found, leaf) in enumerate(leaves):
        if found != place:
            raise ChainBroken("chain_broken", tablet=head.tablet, leaf=place)
        for level, at, own in tree.grown(place, leaf, lambda level, at: nodes[level, at]):
            nodes[level, at] = own
    stored = ask("SELECT level, place, hash FROM node WHERE tablet = ?", (head.tablet,))
    root = tree.root(len(leaves), lambda level, at: nodes[level, at]).hex()
    same = {(level, place): own for level, place, own in stored} == nodes
    if not same or (head.size, head.root) != (len(leaves), root):
        raise ChainBroken("chain_broken", tablet=head.tablet, what="tree")
    return len(leaves)


def _check_leaves_belong(ask: Asking, counted: int) -> None:
    """Every leaf is a fact of the tablet whose tree it stands in, and no tree lies outside the heads."""
    own = "SELECT count(*) FROM leaf JOIN event USING (hash, tablet)"
    if ask(own)[0][0] != counted or ask("SELECT count(*) FROM leaf")[0][0] != counted:
        raise ChainBroken("chain_broken", what="leaf")
    foreign = "SELECT count(*) FROM node WHERE tablet NOT IN (SELECT tablet FROM head)"
    if ask(foreign)[0][0]:
        raise ChainBroken("chain_broken", what="tree")


def _check_pages(ask: Asking) -> None:
    """Read every page, also those no question touches: SQLCipher's codes and SQLite's own structure."""
    said = ask("PRAGMA integrity_check(1)")
    if said != [("ok",)]:
        raise LedgerError("store_unreadable", said=said[0][0])


def _check_blobs(store: Reading) -> int:
    digests = store.ask("SELECT digest FROM blob ORDER BY digest")
    for (digest,) in digests:
        data = store.ask("SELECT bytes FROM blob WHERE digest = ?", (digest,))[0][0]
        if hashlib.sha256(data).digest() != digest:
            raise ChainBroken("chain_broken", blob=digest.hex())
    for name in store.secret_names():
        store.secret(name)
    return len(digests)

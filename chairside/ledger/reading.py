"""Facts, attachments, secrets and proofs; each thread asks on its own connection, which cannot write."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from chairside.canon import START, decode, fact_hash, tree
from chairside.domain.facts import Stamp, Stamped
from chairside.errors import ChainBroken, LedgerError
from chairside.ledger.rows import Head, LeafProof

_FACT = "SELECT body, hash, signature, number, stream FROM event"


class Asking(Protocol):
    """A way to ask the store for rows."""

    def __call__(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...


class Reading:
    """The reading half of the ledger; `ask` returns all rows of a query."""

    ask: Asking
    mac_key: bytes

    def last_number(self, tablet: str) -> int:
        """Return the number of the tablet's last fact, 0 before its first."""
        return self.head(tablet).number

    def last_stamp(self, tablet: str) -> Stamp | None:
        """Return the stamp of the tablet's last fact, None before its first."""
        rows = self.ask("SELECT body FROM event WHERE tablet = ? ORDER BY number DESC LIMIT 1", (tablet,))
        return decode(rows[0][0]).stamp if rows else None

    def head(self, tablet: str) -> Head:
        """Return the state of a tablet's log: what HeadSigned signs."""
        rows = self.ask("SELECT number, chain, size, root FROM head WHERE tablet = ?", (tablet,))
        if not rows:
            return Head(tablet, 0, START, 0, hashlib.sha256(b"").hexdigest())
        number, chain, size, root = rows[0]
        return Head(tablet, number, chain.hex(), size, root.hex())

    def tablets(self) -> tuple[str, ...]:
        """Return every tablet that has facts here."""
        return tuple(row[0] for row in self.ask("SELECT tablet FROM head ORDER BY tablet"))

    def heads(self, stream: str) -> tuple[str, ...]:
        """Return the hashes (hex) of the stream's facts that no other fact follows yet."""
        rows = self.ask("SELECT hash FROM tip WHERE stream = ? ORDER BY hash", (stream,))
        return tuple(row[0].hex() for row in rows)

    def stream(self, stream: str) -> tuple[Stamped, ...]:
        """Return the stream's facts in the order they were stored.

        Raises: ChainBroken where a fact's bytes do not fit their hash.
        """
        rows = self.ask(f"{_FACT} WHERE stream = ? ORDER BY seq", (stream,))
        return tuple(stamped(*row) for row in rows)

    def streams(self, prefix: str) -> tuple[str, ...]:
        """Return the names of all streams that begin so, for example "visit:"."""
        rows = self.ask(
            "SELECT DISTINCT stream FROM event WHERE stream >= ? AND stream < ? ORDER BY stream",
            (prefix, prefix + "\U0010ffff"),
        )
        return tuple(row[0] for row in rows)

    def body_bytes(self, fact: str) -> bytes:
        """Return the stored bytes of a fact by its hash (hex).

        Raises: LedgerError("not_found").
        """
        return self._one("SELECT body FROM event WHERE hash = ?", fact)

    def blob(self, digest: str) -> bytes:
        """Return an attachment by its SHA-256 (hex).

        Raises: LedgerError("not_found"), ChainBroken where its bytes do not fit the digest.
        """
        data = self._one("SELECT bytes FROM blob WHERE digest = ?", digest)
        if hashlib.sha256(data).hexdigest() != digest:
            raise ChainBroken("chain_broken", blob=digest)
        return data

    def secret(self, name: str) -> bytes | None:
        """Return what `keep_secret` stored under a name, or None.

        Raises: ChainBroken where the bytes were altered.
        """
        rows = self.ask("SELECT bytes, mac FROM secret WHERE name = ?", (name,))
        if not rows:
            return None
        data, mac = rows[0]
        if not hmac.compare_digest(mac, secret_mac(self.mac_key, name, data)):
            raise ChainBroken("chain_broken", secret=name)
        return bytes(data)

    def secret_names(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names of all secrets that begin so."""
        rows = self.ask("SELECT name FROM secret ORDER BY name")
        return tuple(name for (name,) in rows if name.startswith(prefix))

    def leaf(self, stream_head: str, size: int | None = None) -> LeafProof:
        """Return the inclusion proof of a concluded visit's head, in the tree as it stood when it was added.

        A later `size` proves the same leaf against a later root. Raises: LedgerError("not_found").
        """
        rows = self.ask("SELECT tablet, place FROM leaf WHERE hash = ?", (bytes.fromhex(stream_head),))
        if not rows:
            raise LedgerError("not_found", leaf=stream_head)
        tablet, place = rows[0]
        node, size = node_reader(self.ask, tablet), size or place + 1
        proof = tuple(each.hex() for each in tree.inclusion_proof(place, size, node))
        return LeafProof(stream_head, place, size, tree.root(size, node).hex(), proof)

    def _one(self, sql: str, name: str) -> bytes:
        rows = self.ask(sql, (bytes.fromhex(name),))
        if not rows:
            raise LedgerError("not_found", name=name)
        return bytes(rows[0][0])


def stamped(data: bytes, stored: bytes, signature: str | None, number: int, stream: str) -> Stamped:
    """Return a stored row as a fact.

    Raises: ChainBroken where bytes and hash do not fit.
    """
    own = fact_hash(data)
    if own != stored.hex():
        raise ChainBroken("chain_broken", number=number, stream=stream)
    body = decode(data)
    return Stamped(body.stamp, body.fact, own, signature)


def node_reader(ask: Asking, tablet: str) -> Callable[[int, int], bytes]:
    """Return the look-up of one tablet's tree.

    Raises: ChainBroken, when called, where a node is missing.
    """

    def node(level: int, place: int) -> bytes:
        rows = ask(
            "SELECT hash FROM node WHERE tablet = ? AND level = ? AND place = ?", (tablet, level, place)
        )
        if not rows:
            raise ChainBroken("chain_broken", tablet=tablet, level=level, place=place)
        return bytes(rows[0][0])

    return node


def secret_mac(key: bytes, name: str, data: bytes) -> bytes:
    """Return what shows that a secret is the one stored under this name."""
    return hmac.digest(key, name.encode() + b"\x00" + data, "sha256")

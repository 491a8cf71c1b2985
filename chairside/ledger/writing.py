"""What one append does inside its transaction: refuse, store, chain, project, grow the tree."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from chairside.canon import START, link, tree
from chairside.domain.facts import Stamped
from chairside.errors import LedgerError
from chairside.ledger import projections
from chairside.ledger.reading import node_reader
from chairside.ledger.rows import Draft

if TYPE_CHECKING:
    from sqlite3 import Connection


def store(writer: Connection, draft: Draft, data: bytes, own: Stamped) -> None:
    """Put one fact, its attachments, the tablet's head and the projections into the open transaction."""
    stamp = own.stamp
    row = writer.execute("SELECT number, chain FROM head WHERE tablet = ?", (stamp.tablet,)).fetchone()
    number, chain = (row[0] + 1, row[1].hex()) if row else (1, START)
    _refuse(writer, own, number)
    chain = link(chain, own.hash, own.signature)
    for blob in draft.blobs:
        digest = hashlib.sha256(blob).digest()
        writer.execute("INSERT INTO blob VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, blob))
    writer.execute(
        "INSERT INTO event (stream, tablet, number, kind, body, hash, chain, signature)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stamp.stream,
            stamp.tablet,
            stamp.number,
            type(own.fact).__name__,
            data,
            bytes.fromhex(own.hash),
            bytes.fromhex(chain),
            own.signature,
        ),
    )
    writer.execute(
        "INSERT INTO head VALUES (?, ?, ?, 0, ?) ON CONFLICT (tablet)"
        " DO UPDATE SET number = excluded.number, chain = excluded.chain",
        (stamp.tablet, number, bytes.fromhex(chain), hashlib.sha256(b"").digest()),
    )
    projections.project(writer, draft.body, bytes.fromhex(own.hash))


def _refuse(writer: Connection, own: Stamped, number: int) -> None:
    """Refuse a fact that is not the tablet's next, or that follows facts its stream does not have."""
    stamp = own.stamp
    if stamp.number != number:
        raise LedgerError("wrong_number", expected=number, found=stamp.number)
    known = "SELECT 1 FROM event WHERE hash = ? AND stream = ?"
    for each in stamp.after:
        if not writer.execute(known, (bytes.fromhex(each), stamp.stream)).fetchone():
            raise LedgerError("unknown_after", stream=stamp.stream, after=each)
    started = "SELECT 1 FROM tip WHERE stream = ? LIMIT 1"
    if not stamp.after and writer.execute(started, (stamp.stream,)).fetchone():
        raise LedgerError("unknown_after", stream=stamp.stream, after="")


def add_leaf(writer: Connection, own: Stamped) -> None:
    """Make a stored fact's hash the next leaf of its tablet's tree, inside the open transaction."""
    tablet, leaf = own.stamp.tablet, bytes.fromhex(own.hash)
    size = writer.execute("SELECT size FROM head WHERE tablet = ?", (tablet,)).fetchone()[0]
    node = node_reader(lambda sql, values=(): writer.execute(sql, tuple(values)).fetchall(), tablet)
    writer.execute("INSERT INTO leaf VALUES (?, ?, ?)", (tablet, size, leaf))
    grown = tree.grown(size, leaf, node)
    writer.executemany("INSERT INTO node VALUES (?, ?, ?, ?)", [(tablet, *each) for each in grown])
    root = tree.root(size + 1, node)
    writer.execute("UPDATE head SET size = ?, root = ? WHERE tablet = ?", (size + 1, root, tablet))

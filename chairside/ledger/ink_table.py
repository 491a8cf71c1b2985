"""The shapes of all signatures, small enough to compare each new one with (T14)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from chairside.domain.facts import AddendumSigned, Countersigned, Signed, Stamp, VisitFact
from chairside.domain.ink import Stroke
from chairside.domain.replay import ends, packed, shape

if TYPE_CHECKING:
    from sqlite3 import Connection

# Within this much of the box begin and end what is compared at all. Units: as `replay.PARTS`.
NEAR = 300
NEAR_INK = (
    "SELECT shape FROM ink WHERE began_x BETWEEN ? AND ? AND began_y BETWEEN ? AND ?"
    " AND ended_x BETWEEN ? AND ? AND ended_y BETWEEN ? AND ?"
)


def carry(own: Connection, stamp: Stamp, fact: VisitFact) -> None:
    """Keep the shape of a signature with its ink; what cannot be read has no shape (`check` finds it)."""
    if not isinstance(fact, Signed | Countersigned | AddendumSigned):
        return
    strokes = tuple(stroke for digest in fact.strokes if (stroke := _stroke(own, digest)) is not None)
    if (told := shape(strokes)) is not None:
        row = (stamp.tablet, stamp.number, *ends(told), packed(told))
        own.execute("INSERT OR REPLACE INTO ink VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _stroke(own: Connection, digest: str) -> Stroke | None:
    try:
        found = own.execute("SELECT bytes FROM blob WHERE digest = ?", (bytes.fromhex(digest),)).fetchone()
        if found is None or hashlib.sha256(found[0]).hexdigest() != digest:
            return None
        return msgspec.json.decode(found[0], type=Stroke)
    except (ValueError, msgspec.MsgspecError):  # tests and old stores name ink that is none
        return None

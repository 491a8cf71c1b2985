"""What each tablet remembers of its clock: one row a tablet, carried on with every fact (T8)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from chairside.domain.facts import Stamp
from chairside.domain.timekeeping import Kept, Reading, carried
from chairside.ledger.folded import instant

if TYPE_CHECKING:
    from sqlite3 import Connection

KEPT = "SELECT highest, at, boot, monotonic_ms, trouble FROM clock WHERE tablet = ?"


def kept_in(row: tuple[Any, ...]) -> Kept:
    """Return what a row of the table says."""
    highest, at, boot, monotonic_ms, trouble = row
    anchor = Reading(datetime.fromisoformat(at), boot, monotonic_ms)
    return Kept(datetime.fromisoformat(highest), anchor, trouble)


def carry(own: Connection, stamp: Stamp, *, corrected: bool) -> None:
    """Carry the time of one fact into the table."""
    row = own.execute(KEPT, (stamp.tablet,)).fetchone()
    now = carried(kept_in(row) if row else None, stamp, corrected=corrected)
    anchor = now.anchor
    own.execute(
        "INSERT OR REPLACE INTO clock VALUES (?, ?, ?, ?, ?, ?)",
        (
            stamp.tablet,
            instant(now.highest),
            instant(anchor.utc),
            anchor.boot,
            anchor.monotonic_ms,
            now.trouble,
        ),
    )

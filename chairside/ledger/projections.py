"""Tables that answer questions quickly, kept in step with the facts inside the same transaction.

They hold nothing that is not in the facts: a changed version here rebuilds them at the next open.
Each module beside this one carries the facts of one kind of stream into its tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.canon import decode
from chairside.domain.facts import (
    Answered,
    Body,
    ClinicFact,
    ClockCorrected,
    DeviceFact,
    PatientFact,
    VisitFact,
)
from chairside.ledger import clock_table, house_tables, ink_table, patient_tables, vial_tables, visit_tables

if TYPE_CHECKING:
    from sqlite3 import Connection

VERSION = 8
_TABLES = (
    "tip", "patient", "patient_words", "visit", "addendum", "vial", "sheet", "supplier", "copy", "person",
    "pin", "door", "day", "clock", "ink",
)  # fmt: skip


def project(own: Connection, body: Body, fact_hash: bytes) -> None:
    """Carry one fact into the projections."""
    stamp = body.stamp
    own.executemany(
        "DELETE FROM tip WHERE stream = ? AND hash = ?",
        [(stamp.stream, bytes.fromhex(each)) for each in stamp.after],
    )
    own.execute("INSERT INTO tip VALUES (?, ?)", (stamp.stream, fact_hash))
    fact = body.fact
    clock_table.carry(own, stamp, corrected=isinstance(fact, ClockCorrected))
    if isinstance(fact, PatientFact):
        patient_tables.carry(own, stamp, fact)
    elif isinstance(fact, ClinicFact | DeviceFact):
        house_tables.carry(own, stamp, fact)
    elif isinstance(fact, Answered):  # a visit's items are answered, and a vial's or a sheet's too
        if stamp.stream.startswith("visit:"):
            visit_tables.carry(own, stamp, fact)
        else:
            vial_tables.carry(own, stamp)
    elif isinstance(fact, VisitFact):
        visit_tables.carry(own, stamp, fact)
        ink_table.carry(own, stamp, fact)
    else:
        vial_tables.carry(own, stamp)


def rebuild(own: Connection) -> None:
    """Empty the projections and fill them from the facts; the caller holds the transaction."""
    for table in _TABLES:
        own.execute(f"DELETE FROM {table}")  # noqa: S608, names from the tuple above
    for data, fact_hash in own.execute("SELECT body, hash FROM event ORDER BY seq"):
        project(own, decode(data), fact_hash)
    own.execute("INSERT OR REPLACE INTO projection VALUES ('all', ?)", (VERSION,))


def is_current(own: Connection) -> bool:
    """Tell whether the projections were made by this version."""
    found = own.execute("SELECT version FROM projection WHERE name = 'all'").fetchone()
    return bool(found == (VERSION,))

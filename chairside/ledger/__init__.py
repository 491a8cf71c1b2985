"""Append-only chained facts on encrypted SQLite, the questions they answer, and the checks on them."""

from __future__ import annotations

from chairside.ledger.folded import folded, name_key
from chairside.ledger.founding import clear_aside, move_in, new_aside
from chairside.ledger.keyfile import load_key_file, store_key_file
from chairside.ledger.ledger import Ledger
from chairside.ledger.rows import (
    CopyRow,
    DayRow,
    Draft,
    Head,
    LeafProof,
    PatientRow,
    PersonRow,
    Report,
    SheetRow,
    TryRow,
    VialRow,
    VialStatus,
    VisitRow,
)

__all__ = [
    "CopyRow",
    "DayRow",
    "Draft",
    "Head",
    "LeafProof",
    "Ledger",
    "PatientRow",
    "PersonRow",
    "Report",
    "SheetRow",
    "TryRow",
    "VialRow",
    "VialStatus",
    "VisitRow",
    "clear_aside",
    "folded",
    "load_key_file",
    "move_in",
    "name_key",
    "new_aside",
    "store_key_file",
]

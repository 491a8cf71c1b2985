"""Append-only chained facts on encrypted SQLite, the questions they answer, and the checks on them."""

from __future__ import annotations

from chairside.ledger.founding import move_in, new_aside
from chairside.ledger.keyfile import load_key_file, store_key_file
from chairside.ledger.ledger import STORE, Ledger
from chairside.ledger.rows import (
    Draft,
    Head,
    LeafProof,
    PatientRow,
    PersonRow,
    Report,
    VialRow,
    VisitRow,
)

__all__ = [
    "STORE",
    "Draft",
    "Head",
    "LeafProof",
    "Ledger",
    "PatientRow",
    "PersonRow",
    "Report",
    "VialRow",
    "VisitRow",
    "load_key_file",
    "move_in",
    "new_aside",
    "store_key_file",
]

"""What the patients' streams come to: who is on file, and which owed papers were handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.domain.facts import CopyHanded, PatientAdded, PatientFact, Stamp
from chairside.ledger.folded import folded, instant, name_key

if TYPE_CHECKING:
    from sqlite3 import Connection


def carry(own: Connection, stamp: Stamp, fact: PatientFact) -> None:
    """Carry one fact of a patient's stream into the tables."""
    match fact:
        case PatientAdded():
            _patient(own, stamp.stream.partition(":")[2], fact)
        case CopyHanded(visit, what):
            own.execute(
                "UPDATE copy SET handed_at = ? WHERE visit = ? AND what = ?",
                (instant(stamp.utc), visit, what),
            )
        case _:
            return


def _patient(own: Connection, patient: str, fact: PatientAdded) -> None:
    born = fact.born.isoformat()
    own.execute(
        "DELETE FROM patient_words WHERE rowid IN (SELECT row FROM patient WHERE patient = ?)", (patient,)
    )
    own.execute(
        "INSERT INTO patient (patient, name, born, phone, key) VALUES (?, ?, ?, ?, ?) ON CONFLICT (patient)"
        " DO UPDATE SET name = excluded.name, born = excluded.born, phone = excluded.phone,"
        " key = excluded.key",
        (patient, fact.name, born, fact.phone, name_key(fact.name)),
    )
    digits = "".join(letter for letter in fact.phone if letter.isdigit())
    words = " ".join((*folded(fact.name), *folded(born), *folded(fact.phone), digits))
    own.execute(
        "INSERT INTO patient_words (rowid, words) SELECT row, ? FROM patient WHERE patient = ?",
        (words, patient),
    )

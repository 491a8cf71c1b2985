"""Tables that answer questions quickly, kept in step with the facts inside the same transaction.

They hold nothing that is not in the facts: a changed version here rebuilds them at the next open.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from chairside.canon import decode
from chairside.domain.facts import (
    Body,
    Concluded,
    PatientAdded,
    Sealed,
    StaffAdded,
    StaffDisabled,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialReceived,
    VisitOpened,
)

if TYPE_CHECKING:
    from sqlite3 import Connection

VERSION = 1
_TABLES = ("tip", "patient", "patient_words", "visit", "vial", "person")
# Letters that carry no separable mark, as a clerk types them.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
_STRANGE = str.maketrans(_PLAIN)


def project(own: Connection, body: Body, fact_hash: bytes) -> None:
    """Carry one fact into the projections."""
    stamp = body.stamp
    own.executemany(
        "DELETE FROM tip WHERE stream = ? AND hash = ?",
        [(stamp.stream, bytes.fromhex(each)) for each in stamp.after],
    )
    own.execute("INSERT INTO tip VALUES (?, ?)", (stamp.stream, fact_hash))
    _, _, own_id = stamp.stream.partition(":")
    match body.fact:
        case PatientAdded():
            _patient(own, own_id, body.fact)
        case VisitOpened() | Concluded() | Sealed():
            _visit(own, own_id, body.fact)
        case VialReceived() | VialChecked() | VialAccepted() | VialAssigned():
            _vial(own, stamp.stream, body.fact)
        case StaffAdded() | StaffDisabled():
            _person(own, body.fact)
        case _:
            return


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


def folded(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation, as they are searched."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_STRANGE)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in bare).split()


def _patient(own: Connection, patient: str, fact: PatientAdded) -> None:
    born = fact.born.isoformat()
    own.execute(
        "DELETE FROM patient_words WHERE rowid IN (SELECT row FROM patient WHERE patient = ?)", (patient,)
    )
    own.execute(
        "INSERT INTO patient (patient, name, born, phone) VALUES (?, ?, ?, ?) ON CONFLICT (patient)"
        " DO UPDATE SET name = excluded.name, born = excluded.born, phone = excluded.phone",
        (patient, fact.name, born, fact.phone),
    )
    digits = "".join(letter for letter in fact.phone if letter.isdigit())
    words = " ".join((*folded(fact.name), *folded(born), *folded(fact.phone), digits))
    own.execute(
        "INSERT INTO patient_words (rowid, words) SELECT row, ? FROM patient WHERE patient = ?",
        (words, patient),
    )


def _visit(own: Connection, visit: str, fact: VisitOpened | Concluded | Sealed) -> None:
    match fact:
        case VisitOpened():
            patient = fact.patient.removeprefix("patient:")
            injection = fact.injection.isoformat()
            own.execute(
                "INSERT INTO visit (visit, patient, session, injection) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (visit, patient, fact.session, injection),
            )
        case Concluded():
            own.execute("UPDATE visit SET ending = ? WHERE visit = ?", (fact.ending, visit))
        case Sealed():
            own.execute("UPDATE visit SET sealed = ? WHERE visit = ?", (fact.sha256, visit))


def _vial(
    own: Connection, stream: str, fact: VialReceived | VialChecked | VialAccepted | VialAssigned
) -> None:
    match fact:
        case VialReceived():
            own.execute(
                "INSERT INTO vial (stream, code, supplier, product, lot, expires, status)"
                " VALUES (?, ?, ?, ?, ?, ?, 'received') ON CONFLICT DO NOTHING",
                (stream, fact.code, fact.supplier, fact.product, fact.lot, fact.expires.isoformat()),
            )
        case VialAssigned():
            own.execute(
                "UPDATE vial SET status = 'assigned', visit = ? WHERE stream = ?",
                (fact.visit.removeprefix("visit:"), stream),
            )
        case VialChecked():
            own.execute("UPDATE vial SET status = 'checked' WHERE stream = ?", (stream,))
        case VialAccepted():
            own.execute("UPDATE vial SET status = 'accepted' WHERE stream = ?", (stream,))


def _person(own: Connection, fact: StaffAdded | StaffDisabled) -> None:
    if isinstance(fact, StaffDisabled):
        own.execute("UPDATE person SET disabled = 1 WHERE person = ?", (fact.person,))
        return
    own.execute(
        "INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, 0)",
        (fact.person, fact.name, fact.role, fact.certificate),
    )

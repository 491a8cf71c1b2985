"""What the visits' streams come to: where each stands among the others, its addenda, the papers it owes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Answered,
    Concluded,
    HandedOver,
    MarkTakenBack,
    OpenedInError,
    ProcedureMarked,
    Replanned,
    Sealed,
    Stamp,
    VisitFact,
    VisitOpened,
)
from chairside.domain.replies import Chosen
from chairside.ledger.folded import instant

if TYPE_CHECKING:
    from sqlite3 import Connection

NOTICES, PAPER_COPY, OWED = "notices", "paper_copy", "owed"
_TOLD = "told"  # among the marks: an addendum was signed here
GIVEN = "first_injection"  # from this mark on the patient has had the treatment, or a part of it


# A sealed visit goes on where the treatment was released: until the addendum that tells what became of
# it has its file, and an emergency after that until another addendum was signed and has its file too.
# A withdrawal tells it only where nothing was thawed: what was, was given or has a fate to be told.
# One that was opened in error is over at once, and has no record.
_WHOLE = """UPDATE visit SET unsealed = open.files, over = error OR (
  visit.sealed IS NOT NULL AND open.files = 0 AND NOT ?2
  AND (coalesce(ending, '') != 'countersigned' OR open.told > 0))
FROM (SELECT coalesce(sum(sealed IS NULL), 0) AS files,
  coalesce(sum(sealed IS NOT NULL AND (about = 'procedure' OR (about = 'withdrawal' AND NOT ?3))), 0) AS told
  FROM addendum WHERE visit = ?1) AS open WHERE visit.visit = ?1"""
_UNTREATED = frozenset({"not_given", "stopped_part_way"})
_NOT_HANDED = "DELETE FROM copy WHERE visit = ? AND what = 'aftercare' AND handed_at IS NULL"
_MARKS = (ProcedureMarked, MarkTakenBack)
_ENDS = (Concluded, Sealed, OpenedInError, AddendumSigned, AddendumConcluded, AddendumSealed, *_MARKS)


def carry(own: Connection, stamp: Stamp, fact: VisitFact) -> None:
    """Carry one fact of a visit's stream into the tables."""
    visit = stamp.stream.partition(":")[2]
    _take(own, stamp, visit, fact)
    if isinstance(fact, _ENDS):
        marks = _marks(own, visit)
        own.execute(_WHOLE, (visit, _untold(marks), "thawed" in marks))
        _owe_aftercare(own, stamp, visit, marks)


def _take(own: Connection, stamp: Stamp, visit: str, fact: VisitFact) -> None:
    match fact:
        case VisitOpened():
            _opened(own, visit, fact)
        case Answered(form, item, Chosen(option)) if form.startswith(NOTICES) and item == PAPER_COPY:
            _notices(own, stamp, visit, option)
        case Sealed(sha256):
            own.execute("UPDATE visit SET sealed = ? WHERE visit = ?", (sha256, visit))
            _owe_record(own, stamp, visit)
        case AddendumSigned():
            _keep_marks(own, visit, [*_marks(own, visit), _TOLD])
            _addendum(own, visit, fact)
        case AddendumConcluded() | AddendumSealed():
            _addendum(own, visit, fact)
        case ProcedureMarked() | MarkTakenBack():
            _marked(own, stamp, visit, fact)
        case _:
            _standing(own, visit, fact)


def _standing(own: Connection, visit: str, fact: VisitFact) -> None:
    match fact:
        case Replanned(injection):
            own.execute("UPDATE visit SET injection = ? WHERE visit = ?", (instant(injection), visit))
        case HandedOver(to):
            holder = "patient" if to == "patient" else ""
            own.execute("UPDATE visit SET holder = ? WHERE visit = ?", (holder, visit))
        case Concluded(ending):
            own.execute("UPDATE visit SET ending = ? WHERE visit = ?", (ending, visit))
        case OpenedInError():
            own.execute("UPDATE visit SET error = 1 WHERE visit = ?", (visit,))
        case _:
            return


def _opened(own: Connection, visit: str, fact: VisitOpened) -> None:
    patient = fact.patient.removeprefix("patient:")
    own.execute(
        "INSERT INTO visit (visit, patient, session, injection, physician, error, marks, holder, unsealed,"
        " over) VALUES (?, ?, ?, ?, ?, 0, '', '', 0, 0) ON CONFLICT DO NOTHING",
        (visit, patient, fact.session, instant(fact.injection), fact.physician),
    )


def _marks(own: Connection, visit: str) -> list[str]:
    """Return the marks of the procedure in order, and between them where an addendum was signed."""
    row = own.execute("SELECT marks FROM visit WHERE visit = ?", (visit,)).fetchone()
    return row[0].split() if row is not None else []


def _keep_marks(own: Connection, visit: str, marks: list[str]) -> None:
    own.execute("UPDATE visit SET marks = ? WHERE visit = ?", (" ".join(marks), visit))


def _untold(marks: list[str]) -> bool:
    """Tell whether there was an emergency that no addendum was signed after."""
    last = max((at for at, mark in enumerate(marks) if mark == _TOLD), default=-1)
    return "emergency" in marks[last + 1 :]


def _without_last(marks: list[str]) -> list[str]:
    at = max((at for at, mark in enumerate(marks) if mark != _TOLD), default=len(marks))
    return [*marks[:at], *marks[at + 1 :]]


def _marked(own: Connection, stamp: Stamp, visit: str, fact: ProcedureMarked | MarkTakenBack) -> None:
    marks = _marks(own, visit)
    marks = _without_last(marks) if isinstance(fact, MarkTakenBack) else [*marks, fact.mark]
    _keep_marks(own, visit, marks)
    if fact.mark == GIVEN:
        at = stamp.happened or stamp.utc  # told late after midnight it was given the day before
        day = (at + timedelta(minutes=stamp.offset_minutes)).date().isoformat()
        own.execute("UPDATE visit SET given_on = ? WHERE visit = ?", (day if GIVEN in marks else None, visit))


def _addendum(own: Connection, visit: str, fact: AddendumSigned | AddendumConcluded | AddendumSealed) -> None:
    if isinstance(fact, AddendumSealed):
        sealed = "UPDATE addendum SET sealed = ? WHERE visit = ? AND number = ?"
        own.execute(sealed, (fact.sha256, visit, fact.number))
        return
    own.execute(
        "INSERT INTO addendum (visit, number, about) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (visit, fact.number, fact.about),
    )


def _notices(own: Connection, stamp: Stamp, visit: str, option: str) -> None:
    if option == OWED:
        _owe(own, stamp, visit, NOTICES)
    else:  # handed after all, before anything else said so
        own.execute("DELETE FROM copy WHERE visit = ? AND what = ?", (visit, NOTICES))


def _owe_record(own: Connection, stamp: Stamp, visit: str) -> None:
    """Owe the patient's copy of the record."""
    if own.execute("SELECT 1 FROM visit WHERE visit = ?", (visit,)).fetchone() is not None:
        _owe(own, stamp, visit, "record")


def _owe_aftercare(own: Connection, stamp: Stamp, visit: str, marks: list[str]) -> None:
    """Owe the sheet for afterwards after a release, and no more where it ends with nothing given."""
    sealed = "SELECT 1 FROM visit WHERE visit = ? AND ending = 'countersigned' AND sealed IS NOT NULL"
    if own.execute(sealed, (visit,)).fetchone() is None:
        return
    withdrew = own.execute("SELECT 1 FROM addendum WHERE visit = ? AND about = 'withdrawal'", (visit,))
    untreated = withdrew.fetchone() is not None or not _UNTREATED.isdisjoint(marks)
    if GIVEN not in marks and untreated:
        own.execute(_NOT_HANDED, (visit,))
    else:
        own.execute(
            "INSERT INTO copy (visit, what, owed_at) VALUES (?, 'aftercare', ?) ON CONFLICT DO NOTHING",
            (visit, instant(stamp.utc)),
        )


def _owe(own: Connection, stamp: Stamp, visit: str, what: str) -> None:
    own.execute(
        "INSERT INTO copy (visit, what, owed_at) VALUES (?, ?, ?) ON CONFLICT (visit, what) DO UPDATE"
        " SET owed_at = excluded.owed_at, handed_at = NULL WHERE handed_at IS NOT NULL",
        (visit, what, instant(stamp.utc)),
    )

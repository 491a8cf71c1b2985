"""What was before this visit: the last replies, and when the patient was last treated.

The replies are for staff to see beside, never preset: a new session asks everything afresh (P7).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from chairside.domain import gate
from chairside.domain.facts import Fact, ProcedureMarked, Replanned
from chairside.domain.folding import fold
from chairside.domain.replies import Reply
from chairside.domain.visit import Key, Visit
from chairside.ledger import Ledger, VisitRow


def _others(ledger: Ledger, visit: Visit) -> tuple[VisitRow, ...]:
    if visit.opened is None:
        return ()
    rows = ledger.visits_of(visit.opened.patient)
    return tuple(row for row in rows if row.visit != visit.id and not row.error)


def open_on(ledger: Ledger, patient: str, injection: datetime, zone: tzinfo, but: str = "") -> str:
    """Return a patient's visit other than `but`, of the same clinic day and not over, or nothing.

    A released one goes on until its procedure is told; one that was stopped waits for its seal alone.
    """
    day = injection.astimezone(zone).date()
    rows = (row for row in ledger.visits_of(patient) if row.visit != but and not row.over)
    going = (row for row in rows if row.ending in (None, "countersigned"))
    return next((row.visit for row in going if row.injection.astimezone(zone).date() == day), "")


def second_visit(ledger: Ledger, visit: Visit, fact: Fact, now: datetime) -> str | None:
    """Refuse to plan a visit for a day with another of the same patient, or to thaw a second vial beside it.

    `now` is in the clinic's zone.
    """
    if visit.opened is None:
        return None
    if isinstance(fact, Replanned):
        second = open_on(ledger, visit.opened.patient, fact.injection, now.tzinfo or UTC, visit.id)
        return "visit_open_already" if second else None
    if isinstance(fact, ProcedureMarked) and fact.mark == "thawed":
        others = _others(ledger, visit)
        if any(row.given_on == now.date() for row in others):
            return "given_today"
        beside = (each for row in others for each in ledger.vials_of(row.visit))
        return "thawed_in_another_visit" if any(each.status == "thawed" for each in beside) else None
    return None


def last_given(ledger: Ledger, visit: Visit) -> date | None:
    """Return the clinic's day on which this patient was last treated before this visit, or None.

    A visit that was settled before that treatment knows nothing of it, whenever its record is made.
    """
    over = gate.settled_by(visit)
    given = ((row.given_on, row.visit) for row in _others(ledger, visit) if row.given_on is not None)
    before = (day for day, other in given if over is None or _given_by(ledger, other, over.stamp.utc))
    return max(before, default=None)


def _given_by(ledger: Ledger, visit: str, at: datetime) -> bool:
    """Tell whether the first injection of a visit was given before a moment."""
    marks = fold(visit, ledger.stream(f"visit:{visit}")).marks
    return any(
        isinstance(each.fact, ProcedureMarked)
        and each.fact.mark == "first_injection"
        and (each.stamp.happened or each.stamp.utc) < at
        for each in marks
    )


def last_replies(ledger: Ledger, visit: Visit) -> dict[Key, Reply]:
    """Return the last replies of the same patient's visit before this one; nothing where there is none."""
    planned = visit.injection
    earlier = [row.visit for row in _others(ledger, visit) if planned and row.injection < planned]
    if not earlier:
        return {}
    return fold(earlier[-1], ledger.stream(f"visit:{earlier[-1]}")).replies

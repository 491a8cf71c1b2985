"""What was before this visit: the last replies, and when the patient was last treated.

The replies are for staff to see beside, never preset: a new session asks everything afresh (P7).
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from chairside.domain import gate
from chairside.domain.facts import Fact, ProcedureMarked, Replanned
from chairside.domain.folding import fold
from chairside.domain.replies import Reply
from chairside.domain.visit import Key, Visit
from chairside.ledger import Ledger, VisitRow
from chairside.session.clock import zone_named


def _others(ledger: Ledger, visit: Visit) -> tuple[VisitRow, ...]:
    if visit.opened is None:
        return ()
    rows = ledger.visits_of(visit.opened.patient)
    return tuple(row for row in rows if row.visit != visit.id and not row.error)


def open_on(ledger: Ledger, patient: str, injection: datetime, zone: tzinfo, but: str = "") -> str:
    """Return a patient's visit other than `but`, of the same clinic day and not over, or nothing."""
    day = injection.astimezone(zone).date()
    rows = (row for row in ledger.visits_of(patient) if row.visit != but and not row.over)
    same = (row.visit for row in rows if row.ending is None and row.injection.astimezone(zone).date() == day)
    return next(same, "")


def second_visit(ledger: Ledger, visit: Visit, fact: Fact, zone: str) -> str | None:
    """Refuse to plan a visit for a day on which another of the same patient is planned and not over."""
    if not isinstance(fact, Replanned) or visit.opened is None:
        return None
    second = open_on(ledger, visit.opened.patient, fact.injection, zone_named(zone), visit.id)
    return "visit_open_already" if second else None


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

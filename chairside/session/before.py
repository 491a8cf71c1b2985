"""What was before this visit: the last replies, and when the patient was last treated.

The replies are for staff to see beside, never preset: a new session asks everything afresh (P7).
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from chairside.domain.facts import Fact, Replanned
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
    """Return the clinic's day on which this patient was last treated in another visit, or None."""
    return max((row.given_on for row in _others(ledger, visit) if row.given_on is not None), default=None)


def last_replies(ledger: Ledger, visit: Visit) -> dict[Key, Reply]:
    """Return the last replies of the same patient's visit before this one; nothing where there is none."""
    planned = visit.injection
    earlier = [row.visit for row in _others(ledger, visit) if planned and row.injection < planned]
    if not earlier:
        return {}
    return fold(earlier[-1], ledger.stream(f"visit:{earlier[-1]}")).replies

"""What was before this visit: the last replies, and when the patient was last treated.

The replies are for staff to see beside, never preset: a new session asks everything afresh (P7).
"""

from __future__ import annotations

from datetime import date

from chairside.domain.folding import fold
from chairside.domain.replies import Reply
from chairside.domain.visit import Key, Visit
from chairside.ledger import Ledger, VisitRow


def _others(ledger: Ledger, visit: Visit) -> tuple[VisitRow, ...]:
    if visit.opened is None:
        return ()
    rows = ledger.visits_of(visit.opened.patient)
    return tuple(row for row in rows if row.visit != visit.id and not row.error)


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

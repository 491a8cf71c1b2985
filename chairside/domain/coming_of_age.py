"""A patient who turns 18 while a parent is named signs from then on (Q14): no fact tells it, a day does.

The day is that of the injection as it stood at each fact: a visit planned anew may pass the birthday.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import structs

from chairside.domain import beside, folding, gate
from chairside.domain.checklist import years_old
from chairside.domain.facts import Replanned, Stamped, VisitOpened
from chairside.domain.facts.people import RepresentativeNamed
from chairside.domain.people import OF_AGE
from chairside.domain.visit import Visit
from chairside.domain.when import When


def _for_a_child(visit: Visit) -> bool:
    """Tell whether somebody signs because of the patient's age, and not for an adult's incapacity."""
    told = visit.people.representative
    fact = told.fact if told else None
    return isinstance(fact, RepresentativeNamed) and not fact.incapacity.strip()


def _injection_day(visit: Visit, by: Stamped) -> date:
    """Return the day of the injection as it was planned at a fact, never before that fact's own day."""
    at = max(by.stamp.utc, visit.injection or by.stamp.utc)
    return (at + timedelta(minutes=by.stamp.offset_minutes)).date()


def _stays_a_child(visit: Visit, when: When) -> bool:
    """Tell whether no day of this visit, planned or lived, reaches the birthday: then nothing is folded anew.

    A page looks at its visit with every tap. A day is added to the last instant, for any zone.
    """
    planned = (by.fact.injection for by in visit.facts if isinstance(by.fact, VisitOpened | Replanned))
    last = max((*(by.stamp.utc for by in visit.facts), *planned), default=when.now)
    latest = max(last.date() + timedelta(days=1), when.injection_day)
    return visit.patient is not None and years_old(visit.patient.born, latest) < OF_AGE


def _on(visit: Visit, day: date) -> Visit:
    if visit.patient is None or not _for_a_child(visit) or years_old(visit.patient.born, day) < OF_AGE:
        return visit
    return beside.decides_alone(visit)


def _at(visit: Visit, by: Stamped) -> Visit:
    """Return the visit on the day of a fact, as long as nothing has settled it."""
    return _on(visit, _injection_day(visit, by)) if gate.settled_by(visit) is None else visit


def grown(visit: Visit, when: When) -> Visit:
    """Return the visit with nobody signing for a patient who came of age, whose word counts from that day.

    The day is looked at before each fact, as the first one of the birthday is the patient's own already,
    and after it, as it may plan the injection anew. A visit that was settled before is left as it was.
    """
    if not _for_a_child(visit) or _stays_a_child(visit, when):
        return visit
    again = Visit(visit.id, patient=visit.patient)
    for by in visit.facts:
        again = _at(folding.apply(_at(again, by), by), by)
    again = structs.replace(_on(again, when.injection_day), last_given=visit.last_given, stock=visit.stock)
    return folding.with_vials(again, visit.vials)

"""How a visit and its addenda end: what is due once somebody signed, and whose PIN the seal waits for."""

from __future__ import annotations

from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Concluded,
    Countersigned,
    Ending,
    Stamped,
    Stopped,
)
from chairside.domain.visit import Visit
from chairside.errors import RecordError

_ENDINGS: dict[str, Ending] = {
    "proceed": "countersigned",
    "defer": "deferred",
    "do_not_treat": "do_not_treat",
}


def closing(visit: Visit) -> Stamped | None:
    """Return the act that ends the visit: a stop, else the countersignature."""
    return visit.stopped or visit.countersigned


def certifier_of(visit: Visit) -> str:
    """Return the person whose PIN the record waits for, who signed or attested its end (P4)."""
    closed = closing(visit)
    return closed.stamp.person if closed else ""


def awaited(visit: Visit) -> frozenset[str]:
    """Return everybody whose PIN a record or an addendum of this visit waits for."""
    sealed = {by.fact.number for by in visit.addenda_sealed if isinstance(by.fact, AddendumSealed)}
    told = (
        by for by in visit.addenda if isinstance(by.fact, AddendumSigned) and by.fact.number not in sealed
    )
    record = certifier_of(visit) if visit.sealed is None and visit.in_error is None else ""
    return frozenset({record, *(by.stamp.person for by in told)} - {""})


def meaning_of(visit: Visit) -> str:
    """Return what the certifier's signature says."""
    closed = closing(visit)
    match closed.fact if closed else None:
        case Countersigned(meaning=meaning):
            return meaning
        case Stopped(reason=reason):
            return reason
        case _:
            return ""


def ending_of(visit: Visit) -> Ending:
    """Return how the visit ended. Raises: RecordError("not_concluded")."""
    told = visit.concluded.fact if visit.concluded else None
    if not isinstance(told, Concluded):
        raise RecordError("not_concluded")
    return told.ending


def head_of(visit: Visit, number: int = 0) -> Stamped:
    """Return the fact that concluded the visit, or the addendum with this number.

    Raises: RecordError("not_concluded").
    """
    over = visit.concluded
    if number:
        ends = {by.fact.number: by for by in visit.addenda_over if isinstance(by.fact, AddendumConcluded)}
        over = ends.get(number)
    if over is None:
        raise RecordError("not_concluded", number=number)
    return over


def due(visit: Visit) -> tuple[tuple[str, Concluded | AddendumConcluded], ...]:
    """Return what is to be concluded, and by whom: nothing once it is stored.

    An addendum names the record's file: one that was signed before the seal is concluded after it.
    """
    if visit.sealed is None:
        return _ending_due(visit)
    over = {by.fact.number for by in visit.addenda_over if isinstance(by.fact, AddendumConcluded)}
    signed = ((by.stamp.person, by.fact) for by in visit.addenda)
    return tuple(
        (person, AddendumConcluded(fact.number, fact.about))
        for person, fact in signed
        if isinstance(fact, AddendumSigned) and fact.number not in over
    )


def _ending_due(visit: Visit) -> tuple[tuple[str, Concluded], ...]:
    if visit.concluded is not None:
        return ()
    if visit.stopped is not None and isinstance(visit.stopped.fact, Stopped):
        return ((certifier_of(visit), Concluded(visit.stopped.fact.ending)),)
    if visit.countersigned is not None and visit.decision is not None:
        return ((certifier_of(visit), Concluded(_ENDINGS[visit.decision.ruling])),)
    return ()

"""A visit is the fold of its facts; nothing else changes one.

The facts of its patient and of the vial it points at are folded in beside it, so that a screen
and a page need one object. Every fact is kept with its stamp: the record prints them all.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from msgspec import Struct, structs

from chairside.domain.facts import (
    Answered,
    BreakTaken,
    ClearUndone,
    Concluded,
    Corrected,
    Countersigned,
    Decided,
    Explained,
    HandedOver,
    IdentityConfirmed,
    InkCleared,
    PageRead,
    PatientAdded,
    QuestionRaised,
    QuestionSettled,
    RuledOn,
    Sealed,
    Signed,
    Stamped,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VisitFact,
    VisitOpened,
)
from chairside.domain.replies import Chosen, Coded, Reply
from chairside.domain.vial import Vial

Key = tuple[str, str]  # (form id, item id)
# Which form's signature stands over the answers of a form: a changed answer makes that signature void.
SIGNED_OVER: dict[str, str] = {"health_check": "sign", "medicines": "sign"}
VIAL = "vial"


class Told(Struct, frozen=True):
    """A reply, the fact that brought it, and that fact's place among the facts of the visit."""

    reply: Reply
    by: Stamped
    place: int = 0


class Pad(Struct, frozen=True):
    """The strokes (digests) on one pad now, and what the last clearing took away."""

    strokes: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()


class Visit(Struct, frozen=True):
    """One visit as it stands."""

    id: str
    facts: tuple[Stamped, ...] = ()
    patient: PatientAdded | None = None
    opened: VisitOpened | None = None
    told: dict[Key, tuple[Told, ...]] = {}  # every reply to an item, oldest first
    read: dict[Key, Stamped] = {}
    explained: dict[Key, int] = {}
    questions: frozenset[Key] = frozenset()  # open ones
    closed: dict[str, Stamped] = {}
    closed_place: dict[str, int] = {}  # where among the facts: an answer after it opens the step again
    ruled: dict[str, RuledOn] = {}
    decided: Stamped | None = None
    decided_place: int = 0
    pads: dict[str, Pad] = {}
    signed: dict[str, Stamped] = {}
    countersigned: Stamped | None = None
    stopped: Stamped | None = None
    concluded: Stamped | None = None
    sealed: Stamped | None = None
    with_patient: bool = False
    confirmed: bool = False  # the patient said "yes, that is me" since the last hand-over
    at_step: str = ""
    vial: Vial | None = None
    stock: bool | None = None  # is an accepted vial in the building for this visit; None: not looked up

    @property
    def replies(self) -> dict[Key, Reply]:
        """The latest reply to each item that was answered."""
        return {key: told[-1].reply for key, told in self.told.items()}

    def option(self, form: str, item: str) -> str | None:
        """Return the option chosen for an item, or None where it was not answered."""
        told = self.told.get((form, item))
        reply = told[-1].reply if told else None
        return reply.option if isinstance(reply, Chosen) else None

    @property
    def decision(self) -> Decided | None:
        """The physician's decision, if there is one."""
        fact = self.decided.fact if self.decided else None
        return fact if isinstance(fact, Decided) else None

    @property
    def head(self) -> str:
        """The hash of the last fact of the visit's own stream."""
        return self.facts[-1].hash if self.facts else ""

    @property
    def last_at(self) -> datetime | None:
        """The stamped time of the last fact."""
        return self.facts[-1].stamp.utc if self.facts else None


def with_patient(visit: Visit, facts: tuple[Stamped, ...]) -> Visit:
    """Return the visit with its patient as the patient's own stream tells it."""
    added = [stamped.fact for stamped in facts if isinstance(stamped.fact, PatientAdded)]
    return structs.replace(visit, patient=added[-1] if added else None)


def with_vial(visit: Visit, vial: Vial | None) -> Visit:
    """Return the visit with the vial its code points at."""
    return structs.replace(visit, vial=vial)


def with_stock(visit: Visit, stock: bool) -> Visit:
    """Return the visit knowing whether an accepted vial is in the building for it."""
    return structs.replace(visit, stock=stock)


def _answered(visit: Visit, key: Key, reply: Reply, by: Stamped) -> Visit:
    told = Told(reply, by, len(visit.facts))
    outdated = "" if visit.concluded is not None else _signed_over(visit, key, reply)
    kept = _unsigned(visit, outdated) if outdated else visit
    return structs.replace(kept, told={**kept.told, key: (*kept.told.get(key, ()), told)})


def _signed_over(visit: Visit, key: Key, reply: Reply) -> str:
    """Return the form whose signature this reply outdates, or nothing; the same again is no change."""
    told = visit.told.get(key)
    was = told[-1].reply if told else None
    if isinstance(reply, Coded) and key[0] == VIAL:
        same = isinstance(was, Coded) and was.text.strip() == reply.text.strip()
        return "" if same else VIAL
    return "" if was == reply else SIGNED_OVER.get(key[0], "")


def _unsigned(visit: Visit, form: str) -> Visit:
    """Take a form's signatures, ink and read marks away: the person is to look and sign again."""
    pads = f"{form}."
    return structs.replace(
        visit,
        signed={pad: by for pad, by in visit.signed.items() if not pad.startswith(pads)},
        pads={pad: ink for pad, ink in visit.pads.items() if not pad.startswith(pads)},
        read={key: by for key, by in visit.read.items() if key[0] != form},
    )


def _step_closed(visit: Visit, step: str, by: Stamped) -> Visit:
    places = {**visit.closed_place, step: len(visit.facts)}
    return structs.replace(visit, closed={**visit.closed, step: by}, closed_place=places)


def _decided(visit: Visit, fact: Decided, by: Stamped) -> Visit:
    """Take a decision; one that replaces another asks for new ink, new strength for new signatures (P10)."""
    ruled = {**visit.ruled, **{ruling.finding: ruling for ruling in fact.rulings}}
    same = visit.decision is not None and visit.decision.strength_million == fact.strength_million
    signed = visit.signed if same else {}
    pads = {name: pad for name, pad in visit.pads.items() if name in signed}
    return structs.replace(
        visit, decided=by, decided_place=len(visit.facts), ruled=ruled, signed=signed, pads=pads
    )


def _ink(visit: Visit, pad: str, now: Pad) -> Visit:
    return structs.replace(visit, pads={**visit.pads, pad: now})


def _inked(visit: Visit, fact: StrokeDrawn | InkCleared | ClearUndone) -> Visit:
    was = visit.pads.get(fact.pad, Pad())
    match fact:
        case StrokeDrawn(pad, stroke):
            return _ink(visit, pad, Pad((*was.strokes, stroke)))
        case InkCleared(pad):
            return _ink(visit, pad, Pad((), was.strokes)) if was.strokes else visit
        case ClearUndone(pad):
            return _ink(visit, pad, Pad(was.cleared)) if was.cleared and not was.strokes else visit
        case _:
            assert_never(fact)


def _apply(visit: Visit, fact: VisitFact, by: Stamped) -> Visit:  # noqa: C901, PLR0911, PLR0912
    # One line per kind: a table in the shape of a match, so that the type checker finds a missing kind.
    match fact:
        case VisitOpened():
            return structs.replace(visit, opened=fact)
        case HandedOver(to, step):
            return structs.replace(visit, with_patient=to == "patient", confirmed=False, at_step=step)
        case IdentityConfirmed():
            return structs.replace(visit, confirmed=True)
        case PageRead(form, item, _):
            return structs.replace(visit, read={**visit.read, (form, item): by})
        case Answered(form, item, reply) | Corrected(form, item, reply):
            return _answered(visit, (form, item), reply, by)
        case Explained(form, item):
            key = (form, item)
            return structs.replace(visit, explained={**visit.explained, key: visit.explained.get(key, 0) + 1})
        case QuestionRaised(form, item):
            return structs.replace(visit, questions=visit.questions | {(form, item)})
        case QuestionSettled(form, item):
            return structs.replace(visit, questions=visit.questions - {(form, item)})
        case BreakTaken():
            return visit
        case StepClosed(step):
            return _step_closed(visit, step, by)
        case RuledOn(finding):
            return structs.replace(visit, ruled={**visit.ruled, finding: fact})
        case Decided():
            return _decided(visit, fact, by)
        case StrokeDrawn() | InkCleared() | ClearUndone():
            return _inked(visit, fact)
        case Signed(pad):
            return structs.replace(visit, signed={**visit.signed, pad: by})
        case Countersigned():
            return structs.replace(visit, countersigned=by)
        case Stopped():
            return structs.replace(visit, stopped=by)
        case Concluded():
            return structs.replace(visit, concluded=by)
        case Sealed():
            return structs.replace(visit, sealed=by)
        case _:
            assert_never(fact)


def apply(visit: Visit, stamped: Stamped) -> Visit:
    """Return the visit after one more fact of its own stream; facts of other streams leave it as it is."""
    kept = structs.replace(visit, facts=(*visit.facts, stamped))
    return _apply(kept, stamped.fact, stamped) if isinstance(stamped.fact, VisitFact) else visit


def fold(visit_id: str, facts: tuple[Stamped, ...]) -> Visit:
    """Return the visit these facts make, in this order."""
    visit = Visit(visit_id)
    for stamped in facts:
        visit = apply(visit, stamped)
    return visit

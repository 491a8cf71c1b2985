"""Who may do what, when: every fact is judged here before it is stamped, whoever sends it.

`forbids` returns the code of the rule that refuses a fact, or None. The screens offer only what
is allowed; this is what makes it true.
"""

from __future__ import annotations

from typing import assert_never

from msgspec import Struct

from chairside.domain import gate, steps
from chairside.domain.book import Book
from chairside.domain.checklist import ABSOLUTE, HEALTH_CHECK, UNDER_AGE
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
    QuestionRaised,
    QuestionSettled,
    Role,
    RuledOn,
    Sealed,
    Signed,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VisitFact,
    VisitOpened,
)
from chairside.domain.finding import worst
from chairside.domain.form import Choice, Verdict
from chairside.domain.replies import AtMoment, Chosen, DoseGiven, DrugsTaken, LastDose, OnDate, Reply
from chairside.domain.visit import Visit
from chairside.domain.when import When

_RANK = {None: -1, "no": 0, "unsure": 1, "yes": 2}


class Actor(Struct, frozen=True):
    """Who acts: the staff person, the role, and whether a PIN was given for this very act."""

    person: str
    role: Role
    proved: bool = False


class Scene(Struct, frozen=True):
    """What an act is judged against."""

    book: Book
    visit: Visit
    when: When


def _laxer(visit: Visit, form: str, item: str, reply: Reply) -> bool:
    told = visit.told.get((form, item))
    if form != HEALTH_CHECK or item not in ABSOLUTE or not told:
        return False
    was, now = gate.answer_of(told[-1].reply), gate.answer_of(reply)
    return _RANK.get(now, 3) < _RANK.get(was, 3)


def _after_injection(dose: LastDose, when: When) -> bool:
    match dose:
        case AtMoment(at):
            return at > when.injection
        case OnDate(day):
            return day > when.injection_day
        case _:
            return False


def _in_the_future(reply: Reply, when: When) -> bool:
    match reply:
        case AtMoment(at) | DoseGiven(at):
            return at > when.now
        case OnDate(day):
            return day > when.today
        case DrugsTaken(rows):
            return any(_after_injection(row.last_dose, when) for row in rows)
        case _:
            return False


def _whose(scene: Scene, fact: Answered) -> str | None:
    """Refuse an answer from the wrong side of the glass."""
    item = scene.book.item(fact.form, fact.item)
    step = next((step for step in scene.book.plan.steps if step.form == fact.form), None)
    if item is None or step is None:
        return "item_unknown"
    owner = item.owner if item.owner != "any" else step.owner
    if scene.visit.with_patient:
        return None if owner == "patient" else "patient_has_the_tablet"
    return "patient_must_hold_the_tablet" if owner == "patient" else None


def _answer(scene: Scene, fact: Answered) -> str | None:
    item = scene.book.item(fact.form, fact.item)
    if fact.item == UNDER_AGE:
        return "under_12_is_derived"
    if (wrong := _whose(scene, fact)) is not None:
        return wrong
    if isinstance(item, Choice) and (
        not isinstance(fact.reply, Chosen) or fact.reply.option not in item.options
    ):
        return "option_unknown"
    if _in_the_future(fact.reply, scene.when):
        return "moment_in_the_future"
    if _laxer(scene.visit, fact.form, fact.item, fact.reply):
        return "absolute_needs_physician"
    return None


def _correction(fact: Corrected, actor: Actor) -> str | None:
    if actor.role != "physician" or not actor.proved:
        return "physician_pin_needed"
    return None if fact.source.strip() and fact.reason.strip() else "reason_needed"


def _closing(scene: Scene, fact: StepClosed, actor: Actor) -> str | None:
    step = scene.book.plan.step(fact.step)
    if step.closes == "pin" and not actor.proved:
        return "pin_needed"
    if step.owner != actor.role:
        return "not_this_role"
    found = gate.findings(scene.book, scene.visit, scene.when)
    state = steps.state_of(scene.book, step, scene.visit, found, scene.when)
    return "step_lacks" if state.lacks else None


def _decision(scene: Scene, fact: Decided, actor: Actor) -> str | None:
    visit = scene.visit
    if actor.role != "physician" or not actor.proved:
        return "physician_pin_needed"
    if visit.decided is not None:
        return "already_decided"
    if visit.questions:
        return "question_open"
    if fact.ruling != "proceed":
        return None
    found = gate.findings(scene.book, visit, scene.when)
    if worst(gate.standing(found, {ruling.finding: ruling for ruling in fact.rulings})) is not Verdict.CLEAR:
        return "finding_stands"
    if fact.strength_million is None:
        return "strength_needed"
    state = steps.state_of(scene.book, scene.book.plan.step("decision"), visit, found, scene.when)
    return "step_waits" if state.lacks else None


def _signature(scene: Scene, fact: Signed) -> str | None:
    visit = scene.visit
    if fact.signer == "patient" and not (visit.with_patient and visit.confirmed):
        return "patient_must_hold_the_tablet"
    if visit.decision is None or visit.decision.ruling != "proceed":
        return "decision_first"
    if visit.questions:
        return "question_open"
    pad = visit.pads.get(fact.pad)
    return None if pad and pad.strokes == fact.strokes else "ink_differs"


def _countersignature(scene: Scene, fact: Countersigned, actor: Actor) -> str | None:
    visit = scene.visit
    if actor.role != "physician" or not actor.proved:
        return "physician_pin_needed"
    closed = visit.closed.get(HEALTH_CHECK)
    if closed is not None and closed.stamp.person == actor.person:
        return "own_checklist"
    pad = visit.pads.get(steps.pad_for(scene.book, "countersign", "physician"))
    if not pad or not fact.strokes or pad.strokes != fact.strokes:
        return "ink_differs"
    found = gate.findings(scene.book, visit, scene.when)
    state = steps.state_of(scene.book, scene.book.plan.step("countersign"), visit, found, scene.when)
    if visit.decision is None or state.lacks:
        return "step_waits"
    proceeds = visit.decision.ruling == "proceed"
    stands = worst(gate.standing(found, visit.ruled)) is not Verdict.CLEAR
    return "finding_stands" if proceeds and stands else None


def _conclusion(visit: Visit, fact: Concluded) -> str | None:
    if visit.stopped is not None:
        told = visit.stopped.fact
        return None if isinstance(told, Stopped) and told.ending == fact.ending else "ending_does_not_fit"
    if visit.countersigned is None or visit.decision is None:
        return "not_countersigned"
    fits = {"proceed": "countersigned", "defer": "deferred", "do_not_treat": "do_not_treat"}
    return None if fits[visit.decision.ruling] == fact.ending else "ending_does_not_fit"


def _mode(scene: Scene, fact: VisitFact, actor: Actor) -> str | None:
    """Refuse staff acts while the patient holds the tablet, and patient acts while staff do."""
    match fact:
        case HandedOver(to):
            if to == "staff" or not scene.visit.with_patient:
                return None if actor.proved or to == "patient" else "pin_needed"
            return "patient_has_the_tablet"
        case IdentityConfirmed() | PageRead() | Explained() | QuestionRaised() | BreakTaken():
            return None if scene.visit.with_patient else "patient_must_hold_the_tablet"
        case StrokeDrawn() | InkCleared() | ClearUndone() | Signed() | Answered():
            return None
        case Concluded() | Sealed():
            return None
        case _:
            return "patient_has_the_tablet" if scene.visit.with_patient else None


def _rule(scene: Scene, fact: VisitFact, actor: Actor) -> str | None:  # noqa: C901, PLR0911, PLR0912
    # One line per kind: a table in the shape of a match, so that the type checker finds a missing kind.
    match fact:
        case Answered():
            return _answer(scene, fact)
        case Corrected():
            return _correction(fact, actor)
        case StepClosed():
            return _closing(scene, fact, actor)
        case Decided():
            return _decision(scene, fact, actor)
        case Signed():
            return _signature(scene, fact)
        case Countersigned():
            return _countersignature(scene, fact, actor)
        case Concluded():
            return _conclusion(scene.visit, fact)
        case Stopped():
            return None if actor.proved else "pin_needed"
        case QuestionSettled() | RuledOn() | HandedOver() | VisitOpened() | Sealed():
            return None
        case IdentityConfirmed() | PageRead() | Explained() | QuestionRaised() | BreakTaken():
            return None
        case StrokeDrawn() | InkCleared() | ClearUndone():
            return None
        case _:
            assert_never(fact)


def forbids(scene: Scene, fact: VisitFact, actor: Actor) -> str | None:
    """Return the code of the rule that refuses this fact now, or None."""
    if scene.visit.concluded is not None and not isinstance(fact, Sealed):
        return "visit_is_over"
    return _mode(scene, fact, actor) or _rule(scene, fact, actor)

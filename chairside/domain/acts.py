"""Who may do what, when: every fact is judged here before it is stamped, whoever sends it.

`forbids` returns the code of the rule that refuses a fact, or None. The screens offer only what
is allowed; this is what makes it true. Answers and ink have their own modules beside this one.
"""

from __future__ import annotations

from typing import assert_never

from chairside.domain import afterwards, around, deciding, ending, gate, naming, paper, people, reading, steps
from chairside.domain.actor import Actor
from chairside.domain.ages import too_young
from chairside.domain.answering import answer, correction, step_of, too_soon, wrong_side
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
    LanguageChosen,
    PageRead,
    PaperChosen,
    PeopleFact,
    QuestionRaised,
    RuledOn,
    Sealed,
    Signed,
    Signer,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VisitFact,
    VisitOpened,
)
from chairside.domain.form import Step
from chairside.domain.notices import WAIVABLE
from chairside.domain.signing import countersignature, ink, pad_item, signature
from chairside.domain.steps import Scene
from chairside.domain.told import Afterwards, Around, OnPage
from chairside.domain.visit import Visit

__all__ = ["Actor", "Scene", "forbids"]

LEAST_IDENTIFIERS = 2  # Source: product.md P2, Open


def _step(scene: Scene, step_id: str) -> Step | None:
    return next((step for step in scene.book.plan.steps if step.id == step_id), None)


def _opening(scene: Scene, fact: VisitOpened, actor: Actor) -> str | None:
    if scene.visit.opened is not None:
        return "already_open"
    if len(set(fact.identifiers)) < LEAST_IDENTIFIERS:
        return "identifiers_missing"
    if not WAIVABLE.issuperset(fact.waived):
        return "notice_not_waivable"
    return wrong_side(scene, scene.book.plan.step("open").owner, actor) or too_young(scene)


def _hand_over(scene: Scene, fact: HandedOver, actor: Actor) -> str | None:
    if (fact.to == "patient") == scene.visit.with_patient:
        return "tablet_is_there_already"
    if fact.to == "staff":
        return None if actor.proved else "pin_needed"
    if paper.signed_any(scene.visit):  # until then a slip, or a tablet that works again, goes back to glass
        return "on_paper"
    return None if _step(scene, fact.step) else "step_unknown"


def _confirming(visit: Visit, who: Signer) -> str | None:
    """Refuse a "yes, that is me" of nobody, and a second one: a slip of the finger meant another page."""
    if not visit.with_patient:
        return "patient_must_hold_the_tablet"
    if not people.named(visit, who):
        return "person_not_named"
    return "confirmed_already" if visit.confirmed_as == who else None


def _closing(scene: Scene, fact: StepClosed, actor: Actor) -> str | None:
    step = _step(scene, fact.step)
    if step is None or step.closes not in ("tap", "pin"):
        return "step_unknown"
    if (wrong := wrong_side(scene, step.owner, actor)) is not None:
        return wrong
    if step.closes == "pin" and not actor.proved:
        return "pin_needed"
    found = gate.findings(scene.book, scene.visit, scene.when)
    state = steps.state_of(scene.book, step, scene.visit, found, scene.when)
    if state.state == "done":
        return "already_closed"
    if (wrong := too_soon(scene, step)) is not None:
        return wrong
    # A stop leaves a checklist that led to it to be closed by who asked, once it is complete.
    visit = gate.current(scene.book, scene.visit, scene.when)
    return "step_lacks" if state.lacks or steps.lacks_of(scene.book, step, visit) else None


def _at_the_end(scene: Scene, fact: VisitFact) -> bool:
    """Tell whether this is of the procedure's own form: ink and answers that are told after the record."""
    if isinstance(fact, Answered):
        step = step_of(scene, fact.form)
        return step is not None and step.closes == "marks"
    if not isinstance(fact, (StrokeDrawn, InkCleared, ClearUndone)):
        return False
    known = pad_item(scene, fact.pad)
    return known is not None and known[0].closes == "marks"


def _settled(scene: Scene, fact: VisitFact) -> str | None:
    """Refuse what comes before the opening, or after what ends the visit."""
    visit = scene.visit
    if visit.opened is None and not isinstance(fact, VisitOpened):
        return "visit_not_open"
    if visit.in_error is not None:
        return "opened_in_error"
    # The rules of what is told after the record know themselves what must be sealed or released first.
    if isinstance(fact, Sealed | Afterwards) or _at_the_end(scene, fact):
        return None
    if visit.concluded is not None:
        return "visit_is_over"
    if isinstance(fact, (Concluded, HandedOver)):
        return None
    if visit.stopped is not None:
        return "visit_stopped"
    if visit.countersigned is not None and not isinstance(fact, Stopped):
        return "already_countersigned"
    return None


def _mode(scene: Scene, fact: VisitFact) -> str | None:
    """Refuse everything but the patient's own acts, and taking the tablet back, while the patient has it."""
    if not scene.visit.with_patient:
        return None
    match fact:
        case HandedOver() | IdentityConfirmed() | PageRead() | Explained() | QuestionRaised() | BreakTaken():
            return None
        case LanguageChosen():
            return None
        case Answered() | StrokeDrawn() | InkCleared() | ClearUndone() | Signed() | StepClosed() | Sealed():
            return None  # their own rules know whose the item, the pad or the step is
        case PaperChosen():
            return None  # under a PIN it takes the tablet back: one that failed cannot be handed over
        case _:
            return "patient_has_the_tablet"


def _holding(scene: Scene, fact: HandedOver | IdentityConfirmed | BreakTaken, actor: Actor) -> str | None:
    if isinstance(fact, HandedOver):
        return _hand_over(scene, fact, actor)
    if isinstance(fact, IdentityConfirmed):
        return _confirming(scene.visit, fact.who)
    return None if scene.visit.with_patient else "patient_must_hold_the_tablet"


# One line per kind: a table in the shape of a match, so that the type checker finds a missing kind.
def _rule(scene: Scene, fact: VisitFact, actor: Actor) -> str | None:  # noqa: C901, PLR0911, PLR0912
    if isinstance(fact, OnPage):
        return reading.forbids(scene, fact, actor)
    if isinstance(fact, Around):
        return around.forbids(scene, fact, actor)
    if isinstance(fact, Afterwards):
        return afterwards.forbids(scene, fact, actor)
    if isinstance(fact, PeopleFact):
        return naming.forbids(scene, fact, actor)
    match fact:
        case VisitOpened():
            return _opening(scene, fact, actor)
        case HandedOver() | IdentityConfirmed() | BreakTaken():
            return _holding(scene, fact, actor)
        case Answered() if _at_the_end(scene, fact):
            return afterwards.noting(scene, fact, actor)
        case Answered():
            return answer(scene, fact, actor)
        case Corrected():
            return correction(scene, fact, actor)
        case StepClosed():
            return _closing(scene, fact, actor)
        case RuledOn():
            return deciding.ruling(scene, fact, actor)
        case Decided():
            return deciding.decision(scene, fact, actor)
        case StrokeDrawn() | InkCleared() | ClearUndone():
            return ink(scene, fact, actor)
        case Signed():
            return signature(scene, fact, actor)
        case Countersigned():
            return countersignature(scene, fact, actor)
        case Stopped():
            return ending.stopping(scene, fact, actor)
        case Concluded():
            return ending.conclusion(scene, fact, actor)
        case Sealed():
            return ending.sealing(scene.visit)
        case _:
            assert_never(fact)


def forbids(scene: Scene, fact: VisitFact, actor: Actor) -> str | None:
    """Return the code of the rule that refuses this fact now, or None."""
    return _settled(scene, fact) or _mode(scene, fact) or _rule(scene, fact, actor)

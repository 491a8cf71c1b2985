"""Who may do what, when: every fact is judged here before it is stamped, whoever sends it.

`forbids` returns the code of the rule that refuses a fact, or None. The screens offer only what
is allowed; this is what makes it true. Answers and ink have their own modules beside this one.
"""

from __future__ import annotations

from typing import assert_never

from chairside.domain import gate, steps
from chairside.domain.answering import (
    Actor,
    answer,
    correction,
    foreign,
    patient_side,
    step_of,
    too_soon,
    wrong_side,
)
from chairside.domain.checklist import HEALTH_CHECK
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
from chairside.domain.form import Choice, Step, Verdict
from chairside.domain.signing import countersignature, ink, signature
from chairside.domain.steps import Scene
from chairside.domain.visit import Visit

__all__ = ["Actor", "Scene", "forbids"]

_STRICTER = {"proceed": 0, "defer": 1, "do_not_treat": 2}
_ENDING = {"proceed": "countersigned", "defer": "deferred", "do_not_treat": "do_not_treat"}
LEAST_IDENTIFIERS = 2  # Source: product.md P2, Open


def _step(scene: Scene, step_id: str) -> Step | None:
    return next((step for step in scene.book.plan.steps if step.id == step_id), None)


def _opening(scene: Scene, fact: VisitOpened, actor: Actor) -> str | None:
    if scene.visit.opened is not None:
        return "already_open"
    if len(set(fact.identifiers)) < LEAST_IDENTIFIERS:
        return "identifiers_missing"
    step = _step(scene, "open")
    return wrong_side(scene, step.owner if step else "any", actor)


def _hand_over(scene: Scene, fact: HandedOver, actor: Actor) -> str | None:
    if (fact.to == "patient") == scene.visit.with_patient:
        return "tablet_is_there_already"
    if fact.to == "staff":
        return None if actor.proved else "pin_needed"
    return None if _step(scene, fact.step) else "step_unknown"


def _page(scene: Scene, fact: PageRead) -> str | None:
    wrong = patient_side(scene) or foreign(scene, fact.form)
    if wrong is not None:
        return wrong
    step = step_of(scene, fact.form)
    if step is None or scene.book.item(fact.form, fact.item) is None:
        return "item_unknown"
    return too_soon(scene, step) if fact.shown else "page_not_shown"


def _explanation(scene: Scene, fact: Explained) -> str | None:
    if (wrong := patient_side(scene) or foreign(scene, fact.form)) is not None:
        return wrong
    item = scene.book.item(fact.form, fact.item)
    key = (fact.form, fact.item)
    if not isinstance(item, Choice) or not item.right or key not in scene.visit.told:
        return "nothing_to_explain"
    told, explained = len(scene.visit.told[key]), scene.visit.explained.get(key, 0)
    wrong_now = not gate.understood(item, scene.visit, fact.form)
    return None if wrong_now and explained < told else "nothing_to_explain"


def _question(scene: Scene, fact: QuestionRaised) -> str | None:
    return patient_side(scene) or foreign(scene, fact.form)


def _settling(scene: Scene, fact: QuestionSettled, actor: Actor) -> str | None:
    if (wrong := wrong_side(scene, "any", actor)) is not None:
        return wrong
    return None if (fact.form, fact.item) in scene.visit.questions else "question_not_open"


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


def _ruling(scene: Scene, fact: RuledOn, actor: Actor) -> str | None:
    if (wrong := wrong_side(scene, "physician", actor)) is not None:
        return wrong
    if not fact.reason.strip():
        return "reason_needed"
    found = gate.findings(scene.book, scene.visit, scene.when)
    liftable = {gate.key_of(each) for each in found if each.weight is Verdict.PHYSICIAN}
    return None if fact.finding in liftable else "nothing_to_rule_on"


def _same_again(scene: Scene, fact: Decided) -> bool:
    """Tell whether a decision is in force that this one would only repeat, or soften without cause."""
    was = scene.visit.decision
    if was is None or _STRICTER[fact.ruling] > _STRICTER[was.ruling]:
        return False
    if gate.screened_since(scene.visit):
        return False
    if was.ruling != "proceed":
        return True
    found = gate.findings(scene.book, scene.visit, scene.when)
    ordered = (was.strength_million, was.premedication) != (fact.strength_million, fact.premedication)
    return not ordered and not gate.uncovered(found, gate.current(scene.book, scene.visit, scene.when))


def _proceeding(scene: Scene, fact: Decided) -> str | None:
    found = gate.findings(scene.book, scene.visit, scene.when)
    if worst(gate.standing(found, {ruling.finding: ruling for ruling in fact.rulings})) is not Verdict.CLEAR:
        return "finding_stands"
    if not fact.strength_million or fact.strength_million < 0:
        return "strength_needed"
    return "step_waits" if steps.waits_for(scene, scene.book.plan.step("decision")) else None


def _decision(scene: Scene, fact: Decided, actor: Actor) -> str | None:
    if actor.role != "physician" or not actor.proved:
        return "physician_pin_needed"
    if scene.visit.questions:
        return "question_open"
    if _same_again(scene, fact):
        return "already_decided"
    if fact.ruling != "proceed" and not fact.reason.strip():
        return "reason_needed"
    return _proceeding(scene, fact) if fact.ruling == "proceed" else None


def _stopping(scene: Scene, fact: Stopped, actor: Actor) -> str | None:
    """Refuse a stop without a PIN; refused is before the patient's signature, withdrawn after it."""
    if not actor.proved:
        return "pin_needed"
    if (wrong := wrong_side(scene, "any", actor)) is not None:
        return wrong
    signed = any(isinstance(by.fact, Signed) and by.fact.signer == "patient" for by in scene.visit.facts)
    return None if fact.ending == ("withdrawn" if signed else "refused") else "ending_does_not_fit"


def _was_here(visit: Visit) -> bool:
    """Tell whether the patient did or said anything in this visit."""
    asked = any(key[0] == HEALTH_CHECK for key in visit.told)
    return asked or any(isinstance(stamped.fact, HandedOver) for stamped in visit.facts)


def _conclusion(scene: Scene, fact: Concluded, actor: Actor) -> str | None:
    visit = scene.visit
    if visit.stopped is not None:
        told = visit.stopped.fact
        return None if isinstance(told, Stopped) and told.ending == fact.ending else "ending_does_not_fit"
    if fact.ending == "no_show":
        if _was_here(visit):
            return "patient_was_here"
        return wrong_side(scene, "any", actor) or (None if actor.proved else "pin_needed")
    if visit.countersigned is None or visit.decision is None:
        return "not_countersigned"
    return None if _ENDING[visit.decision.ruling] == fact.ending else "ending_does_not_fit"


def _sealing(visit: Visit) -> str | None:
    if visit.concluded is None:
        return "not_concluded"
    return "already_sealed" if visit.sealed is not None else None


def _settled(visit: Visit, fact: VisitFact) -> str | None:
    """Refuse what comes before the opening, or after what ends the visit."""
    if visit.opened is None and not isinstance(fact, VisitOpened):
        return "visit_not_open"
    if isinstance(fact, Sealed):
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
        case Answered() | StrokeDrawn() | InkCleared() | ClearUndone() | Signed() | StepClosed() | Sealed():
            return None  # their own rules know whose the item, the pad or the step is
        case _:
            return "patient_has_the_tablet"


# One line per kind: a table in the shape of a match, so that the type checker finds a missing kind.
def _rule(scene: Scene, fact: VisitFact, actor: Actor) -> str | None:  # noqa: C901, PLR0911, PLR0912
    match fact:
        case VisitOpened():
            return _opening(scene, fact, actor)
        case HandedOver():
            return _hand_over(scene, fact, actor)
        case IdentityConfirmed() | BreakTaken():
            return None if scene.visit.with_patient else "patient_must_hold_the_tablet"
        case PageRead():
            return _page(scene, fact)
        case Answered():
            return answer(scene, fact, actor)
        case Corrected():
            return correction(scene, fact, actor)
        case Explained():
            return _explanation(scene, fact)
        case QuestionRaised():
            return _question(scene, fact)
        case QuestionSettled():
            return _settling(scene, fact, actor)
        case StepClosed():
            return _closing(scene, fact, actor)
        case RuledOn():
            return _ruling(scene, fact, actor)
        case Decided():
            return _decision(scene, fact, actor)
        case StrokeDrawn() | InkCleared() | ClearUndone():
            return ink(scene, fact, actor)
        case Signed():
            return signature(scene, fact, actor)
        case Countersigned():
            return countersignature(scene, fact, actor)
        case Stopped():
            return _stopping(scene, fact, actor)
        case Concluded():
            return _conclusion(scene, fact, actor)
        case Sealed():
            return _sealing(scene.visit)
        case _:
            assert_never(fact)


def forbids(scene: Scene, fact: VisitFact, actor: Actor) -> str | None:
    """Return the code of the rule that refuses this fact now, or None."""
    return _settled(scene.visit, fact) or _mode(scene, fact) or _rule(scene, fact, actor)

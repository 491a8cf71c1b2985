"""The physician's word: a ruling on one finding, and the decision over all of them."""

from __future__ import annotations

from chairside.domain import gate, steps
from chairside.domain.actor import Actor, physician_pin
from chairside.domain.ages import too_young
from chairside.domain.answering import wrong_side
from chairside.domain.facts import Decided, RuledOn
from chairside.domain.finding import Finding, worst
from chairside.domain.form import Verdict
from chairside.domain.premedication import H1_ORDER
from chairside.domain.steps import Scene
from chairside.domain.visit import Visit

DECISION, DOSES = "decision", "premedication_doses"  # the form, and where the doses are written
UNDERSTANDING = "understanding_raised"
_STRICTER = ("proceed", "defer", "do_not_treat")  # the laxest first


def unexplained(visit: Visit, found: tuple[Finding, ...]) -> bool:
    """Tell whether a point the tablet could not explain was explained by nobody in person (Q13)."""
    raised = (each for each in found if each.id == UNDERSTANDING)
    return any((gate.CONSENT, each.about) not in visit.in_person for each in raised)


def ruling(scene: Scene, fact: RuledOn, actor: Actor) -> str | None:
    """Refuse a ruling without a reason, on nothing, or without the mitigation the form asks for (Q27)."""
    if (wrong := wrong_side(scene, "physician", actor)) is not None:
        return wrong
    if not fact.reason.strip():
        return "reason_needed"
    found = gate.findings(scene.book, scene.visit, scene.when)
    on = next((each for each in found if gate.key_of(each) == fact.finding), None)
    if on is None or on.weight is not Verdict.PHYSICIAN:
        return "nothing_to_rule_on"
    if unexplained(scene.visit, (on,)):
        return "explain_in_person_first"
    if not on.mitigations:
        return None
    return None if fact.mitigation in on.mitigations else "mitigation_needed"


def _order(decided: Decided) -> tuple[object, ...]:
    return decided.strength_million, decided.premedication, decided.doses


def _doses_missing(scene: Scene, fact: Decided) -> bool:
    """Tell whether the parts of a mitigation are ordered without their doses and routes (C24)."""
    asked = scene.book.item(DECISION, DOSES) is not None
    return asked and H1_ORDER in fact.premedication and not fact.doses.strip()


def _same_again(scene: Scene, fact: Decided) -> bool:
    """Tell whether a decision is in force that this one would only repeat, or soften without cause."""
    was = scene.visit.decision
    if was is None or _STRICTER.index(fact.ruling) > _STRICTER.index(was.ruling):
        return False
    if gate.screened_since(scene.visit):
        return False
    if was.ruling != "proceed":
        return True
    found = gate.findings(scene.book, scene.visit, scene.when)
    ordered = _order(was) != _order(fact)
    return not ordered and not gate.uncovered(found, gate.current(scene.book, scene.visit, scene.when))


def _proceeding(scene: Scene, fact: Decided) -> str | None:
    found = gate.findings(scene.book, scene.visit, scene.when)
    rulings = {each.finding: each for each in fact.rulings}
    if worst(gate.standing(found, rulings, fact.premedication)) is not Verdict.CLEAR:
        return "finding_stands"
    if unexplained(scene.visit, found):
        return "explain_in_person_first"
    if (fact.strength_million or 0) <= 0:
        return "strength_needed"
    if _doses_missing(scene, fact):
        return "doses_needed"
    if (wrong := too_young(scene)) is not None:
        return wrong
    return "step_waits" if steps.waits_for(scene, scene.book.plan.step("decision")) else None


def decision(scene: Scene, fact: Decided, actor: Actor) -> str | None:
    """Refuse a decision that is not a physician's, changes nothing, or proceeds over what stands."""
    if (wrong := physician_pin(actor)) is not None:
        return wrong
    if scene.visit.questions:
        return "question_open"
    if _same_again(scene, fact):
        return "already_decided"
    if fact.ruling != "proceed" and not fact.reason.strip():
        return "reason_needed"
    return _proceeding(scene, fact) if fact.ruling == "proceed" else None

"""What the patient does with a page: read it, miss a point and have it explained, ask about it."""

from __future__ import annotations

from typing import assert_never

from chairside.domain import gate
from chairside.domain.actor import Actor
from chairside.domain.answering import foreign, patient_side, step_of, too_soon, wrong_side
from chairside.domain.facts import Explained, PageRead, QuestionRaised, QuestionSettled
from chairside.domain.form import Choice
from chairside.domain.steps import Scene
from chairside.domain.told import OnPage


def page(scene: Scene, fact: PageRead, actor: Actor) -> str | None:
    """Refuse the read mark of a page that is not of this visit, not due, or was not shown."""
    wrong = patient_side(scene, actor, fact.form) or foreign(scene, fact.form)
    if wrong is not None:
        return wrong
    step = step_of(scene, fact.form)
    if step is None or scene.book.item(fact.form, fact.item) is None:
        return "item_unknown"
    return too_soon(scene, step) if fact.shown else "page_not_shown"


def explanation(scene: Scene, fact: Explained, actor: Actor) -> str | None:
    """Refuse an explanation but after a wrong answer, once for each."""
    if (wrong := patient_side(scene, actor, fact.form) or foreign(scene, fact.form)) is not None:
        return wrong
    item = scene.book.item(fact.form, fact.item)
    key = (fact.form, fact.item)
    if not isinstance(item, Choice) or not item.right or key not in scene.visit.told:
        return "nothing_to_explain"
    told, explained = len(scene.visit.told[key]), scene.visit.explained.get(key, 0)
    wrong_now = not gate.understood(item, scene.visit, fact.form)
    return None if wrong_now and explained < told else "nothing_to_explain"


def question(scene: Scene, fact: QuestionRaised, actor: Actor) -> str | None:
    """Refuse a question from the wrong side of the glass, or about a page that is not of this visit."""
    return patient_side(scene, actor, fact.form) or foreign(scene, fact.form)


def settling(scene: Scene, fact: QuestionSettled, actor: Actor) -> str | None:
    """Refuse to settle what nobody asked."""
    if (wrong := wrong_side(scene, "any", actor)) is not None:
        return wrong
    return None if (fact.form, fact.item) in scene.visit.questions else "question_not_open"


def forbids(scene: Scene, fact: OnPage, actor: Actor) -> str | None:
    """Return the code of the rule that refuses a fact about a page, or None."""
    match fact:
        case PageRead():
            return page(scene, fact, actor)
        case Explained():
            return explanation(scene, fact, actor)
        case QuestionRaised():
            return question(scene, fact, actor)
        case QuestionSettled():
            return settling(scene, fact, actor)
        case _:
            assert_never(fact)

"""What the patient does with a page: read it, miss a point and have it explained, ask about it."""

from __future__ import annotations

from typing import assert_never

from chairside.domain import gate
from chairside.domain.actor import Actor, clinical
from chairside.domain.answering import foreign, known_step, patient_side, too_soon, wrong_side
from chairside.domain.facts import Explained, PageRead, QuestionRaised, QuestionSettled
from chairside.domain.form import Choice, is_private
from chairside.domain.steps import Scene
from chairside.domain.told import OnPage
from chairside.domain.visit import Key, Visit


def page(scene: Scene, fact: PageRead, actor: Actor) -> str | None:
    """Refuse the read mark of a page that is not of this visit, not due, or was not shown."""
    wrong = patient_side(scene, actor, fact.form) or foreign(scene, fact.form)
    if wrong is not None:
        return wrong
    if scene.book.item(fact.form, fact.item) is None:
        return "item_unknown"
    return too_soon(scene, known_step(scene, fact.form)) if fact.shown else "page_not_shown"


def explanation(scene: Scene, fact: Explained, actor: Actor) -> str | None:
    """Refuse an explanation but after a wrong answer: once for each, then once by staff in person (Q13)."""
    by_staff = not scene.visit.with_patient and scene.visit.on_paper is None
    side = clinical(actor) if by_staff else patient_side(scene, actor, fact.form)
    if (wrong := side or foreign(scene, fact.form)) is not None:
        return wrong
    item = scene.book.item(fact.form, fact.item)
    key = (fact.form, fact.item)
    if not isinstance(item, Choice) or not item.right or key not in scene.visit.told:
        return "nothing_to_explain"
    wrong_now = not gate.understood(item, scene.visit, fact.form)
    if by_staff:
        often = scene.visit.explained.get(key, 0) >= gate.EXPLANATIONS
        due = often and key not in scene.visit.in_person
    else:
        due = not _explained_since(scene.visit, key)
    return None if wrong_now and due else "nothing_to_explain"


def _explained_since(visit: Visit, key: Key) -> bool:
    """Tell whether a point was explained after the last answer to it."""
    since = visit.facts[visit.told[key][-1].place :]
    return any(isinstance(by.fact, Explained) and (by.fact.form, by.fact.item) == key for by in since)


def question(scene: Scene, fact: QuestionRaised, actor: Actor) -> str | None:
    """Refuse a question from the wrong side of the glass, or about a page that is not of this visit.

    Who is alone with the private questions may ask there, also where somebody else decides for them.
    """
    item = scene.book.item(fact.form, fact.item)
    alone = item is not None and is_private(item)
    return patient_side(scene, actor, "" if alone else fact.form) or foreign(scene, fact.form)


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

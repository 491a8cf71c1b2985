"""What happens around the steps: planning anew, newer forms, texts given, waits, paper, an error."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import assert_never

from msgspec import structs

from chairside.domain import gate, languages, paper
from chairside.domain.actor import Actor, clinical, staff_pin
from chairside.domain.ages import too_young
from chairside.domain.facts import (
    FormsRenewed,
    LanguageChosen,
    OpenedInError,
    PaperAttested,
    PaperChosen,
    Replanned,
    SignedOnPaper,
    TextGiven,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.steps import Scene
from chairside.domain.told import Around
from chairside.domain.when import When


def _over(at: datetime, when: When) -> bool:
    """Tell whether an instant lies on a day before today."""
    yesterday = when.end_of_day(when.today - timedelta(days=1))  # 23:59:00
    return at < yesterday + timedelta(minutes=1)


def _day_of(at: datetime, when: When) -> date:
    """Return the clinic's day of an instant, by where its days end."""
    day = at.date() - timedelta(days=1)
    while at >= when.end_of_day(day) + timedelta(minutes=1):
        day += timedelta(days=1)
    return day


def replanning(scene: Scene, fact: Replanned, actor: Actor) -> str | None:
    """Refuse an injection planned on a day that is over, for no reason, or for the same time."""
    if (wrong := clinical(actor)) is not None:
        return wrong
    if not fact.reason.strip():
        return "reason_needed"
    if _over(fact.injection, scene.when):
        return "injection_in_the_past"
    on_the_day = replace(scene.when, injection_day=_day_of(fact.injection, scene.when))
    if (young := too_young(structs.replace(scene, when=on_the_day))) is not None:
        return young
    return "nothing_changed" if fact.injection == scene.visit.injection else None


def renewal(scene: Scene, fact: FormsRenewed, actor: Actor) -> str | None:
    """Refuse newer forms that are the same ones, or that leave out a form of the visit."""
    if (wrong := clinical(actor)) is not None:
        return wrong
    opened = scene.visit.opened
    assert opened is not None  # `acts` lets nothing come before the opening
    if not set(opened.forms) <= set(fact.forms) or not all(fact.forms.values()):
        return "item_unknown"
    return "nothing_changed" if fact.forms == opened.forms else None


def text(scene: Scene, fact: TextGiven, actor: Actor) -> str | None:
    """Refuse a consent text that is not of this visit, in the version the visit uses."""
    if (wrong := clinical(actor)) is not None:
        return wrong
    if fact.what != "consent":
        return None
    form = scene.book.forms.get(fact.form)
    return None if form is not None and form.version == fact.version else "form_of_another_version"


def waiting(scene: Scene, fact: WaitBegan, actor: Actor) -> str | None:
    """Refuse a wait that has begun already, or one for something unnamed."""
    if (wrong := clinical(actor)) is not None:
        return wrong
    if fact.awaited in scene.visit.waits:
        return "already_waiting"
    return "reason_needed" if fact.awaited == "other" and not fact.note.strip() else None


def arrival(scene: Scene, fact: WaitEnded, actor: Actor) -> str | None:
    """Refuse the end of a wait that nobody began."""
    return clinical(actor) or (None if fact.awaited in scene.visit.waits else "not_waiting")


def to_paper(scene: Scene, fact: PaperChosen, actor: Actor) -> str | None:
    """Refuse the turn to paper without a PIN, or a second time; it takes the tablet back by itself."""
    return staff_pin(actor) or ("already_on_paper" if scene.visit.on_paper is not None else None)


def error(scene: Scene, fact: OpenedInError, actor: Actor) -> str | None:
    """Refuse to call a visit an error without PIN and reason, or once the patient signed in it (P4).

    Where something stops the treatment, or a physician ruled, it is the physician's to say: the next visit
    shows nothing of one that was an error, and no other role takes an absolute answer from sight (P3).
    """
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if scene.visit.patient_signed:
        return "patient_signed"
    found = gate.findings(scene.book, scene.visit, scene.when)
    if (gate.stops(found) or scene.visit.decided is not None) and actor.role != "physician":
        return "error_needs_physician"
    return None if fact.reason.strip() else "reason_needed"


# One line per kind: a table in the shape of a match, so that the type checker finds a missing one.
def forbids(scene: Scene, fact: Around, actor: Actor) -> str | None:  # noqa: C901, PLR0911, PLR0912
    """Return the code of the rule that refuses a fact around the steps, or None."""
    # One line per kind: a table in the shape of a match.
    match fact:
        case Replanned():
            return replanning(scene, fact, actor)
        case LanguageChosen():
            return languages.choosing(scene, fact, actor)
        case FormsRenewed():
            return renewal(scene, fact, actor)
        case TextGiven():
            return text(scene, fact, actor)
        case WaitBegan():
            return waiting(scene, fact, actor)
        case WaitEnded():
            return arrival(scene, fact, actor)
        case PaperChosen():
            return to_paper(scene, fact, actor)
        case SignedOnPaper():
            return paper.signature(scene, fact, actor)
        case PaperAttested():
            return paper.attesting(scene, fact, actor)
        case OpenedInError():
            return error(scene, fact, actor)
        case _:
            assert_never(fact)

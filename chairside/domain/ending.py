"""How a visit ends: by the patient's word, by nobody coming, or by the physician's signature (P4)."""

from __future__ import annotations

from datetime import timedelta

from chairside.domain.actor import CLINICAL, Actor, staff_pin
from chairside.domain.facts import (
    Answered,
    Concluded,
    Ending,
    HandedOver,
    PageRead,
    Role,
    SignedOnPaper,
    Stamped,
    Stopped,
)
from chairside.domain.gate import local_day
from chairside.domain.steps import Scene
from chairside.domain.visit import Visit

OPEN, DECISION = "open", "decision"  # forms that staff fill in beside the patient, who need not be there
_ENDING = {"proceed": "countersigned", "defer": "deferred", "do_not_treat": "do_not_treat"}


def certifiers(ending: Ending) -> frozenset[Role]:
    """Return who certifies a record of this ending: the physician, or the staff member who attests (P4)."""
    return CLINICAL if ending in ("refused", "withdrawn", "no_show") else frozenset({"physician"})


def _patients_own(stamped: Stamped) -> bool:
    """Tell whether a fact shows the patient present: asked, reading, signing, given or shown something."""
    fact = stamped.fact
    if isinstance(fact, Answered):
        return fact.form not in (OPEN, DECISION)
    return isinstance(fact, HandedOver | PageRead | SignedOnPaper)


def was_here(scene: Scene) -> bool:
    """Tell whether the patient did or said anything in this visit on the day of the injection, or later.

    What was read or signed ahead of the day does not make somebody present on it; who was here on the
    planned day was here, however late somebody asks.
    """
    planned = scene.visit.injection or scene.when.injection

    def on_the_day(each: Stamped) -> bool:
        day = (planned + timedelta(minutes=each.stamp.offset_minutes)).date()
        return local_day(each) >= min(day, scene.when.injection_day)

    return any(_patients_own(each) and on_the_day(each) for each in scene.visit.facts)


def _no_show(scene: Scene) -> str | None:
    if scene.when.today < scene.when.injection_day:
        return "before_the_injection_day"
    return "patient_was_here" if was_here(scene) else None


def stopping(scene: Scene, fact: Stopped, actor: Actor) -> str | None:
    """Refuse a stop without PIN and reason; refused is before the patient's signature, withdrawn after it.

    The reason is what the certifier's signature says over the sealed record: it may not be empty.
    """
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if not fact.reason.strip():
        return "reason_needed"
    if fact.ending == "no_show":
        return _no_show(scene)
    fits = (fact.ending == "withdrawn") is scene.visit.consented
    return None if fits else "ending_does_not_fit"


def _due(visit: Visit) -> str:
    """Return the ending that what happened asks for, or nothing where there is none yet."""
    if visit.stopped is not None:
        return visit.stopped.fact.ending if isinstance(visit.stopped.fact, Stopped) else ""
    if visit.countersigned is None or visit.decision is None:
        return ""
    return _ENDING[visit.decision.ruling]


def conclusion(scene: Scene, fact: Concluded, actor: Actor) -> str | None:
    """Refuse an ending that nothing led to, or that somebody else certifies."""
    due = _due(scene.visit)
    if not due:
        return "not_countersigned"
    if due != fact.ending:
        return "ending_does_not_fit"
    return None if actor.role in certifiers(fact.ending) else "not_this_role"


def sealing(visit: Visit) -> str | None:
    """Refuse a seal over a visit that has not ended, or a second one."""
    if visit.concluded is None:
        return "not_concluded"
    return "already_sealed" if visit.sealed is not None else None

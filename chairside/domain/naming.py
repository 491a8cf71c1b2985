"""Who may be named beside the patient, by whom, and what must be said of them (Q14, Q15, R32, R38, R39).

Every such fact needs a PIN: it decides whose signature counts. That an interpreter is qualified, or that
a parent is one, the tablet cannot know: a person checks it, says how, and signs for it.
"""

from __future__ import annotations

from typing import assert_never

from chairside.domain import people
from chairside.domain.actor import Actor, physician_pin, staff_pin
from chairside.domain.facts import PeopleFact, Signer
from chairside.domain.facts.people import (
    AssentNotAsked,
    InterpreterAttested,
    InterpreterNamed,
    MinorMaySign,
    PersonLeft,
    RepresentativeNamed,
    WayChosen,
    WitnessNamed,
)
from chairside.domain.signing import pad_item
from chairside.domain.steps import Scene
from chairside.domain.visit import CONSENTING

_PARTS: tuple[Signer, ...] = ("patient", "representative", "interpreter", "witness")


def _part(scene: Scene, who: Signer, name: str) -> str | None:
    """Refuse a name that is empty, or that of somebody who has another part in this visit."""
    told = name.strip().casefold()
    if not told:
        return "person_name_needed"
    others = {people.named(scene.visit, part).strip().casefold() for part in _PARTS if part != who}
    return "person_has_another_part" if told in others else None


def representative(scene: Scene, fact: RepresentativeNamed, actor: Actor) -> str | None:
    """Refuse a representative without name and right; that an adult needs one is the physician's word."""
    visit = scene.visit
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if (wrong := _part(scene, "representative", fact.name)) is not None:
        return wrong
    if not fact.authority.strip():
        return "authority_needed"
    if people.minor(visit, scene.when):
        return "incapacity_is_for_adults" if fact.incapacity.strip() else None
    return physician_pin(actor) or (None if fact.incapacity.strip() else "incapacity_needed")


def interpreter(scene: Scene, fact: InterpreterNamed, actor: Actor) -> str | None:
    """Refuse an interpreter without name, language or, where they are not in the room, an identifier.

    That one who is not qualified interprets needs its reason said (`exception`), never a rule's leave.
    """
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if (wrong := _part(scene, "interpreter", fact.name)) is not None:
        return wrong
    if not fact.spoken.strip():
        return "interpreter_language_needed"
    return "interpreter_id_needed" if fact.mode != "in_person" and not fact.identifier.strip() else None


def witness(scene: Scene, fact: WitnessNamed, actor: Actor) -> str | None:
    """Refuse a witness who signs or speaks for somebody here: a witness watches."""
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    return _part(scene, "witness", fact.name)


def leaving(scene: Scene, fact: PersonLeft, actor: Actor) -> str | None:
    """Refuse to take out who is not there, or the witness of somebody who signs by a mark."""
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if not people.named(scene.visit, fact.who):
        return "person_not_named"
    if fact.who == "witness" and "by_mark" in scene.visit.people.ways.values():
        return "witness_needed"
    return None if fact.reason.strip() else "reason_needed"


def attesting(scene: Scene, fact: InterpreterAttested, actor: Actor) -> str | None:
    """Refuse the word of an interpreter who signs here, or before the signature it is about."""
    visit, known = scene.visit, pad_item(scene, fact.pad)
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if known is None or known[1].signer != "interpreter":
        return "item_unknown"
    if not people.remote(visit) or people.named(visit, "interpreter") != fact.name:
        return "interpreter_not_away"
    if people.signed_by(visit, known[0].form) is None:
        return "patient_signs_first"
    if fact.pad in visit.signed:
        return "already_signed"
    return None if fact.meaning.strip() else "meaning_missing"


def physicians_word(scene: Scene, fact: AssentNotAsked | MinorMaySign, actor: Actor) -> str | None:
    """Refuse what is said of a child by anybody but the physician, without a reason, or of an adult.

    A child who said no was asked: no word that nobody asked takes that back (R32).
    """
    if (wrong := physician_pin(actor)) is not None:
        return wrong
    if not people.minor(scene.visit, scene.when):
        return "not_a_minor"
    if isinstance(fact, AssentNotAsked) and people.dissents(scene.visit):
        return "assent_refused"
    return None if fact.reason.strip() else "reason_needed"


def way(scene: Scene, fact: WayChosen, actor: Actor) -> str | None:
    """Refuse a way of signing for nobody, without a reason, or a mark that nobody watches (R39)."""
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if fact.signer not in CONSENTING or not people.named(scene.visit, fact.signer):
        return "person_not_named"
    if fact.way == people.way(scene.visit, fact.signer):
        return "nothing_changed"
    if fact.way != "drawn" and not fact.reason.strip():
        return "reason_needed"
    alone = fact.way == "by_mark" and scene.visit.people.witness is None
    return "witness_needed" if alone else None


def forbids(scene: Scene, fact: PeopleFact, actor: Actor) -> str | None:
    """Return the code of the rule that refuses a fact about the people in the room, or None."""
    match fact:
        case RepresentativeNamed():
            return representative(scene, fact, actor)
        case InterpreterNamed():
            return interpreter(scene, fact, actor)
        case WitnessNamed():
            return witness(scene, fact, actor)
        case PersonLeft():
            return leaving(scene, fact, actor)
        case InterpreterAttested():
            return attesting(scene, fact, actor)
        case AssentNotAsked() | MinorMaySign():
            return physicians_word(scene, fact, actor)
        case WayChosen():
            return way(scene, fact, actor)
        case _:
            assert_never(fact)

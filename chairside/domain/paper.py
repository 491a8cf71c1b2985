"""Signatures on paper (P8): photographed by one person, attested by a second, through the same gates."""

from __future__ import annotations

from chairside.domain.actor import Actor, staff_pin
from chairside.domain.facts import PaperAttested, SignedOnPaper
from chairside.domain.signing import patients_signature
from chairside.domain.steps import Scene


def signature(scene: Scene, fact: SignedOnPaper, actor: Actor) -> str | None:
    """Refuse a paper signature without PIN or picture, or where a signature on glass would be refused."""
    if scene.visit.on_paper is None:
        return "not_on_paper"
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if not fact.pictures or not all(fact.pictures):
        return "paper_picture_needed"
    return patients_signature(scene, fact)


def attesting(scene: Scene, fact: PaperAttested, actor: Actor) -> str | None:
    """Refuse the word of whoever stored the pictures, or of one who looks at what no longer holds."""
    stored = scene.visit.papers.get(fact.pad)
    if stored is None or not isinstance(stored.fact, SignedOnPaper):
        return "not_signed_on_paper"
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if stored.stamp.person == actor.person:
        return "second_person_needed"
    return patients_signature(scene, stored.fact)

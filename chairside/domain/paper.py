"""Signatures on paper (P8): photographed by one person, attested by a second, through the same gates."""

from __future__ import annotations

from msgspec import structs

from chairside.domain import ahead, folding
from chairside.domain.actor import Actor, staff_pin
from chairside.domain.facts import PaperAttested, SignedOnPaper, Stamped
from chairside.domain.signing import patients_signature
from chairside.domain.steps import Scene
from chairside.domain.visit import Visit


def signed_any(visit: Visit) -> bool:
    """Tell whether this visit went to paper and anything was signed there: it then stays on paper."""
    return any(isinstance(by.fact, SignedOnPaper) for by in visit.facts)


def may_return(visit: Visit) -> bool:
    """Tell whether this visit is on paper and may still go back to the glass."""
    return visit.on_paper is not None and not signed_any(visit)


def signature(scene: Scene, fact: SignedOnPaper, actor: Actor) -> str | None:
    """Refuse a paper signature without PIN or picture, or where a signature on glass would be refused."""
    if scene.visit.on_paper is None:
        return "not_on_paper"
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if not fact.pictures or not all(fact.pictures):
        return "paper_picture_needed"
    return patients_signature(scene, fact) or _outlived(scene, fact)


def _outlived(scene: Scene, fact: SignedOnPaper) -> str | None:
    """Refuse a paper that is too old to count, or that was signed before something made it void.

    It is judged as if it had been told when it was signed: what would have taken it away then, takes it.
    """
    visit, when = scene.visit, scene.when
    at = scene.happened
    stamp = structs.replace(visit.facts[-1].stamp, utc=when.now, happened=at)
    told = Stamped(stamp, fact, "")
    if not ahead.counts(scene.book, visit, when, fact.pad, told):
        return "paper_too_old"
    if at is None:
        return None
    before = tuple(each for each in visit.facts if each.stamp.utc <= at)
    again = folding.fold(visit.id, (*before, told, *visit.facts[len(before) :]))
    stands = folding.with_vials(again, visit.vials).papers
    return None if fact.pad in stands else "paper_signed_before_change"


def attesting(scene: Scene, fact: PaperAttested, actor: Actor) -> str | None:
    """Refuse the word of whoever stored the pictures, or of one who looks at what no longer holds."""
    stored = scene.visit.papers.get(fact.pad)
    if stored is None or not isinstance(stored.fact, SignedOnPaper):
        return "not_signed_on_paper"
    if (wrong := staff_pin(actor)) is not None:
        return wrong
    if stored.stamp.person == actor.person:
        return "second_person_needed"
    if not ahead.counts(scene.book, scene.visit, scene.when, fact.pad, stored):
        return "paper_too_old"
    return patients_signature(scene, stored.fact)

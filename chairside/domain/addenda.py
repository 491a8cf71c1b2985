"""What is added to a sealed record: numbered, separately signed; the first record never changes (P9)."""

from __future__ import annotations

from chairside.domain import procedure, steps
from chairside.domain.actor import Actor, own_name, staff_pin
from chairside.domain.facts import AddendumSigned
from chairside.domain.steps import Scene
from chairside.domain.visit import Visit


def next_number(scene: Scene) -> int:
    """Return the number the next addendum of this visit will have, from 1."""
    return len(scene.visit.addenda) + 1


def before_the_seal(visit: Visit) -> bool:
    """Tell whether a release waits for its seal: the patient may take the consent back before that (P4).

    The record is fixed by then and holds no word of it; the addendum is concluded once its file is there.
    """
    return procedure.released(visit) and visit.concluded is not None and visit.sealed is None


def _procedure(scene: Scene, fact: AddendumSigned) -> str | None:
    """Refuse the procedure's addendum twice, before its end, or without the ink on its pad."""
    visit = scene.visit
    if procedure.signed(visit):
        return "already_signed"
    if not procedure.ended(visit):
        return "procedure_not_over"
    if not fact.strokes:
        return "ink_missing"
    pad = visit.pads.get(steps.pad_for(scene.book, steps.PROCEDURE, "nurse"))
    return None if pad is not None and pad.strokes == fact.strokes else "ink_differs"


def _other(scene: Scene, fact: AddendumSigned) -> str | None:
    if not fact.text.strip():
        return "text_missing"
    if fact.strokes:  # these kinds have no pad: they are signed by PIN alone
        return "ink_differs"
    again = fact.about == "withdrawal" and procedure.withdrawn(scene.visit)
    return "already_withdrawn" if again else None


def signing(scene: Scene, fact: AddendumSigned, actor: Actor) -> str | None:
    """Refuse an addendum to what is not sealed, out of number, unsigned, or by somebody else."""
    if scene.visit.sealed is None and not (fact.about == "withdrawal" and before_the_seal(scene.visit)):
        return "not_sealed"
    if (wrong := staff_pin(actor) or own_name(fact.name, actor)) is not None:
        return wrong
    if fact.number != next_number(scene):
        return "number_not_next"
    if not fact.meaning.strip():
        return "meaning_missing"
    return _procedure(scene, fact) if fact.about == "procedure" else _other(scene, fact)

"""What may be told after the record: the marks of the procedure, its limits, and the addenda."""

from __future__ import annotations

from typing import assert_never

from chairside.domain import addenda, answering, procedure
from chairside.domain.actor import Actor
from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Answered,
    LimitPassed,
    MarkTakenBack,
    ProcedureMarked,
    ReleaseRenewed,
)
from chairside.domain.steps import Scene
from chairside.domain.told import Afterwards


def noting(scene: Scene, fact: Answered, actor: Actor) -> str | None:
    """Refuse what is written down beside the marks (C28) before the record, or after it was signed."""
    wrong = answering.wrong_side(scene, "any", actor) or answering.foreign(scene, fact.form)
    if (wrong := wrong or procedure.closed(scene.visit)) is not None:
        return wrong
    item = scene.book.item(fact.form, fact.item)
    return answering.wrong_reply(scene, item, fact.reply) if item is not None else "item_unknown"


def forbids(scene: Scene, fact: Afterwards, actor: Actor) -> str | None:
    """Return the code of the rule that refuses a fact after the record, or None."""
    match fact:
        case ProcedureMarked():
            return procedure.marking(scene, fact, actor)
        case MarkTakenBack():
            return procedure.taking_back(scene, fact, actor)
        case ReleaseRenewed():
            return procedure.renewing(scene, fact, actor)
        case LimitPassed():
            return procedure.passing(scene, fact, actor)
        case AddendumSigned():
            return addenda.signing(scene, fact, actor)
        case AddendumConcluded() | AddendumSealed():
            return "not_told_by_people"  # session alone writes them, beside the files they name
        case _:
            assert_never(fact)

"""What may be told after the record: the marks of the procedure, its limits, and the addenda."""

from __future__ import annotations

from typing import assert_never

from chairside.domain import addenda, procedure
from chairside.domain.actor import Actor
from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    LimitPassed,
    MarkTakenBack,
    ProcedureMarked,
    ReleaseRenewed,
)
from chairside.domain.steps import Scene
from chairside.domain.told import Afterwards


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

"""The fold of what is said about the people beside the patient, and what it makes void."""

from __future__ import annotations

from typing import assert_never

from msgspec import structs

from chairside.domain.facts import PeopleFact, Signer, Stamped
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
from chairside.domain.people import signed_by
from chairside.domain.unsigning import read_anew, unsigned
from chairside.domain.visit import Visit


def _unfinished(visit: Visit, who: Signer) -> Visit:
    """Take signatures away that waited for the line of somebody who is no longer the one named."""
    person = visit.people.interpreter if who == "interpreter" else visit.people.witness
    for form in sorted({pad.partition(".")[0] for pad in (*visit.signed, *visit.papers)}):
        by = signed_by(visit, form)
        if person is None or by is None or f"{form}.{who}_signature" in {*visit.signed, *visit.papers}:
            continue
        if visit.facts.index(person) < visit.facts.index(by):
            visit = unsigned(visit, form)
    return visit


def decides_alone(visit: Visit) -> Visit:
    """Let nobody sign for the patient from here on: what was read and signed is read and signed anew."""
    kept = read_anew(visit)
    ways = {who: way for who, way in kept.people.ways.items() if who != "representative"}
    return structs.replace(kept, people=structs.replace(kept.people, representative=None, ways=ways))


def _left(visit: Visit, fact: PersonLeft) -> Visit:
    match fact.who:
        case "representative":
            return decides_alone(visit)
        case "interpreter":
            kept = _unfinished(visit, "interpreter")
            return structs.replace(kept, people=structs.replace(kept.people, interpreter=None))
        case "witness":
            kept = _unfinished(visit, "witness")
            return structs.replace(kept, people=structs.replace(kept.people, witness=None))
        case _:
            assert_never(fact.who)


def _in_a_way(visit: Visit, fact: WayChosen) -> Visit:
    """Take how a person signs; ink drawn in another way and not signed goes."""
    ways = {**visit.people.ways, fact.signer: fact.way}
    pads = {pad: ink for pad, ink in visit.pads.items() if pad in visit.signed}
    return structs.replace(visit, people=structs.replace(visit.people, ways=ways), pads=pads)


# One line per kind: a table in the shape of a match, so that the type checker finds a missing one.
def told(visit: Visit, fact: PeopleFact, by: Stamped) -> Visit:  # noqa: C901, PLR0912  a case a fact
    """Return the visit after a fact about the people in the room."""
    match fact:
        case RepresentativeNamed():
            kept = visit if visit.people.representative is not None else read_anew(visit)
            return structs.replace(kept, people=structs.replace(kept.people, representative=by))
        case InterpreterNamed():
            kept = _unfinished(visit, "interpreter")
            return structs.replace(kept, people=structs.replace(kept.people, interpreter=by))
        case WitnessNamed():
            kept = _unfinished(visit, "witness")
            return structs.replace(kept, people=structs.replace(kept.people, witness=by))
        case PersonLeft():
            return _left(visit, fact)
        case InterpreterAttested(pad):
            return structs.replace(visit, signed={**visit.signed, pad: by})
        case AssentNotAsked():
            return structs.replace(visit, people=structs.replace(visit.people, not_asked=by))
        case MinorMaySign():
            return structs.replace(visit, people=structs.replace(visit.people, may_sign=by))
        case WayChosen():
            return _in_a_way(visit, fact)
        case _:
            assert_never(fact)

"""What the session knows of ink: whether it is a signature (T15), and whether it was here before (T14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from chairside.domain.facts import AddendumSigned, Countersigned, Signed, StrokeDrawn
from chairside.domain.ink import Stroke
from chairside.domain.replay import SAME, apart, shape
from chairside.domain.strokes import LEAST_POINTS, is_a_signature, too_little
from chairside.ledger import Ledger
from chairside.session.truth import stored

Inked: TypeAlias = StrokeDrawn | Signed | Countersigned | AddendumSigned


def false_ink(ledger: Ledger, fact: Inked, stroke: Callable[[str], Stroke]) -> str | None:
    """Refuse a stroke that is stored already, too little ink, and the shape of an earlier signature."""
    if isinstance(fact, StrokeDrawn):
        long = len(stroke(fact.stroke).points) >= LEAST_POINTS  # a dot may come twice by chance
        return "ink_replayed" if long and stored(ledger, fact.stroke) else None
    if isinstance(fact, AddendumSigned) and not fact.strokes:
        return None
    way = fact.way if isinstance(fact, Signed) else "drawn"
    if way == "typed":  # the name is the signature
        return None
    drawn = tuple(stroke(each) for each in fact.strokes)
    if way == "by_mark":  # one cross is like another: the witness is what proves it (R39)
        return "ink_too_little" if too_little(way, drawn) else None
    told = shape(drawn)
    if told is None or not is_a_signature(drawn):
        return "ink_too_little"
    return "ink_replayed" if any(apart(told, each) < SAME for each in ledger.inks_near(told)) else None

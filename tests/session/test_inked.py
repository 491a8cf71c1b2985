"""Ink at the door of the store: too little is refused, and ink that was here before is noticed."""

from __future__ import annotations

from random import Random

import pytest

from chairside.domain.facts import ClearUndone, InkCleared, PageRead, Signed, StrokeDrawn
from chairside.domain.form import Statement
from chairside.domain.ink import InkPoint, Stroke
from chairside.errors import NotAllowed
from chairside.session.shown import shown_digest
from chairside.session.view import Drawn
from tests.real_ink.made import again, signature, slip
from tests.session.clinics import Visitors

SIGN = "sign.patient_signature"
NAME = "Demo Patient Avery"
HAND = signature(9)


def at_the_line(visitors: Visitors) -> None:
    """The patient has read everything and may sign."""
    visitors.until_decision()
    visitors.decide()
    visitors.hand_over("sign")
    for item in visitors.here().book.forms["sign"].items:
        if isinstance(item, Statement) and item.owner in ("patient", "any"):
            visitors.tell(PageRead("sign", item.id, shown_digest(visitors.words("sign", item.id))))


def draw(visitors: Visitors, strokes: tuple[Stroke, ...], pad: str = SIGN) -> None:
    for stroke in strokes:
        visitors.tell(Drawn(pad, stroke))


def sign(visitors: Visitors, pad: str = SIGN) -> None:
    strokes = visitors.here().visit.pads[pad].strokes
    visitors.tell(Signed(pad, "patient", NAME, "as shown", strokes))


def shifted(strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
    """The same ink a little to the right, larger and slower."""
    return tuple(
        Stroke(
            each.device,
            tuple(
                InkPoint(p.x_um * 5 // 4 + 2_500, p.y_um * 5 // 4, p.t_ms * 2, p.pressure, p.tilt_x, p.tilt_y)
                for p in each.points
            ),
        )
        for each in strokes
    )


def signed_before(visitors: Visitors) -> None:
    """Sign once, then come to the line over the vial, where the same person signs again."""
    at_the_line(visitors)
    draw(visitors, HAND)
    sign(visitors)
    visitors.hand_back()
    visitors.premedicate()
    visitors.scan()
    visitors.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
    visitors.hand_over("vial")
    for item in visitors.here().book.forms["vial"].items:
        if isinstance(item, Statement) and item.owner in ("patient", "any"):
            visitors.tell(PageRead("vial", item.id, shown_digest(visitors.words("vial", item.id))))


VIAL = "vial.patient_saw"


def test_the_same_strokes_are_noticed_and_another_time_is_no_replay(visitors: Visitors) -> None:
    """Sample by sample, moved and stretched; the same hand writing anew passes. Proves: T14."""
    signed_before(visitors)
    before = visitors.here().visit.facts
    with pytest.raises(NotAllowed, match="ink_replayed"):
        draw(visitors, HAND, VIAL)
    assert visitors.here().visit.facts == before
    draw(visitors, shifted(HAND), VIAL)
    with pytest.raises(NotAllowed, match="ink_replayed"):
        sign(visitors, VIAL)
    visitors.tell(InkCleared(VIAL))
    draw(visitors, again(HAND, Random("next")), VIAL)
    sign(visitors, VIAL)


def test_a_stroke_that_names_stored_ink_without_being_drawn_is_noticed(visitors: Visitors) -> None:
    """Pasted as a fact, past the glass. Proves: T14."""
    signed_before(visitors)
    (digest, *_) = visitors.here().visit.pads[SIGN].strokes
    with pytest.raises(NotAllowed, match="ink_replayed"):
        visitors.tell(StrokeDrawn(VIAL, digest))


def test_ink_that_was_cleared_and_taken_back_is_no_replay(visitors: Visitors) -> None:
    at_the_line(visitors)
    draw(visitors, HAND)
    visitors.tell(InkCleared(SIGN))
    visitors.tell(ClearUndone(SIGN))
    sign(visitors)


def test_a_dot_may_come_twice(visitors: Visitors) -> None:
    """Two taps on one place are the same few numbers."""
    at_the_line(visitors)
    draw(visitors, HAND)
    dot = Stroke("touch", (InkPoint(9_000, 9_000, 0, 500),))
    draw(visitors, (dot, dot))
    sign(visitors)


def test_a_slip_is_no_signature_below_the_glass_either(visitors: Visitors) -> None:
    """Dots, a resting hand, a line, a palm, two fingers. Proves: T15."""
    at_the_line(visitors)
    for kind in ("dots", "jitter", "line", "palm", "two fingers"):
        draw(visitors, slip(kind, 4))
        with pytest.raises(NotAllowed, match="ink_too_little"):
            sign(visitors)
        visitors.tell(InkCleared(SIGN))


def test_a_line_under_the_procedure_is_no_signature(visitors: Visitors) -> None:
    """The addendum's ink is judged as all other ink. Proves: T15."""
    visitors.whole()
    visitors.seal()
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    pad = "procedure.nurse_signature"
    draw(visitors, slip("line", 1), pad)
    with pytest.raises(NotAllowed, match="ink_too_little"):
        visitors.add("procedure", "", visitors.here().visit.pads[pad].strokes)

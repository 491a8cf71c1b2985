"""Ink on the real signing pages: whatever ends or disturbs a stroke, what was drawn so far is stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from chairside.domain.facts import StrokeDrawn
from chairside.ui.widgets.ink_pad import InkPad
from tests.session.clinics import PINS
from tests.session.test_paper import full_disk
from tests.ui.hands import Pen, wave
from tests.ui.window.glass import Shown
from tests.ui.window.test_idle import _leave_alone

PHYSICIANS = "countersign.physician_signature"
PATIENTS = "sign.patient_signature"


def physicians_pad(glass: Shown) -> InkPad:
    """Go to the physician's line of a visit that ends without a treatment."""
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.choose("health_check", transplant="yes")
    glass.visitors.decide("do_not_treat")
    glass.enter()
    if glass.hands.sees("pin.1"):
        glass.hands.pin(PINS["physician-1"])
    return pad_of(glass, "physician_signature.pad")


def patients_pad(glass: Shown) -> InkPad:
    """Go to the patient's line, in patient mode."""
    glass.sign_in()
    glass.visitors.until_decision()
    glass.visitors.decide()
    glass.visitors.hand_over("sign")
    glass.enter()
    while glass.hands.sees("more"):
        glass.hands.tap("more")
    glass.hands.tap("continue")
    return pad_of(glass, "patient_signature.pad")


def pad_of(glass: Shown, name: str) -> InkPad:
    found = glass.hands.find(name)
    assert isinstance(found, InkPad)
    return found


def stored(glass: Shown, pad: str) -> list[int]:
    """How many points each stroke of a pad has in the ledger, read from the disk."""
    room = glass.visitors.here()
    facts = [by.fact for by in glass.visitors.clinic.ledger.stream(room.stream)]
    drawn = [fact for fact in facts if isinstance(fact, StrokeDrawn) and fact.pad == pad]
    return [len(room.stroke(fact.stroke).points) for fact in drawn]


def half_a_stroke(pad: InkPad, points: int = 60) -> Pen:
    """Put the pen down and draw, without lifting it."""
    pen, path = Pen(), wave(points, top=90)
    pen.press(pad, path[0])
    for place in path[1:]:
        pen.move(pad, place)
    return pen


def lock(glass: Shown) -> None:
    glass.hands.tap("header.lock")


def board(glass: Shown) -> None:
    glass.window.home()


def other_step(glass: Shown) -> None:
    glass.window.choose("health_check")


def look_away(glass: Shown) -> None:
    glass.window._look_away(True)


def close(glass: Shown) -> None:
    assert glass.window.close()


LEAVING: dict[str, Callable[[Shown], None]] = {
    "lock": lock,
    "board": board,
    "another step": other_step,
    "closed": close,
}


@pytest.mark.parametrize("way", LEAVING)
def test_a_stroke_under_way_is_stored_before_staff_leave(glass: Shown, way: str) -> None:
    """Closed, locked or left in mid-stroke: the stroke so far is in the ledger, once."""
    half_a_stroke(physicians_pad(glass))
    assert stored(glass, PHYSICIANS) == []
    LEAVING[way](glass)
    QApplication.processEvents()
    assert stored(glass, PHYSICIANS) == [60]
    assert not isValid(glass.window) or glass.banner() == ""


def test_the_idle_lock_in_mid_stroke_stores_the_stroke(glass: Shown, qtbot: QtBot) -> None:
    """A pen that rests on the glass until the minutes are over."""
    half_a_stroke(physicians_pad(glass))
    _leave_alone(glass, qtbot)
    assert stored(glass, PHYSICIANS) == [60]


def test_a_stroke_that_cannot_be_stored_keeps_the_window_open_and_says_so(glass: Shown) -> None:
    """Refused openly: nobody closes over lost ink unknowing; the second close goes through."""
    pad = physicians_pad(glass)
    half_a_stroke(pad)
    with full_disk():
        glass.window.close()
    assert glass.window.isVisible() and glass.banner()
    assert stored(glass, PHYSICIANS) == [] and pad.strokes == ()
    assert glass.window.close() and not glass.window.isVisible()


def test_a_lock_over_a_stroke_that_cannot_be_stored_says_so(glass: Shown) -> None:
    """The lock comes all the same, and what was not saved is said on it."""
    half_a_stroke(physicians_pad(glass))
    with full_disk():
        glass.window.lock()
    assert glass.page() == "door.sign_in" and glass.banner()


@pytest.mark.parametrize("name", ["stop", "back", "sign", "clear"])
def test_a_tap_beside_the_pen_finds_the_stroke_stored(glass: Shown, name: str) -> None:
    """The other hand taps while the pen is down: the stroke counts, as far as it was drawn."""
    pad = patients_pad(glass)
    Pen().draw(pad, wave(120))
    half_a_stroke(pad)
    glass.hands.tap(name)
    assert stored(glass, PATIENTS) == [120, 60]
    room = glass.window.room
    assert room is not None
    ink = room.visit.pads[PATIENTS]
    assert len(ink.cleared if name == "clear" else ink.strokes) == 2


def test_focus_lost_in_mid_stroke_stores_the_stroke(glass: Shown) -> None:
    """Another window comes over the patient's page. Proves: T1."""
    half_a_stroke(patients_pad(glass))
    look_away(glass)
    assert stored(glass, PATIENTS) == [60]


def test_a_patient_cannot_close_the_window_in_mid_stroke(glass: Shown) -> None:
    """And the pen goes on as if nobody had tried."""
    pad = patients_pad(glass)
    pen = half_a_stroke(pad)
    assert not glass.window.close()
    pen.move(pad, (400, 100))
    pen.lift(pad, (400, 100))
    assert stored(glass, PATIENTS) == [61]

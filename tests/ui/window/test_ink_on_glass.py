"""Ink on the real signing pages: whatever ends or disturbs a stroke, what was drawn so far is stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from chairside.domain.facts import Signed, StrokeDrawn
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.ink_line import UM_PER_PX
from chairside.ui.widgets.ink_pad import InkPad
from tests.session.clinics import PINS
from tests.session.test_paper import full_disk
from tests.ui.hands import Finger, Pen, wave
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


def scrolled_to(glass: Shown, pad: InkPad) -> None:
    """Turn the page until the pad is in sight, as a larger text or a turned tablet may ask for."""
    glass.hands.settle()
    page = glass.window.page
    assert isinstance(page, Screen)
    page.content.ensureWidgetVisible(pad)
    glass.hands.settle()


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


def turned(glass: Shown, _: InkPad) -> None:
    width, height = glass.window.width(), glass.window.height()
    glass.window.resize(height, width)


def larger(glass: Shown, _: InkPad) -> None:
    theme = glass.window.parts.theme
    theme.set_scale(2.0 if theme.scale == 1.0 else 1.0)


def scrolled(glass: Shown, _: InkPad) -> None:
    page = glass.window.page
    assert isinstance(page, Screen)
    bar = page.content.verticalScrollBar()
    bar.setValue(bar.maximum() if bar.value() == 0 else 0)


def ticked(glass: Shown, _: InkPad) -> None:
    glass.window.pages.tick()


def shown_again(glass: Shown, _: InkPad) -> None:
    glass.window.look_again()


def palm(_: Shown, pad: InkPad) -> None:
    finger = Finger()
    finger.press(pad, (300, 150))
    finger.move(pad, (304, 152))
    finger.lift(pad, (304, 152))


DISTURBED = (turned, larger, scrolled, ticked, shown_again, palm)


@pytest.mark.parametrize("whose", ["patient", "physician"])
def test_whatever_happens_to_the_page_in_mid_stroke_it_stays_one_stroke(glass: Shown, whose: str) -> None:
    """Turned, zoomed, scrolled, the clock, a palm: the same pad, every sample. Proves: field.md 5, 6, 7."""
    pad = patients_pad(glass) if whose == "patient" else physicians_pad(glass)
    pen, narrow = Pen(), 0.0
    path = wave(240, left=30, top=80)
    pen.press(pad, path[0])
    for number, (x, y) in enumerate(path[1:], 1):
        if number % 10 == 0:
            DISTURBED[number // 10 % len(DISTURBED)](glass, pad)
            QApplication.processEvents()
        narrow = max(narrow, x - pad.width())
        pen.move(pad, (x, y))
    pen.lift(pad, path[-1])
    glass.window.resize(1366, 1024)
    glass.window.parts.theme.set_scale(1.0)
    name = PATIENTS if whose == "patient" else PHYSICIANS
    assert isValid(pad) and stored(glass, name) == [240]
    room = glass.visitors.here()
    (stroke,) = pad.strokes
    went = [(round(x * UM_PER_PX), round(y * UM_PER_PX)) for x, y in path]
    assert narrow == 0 and [(point.x_um, point.y_um) for point in stroke.points] == went
    view = glass.window.room.view() if glass.window.room is not None else room.view()
    assert view.strokes[name] == pad.strokes
    fresh = InkPad(glass.window.parts.theme, "fresh", lambda _: None, "", pad._hint)
    fresh.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    glass.hands.settle()
    fresh.resize(pad.size())
    fresh.show()
    fresh.show_strokes((stroke,))
    assert fresh.picture() == pad.picture()
    fresh.close()


def test_the_pad_is_as_large_on_every_page_turned_or_zoomed(glass: Shown) -> None:
    """What was drawn on it fits: it never shrinks below a hand's signature. Proves: field.md 6."""
    pad = patients_pad(glass)
    for size in ((1366, 1024), (1024, 1366), (1280, 800), (800, 1280), (1920, 1280)):
        for scale in (1.0, 2.0):
            glass.window.parts.theme.set_scale(scale)
            glass.window.resize(*size)
            glass.hands.settle()
            assert pad.width() >= 560 and pad.height() >= 190, (size, scale, pad.size())
    glass.window.parts.theme.set_scale(1.0)


def test_signing_goes_on_after_the_tablet_was_turned(glass: Shown) -> None:
    """One stroke before, one after, one page. Proves: field.md 7."""
    pad = patients_pad(glass)
    Pen().draw(pad, wave(80))
    turned(glass, pad)
    scrolled_to(glass, pad)
    Pen().draw(pad, wave(90, left=60, top=100))
    glass.hands.tap("sign")
    room = glass.window.room
    assert room is not None and len(room.visit.pads[PATIENTS].strokes) == 2
    assert PATIENTS in room.visit.signed


def test_lift_and_sign_at_once_keeps_every_stroke(glass: Shown) -> None:
    """No time between the last sample and the tap. Proves: field.md 11."""
    pad = patients_pad(glass)
    for top in (50, 80, 110):
        Pen().draw(pad, wave(60, top=top))
    glass.hands.tap("sign")
    room = glass.window.room
    assert room is not None and stored(glass, PATIENTS) == [60, 60, 60]
    signed = room.visit.signed[PATIENTS].fact
    assert isinstance(signed, Signed) and len(signed.strokes) == 3


def test_a_line_and_a_dot_are_refused_with_what_to_do(glass: Shown) -> None:
    """On the real page, in words of their own. Proves: T15."""
    pad = patients_pad(glass)
    finger = Finger()
    Pen().draw(pad, [(60 + 6 * n, 90 + n % 2) for n in range(60)])
    glass.hands.tap("sign")
    assert "a line, not a name" in glass.words()
    page = glass.window.page
    assert isinstance(page, Screen)
    seen = page.content.viewport().rect()
    for name in ("signing.notice", "clear"):
        found = next(each for each in page.findChildren(QWidget, name) if each.isVisible())
        below = found.mapTo(page.content.viewport(), found.rect().bottomLeft())
        assert seen.contains(below), "what is wrong stands in sight, beside what mends it"
    glass.hands.tap("clear")
    finger.draw(pad, [(200, 90)] * 12)
    glass.hands.tap("sign")
    assert "only a dot" in glass.words()
    room = glass.window.room
    assert room is not None and PATIENTS not in room.visit.signed

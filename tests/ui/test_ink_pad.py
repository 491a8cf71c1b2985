"""Ink: nothing drawn is lost, moved or invented, whatever draws and whatever happens to the pad."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPointingDevice
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chairside.domain.ink import Stroke
from chairside.domain.strokes import is_a_signature
from chairside.ui.theme import Theme
from chairside.ui.widgets.ink_line import UM_PER_PX
from chairside.ui.widgets.ink_pad import PALM_REST_MS, InkPad
from tests.ui.hands import Finger, Pen, draw_by_mouse, made_up_mouse, wave


@dataclass
class Desk:
    """A pad and what it handed up, in order: what a ledger would hold."""

    theme: Theme
    stored: list[Stroke] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pad = InkPad(self.theme, "sign.pad", self.stored.append, "Your signature", "Sign here")
        self.pad.resize(620, 220)

    def put_on_glass(self, bot: QtBot) -> InkPad:
        bot.addWidget(self.pad)
        with bot.waitExposed(self.pad):
            self.pad.show()
        return self.pad


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Desk:
    made = Desk(theme)
    made.put_on_glass(qtbot)
    return made


def redrawn(desk: Desk, size: tuple[int, int]) -> QImage:
    """Draw what was stored on a fresh pad, as a resumed visit would."""
    fresh = InkPad(desk.theme, "sign.pad", lambda stroke: None, "Your signature", "Sign here")
    fresh.resize(*size)
    fresh.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    fresh.show()
    fresh.show_strokes(tuple(desk.stored))
    return fresh.picture()


def test_twenty_thousand_points_all_arrive_in_order(desk: Desk) -> None:
    """No sample is merged or dropped in one very long stroke. Proves: screens.md 4, qt.md 0.1."""
    path = wave(20_000)
    Pen().draw(desk.pad, path)
    (stroke,) = desk.stored
    assert len(stroke.points) == 20_000
    expected = [(round(x * UM_PER_PX), round(y * UM_PER_PX)) for x, y in path]
    assert [(point.x_um, point.y_um) for point in stroke.points] == expected
    assert [point.t_ms for point in stroke.points] == [4 * n for n in range(20_000)]


def test_live_ink_is_the_stored_ink_redrawn_bit_for_bit(desk: Desk) -> None:
    """strokes(screen) = strokes(ledger), after drawing and after every resize. Proves: field.md 5, 6."""
    pen = Pen()
    pen.draw(desk.pad, wave(180))
    pen.draw(desk.pad, wave(60, left=20, top=100))
    assert desk.pad.picture() == redrawn(desk, (620, 220))
    for width in (900, 300, 620):
        desk.pad.resize(width, desk.pad.height())
        assert desk.pad.picture() == redrawn(desk, (width, 220))
    assert desk.pad.strokes == tuple(desk.stored)


def test_ink_drawn_on_a_wide_pad_is_whole_on_a_narrow_one(desk: Desk) -> None:
    """Rotating shrinks the picture, never the samples; ink goes on under the pen. Proves: field.md 6, 7."""
    Pen().draw(desk.pad, wave(100))
    before = tuple(desk.stored)
    desk.pad.resize(300, desk.pad.height())
    assert tuple(desk.stored) == before
    blank = redrawn(Desk(desk.theme), (300, 220))
    right_edge = [
        desk.pad.picture().pixel(x, y) != blank.pixel(x, y) for x in range(270, 298) for y in range(220)
    ]
    assert any(right_edge)
    Pen().draw(desk.pad, wave(50, left=30, top=40)[:20])
    assert desk.pad.picture() == redrawn(desk, (300, 220))
    here = desk.stored[-1].points[0]
    assert here.x_um / UM_PER_PX > 31 and here.y_um / UM_PER_PX > 41


def test_a_scrolled_pad_keeps_its_ink_and_its_finger(theme: Theme, qtbot: QtBot) -> None:
    """Scrolling loses nothing, and a finger on the pad draws instead of scrolling. Proves: field.md 5."""
    area, inside = QScrollArea(), QWidget()
    desk, column = Desk(theme), QVBoxLayout(inside)
    column.addWidget(desk.pad)
    column.addSpacing(2000)
    area.setWidget(inside)
    area.resize(700, 300)
    qtbot.addWidget(area)
    with qtbot.waitExposed(area):
        area.show()
    Finger().draw(desk.pad, wave(40))
    assert area.verticalScrollBar().value() == 0
    picture = desk.pad.picture()
    for value in (600, 0):
        area.verticalScrollBar().setValue(value)
        QApplication.processEvents()
    assert len(desk.stored) == 1 and desk.pad.picture() == picture


def test_larger_text_leaves_the_ink_alone(desk: Desk, theme: Theme) -> None:
    """Zoom is for words; a signature stays the size it was written."""
    Pen().draw(desk.pad, wave(80))
    before = tuple(desk.stored)
    theme.set_scale(2.0)
    assert desk.pad.strokes == before
    theme.set_scale(1.0)
    assert desk.pad.picture() == redrawn(desk, (desk.pad.width(), desk.pad.height()))


def test_pressure_tilt_and_time_reach_the_points(desk: Desk) -> None:
    """A pen's samples are kept raw. Proves: field.md 10."""
    pen = Pen()
    pen.press(desk.pad, (50, 50), 0.1)
    pen.move(desk.pad, (60, 55), 0.75)
    pen.lift(desk.pad, (60, 55))
    (stroke,) = desk.stored
    assert stroke.device == "pen"
    assert [(point.pressure, point.tilt_x, point.tilt_y, point.t_ms) for point in stroke.points] == [
        (100, 12, -7, 0),
        (750, 12, -7, 4),
    ]


def test_harder_is_wider(desk: Desk) -> None:
    """The line shows the pressure it stores."""
    blank = desk.pad.picture()
    pen, dark = Pen(), []
    for pressure, y in ((0.05, 40), (0.95, 90)):
        pen.press(desk.pad, (60, y), pressure)
        for x in range(61, 200):
            pen.move(desk.pad, (x, y), pressure)
        pen.lift(desk.pad, (199, y))
        dark.append(
            sum(desk.pad.picture().pixel(130, row) != blank.pixel(130, row) for row in range(y - 8, y + 9))
        )
    assert dark[0] < dark[1]


def test_a_palm_before_during_and_after_the_pen_leaves_nothing(desk: Desk) -> None:
    """A hand rests on the glass while it writes."""
    finger, pen = Finger(), Pen()
    finger.press(desk.pad, (400, 180))
    finger.move(desk.pad, (402, 182))
    pen.press(desk.pad, (60, 60))
    finger.move(desk.pad, (404, 183))
    pen.move(desk.pad, (70, 66))
    finger.rest_another(desk.pad, (500, 100))
    pen.move(desk.pad, (80, 64))
    pen.lift(desk.pad, (80, 64))
    finger.lift(desk.pad, (404, 183))
    assert [stroke.device for stroke in desk.stored] == ["pen"]
    assert len(desk.stored[0].points) == 3
    assert desk.pad.picture() == redrawn(desk, (620, 220))


def test_a_finger_alone_signs(desk: Desk) -> None:
    """No pen is needed, and a second finger adds nothing. Proves: field.md 9."""
    finger, path = Finger(), wave(120)
    finger.press(desk.pad, path[0])
    for number, place in enumerate(path[1:]):
        finger.move(desk.pad, place)
        if number == 50:
            finger.rest_another(desk.pad, (10, 10))
    finger.lift(desk.pad, path[-1])
    (stroke,) = desk.stored
    assert stroke.device == "touch" and len(stroke.points) >= 120
    assert all(point.pressure > 0 for point in stroke.points)


def test_a_mouse_signs_but_a_made_up_mouse_does_not(desk: Desk) -> None:
    """What Qt makes up for pen and touch never doubles a stroke."""
    made_up_mouse(desk.pad, (50, 50))
    assert desk.stored == []
    draw_by_mouse(desk.pad, wave(30))
    assert [stroke.device for stroke in desk.stored] == ["mouse"]
    assert len(desk.stored[0].points) == 30


def test_the_eraser_end_neither_draws_nor_erases(desk: Desk) -> None:
    Pen(QPointingDevice.PointerType.Eraser).draw(desk.pad, wave(10))
    assert desk.stored == []


def test_a_stroke_reaches_to_where_the_pen_was_lifted(desk: Desk) -> None:
    """The last half piece is drawn. Proves: qt.md 4."""
    blank, pen = desk.pad.picture(), Pen()
    pen.press(desk.pad, (100, 80))
    pen.move(desk.pad, (200, 80))
    pen.lift(desk.pad, (300, 80))
    assert desk.stored[0].points[-1].x_um == round(300 * UM_PER_PX)
    assert desk.pad.picture().pixel(299, 80) != blank.pixel(299, 80)


def test_a_tap_leaves_a_dot_and_is_no_signature(desk: Desk) -> None:
    blank, pen = desk.pad.picture(), Pen()
    pen.press(desk.pad, (100, 80))
    pen.lift(desk.pad, (100, 80))
    assert desk.pad.picture().pixel(100, 80) != blank.pixel(100, 80)
    assert not is_a_signature(tuple(desk.stored))


def test_hiding_the_pad_mid_stroke_keeps_what_was_drawn(desk: Desk) -> None:
    """The lock may come between pen down and pen up."""
    pen = Pen()
    pen.press(desk.pad, (100, 80))
    pen.move(desk.pad, (140, 80))
    desk.pad.hide()
    assert len(desk.stored) == 1 and len(desk.stored[0].points) == 2


def test_showing_stored_strokes_does_not_disturb_the_one_being_drawn(desk: Desk) -> None:
    """A view may come back while the pen is down."""
    pen = Pen()
    pen.draw(desk.pad, wave(40))
    pen.press(desk.pad, (100, 120))
    desk.pad.show_strokes(())
    desk.pad.show_strokes(tuple(desk.stored))
    pen.move(desk.pad, (150, 130))
    pen.lift(desk.pad, (150, 130))
    assert [len(stroke.points) for stroke in desk.stored] == [40, 2]
    assert desk.pad.picture() == redrawn(desk, (620, 220))


def test_a_cleared_pad_is_blank_again(desk: Desk) -> None:
    """Blank on the glass and blank in the strokes are the same thing. Proves: field.md 5."""
    blank = desk.pad.picture()
    Pen().draw(desk.pad, wave(40))
    assert desk.pad.picture() != blank
    desk.pad.show_strokes(())
    assert desk.pad.picture() == blank and desk.pad.strokes == ()


def test_the_ink_lies_under_the_pen_on_a_dense_screen(desk: Desk) -> None:
    """The samples are in the pad's own pixels whatever the screen's density. Proves: field.md 8."""
    Pen().draw(desk.pad, wave(20))
    assert desk.pad.picture().devicePixelRatio() == desk.pad.devicePixelRatioF()
    first = desk.stored[0].points[0]
    assert (first.x_um, first.y_um) == (round(40 * UM_PER_PX), round(60 * UM_PER_PX))


def test_the_pad_has_a_name_and_is_large_enough(desk: Desk) -> None:
    assert desk.pad.accessibleName() == "Your signature"
    assert desk.pad.height() >= 190
    assert PALM_REST_MS >= 300


def test_a_stronger_contrast_draws_the_same_ink_in_its_own_colour(desk: Desk, theme: Theme) -> None:
    """Stored samples, drawn anew: nothing of the old colour is left."""
    Pen().draw(desk.pad, wave(60))
    usual, before = desk.pad.picture(), tuple(desk.stored)
    theme.set_high_contrast(True)
    try:
        assert desk.pad.picture() == redrawn(desk, (620, desk.pad.height()))
        assert tuple(desk.stored) == before and desk.pad.picture() != usual
    finally:
        theme.set_high_contrast(False)
    assert desk.pad.picture() == usual

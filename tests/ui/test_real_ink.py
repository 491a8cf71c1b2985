"""A hundred made-up signatures, sample by sample; `python -m tests.real_ink` sends 1,600."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.domain.ink import Stroke
from chairside.ui.theme import Theme
from chairside.ui.widgets.ink_pad import InkPad
from tests.real_ink.delivered import deliver
from tests.ui.hands import Pen, wave

TOP = Path(__file__).parents[2]


def test_a_hundred_signatures_lose_no_sample(qapp: QApplication) -> None:
    """Place, time and pressure of each, in order. Proves: F22, field.md 1."""
    told = deliver(100)
    assert told.signatures == 100 and told.sent > 20_000
    assert (told.lost, told.altered) == (0, 0)


def test_samples_that_come_while_painting_is_late_all_arrive(theme: Theme, qtbot: QtBot) -> None:
    """A burst of events waits in the queue while the program is busy. Proves: F22, field.md 3."""
    stored: list[Stroke] = []
    pad = InkPad(theme, "pad", stored.append, "Signature", "Sign here")
    pad.resize(620, 220)
    qtbot.addWidget(pad)
    with qtbot.waitExposed(pad):
        pad.show()
    can = QInputDevice.Capability.Pressure | QInputDevice.Capability.Position
    tip = QPointingDevice.PointerType.Pen
    device = QPointingDevice("pen", 9, QInputDevice.DeviceType.Stylus, tip, can, 1, 1)
    path = wave(400)
    for number, (x, y) in enumerate(path):
        kind = QEvent.Type.TabletMove if number else QEvent.Type.TabletPress
        left = Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind, device, QPointF(x, y), QPointF(x, y), 0.5, 0.0, 0.0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, left, left,
        )  # fmt: skip
        event.setTimestamp(number * 4)
        QCoreApplication.postEvent(pad, event)
    assert stored == [] and not pad._points
    QApplication.processEvents()
    assert len(pad._points) == 400 and pad.lift() and len(stored[0].points) == 400


def test_a_fast_curve_has_no_corners(theme: Theme, qtbot: QtBot) -> None:
    """Where samples lie far apart the line is a curve between them. Proves: field.md 2."""
    stored: list[Stroke] = []
    pad = InkPad(theme, "pad", stored.append, "Signature", "Sign here")
    pad.resize(620, 220)
    qtbot.addWidget(pad)
    pad.show()
    blank = pad.picture()
    Pen().draw(pad, [(100, 60), (200, 60), (200, 140)])
    drawn = pad.picture()
    assert drawn.pixel(187, 70) != blank.pixel(187, 70), "half way round the corner"
    assert drawn.pixel(199, 61) == blank.pixel(199, 61), "no ink in the corner itself"
    assert drawn.pixel(199, 139) != blank.pixel(199, 139), "to where the pen was lifted"


def test_at_twice_the_density_the_ink_lies_under_the_pen() -> None:
    """Every sample in the pad's own pixels, every drawn pixel where the pen was. Proves: field.md 8."""
    doubled = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.dense"], env=doubled, capture_output=True, text=True, check=False,
        cwd=TOP, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "the ink lies under the pen"), done.stderr

"""One pen sample from event to painted, early and late in a long stroke, beside a widget that only draws."""

from __future__ import annotations

from itertools import count
from math import sin
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QWidget

from chairside.settings import shipped
from chairside.ui.theme import Theme, load_tokens
from chairside.ui.widgets.ink_pad import InkPad
from tests.bench.measure import Bar, Row, interleaved, row

LATE, ROUNDS = (1_000, 20_000), 400
SIZE = (900, 240)


class Bare(QWidget):
    """The floor: one straight line per sample into a backing image, only that part repainted."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.image = QImage(*SIZE, QImage.Format.Format_RGB32)
        self.last = QPoint()

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        here = event.position().toPoint()
        painter = QPainter(self.image)
        painter.drawLine(self.last, here)
        painter.end()
        self.update(QRect(self.last, here).normalized().adjusted(-2, -2, 2, 2))
        self.last = here

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(event.rect(), self.image, event.rect())
        painter.end()


class Pen:
    """A pen that writes waves on a widget, one sample each time it is asked."""

    def __init__(self, pad: QWidget) -> None:
        self.pad, self.number = pad, count()
        kinds = QPointingDevice.Capability.Pressure | QPointingDevice.Capability.Position
        pen = QPointingDevice.PointerType.Pen
        self.device = QPointingDevice("pen", 1, QPointingDevice.DeviceType.Stylus, pen, kinds, 1, 1)
        self.post(QEvent.Type.TabletPress)

    def post(self, kind: QEvent.Type = QEvent.Type.TabletMove) -> None:
        """Send one sample and let everything that follows from it be painted."""
        step = next(self.number)
        spot = QPointF(20 + step % 860, 120 + 80 * sin(step / 25))
        event = QTabletEvent(
            kind, self.device, spot, spot, 0.5 + 0.3 * sin(step / 40), 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        event.setTimestamp(step * 4)
        QApplication.sendEvent(self.pad, event)
        QApplication.processEvents()


def rows(_folder: Path) -> list[Row]:
    """Measure the samples just before each mark of the same stroke."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(load_tokens(shipped("resources") / "theme" / "tokens.toml"))
    pad, bare = InkPad(theme, "pad", lambda stroke: None, "Signature", "Sign here"), Bare()
    for widget in (pad, bare):
        widget.resize(*SIZE)
        widget.show()
    pens = Pen(pad), Pen(bare)
    told, done, early = [], 1, list[float]()
    for mark in LATE:
        for _ in range(mark - ROUNDS - done):
            pens[0].post()
            pens[1].post()
        times = interleaved(pens[0].post, pens[1].post, ROUNDS, warm=0)
        told.append(row(f"ink, one sample at {mark:,}", times, "a bare line", Bar(p50_ms=0.1, p99_ms=4)))
        early, done = early or times[0], mark
    told.append(
        row(f"ink, one sample at {LATE[-1]:,}", (times[0], early), f"at {LATE[0]:,}", Bar(p50_times=1.5))
    )
    for widget in (pad, bare):
        widget.close()
    return told

"""A pen, a finger and a mouse: each sends the events a real one sends, with a time of its own."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, sin

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Path = Sequence[tuple[float, float]]
STEP_MS = 4  # a 240 Hz pen


def wave(count: int, left: float = 40, top: float = 60) -> list[tuple[float, float]]:
    """Return a curve of so many places inside a pad of 560 x 190."""
    return [(left + 480 * n / count, top + 40 * sin(n / 9) * cos(n / 31)) for n in range(count)]


class Pen:
    """A stylus with pressure and tilt."""

    def __init__(self, kind: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen) -> None:
        abilities = QPointingDevice.Capability.Pressure | QPointingDevice.Capability.Position
        self._device = QPointingDevice("pen", 7, QPointingDevice.DeviceType.Stylus, kind, abilities, 1, 1)
        self.now_ms = 10_000

    def send(
        self, pad: QWidget, kind: QEvent.Type, place: tuple[float, float], pressure: float = 0.5
    ) -> None:
        """Send one event and let 4 ms pass on the pen's own clock."""
        where = QPointF(*place)
        down = kind != QEvent.Type.TabletRelease
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else Qt.MouseButton.LeftButton
        held = Qt.MouseButton.LeftButton if down else Qt.MouseButton.NoButton
        event = QTabletEvent(
            kind,
            self._device,
            where,
            QPointF(pad.mapToGlobal(where.toPoint())),
            pressure,
            12.0,
            -7.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            button,
            held,
        )
        event.setTimestamp(self.now_ms)
        self.now_ms += STEP_MS
        QApplication.sendEvent(pad, event)

    def press(self, pad: QWidget, place: tuple[float, float], pressure: float = 0.5) -> None:
        self.send(pad, QEvent.Type.TabletPress, place, pressure)

    def move(self, pad: QWidget, place: tuple[float, float], pressure: float = 0.5) -> None:
        self.send(pad, QEvent.Type.TabletMove, place, pressure)

    def lift(self, pad: QWidget, place: tuple[float, float]) -> None:
        self.send(pad, QEvent.Type.TabletRelease, place, 0.0)

    def draw(self, pad: QWidget, path: Path) -> None:
        """Draw one stroke whose pressure rises and falls."""
        self.press(pad, path[0], 0.2)
        for number, place in enumerate(path[1:], 1):
            self.move(pad, place, 0.2 + 0.6 * abs(sin(number / 40)))
        self.lift(pad, path[-1])


class Finger:
    """A touch screen; the first finger draws."""

    def __init__(self) -> None:
        self._screen = QTest.createTouchDevice()
        self._at = QPoint()  # where on the screen the first finger is

    def press(self, pad: QWidget, place: tuple[float, float]) -> None:
        where = self._go(pad, place)
        QTest.touchEvent(pad, self._screen).press(0, where, pad).commit()

    def move(self, pad: QWidget, place: tuple[float, float]) -> None:
        where = self._go(pad, place)
        QTest.touchEvent(pad, self._screen).move(0, where, pad).commit()

    def lift(self, pad: QWidget, place: tuple[float, float]) -> None:
        QTest.touchEvent(pad, self._screen).release(0, self._go(pad, place), pad).commit()

    def rest_another(self, pad: QWidget, place: tuple[float, float]) -> None:
        """Touch with a second finger while the first one stays down where it is, and lift it again.

        A screen says of each finger where it is. What only says that it stays would stand at the corner of
        the screen, beside the window: a place no finger came from.
        """
        where = QPoint(*map(round, place))
        here = pad.mapFromGlobal(self._at)
        QTest.touchEvent(pad, self._screen).move(0, here, pad).stationary(0).press(1, where, pad).commit()
        QTest.touchEvent(pad, self._screen).move(0, here, pad).stationary(0).release(1, where, pad).commit()

    def _go(self, pad: QWidget, place: tuple[float, float]) -> QPoint:
        where = QPoint(*map(round, place))
        self._at = pad.mapToGlobal(where)
        return where

    def draw(self, pad: QWidget, path: Path) -> None:
        self.press(pad, path[0])
        for place in path[1:]:
            self.move(pad, place)
        self.lift(pad, path[-1])

    def tap(self, target: QWidget) -> None:
        """Touch the middle of something and let go."""
        middle = target.rect().center()
        self.press(target, (middle.x(), middle.y()))
        self.lift(target, (middle.x(), middle.y()))


def draw_by_mouse(pad: QWidget, path: Path) -> None:
    """Press the left button, drag, let go."""
    places = [QPoint(*map(round, place)) for place in path]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[-1])


def made_up_mouse(pad: QWidget, place: tuple[float, float]) -> None:
    """Send the press and release Qt makes up for a touch nobody took."""
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        QApplication.sendEvent(
            pad,
            QMouseEvent(
                kind,
                QPointF(*place),
                QPointF(*place),
                QPointF(*place),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.MouseEventSource.MouseEventSynthesizedByQt,
            ),
        )

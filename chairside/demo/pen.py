"""The robot's pen: posts tablet events with times and pressures, a little different at every seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QWidget

Point: TypeAlias = tuple[float, float, float, float]  # x and y in parts of the pad, ms, pressure 0 to 1
Path: TypeAlias = Sequence[Sequence[Point]]


class Pen:
    """One stylus."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  ink that varies, no secret
        can = QInputDevice.Capability.Pressure | QInputDevice.Capability.Position
        kind, tip = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
        self._device = QPointingDevice("robot pen", 1, kind, tip, can, 1, 1)

    def write(self, pad: QWidget, path: Path, clock_ms: int) -> int:
        """Draw every stroke of a path on a pad, from this event time on; return the last event's time."""
        shift, swell = self._random.uniform(-0.02, 0.02), self._random.uniform(0.93, 1.05)
        for stroke in path:
            began = clock_ms + 20
            points = [self._varied(point, shift, swell) for point in stroke]
            last = len(points) - 1
            for place, (x, y, at, pressure) in enumerate(points):
                clock_ms = began + round(at - points[0][2])
                kind = QEvent.Type.TabletPress if place == 0 else QEvent.Type.TabletMove
                where = QPointF(x * pad.width(), y * pad.height())
                self._post(pad, kind, (where, pressure), clock_ms)
                if place == last:
                    self._post(pad, QEvent.Type.TabletRelease, (where, 0.0), clock_ms)
        return clock_ms

    def _varied(self, point: Point, shift: float, swell: float) -> Point:
        x, y, at, pressure = point
        wobble = self._random.uniform(-0.0015, 0.0015)
        return (
            min(max(0.5 + (x - 0.5) * swell + shift + wobble, 0.01), 0.99),
            min(max(0.5 + (y - 0.5) * swell + wobble, 0.02), 0.98),
            at,
            min(max(pressure + self._random.uniform(-0.03, 0.03), 0.05), 1.0),
        )

    def _post(self, pad: QWidget, kind: QEvent.Type, at: tuple[QPointF, float], clock_ms: int) -> None:
        where, pressure = at
        up = kind == QEvent.Type.TabletRelease
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind, self._device, where, QPointF(pad.mapToGlobal(where.toPoint())), pressure, 0.0, 0.0, 0.0,
            0.0, 0.0, Qt.KeyboardModifier.NoModifier, left if kind != QEvent.Type.TabletMove else none,
            none if up else left,
        )  # fmt: skip
        event.setTimestamp(clock_ms)
        QCoreApplication.postEvent(pad, event)
        QApplication.processEvents()

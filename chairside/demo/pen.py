"""The robot's pen: posts tablet events with times and pressures, as one hand writes one name anew each time.

A name that came out twice alike would be a replay, and the product notices those.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QWidget

Point: TypeAlias = tuple[float, float, float, float]  # x and y in parts of the pad, ms, pressure 0 to 1
Path: TypeAlias = Sequence[Sequence[Point]]


WAVES = 3


@dataclass(frozen=True)
class _Way:
    """How one writing differs from the next: where, how large, how far it leans, how it sways, how fast."""

    shift: tuple[float, float]
    swell: tuple[float, float]
    lean: float
    sway: tuple[tuple[float, float, float], ...]  # height and length in parts of the pad, and where it begins
    pace: float

    @classmethod
    def of(cls, own: random.Random) -> _Way:
        """Return another way than ever before."""
        shift, swell = own.uniform(-0.02, 0.02), own.uniform(0.93, 1.04)
        sway = tuple(
            (own.uniform(0.012, 0.022), own.uniform(0.25, 0.7), own.uniform(0, 2 * pi))
            for _ in range(2 * WAVES)
        )
        beside = (swell * own.uniform(0.97, 1.03), swell * own.uniform(0.93, 1.07))
        lean, pace = own.uniform(-0.1, 0.1), own.uniform(0.9, 1.15)
        return cls((shift, own.uniform(-0.02, 0.02)), beside, lean, sway, pace)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the path is written this time."""
        off = [high * sin(2 * pi * (x + y / 3) / long + begin) for high, long, begin in self.sway]
        right = 0.5 + (x - 0.5) * self.swell[0] + self.lean * (y - 0.5) + self.shift[0]
        below = 0.5 + (y - 0.5) * self.swell[1] + self.shift[1]
        return right + sum(off[:WAVES]) / 3, below + sum(off[WAVES:]) / 1.5


class Pen:
    """One stylus."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  ink that varies, no secret
        can = QInputDevice.Capability.Pressure | QInputDevice.Capability.Position
        kind, tip = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
        self._device = QPointingDevice("robot pen", 1, kind, tip, can, 1, 1)

    def write(self, pad: QWidget, path: Path, clock_ms: int) -> int:
        """Draw every stroke of a path on a pad, from this event time on; return the last event's time."""
        way = _Way.of(self._random)
        for stroke in path:
            began = clock_ms + 20
            points = [self._varied(point, way) for point in stroke]
            last = len(points) - 1
            for place, (x, y, at, pressure) in enumerate(points):
                clock_ms = began + round(at - points[0][2])
                kind = QEvent.Type.TabletPress if place == 0 else QEvent.Type.TabletMove
                where = QPointF(x * pad.width(), y * pad.height())
                self._post(pad, kind, (where, pressure), clock_ms)
                if place == last:
                    self._post(pad, QEvent.Type.TabletRelease, (where, 0.0), clock_ms)
        return clock_ms

    def _varied(self, point: Sequence[float], way: _Way) -> Point:
        x, y, at, pressure = point
        wobble = self._random.uniform(-0.0015, 0.0015)
        right, below = way.at(x, y)
        return (
            min(max(right + wobble, 0.01), 0.99),
            min(max(below + wobble, 0.02), 0.98),
            at * way.pace,
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

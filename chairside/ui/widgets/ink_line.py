"""How a stroke becomes a line: one piece per sample, the same pieces whether drawn live or again.

Drawing reads the stored whole numbers, never the event, so live ink and rebuilt ink are the same bits.
Plain floats and kept pens rather than Qt's points: every Qt call costs a microsecond, 240 times a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from chairside.domain.ink import InkPoint, Stroke
from chairside.ui.widgets.marks import pen

UM_PER_PX = 25_400 / 96
THIN_PX = 1.6
FULL_PRESSURE_PX = 3.0
_REACH_PX = 5  # half of the widest line, and what antialiasing spills

Covered: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom in the pad's pixels


class InkLine:
    """Draws strokes in one colour."""

    def __init__(self, colour: QColor) -> None:
        self._colour = colour
        self._pens: dict[int, QPen] = {}  # by pressure: at most 1001

    def stroke(self, painter: QPainter, stroke: Stroke) -> None:
        """Draw a whole stroke."""
        for number in range(len(stroke.points)):
            self.piece(painter, stroke.points, number)
        self.end(painter, stroke.points)

    def piece(self, painter: QPainter, points: Sequence[InkPoint], number: int) -> Covered:
        """Draw the piece that sample `number` adds, from middle to middle; return what it covers."""
        here = points[number]
        x, y = here.x_um / UM_PER_PX, here.y_um / UM_PER_PX
        if number == 0:
            painter.setPen(self._pen(here.pressure))
            painter.drawPoint(QPointF(x, y))
            return _around(x, y, x, y)
        before = points[number - 1]
        middle_x, middle_y = before.x_um / UM_PER_PX, before.y_um / UM_PER_PX
        end_x, end_y = (middle_x + x) / 2, (middle_y + y) / 2
        if number == 1:
            start_x, start_y = middle_x, middle_y
        else:
            first = points[number - 2]
            start_x = (first.x_um / UM_PER_PX + middle_x) / 2
            start_y = (first.y_um / UM_PER_PX + middle_y) / 2
        path = QPainterPath()
        path.moveTo(start_x, start_y)
        path.quadTo(middle_x, middle_y, end_x, end_y)
        painter.setPen(self._pen(before.pressure))
        painter.drawPath(path)
        return _around(
            min(start_x, middle_x, end_x),
            min(start_y, middle_y, end_y),
            max(start_x, middle_x, end_x),
            max(start_y, middle_y, end_y),
        )

    def end(self, painter: QPainter, points: Sequence[InkPoint]) -> Covered:
        """Draw the last half piece, up to where the pen was lifted."""
        last, before = points[-1], points[-2] if len(points) > 1 else points[-1]
        x, y = last.x_um / UM_PER_PX, last.y_um / UM_PER_PX
        from_x, from_y = (before.x_um / UM_PER_PX + x) / 2, (before.y_um / UM_PER_PX + y) / 2
        if (from_x, from_y) != (x, y):  # Qt draws no line without a length; the first dot stands there
            painter.setPen(self._pen(last.pressure))
            painter.drawLine(QPointF(from_x, from_y), QPointF(x, y))
        return _around(min(from_x, x), min(from_y, y), max(from_x, x), max(from_y, y))

    def _pen(self, pressure: int) -> QPen:
        if pressure not in self._pens:
            self._pens[pressure] = pen(self._colour, THIN_PX + FULL_PRESSURE_PX * pressure / 1000)
        return self._pens[pressure]


def _around(left: float, top: float, right: float, bottom: float) -> Covered:
    return left - _REACH_PX, top - _REACH_PX, right + _REACH_PX, bottom + _REACH_PX

"""How a stroke becomes a line: one piece per sample, the same pieces whether drawn live or again.

Drawing reads the stored whole numbers, never the event, so live ink and rebuilt ink are the same bits.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from chairside.domain.ink import InkPoint
from chairside.ui.widgets.marks import pen

UM_PER_PX = 25_400 / 96
THIN_PX = 1.6
FULL_PRESSURE_PX = 3.0


def place(point: InkPoint) -> QPointF:
    """Return where the sample lies. Units: logical pixels of the pad."""
    return QPointF(point.x_um / UM_PER_PX, point.y_um / UM_PER_PX)


def width_px(point: InkPoint) -> float:
    """Return how wide the line is at this pressure."""
    return THIN_PX + FULL_PRESSURE_PX * point.pressure / 1000


def _middle(one: QPointF, two: QPointF) -> QPointF:
    return (one + two) / 2


def draw_piece(painter: QPainter, colour: QColor, points: Sequence[InkPoint], number: int) -> QRectF:
    """Draw the piece that sample `number` adds; return what it covers."""
    here = place(points[number])
    if number == 0:
        return _draw(painter, colour, points[0], QPainterPath(here), here)
    before = place(points[number - 1])
    if number == 1:
        return _draw(painter, colour, points[0], QPainterPath(before), _middle(before, here))
    path = QPainterPath(_middle(place(points[number - 2]), before))
    path.quadTo(before, _middle(before, here))
    return _draw(painter, colour, points[number - 1], path, None)


def draw_end(painter: QPainter, colour: QColor, points: Sequence[InkPoint]) -> QRectF:
    """Draw the last half piece, up to where the pen was lifted."""
    if len(points) < 2:
        return QRectF()
    last = place(points[-1])
    path = QPainterPath(_middle(place(points[-2]), last))
    return _draw(painter, colour, points[-1], path, last)


def _draw(
    painter: QPainter, colour: QColor, point: InkPoint, path: QPainterPath, to: QPointF | None
) -> QRectF:
    if to is not None:
        path.lineTo(to)
    wide = width_px(point)
    painter.setPen(pen(colour, wide))
    if to is not None and path.elementCount() < 2:  # a tap: Qt drops a line of no length
        painter.drawPoint(to)
    else:
        painter.drawPath(path)
    reach = wide / 2 + 2
    return path.controlPointRect().adjusted(-reach, -reach, reach, reach)

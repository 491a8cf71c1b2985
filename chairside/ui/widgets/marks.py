"""Small painted signs: tick, dot, cross, state marks. Paths, because the face has no such glyphs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def pen(colour: QColor, width: float) -> QPen:
    """Return a round-ended pen."""
    made = QPen(colour, width)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def framed(painter: QPainter, box: QRectF, radius: float, fill: QColor, edge: QPen) -> None:
    """Draw a rounded box with its edge wholly inside the box."""
    inset = edge.widthF() / 2 if edge.style() != Qt.PenStyle.NoPen else 0.0
    painter.setPen(edge)
    painter.setBrush(fill)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw a tick in this square; a tick is not mirrored for right-to-left readers."""
    side = box.width()
    path = QPainterPath(QPointF(box.left() + side * 0.24, box.top() + side * 0.53))
    path.lineTo(box.left() + side * 0.43, box.top() + side * 0.71)
    path.lineTo(box.left() + side * 0.77, box.top() + side * 0.31)
    _stroke(painter, path, colour, side * 0.11)


def cross(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw a cross in this square."""
    side = box.width()
    inner = box.adjusted(side * 0.31, side * 0.31, -side * 0.31, -side * 0.31)
    path = QPainterPath(inner.topLeft())
    path.lineTo(inner.bottomRight())
    path.moveTo(inner.topRight())
    path.lineTo(inner.bottomLeft())
    _stroke(painter, path, colour, side * 0.11)


def bang(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw an exclamation mark in this square."""
    side = box.width()
    path = QPainterPath(QPointF(box.center().x(), box.top() + side * 0.26))
    path.lineTo(box.center().x(), box.top() + side * 0.54)
    _stroke(painter, path, colour, side * 0.12)
    dot(
        painter,
        QRectF(box.center().x() - side * 0.07, box.top() + side * 0.67, side * 0.14, side * 0.14),
        colour,
    )


def dot(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw a filled circle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box)


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(colour, width))
    painter.drawPath(path)

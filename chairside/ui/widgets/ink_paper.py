"""The paper under the ink: edge, line and hint. On the glass only; no stroke knows of it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle

from chairside.ui.theme import Theme
from chairside.ui.widgets.marks import framed, pen


def paint_paper(
    painter: QPainter, theme: Theme, sheet: QRect, hint: str, reading: Qt.LayoutDirection
) -> None:
    """Draw a sheet to sign on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = pen(theme.colour("edge"), 2)
    framed(painter, QRectF(sheet), theme.radius("field"), theme.colour("surface"), edge)
    side, below = theme.space("far"), theme.line("caption") + theme.space("gap")
    line = sheet.height() - below
    painter.fillRect(side, line, sheet.width() - 2 * side, 2, theme.colour("edge"))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.colour("ink2"))
    words = QRect(side, line + 6, sheet.width() - 2 * side, theme.line("caption"))
    start = QStyle.visualAlignment(reading, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(words, int(start | Qt.AlignmentFlag.AlignVCenter), hint)

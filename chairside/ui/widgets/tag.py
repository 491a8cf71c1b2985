"""A word on a tinted ground: how something stands, said in a word and only underlined by colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Tone
from chairside.ui.widgets.marks import framed, pen
from chairside.ui.widgets.text import Text

_TINT = {"ok": "ok_tint", "notice": "primary_tint", "warn": "warn_tint", "danger": "danger_tint"}
_INK = {"ok": "ok", "notice": "pressed", "warn": "warn", "danger": "danger"}


class Tag(Text):
    """One short word in a tone; it keeps to its own width."""

    def __init__(self, theme: Theme, said: str, tone: Tone = "notice") -> None:
        self._tone = tone
        super().__init__(theme, said, "staff_strong", _INK[tone])
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def _side(self) -> int:
        return self._theme.space("snug")

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(2 * self._side(), 8)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(2 * self._side(), 8)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(max(1, width - 2 * self._side())) + 8

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = self._theme.colour(_TINT[self._tone])
        line = pen(tint, 0)
        line.setStyle(Qt.PenStyle.NoPen)
        framed(painter, QRectF(self.rect()), self._theme.radius("field"), tint, line)
        painter.setPen(self._theme.colour(self._colour))
        layout, height = self._lines(max(1, self.width() - 2 * self._side()))
        layout.draw(painter, QPointF(self._side(), max(0, self.height() - height) / 2))
        painter.end()

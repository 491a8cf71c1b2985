"""A button of the procedure: tall enough for a gloved hand, and it says whether it is done, next or later."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.marks import framed, pen, tick

Turn: TypeAlias = Literal["done", "next", "later"]
_WRAP = int(Qt.TextFlag.TextWordWrap)


class MarkButton(Button):
    """Only the next one looks like the main action; a done one shows when, behind a tick."""

    def __init__(self, theme: Theme, action: Action) -> None:
        self._turn: Turn = "later"
        self._below = ""
        super().__init__(theme, action)

    @property
    def turn(self) -> Turn:
        """Whether it is done, next or later."""
        return self._turn

    def show_turn(self, turn: Turn, below: str) -> None:
        """Show where this one stands; `below` is when it was tapped, or what comes first."""
        if (turn, below) == (self._turn, self._below) and self.isEnabled() == (turn == "next"):
            return
        self._turn, self._below = turn, below
        self.setEnabled(turn == "next")
        self.setAccessibleName(f"{self.text()}, {below}" if below else self.text())
        self.updateGeometry()
        self.update()

    def _restyle(self) -> None:
        super()._restyle()
        self.setFont(self._theme.font("section"))
        self.setMinimumHeight(self._theme.least("mark"))

    def heightForWidth(self, width: int) -> int:
        below = self._theme.line("staff")
        gap = 2 * self._theme.space("small")
        return max(self._theme.least("mark"), self._words(width - 2 * self._inset()).height() + below + gap)

    def sizeHint(self) -> QSize:
        wide = max(self._theme.px(240), self.minimumSizeHint().width())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        widest = max(self.fontMetrics().horizontalAdvance(word) for word in self.text().split(" "))
        below = QFontMetrics(self._theme.font("staff_strong")).horizontalAdvance(self._below)
        return QSize(max(widest, below) + 2 * self._inset() + 2, self._theme.least("mark"))

    def _inset(self) -> int:
        return self._sides() + self._theme.line("section")

    def _look(self) -> tuple[QColor, QColor, QColor | None]:
        colour = self._theme.colour
        if self._turn == "next":
            return colour("on_primary"), colour("pressed" if self.isDown() else "primary"), None
        if self._turn == "done":
            return colour("ok"), colour("ok_tint"), colour("ok")
        return colour("ink2"), colour("surface"), colour("line")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._paint_frame(painter))
        inset = self._inset()
        inner = self.rect().adjusted(inset, 0, -inset, 0)
        tall = self._words(inner.width()).height()
        below = self._theme.line("staff") if self._below else 0
        top = (self.height() - tall - below) // 2
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(QRect(inner.x(), top, inner.width(), tall), _WRAP | centre, self.text())
        painter.setFont(self._theme.font("staff_strong"))
        painter.drawText(QRect(inner.x(), top + tall, inner.width(), below), centre, self._below)
        if self._turn == "done":
            self._paint_tick(painter)
        painter.end()

    def _paint_tick(self, painter: QPainter) -> None:
        side = self._theme.line("section") - 4
        box = QRect(self._sides(), (self.height() - side) // 2, side, side)
        seen = QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), box))
        ok = self._theme.colour("ok")
        framed(painter, seen, side / 2, ok, pen(ok, 1))
        tick(painter, seen, self._theme.colour("surface"))

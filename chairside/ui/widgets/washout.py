"""The washout as a picture: time runs to the injection, the window before it is shaded, each dose a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.marks import bang, framed, pen, tick


@dataclass(frozen=True)
class DoseMark:
    """One dose. Units: `hours_before` the injection; `inside` the window is a trouble."""

    label: str
    hours_before: float
    inside: bool


@dataclass(frozen=True)
class WindowWords:
    """The words of the picture, ready."""

    start: str  # "3 days before: Tue 9 am"
    end: str  # "Injection: Fri 9 am"
    spoken: str  # all of it in one sentence


class WashoutPicture(QWidget):
    """Shows the window and the doses; long-ago doses stand at the picture's edge."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._hours = 72
        self._marks: tuple[DoseMark, ...] = ()
        self._words = WindowWords("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def show_window(self, hours: int, marks: Sequence[DoseMark], words: WindowWords) -> None:
        """Show a window of so many hours before the injection."""
        self._hours, self._marks, self._words = hours, tuple(marks), words
        self.setAccessibleName(words.spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._marks))
        return QSize(
            self._theme.width("text") // 2, rows * self._row() + 2 * self._theme.line("caption") + 24
        )

    def _row(self) -> int:
        return self._theme.line("staff") + self._theme.space("small")

    def _x(self, hours_before: float) -> int:
        """Return where an instant lies: twice the window from edge to edge."""
        side = self._theme.space("wide")
        share = min(1.0, max(0.0, hours_before / (2 * self._hours)))
        return round(self.width() - side - share * (self.width() - 2 * side))

    def _seen(self, box: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, bottom = self._theme.colour, self.height() - 2 * self._theme.line("caption") - 12
        start, end = self._x(self._hours), self._x(0)
        band = self._seen(QRect(start, 4, end - start, bottom - 4))
        painter.fillRect(band, colour("warn_tint"))
        for x, name in ((start, "warn"), (end, "primary")):
            painter.fillRect(self._seen(QRect(x - 1, 4, 3, bottom + 4)), colour(name))
        painter.fillRect(
            self._seen(QRect(self._x(2 * self._hours), bottom, end - self._x(2 * self._hours), 2)),
            colour("edge"),
        )
        for number, mark in enumerate(self._marks):
            self._paint_mark(painter, mark, 8 + number * self._row())
        self._paint_words(painter, start, bottom + 10)
        painter.end()

    def _paint_mark(self, painter: QPainter, mark: DoseMark, top: int) -> None:
        side = self._theme.line("staff") - 3
        x = self._x(mark.hours_before)
        box = QRectF(self._seen(QRect(x - side // 2, top, side, side)))
        ink = self._theme.colour("warn" if mark.inside else "ok")
        framed(painter, box, side / 2, ink, pen(ink, 1))
        (bang if mark.inside else tick)(painter, box, self._theme.colour("surface"))
        painter.setFont(self._theme.font("staff_strong"))
        painter.setPen(self._theme.colour("ink"))
        wide = painter.fontMetrics().horizontalAdvance(mark.label) + 4
        left = x + side // 2 + 8
        if left + wide > self.width():
            left = max(0, x - side // 2 - 8 - wide)
        painter.drawText(
            self._seen(QRect(left, top, wide, side)), int(Qt.AlignmentFlag.AlignCenter), mark.label
        )

    def _paint_words(self, painter: QPainter, start: int, top: int) -> None:
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("ink"))
        line, metrics = self._theme.line("caption"), painter.fontMetrics()
        wide = metrics.horizontalAdvance(self._words.start) + 4
        first = QRect(min(max(0, start - wide // 2), self.width() - wide), top, wide, line)
        painter.drawText(self._seen(first), int(Qt.AlignmentFlag.AlignCenter), self._words.start)
        wide = metrics.horizontalAdvance(self._words.end) + 4
        below = line if first.right() + 12 > self.width() - wide else 0
        last = QRect(self.width() - wide, top + below, wide, line)
        painter.drawText(self._seen(last), int(Qt.AlignmentFlag.AlignCenter), self._words.end)

"""The washout as a picture: time runs to the injection, the window before it is shaded, each dose a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.marks import bang, framed, pen, tick

_WRAP = int(Qt.TextFlag.TextWordWrap)


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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self.updateGeometry)

    def show_window(self, hours: int, marks: Sequence[DoseMark], words: WindowWords) -> None:
        """Show a window of so many hours before the injection."""
        self._hours, self._marks, self._words = hours, tuple(marks), words
        self.setAccessibleName(words.spoken)
        self.updateGeometry()
        self.update()

    @property
    def marks(self) -> tuple[DoseMark, ...]:
        """The doses on show."""
        return self._marks

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._rows(width)) + 2 * self._theme.line("caption") + 24

    def sizeHint(self) -> QSize:
        wide = self._theme.width("text") // 2
        return QSize(wide, self.heightForWidth(wide))

    def _label_width(self, width: int) -> int:
        return round(width * 0.38)

    def _rows(self, width: int) -> list[int]:
        """Return how tall each dose's row is, its label broken into lines."""
        metrics = QFontMetrics(self._theme.font("staff_strong"))
        box = QRect(0, 0, self._label_width(width) - 8, 10_000)
        least = self._theme.line("staff") + self._theme.space("small")
        return [max(least, metrics.boundingRect(box, _WRAP, mark.label).height() + 8) for mark in self._marks]

    def _x(self, hours_before: float) -> int:
        """Return where an instant lies: twice the window from edge to edge, after the labels."""
        side = self._theme.px(14)
        first, last = self._label_width(self.width()) + side, self.width() - side
        share = min(1.0, max(0.0, hours_before / (2 * self._hours)))
        return round(last - share * (last - first))

    def _seen(self, box: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, rows = self._theme.colour, self._rows(self.width())
        bottom = sum(rows) + 8
        start, end, first = self._x(self._hours), self._x(0), self._x(2 * self._hours)
        painter.fillRect(self._seen(QRect(start, 4, end - start, bottom - 4)), colour("warn_tint"))
        for x, name in ((start, "warn"), (end, "primary")):
            painter.fillRect(self._seen(QRect(x - 1, 4, 3, bottom + 4)), colour(name))
        painter.fillRect(self._seen(QRect(first, bottom, end - first, 2)), colour("edge"))
        top = 4
        for mark, tall in zip(self._marks, rows, strict=True):
            self._paint_mark(painter, mark, QRect(0, top, self._label_width(self.width()) - 8, tall))
            top += tall
        self._paint_words(painter, start, bottom + 8)
        painter.end()

    def _paint_mark(self, painter: QPainter, mark: DoseMark, label: QRect) -> None:
        side = self._theme.line("staff") - 3
        sign = QRect(self._x(mark.hours_before) - side // 2, label.center().y() - side // 2, side, side)
        box = QRectF(self._seen(sign))
        ink = self._theme.colour("warn" if mark.inside else "ok")
        framed(painter, box, side / 2, ink, pen(ink, 1))
        (bang if mark.inside else tick)(painter, box, self._theme.colour("surface"))
        painter.setFont(self._theme.font("staff_strong"))
        painter.setPen(self._theme.colour("ink"))
        lined = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self._seen(label), _WRAP | int(lined | Qt.AlignmentFlag.AlignVCenter), mark.label)

    def _paint_words(self, painter: QPainter, start: int, top: int) -> None:
        """Name both ends; the window's start moves up against the end, never under it."""
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

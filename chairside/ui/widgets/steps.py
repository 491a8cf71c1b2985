"""Where in the visit we are: a rail beside wide pages, one bar on narrow ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.frames import Bars, empty
from chairside.ui.widgets.marks import cross, dot, framed, pen, tick
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.words import Words

State: TypeAlias = Literal["done", "current", "open", "waiting", "stopped"]


@dataclass(frozen=True)
class StepMark:
    """One step as it is shown; its state is a sign and a word, never colour alone."""

    name: str
    title: str
    state: State


class _Stop(QWidget):
    """One step on the rail."""

    def __init__(self, theme: Theme, words: Words, mark: StepMark) -> None:
        super().__init__()
        self.setObjectName(f"step.{mark.name}")
        self._theme, self._mark = theme, mark
        self._word = words.say(f"widgets.step_{mark.state}")
        self.setAccessibleName(words.say("widgets.step_spoken", title=mark.title, state=self._word))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.line("staff") + self._theme.line("caption") + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, current = self._theme.colour, self._mark.state == "current"
        if current:
            tint = colour("primary_tint")
            framed(painter, QRectF(self.rect()), self._theme.radius("control"), tint, pen(tint, 1))
        side = self._theme.px(28)
        sign = QRect(self._theme.space("snug"), (self.height() - side) // 2, side, side)
        paint_state(painter, self._theme, QRectF(self._seen(sign)), self._mark.state)
        left = sign.right() + self._theme.space("snug")
        half = self._theme.line("staff")
        top = (self.height() - half - self._theme.line("caption")) // 2
        self._line(
            painter,
            QRect(left, top, self.width() - left - 4, half),
            self._mark.title,
            "staff_strong" if current else "staff",
        )
        self._line(
            painter,
            QRect(left, top + half, self.width() - left - 4, self._theme.line("caption")),
            self._word,
            "caption",
        )
        painter.end()

    def _seen(self, box: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)

    def _line(self, painter: QPainter, box: QRect, text: str, kind: str) -> None:
        painter.setFont(self._theme.font(kind))
        painter.setPen(self._theme.colour("ink2" if kind == "caption" else "ink"))
        where = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        fits = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(self._seen(box), int(where | Qt.AlignmentFlag.AlignVCenter), fits)


def paint_state(painter: QPainter, theme: Theme, box: QRectF, state: State) -> None:
    """Draw the sign of a state: filled tick, filled dot, ring, grey ring, cross."""
    fills = {"done": "ok", "current": "primary", "open": "surface", "waiting": "canvas", "stopped": "danger"}
    edges = {"done": "ok", "current": "primary", "open": "primary", "waiting": "edge", "stopped": "danger"}
    framed(painter, box, box.width() / 2, theme.colour(fills[state]), pen(theme.colour(edges[state]), 2))
    white, third = theme.colour("surface"), box.width() * 0.33
    if state == "done":
        tick(painter, box, white)
    elif state == "stopped":
        cross(painter, box, white)
    elif state == "current":
        dot(painter, box.adjusted(third, third, -third, -third), white)


class Rail(QWidget):
    """All steps, one below the other."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(words.say("widgets.rail"))
        self._theme, self._words = theme, words
        self._column = Stack(theme, "hair", self)
        self._shown: tuple[StepMark, ...] = ()
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        side = self._theme.space("gap")
        self._column.setContentsMargins(side, self._theme.space("wide"), side, side)

    def show_steps(self, marks: Sequence[StepMark]) -> None:
        """Show these steps; the same steps again cost nothing."""
        if tuple(marks) == self._shown:
            return
        self._shown = tuple(marks)
        empty(self._column)
        for mark in marks:
            self._column.addWidget(_Stop(self._theme, self._words, mark))
        self._column.addStretch(1)


class StepBar(Bars):
    """The same in one line: segments, and "Step 2 of 7: Read"."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, line_below=True)
        self.setObjectName("bar")
        self.inline = False
        self._words = words
        self._marks: tuple[StepMark, ...] = ()
        self._text = Text(theme, "", "staff_strong")
        self._text.setWordWrap(False)
        self._column = Stack(theme, "hair", self)
        self._column.addStretch(1)
        self._column.addWidget(self._text)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        side = self._theme.space("gap")
        self._column.setContentsMargins(side, 4, side, 14)
        self.setMinimumHeight(
            max(self._theme.least("header_low" if self.inline else "bar"), self._theme.line("staff") + 26)
        )

    def sizeHint(self) -> QSize:
        wide = self._text.sizeHint().width() + 2 * self._theme.space("gap")
        return QSize(wide, self.minimumHeight())

    def set_inline(self, inline: bool) -> None:
        """Stand in the header's line, without a hairline of its own."""
        self.inline = inline
        self._restyle()

    def show_steps(self, marks: Sequence[StepMark]) -> None:
        """Show these steps."""
        self._marks = tuple(marks)
        here = next((n for n, mark in enumerate(marks) if mark.state == "current"), None)
        if here is None:
            self._text.setText("")
        else:
            said = self._words.say(
                "widgets.step_of", number=here + 1, count=len(marks), title=marks[here].title
            )
            self._text.setText(said)
            self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.inline:
            super().paintEvent(event)
        if not self._marks:
            return
        painter = QPainter(self)
        side, gap, count = self._theme.space("gap"), 4, len(self._marks)
        wide = (self.width() - 2 * side - gap * (count - 1)) / count
        for number, mark in enumerate(self._marks):
            box = QRect(round(side + number * (wide + gap)), self.height() - 11, round(wide), 6)
            name = {"done": "ok", "current": "primary", "stopped": "danger"}.get(mark.state, "line")
            painter.fillRect(
                QStyle.visualRect(self.layoutDirection(), self.rect(), box), self._theme.colour(name)
            )
        painter.end()

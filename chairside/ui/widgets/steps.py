"""Where in the visit we are: a rail beside wide pages, one bar on narrow ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.frames import Bars, empty
from chairside.ui.widgets.marks import cross, dot, framed, pen, tick
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.words import Words

LEAST_PX = 48
LOW_PX = 34  # of a step that is only shown
_WRAP = int(Qt.TextFlag.TextWordWrap)
Choose: TypeAlias = Callable[[str], None]  # told the step's name
State: TypeAlias = Literal["done", "current", "open", "waiting", "stopped"]


@dataclass(frozen=True)
class StepMark:
    """One step as it is shown; its state is a sign and a word, never colour alone."""

    name: str
    title: str
    state: State


class _Face:
    """How one step looks on the rail."""

    def __init__(self, theme: Theme, words: Words, mark: StepMark) -> None:
        self._theme, self._mark = theme, mark
        self._way = False
        self.low = False  # little height: the title alone, its state said by the sign
        self._word = words.say(f"widgets.step_{mark.state}")
        self._spoken = words.say("widgets.step_spoken", title=mark.title, state=self._word)

    def dress(self, stop: QWidget) -> None:
        """Give the widget its name, its words and its height."""
        stop.setObjectName(f"step.{self._mark.name}")
        stop.setAccessibleName(self._spoken)
        self._way = isinstance(stop, QPushButton)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        stop.setSizePolicy(policy)
        self._theme.follow(stop.updateGeometry)

    def _left(self) -> int:
        return self._theme.px(28) + 2 * self._theme.space("snug")

    def _kind(self) -> str:
        return "staff_strong" if self._mark.state == "current" else "staff"

    def _title(self, width: int) -> int:
        """Return how tall the title is at this width of the step: a long one takes a second line."""
        box = QRect(0, 0, max(1, width - self._left() - 4), 10_000)
        metrics = QFontMetrics(self._theme.font(self._kind()))
        return max(self._theme.line("staff"), metrics.boundingRect(box, _WRAP, self._mark.title).height())

    def height(self, width: int) -> int:
        """Return how tall a step is at this width: a way is never less than a finger."""
        least = LOW_PX if self.low and not self._way else LEAST_PX
        return max(least, self._title(width) + self._below() + 14 * (not self.low))

    def _below(self) -> int:
        return 0 if self.low else self._theme.line("caption")

    def size(self) -> QSize:
        """Return how much room a step wants."""
        wide = self._theme.px(120)
        return QSize(wide, self.height(16_000))

    def paint(self, stop: QWidget, pressed: bool = False) -> None:
        """Draw sign, title and state."""
        painter = QPainter(stop)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, current = self._theme.colour, self._mark.state == "current"
        if current or pressed:
            tint = colour("primary_tint")
            framed(painter, QRectF(stop.rect()), self._theme.radius("control"), tint, pen(tint, 1))
        side = self._theme.px(28)
        sign = QRect(self._theme.space("snug"), (stop.height() - side) // 2, side, side)
        seen = QStyle.visualRect(stop.layoutDirection(), stop.rect(), sign)
        paint_state(painter, self._theme, QRectF(seen), self._mark.state)
        title, low = self._title(stop.width()), self._below()
        left = self._left()
        box = QRect(left, (stop.height() - title - low) // 2, stop.width() - left - 4, title)
        self._line(stop, painter, box, (self._mark.title, self._kind()))
        if not self.low:
            below = QRect(left, box.top() + title, box.width(), low)
            self._line(stop, painter, below, (self._word, "caption"))
        painter.end()

    def _line(self, stop: QWidget, painter: QPainter, box: QRect, said: tuple[str, str]) -> None:
        text, kind = said
        painter.setFont(self._theme.font(kind))
        painter.setPen(self._theme.colour("ink2" if kind == "caption" else "ink"))
        where = QStyle.visualAlignment(stop.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        seen = QStyle.visualRect(stop.layoutDirection(), stop.rect(), box)
        painter.drawText(seen, _WRAP | int(where | Qt.AlignmentFlag.AlignVCenter), text)


class _Stop(QWidget):
    """A step that is only shown."""

    def __init__(self, face: _Face) -> None:
        super().__init__()
        self.face = face
        face.dress(self)

    def sizeHint(self) -> QSize:
        return self.face.size()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.face.height(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.face.paint(self)


class _Way(QPushButton):
    """A step that staff can go to."""

    def __init__(self, face: _Face, chosen: Callable[[], None]) -> None:
        super().__init__()
        self.face, self._chosen = face, chosen
        face.dress(self)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self._chosen()

    def sizeHint(self) -> QSize:
        return self.face.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_PX, self.face.size().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.face.height(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.face.paint(self, self.isDown())


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
    """All steps, one below the other; with somewhere to tell it, an open step is a way to its page."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(words.say("widgets.rail"))
        self._theme, self._words = theme, words
        self._column = Stack(theme, "small", self)
        self._shown: tuple[tuple[StepMark, ...], Choose | None] = ((), None)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the steps the height there is: in a low window the title alone, and less room around them."""
        side, stops = self._theme.space("gap"), self._stops()
        wide, above = self.width() - 2 * side, self._theme.space("wide")
        for stop in stops:
            stop.face.low = False
        tall = sum(stop.heightForWidth(wide) + self._column.spacing() for stop in stops) + above + side
        low = tall > self.height() + self._column.spacing()
        for stop in stops:
            stop.face.low = low
            stop.updateGeometry()
        self._column.setContentsMargins(side, 0 if low else above, side, 0 if low else side)

    def _stops(self) -> list[_Stop | _Way]:
        return [each for each in self.children() if isinstance(each, _Stop | _Way) and not each.isHidden()]

    def show_steps(self, marks: Sequence[StepMark], choose: Choose | None = None) -> None:
        """Show these steps; the same steps again cost nothing."""
        if (tuple(marks), choose) == self._shown:
            return
        self._shown = (tuple(marks), choose)
        empty(self._column)
        for mark in marks:
            self._column.addWidget(self._stop(mark, choose))
        self._column.addStretch(1)
        self._fit()

    def _stop(self, mark: StepMark, choose: Choose | None) -> QWidget:
        face = _Face(self._theme, self._words, mark)
        if choose is None or mark.state != "open":
            return _Stop(face)
        return _Way(face, lambda: choose(mark.name))


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
        side = self._theme.space("wide")
        self._column.setContentsMargins(side, 4, side, 14)
        self.setMinimumHeight(
            max(self._theme.least("header_low" if self.inline else "bar"), self._theme.line("staff") + 26)
        )

    @property
    def speaks(self) -> bool:
        """Whether one of the steps is under way; between two of them there is nothing to say."""
        return bool(self._text.text())

    def sizeHint(self) -> QSize:
        wide = self._text.sizeHint().width() + 2 * self._theme.space("wide")
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
        side, gap, count = self._theme.space("wide"), 4, len(self._marks)
        wide = (self.width() - 2 * side - gap * (count - 1)) / count
        for number, mark in enumerate(self._marks):
            box = QRect(round(side + number * (wide + gap)), self.height() - 11, round(wide), 6)
            name = {"done": "ok", "current": "primary", "stopped": "danger"}.get(mark.state, "line")
            painter.fillRect(
                QStyle.visualRect(self.layoutDirection(), self.rect(), box), self._theme.colour(name)
            )
        painter.end()

"""The PIN pad: big keys and dots; the digits leave it once and are then forgotten here.

The keyboard works without any key being focused. Enter on a focused key presses that key; Enter
anywhere else on the pad hands the PIN up, so there is no default button to trap a stray Enter.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.marks import dot, framed, pen
from chairside.ui.widgets.text import Stack
from chairside.ui.widgets.words import Words

LEAST_DIGITS = 6
MOST_DIGITS = 12
MOST_KEY_PX = 168  # wide; a wider key is hit no better, and takes the words' room beside the pad
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


class _Dots(QWidget):
    """As many filled dots as digits, over six rings."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(40))

    def show_count(self, count: int, spoken: str) -> None:
        self._count = count
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = max(LEAST_DIGITS, self._count)
        side = min(self._theme.px(16), self.width() / (places * 1.8))
        step = side * 1.8
        left = (self.width() - step * (places - 1) - side) / 2
        for place in range(places):
            box = QRectF(left + step * place, (self.height() - side) / 2, side, side)
            if place < self._count:
                dot(painter, box, self._theme.colour("primary"))
            else:
                framed(
                    painter, box, side / 2, self._theme.colour("surface"), pen(self._theme.colour("edge"), 2)
                )
        painter.end()


class PinPad(QWidget):
    """Hands up a PIN of at least six digits."""

    def __init__(self, theme: Theme, words: Words, name: str, entered: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words.say("widgets.pin"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # numbers and their keys are never mirrored
        self._theme, self._words, self._entered = theme, words, entered
        self._digits = ""
        self.checking = False
        self._column = Stack(theme, "gap", self)
        self._dots = _Dots(theme)
        self._column.addWidget(self._dots)
        self._grid = QGridLayout()
        self._column.addLayout(self._grid)
        self._keys: list[Button] = []
        for number, digit in enumerate(_KEYS):
            self._key(digit, number // 3, number % 3)
        self._edge_key("delete", self._delete, "quiet", 0)
        self._key("0", 3, 1)
        self._go = self._edge_key("enter", self._enter, "primary", 2)
        theme.follow(self._restyle)
        self._show()

    def _key(self, digit: str, row: int, column: int) -> None:
        self._add(Action(f"{self.objectName()}.{digit}", digit, self._typer(digit), "key"), row, column)

    def _edge_key(self, key: str, tapped: Callable[[], None], kind: str, column: int) -> Button:
        """Add one of the two keys beside the nought; its few letters are spoken in full."""
        said, spoken = self._words.say(f"widgets.{key}"), self._words.say(f"widgets.{key}_spoken")
        return self._add(Action(f"{self.objectName()}.{key}", said, tapped, kind, spoken), 3, column)

    def _add(self, action: Action, row: int, column: int) -> Button:
        key = Button(self._theme, action)
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid.addWidget(key, row, column)
        self._keys.append(key)
        return key

    def _typer(self, digit: str) -> Callable[[], None]:
        return lambda: self._type(digit)

    def _type(self, digit: str) -> None:
        if len(self._digits) < MOST_DIGITS and not self.checking:
            self._digits += digit
        self._show()

    def _delete(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def _enter(self) -> None:
        if len(self._digits) < LEAST_DIGITS or self.checking:
            return
        digits, self._digits = self._digits, ""
        self._show()
        self._entered(digits)

    def check(self, checking: bool) -> None:
        """Show that a PIN is being checked: rings all filled, keys that wait; or take digits again."""
        self.checking = checking
        self._show()

    def forget(self) -> None:
        """Drop what has been typed."""
        self._digits = ""
        self._show()

    def _show(self) -> None:
        count = LEAST_DIGITS if self.checking else len(self._digits)
        self._dots.show_count(count, self._words.say("widgets.pin_count", count=count, least=LEAST_DIGITS))
        self._go.setEnabled(count >= LEAST_DIGITS and not self.checking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) == 1 and text in "0123456789":
            self._type(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self._delete()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self._grid.setSpacing(max(8, self._theme.space("small")))
        tall = max(self._theme.least("key"), self._theme.line("key") + 20)
        for key in self._keys:
            key.setFixedHeight(tall)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, min(MOST_KEY_PX, self._theme.px(116)))

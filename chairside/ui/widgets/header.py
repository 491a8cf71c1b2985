"""The line above every page: whose visit it is, text size, and for staff the clock, battery and Lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Bars
from chairside.ui.widgets.text import Text
from chairside.ui.widgets.words import Words


@dataclass(frozen=True)
class Head:
    """What the header says; ready words, the header knows no patient. Empty parts are not shown."""

    who: str = ""  # staff: full name; patient mode: first name and initial
    beside: str = ""  # staff: "born 14 March 1984"
    clock: str = ""
    battery: str = ""
    person: str = ""  # staff: who is signed in, where the line has room for it


class Header(Bars):
    """Never covers the page: at large text it takes a second line before it takes the words away."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        lock: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(theme, line_below=True)
        self.setObjectName("header")
        self._words = words
        self._width, self._low = 1000, False
        self._buttons: list[Button] = []
        self._who, self._beside = Text(theme, "", "staff_strong"), Text(theme, "", "staff", "ink2")
        self._clock, self._battery = Text(theme, "", "staff"), Text(theme, "", "staff", "ink2")
        self._person = Text(theme, "", "staff")  # before the lock, on the only line
        self._person_above = Text(theme, "", "staff")  # at the end of the first of two
        self._texts = (self._who, self._beside, self._clock, self._battery)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._named, self._tools = QHBoxLayout(), FlowLayout(theme, gap="gap", at_end=True)
        self._group = QWidget()  # a line that is too long breaks before the buttons: none stands alone
        self._keys = FlowLayout(theme, self._group, gap="gap", at_end=True)
        self._line.addLayout(self._named, 1)
        self._line.addLayout(self._tools)
        self._fill(lock)
        theme.follow(self._restyle)

    def _fill(self, lock: Callable[[], None] | None) -> None:
        for text in (*self._texts, self._person, self._person_above):
            text.hide()
        self._named.addWidget(self._who)
        self._named.addWidget(self._beside)
        self._named.addStretch(1)
        self._named.addWidget(self._person_above)
        for text in (self._clock, self._battery):
            self._tools.addWidget(text)
        self._tools.addWidget(self._group)
        sizes = QWidget()
        pair = FlowLayout(self._theme, sizes, gap="gap")  # smaller and larger stay on one line together
        for step, key in ((-1, "smaller"), (1, "larger")):
            said, spoken = self._words.say(f"widgets.{key}"), self._words.say(f"widgets.{key}_spoken")
            pair.addWidget(self._tool(Action(f"header.{key}", said, self._sizer(step), "quiet", spoken)))
        self._keys.addWidget(sizes)
        self._keys.addWidget(self._person)
        if lock is not None:
            self._keys.addWidget(
                self._tool(Action("header.lock", self._words.say("widgets.lock"), lock, "quiet"))
            )

    def offer(self, action: Action) -> None:
        """Offer one thing more, before the text size and the lock."""
        self.take(Button(self._theme, action))

    def take(self, button: Button) -> None:
        """Take in this button, before the text size and the lock."""
        self._buttons.append(button)
        self._keys.insertWidget(0, button)
        self.fit(self._width, self._low)

    def _tool(self, action: Action) -> Button:
        button = Button(self._theme, action)
        self._buttons.append(button)
        return button

    def _restyle(self) -> None:
        self._line.setSpacing(self._theme.space("small"))
        self._named.setSpacing(self._theme.space("gap"))
        self.fit(self._width, self._low)

    def needed(self) -> int:
        """Return the width of one line, asked of the parts: Qt counts unshown ones as nothing."""
        return self._widths([*self._texts, *self._buttons])

    def has_room(self, bar: int, width: int) -> bool:
        """Tell whether a bar of this width fits beside the name, on the only line or the first of two."""
        return self._widths([self._who, self._beside]) + bar <= width

    def _widths(self, parts: Sequence[Text | Button]) -> int:
        gap = self._theme.space("gap")
        wide = sum(part.sizeHint().width() + gap for part in parts if part.text())
        return wide + 2 * self._theme.space("wide")

    def hold(self, bar: QWidget) -> None:
        """Take the step bar into this line, after the name."""
        self._named.addWidget(bar)

    def fit(self, width: int, low: bool) -> None:
        """Take this width: one line where everything fits, otherwise two."""
        self._width, self._low = width, low
        side, fits = self._theme.space("wide"), self.needed() <= width
        signed = self._person.sizeHint().width() + self._theme.space("gap") if self._person.text() else width
        self._person.setVisible(fits and not low and self.needed() + signed <= width)
        self._person_above.setVisible(not fits and not low and self.has_room(signed, width))
        self._who.setMinimumWidth(min(self._who.sizeHint().width(), width // 2))  # a short name is not broken
        self._line.setContentsMargins(side, 4 if fits or low else self._theme.space("snug"), side, 5)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if fits else down)
        self.setMinimumHeight(self._theme.least("header_low" if low else "header"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._line.minimumSize().height())

    def _sizer(self, step: int) -> Callable[[], None]:
        return lambda: self._theme.set_scale(self._theme.next_scale(step))

    def show_head(self, head: Head) -> None:
        """Say this."""
        for text, said in zip(self._texts, (head.who, head.beside, head.clock, head.battery), strict=True):
            text.setText(said)
            text.setVisible(bool(said))
        for text in (self._person, self._person_above):
            text.setText(head.person)
        self.fit(self._width, self._low)


def contrast(theme: Theme, words: Words, name: str = "header.contrast", kind: str = "quiet") -> Action:
    """Return the action that changes between calm and strong colours, for who reads now."""

    def change() -> None:
        theme.set_high_contrast(not theme.high_contrast)

    return Action(name, words.say("widgets.contrast"), change, kind, words.say("widgets.contrast_spoken"))

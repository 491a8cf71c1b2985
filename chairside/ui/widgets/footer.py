"""The line below every page: Back at its start, the main action at its end, what is lacking beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from chairside.ui.double_tap import ONCE
from chairside.ui.spoken import announce
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Bars, vacate
from chairside.ui.widgets.text import Text


class Footer(Bars):
    """One line where everything fits; otherwise the other actions, then what is lacking, stand above it.

    In little height what is lacking takes one line or none: the main action lists it, and the page has the
    height (qt.md 10.10).
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, line_below=False)
        self.setObjectName("footer")
        self._rows = QVBoxLayout(self)
        self._others = QWidget()
        self._flow = FlowLayout(theme, self._others)
        self._lacking = Text(theme, "", "staff")
        self._lacking.setObjectName("footer.lacking")
        self._line = QHBoxLayout()
        self._rows.addLayout(self._line)
        self._back: Button | None = None
        self._primary: Button | None = None
        self._offered: list[Button] = []
        self._width, self._low = 1000, False
        theme.follow(self._restyle)

    def show_actions(
        self, back: Action | None, primary: Action | None, others: Sequence[Action] = (), lacking: str = ""
    ) -> None:
        """Offer these; `lacking` says what still stands in the way of the main action."""
        before = [each for each in (self._back, self._primary, *self._offered) if each is not None]
        vacate(self._flow)
        self._back = self._button(back, before) if back is not None else None
        self._primary = self._button(primary, before) if primary is not None else None
        self._offered = [self._button(action, before) for action in others]
        for gone in before:
            if gone not in (self._back, self._primary, *self._offered):
                gone.hide()
                gone.deleteLater()
        for button in self._offered:
            self._flow.addWidget(button)
        if lacking != self._lacking.text():
            announce(self, lacking)  # how far somebody is, who does not see it change
        self._lacking.setText(lacking)
        self._lacking.setVisible(bool(lacking))
        self._others.setVisible(bool(others))
        self.fit(self._width, self._low)
        for offered in (self._back, self._primary, *self._offered):
            if offered is not None:
                offered.setProperty(ONCE, True)
                offered.show()  # now, not when Qt is next idle: sizes and order count at once

    def offered(self, name: str) -> Button | None:
        """Return the button of this name that stands here now."""
        here = [each for each in (self._back, self._primary, *self._offered) if each is not None]
        return next((each for each in here if each.objectName() == name), None)

    def _button(self, action: Action, before: list[Button]) -> Button:
        """Return a button for the action: one that may be under a finger stays, or its tap would be lost.

        A tap takes the keyboard from a field before it reaches the button; the field tells its text, and the
        page is shown anew. With no finger down the button is a new one: a double tap must not act twice.
        """
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            for each in before:
                if replace(each.action, tapped=action.tapped) == action:
                    each.action = action
                    return each
        return Button(self._theme, action)

    def _restyle(self) -> None:
        self.fit(self._width, self._low)

    def fit(self, width: int, low: bool) -> None:
        """Take this width: Back at the start, the main action at the end, the rest between or above."""
        self._width, self._low = width, low
        side, gap = self._theme.space("wide"), self._theme.space("gap")
        edge = self._theme.space("small") if low else gap
        self._rows.setContentsMargins(side, edge, side, edge)
        self._rows.setSpacing(self._theme.space("small"))
        self._line.setSpacing(gap)
        room = width - 2 * side - sum(_width(button) + gap for button in (self._back, self._primary))
        others = self._flow.sizeHint().width() + gap if self._offered else 0
        lacking = self._lacking.sizeHint().width() + gap if self._lacking.text() else 0
        both = others + lacking <= room
        buttons = both or 0 < others <= room  # else the words go above them: two lines, not three
        self._arrange(buttons, both or (not buttons and lacking <= room))
        wraps = lacking - gap > width - 2 * side
        listed = self._primary is not None  # without a main action nothing else would say it
        self._lacking.setVisible(lacking > 0 and not (low and wraps and listed))
        self.setMinimumHeight(self._theme.least("footer_low" if low else "footer"))

    def _arrange(self, others_beside: bool, lacking_beside: bool) -> None:
        for part in (self._others, self._lacking):
            self._line.removeWidget(part)
            self._rows.removeWidget(part)
        vacate(self._line)
        middle, end = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        if self._back is not None:
            self._line.addWidget(self._back, 0, middle)  # no taller than its words beside a taller one
        if others_beside:
            self._line.addWidget(self._others, 0, middle)
        self._line.addStretch(1)
        if lacking_beside:
            self._line.addWidget(self._lacking, 0, middle)
        else:
            self._rows.insertWidget(0, self._lacking)
        if not others_beside:
            self._rows.insertWidget(0, self._others)
        self._lacking.setAlignment(middle if lacking_beside else end | middle)
        if self._primary is not None:
            self._line.addWidget(self._primary, 0, middle)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._rows.minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.minimumHeight(), self._rows.heightForWidth(width))


def _width(button: Button | None) -> int:
    return 0 if button is None else button.sizeHint().width()

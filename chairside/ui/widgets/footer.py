"""The line below every page: Back at its start, the main action at its end, what is lacking beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from chairside.ui.double_tap import ONCE
from chairside.ui.spoken import announce
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button, width_of
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Bars, vacate
from chairside.ui.widgets.text import Text

LINES_UPRIGHT = 3  # an upright page has the height for them at text size 2, too


@dataclass(frozen=True)
class Places:
    """The words of Back and of the main action on pages that belong together.

    What stands between or above stands in one place on all of them, whichever of these a page has or lacks.
    """

    back: str = ""
    primary: tuple[str, ...] = ()


class Footer(Bars):
    """One line where everything fits; otherwise the other actions, then what is lacking, stand above it.

    Of other actions that would fill two lines above, the last stand beside Back where they have room. Back
    itself stands above where it and the main action would have to break their words to share a line.
    In little height what is lacking takes one line, on an upright page three, or none: the main action lists
    it, and the page has the height (qt.md 10.10).
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, line_below=False)
        self.setObjectName("footer")
        self._rows = QVBoxLayout(self)
        self._others = QWidget(), QWidget()  # above the line, and in it
        self._flows = tuple(FlowLayout(theme, each) for each in self._others)
        self._above = 0  # so many of the others stand above
        self._kept = 0  # the width that Back has, or would have before what stands beside it
        self._lacking = Text(theme, "", "staff")
        self._lacking.setObjectName("footer.lacking")
        self._line = QHBoxLayout()
        self._rows.addLayout(self._line)
        self._back: Button | None = None
        self._primary: Button | None = None
        self._offered: list[Button] = []
        self._stacked = False  # Back stands above, too
        self._width, self._low, self._upright = 1000, False, False
        self._places = Places()
        theme.follow(self._restyle)

    def show_actions(
        self, back: Action | None, primary: Action | None, others: Sequence[Action] = (), lacking: str = ""
    ) -> None:
        """Offer these; `lacking` says what still stands in the way of the main action."""
        before = [each for each in (self._back, self._primary, *self._offered) if each is not None]
        if self.isVisible():  # half filled it is low: a page that then needs no scrolling goes to its top
            self.setMinimumHeight(self.height())
        for flow in self._flows:
            vacate(flow)
        self._back = self._button(back, before) if back is not None else None
        self._primary = self._button(primary, before) if primary is not None else None
        self._offered = [self._button(action, before) for action in others]
        for gone in before:
            if gone not in (self._back, self._primary, *self._offered):
                gone.hide()
                gone.deleteLater()
        if lacking != self._lacking.text():
            announce(self, lacking)  # how far somebody is, who does not see it change
        self._lacking.setText(lacking)
        self._lacking.setVisible(bool(lacking))
        self._restyle()
        for offered in (self._back, self._primary, *self._offered):
            if offered is not None:
                offered.setProperty(ONCE, True)

    def keep_places(self, places: Places) -> None:
        """Have the others stand where they stand on every page of these words."""
        self._places = places
        self._restyle()

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
        self.fit(self._width, self._low, self._upright)

    def fit(self, width: int, low: bool, upright: bool = False) -> None:
        """Take this width: Back at the start, the main action at the end, the rest between or above."""
        self._width, self._low, self._upright = width, low, upright
        side, gap = self._theme.space("wide"), self._theme.space("gap")
        edge = self._theme.space("small") if low else gap
        self._rows.setContentsMargins(side, edge, side, edge)
        self._rows.setSpacing(self._theme.space("small"))
        self._line.setSpacing(gap)
        whole = width - 2 * side
        line = whole - gap
        self._stacked = self._both_break(line)
        back = 0 if self._stacked else self._back_width()
        self._above = self._lines(line - back - self._primary_width(), whole)
        beside = self._offered[self._above :]
        self._kept = back if beside or self._stacked else _width(self._back)
        others, room = self._across(beside) if beside else 0, line - self._kept - _width(self._primary)
        lacking = self._said() + gap if self._lacking.text() else 0
        self._arrange(others + lacking <= room)  # else the words go above them: two lines, not three
        listed = self._primary is not None  # without a main action nothing else would say it
        self._lacking.setVisible(lacking > 0 and not (low and listed and self._too_long(whole)))
        self.setMinimumHeight(self._theme.least("footer_low" if low else "footer"))

    def _both_break(self, room: int) -> bool:
        """Tell whether Back and the main action cannot both stand in one line with their words whole.

        On pages that belong together Back stays where it is: what stands above would leave its place.
        """
        ends = (self._back, self._primary)
        return not self._places.primary and None not in ends and sum(map(_width, ends)) > room

    def _too_long(self, width: int) -> bool:
        """Tell whether what lacks takes more lines of this width than a low page has for it."""
        if not self._upright:
            return self._said() > width
        return self._lacking.heightForWidth(width) > LINES_UPRIGHT * self._theme.line("staff")

    def _said(self) -> int:
        """Return the width of what lacks, its digits wide: a footer that counts keeps its shape."""
        said = self._lacking.text()
        widest = re.sub(r"\d+", lambda number: "0" * max(2, len(number[0])), said)
        return self._lacking.natural_width(widest)

    def _back_width(self) -> int:
        """Return the room that Back has, or has on another page of these words."""
        return max(_width(self._back), self._widest((self._places.back,), "secondary"))

    def _primary_width(self) -> int:
        return max(_width(self._primary), self._widest(self._places.primary, "primary"))

    def _widest(self, words: Sequence[str], kind: str) -> int:
        return max((width_of(self._theme, each, kind) for each in words if each), default=0)

    def _across(self, buttons: Sequence[Button]) -> int:
        """Return how wide these are in the line, with the gap after them."""
        gaps = (len(buttons) - 1) * self._theme.space("small") + self._theme.space("gap")
        return sum(map(_width, buttons)) + gaps

    def _lines(self, room: int, width: int) -> int:
        """Return how many of the others stand above: none, all, or those that fill one line.

        Only what is harmless comes so near the main action (qt.md 10.14), and no words are pushed away.
        """
        count = len(self._offered)
        if self._stacked:
            return count
        if not count or self._across(self._offered) <= room:
            return 0
        gap = self._theme.space("gap")
        first = next(
            (n for n in range(count, 0, -1) if self._across(self._offered[:n]) - gap <= width), count
        )
        rest = self._offered[first:]
        calm = not self._lacking.text() and all(each.action.kind == "secondary" for each in rest)
        return first if rest and calm and self._across(rest) <= room else count

    def _deal(self) -> None:
        """Put each of the others into the line it stands in."""
        first = [self._back] if self._stacked and self._back is not None else []
        dealt = [*first, *self._offered[: self._above]], self._offered[self._above :]
        if tuple(flow.widgets() for flow in self._flows) != dealt:
            for flow in self._flows:
                vacate(flow)
            for flow, buttons in zip(self._flows, dealt, strict=True):
                for button in buttons:
                    flow.addWidget(button)

    def _arrange(self, lacking_beside: bool) -> None:
        self._deal()
        for part in (*self._others, self._lacking):
            self._line.removeWidget(part)
            self._rows.removeWidget(part)
        vacate(self._line)
        above, beside = self._others
        middle, end = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        if self._back is not None and not self._stacked:
            self._line.addWidget(self._back, 0, middle)  # no taller than its words beside a taller one
        elif self._kept:
            self._line.addSpacing(self._kept + self._line.spacing())  # a gap has none after it
        self._line.addWidget(beside, 0, middle)
        self._line.addStretch(1)
        if lacking_beside:
            self._line.addWidget(self._lacking, 0, middle)
        else:
            self._rows.insertWidget(0, self._lacking)
        self._rows.insertWidget(0, above)
        self._lacking.setAlignment(middle if lacking_beside else end | middle)
        if self._primary is not None:
            self._line.addWidget(self._primary, 0, middle)
        for button in (self._back, self._primary, *self._offered):
            if button is not None:  # now that all stands, not when Qt is next idle: sizes and order count
                button.show()
                button.take_face()
        above.setVisible(self._stacked or self._above > 0)
        beside.setVisible(self._above < len(self._offered))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for button in self._offered:
            button.take_face()  # the style sheet has just dressed them

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._rows.minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.minimumHeight(), self._rows.heightForWidth(width))


def _width(button: Button | None) -> int:
    return 0 if button is None else button.sizeHint().width()

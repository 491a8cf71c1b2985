"""The frame of every page: header, rail or bar, the column that scrolls, footer.

Arranged by the room there is (facts/qt.md 11): a rail beside wide pages, a bar on narrow ones; at large
text or on low screens header and bar share one line so that at least 55 % of the height stays for content.
A wide screen (1920) gets wider margins and no third column: what one would say stands in the rail, the
header and the footer already, a line of more than 75 letters reads badly, and who decides reads one thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from chairside.ui.double_tap import page_came
from chairside.ui.spoken import announce
from chairside.ui.theme import Theme
from chairside.ui.widgets import tab_order
from chairside.ui.widgets.flick import scroll_by_finger
from chairside.ui.widgets.focus_ring import FocusRing
from chairside.ui.widgets.footer import Footer
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.header import Header
from chairside.ui.widgets.steps import Choose, Rail, StepBar, StepMark
from chairside.ui.widgets.tab_order import bring_into_sight, is_in_sight
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words

NO_HEADING = 9  # after every level of headings
_ENDS = (".", "?", "!", ":")
TURNS_TO_FILL = 2  # of Qt's events, until what was put into a layout is shown
Column: TypeAlias = Literal["text", "form", "whole"]

_SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class _Content(QScrollArea):
    """The part that scrolls, up and down only, by finger, wheel and keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("content")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # T1
        self.inside = QWidget()
        self.around = QHBoxLayout(self.inside)
        self.column_widget = QWidget()
        self.body = Stack(theme, "room")
        self.column = QVBoxLayout(self.column_widget)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self.body)
        self.column.addStretch(2)  # a short page keeps its controls at their own height
        self.around.addStretch(1)
        self.around.addWidget(self.column_widget, 1000)
        self.around.addStretch(1)
        self.setWidget(self.inside)
        self.verticalScrollBar().rangeChanged.connect(self._on_ranged)

    @Slot()
    def _on_ranged(self) -> None:
        """Follow a finger once there is something to scroll: most pages fit, and each scroller costs."""
        if self.verticalScrollBar().maximum() > 0 and not QScroller.hasScroller(self.viewport()):
            scroll_by_finger(self.viewport())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep in sight what has the keyboard and was in sight: the footer grows, a tablet turns."""
        held = self.inside.focusWidget()
        kept = held is not None and held.hasFocus() and is_in_sight(held, self, event.oldSize().height())
        super().resizeEvent(event)
        if kept and held is not None:
            bring_into_sight(held)


class Page(QWidget):
    """Header and steps are optional; fill `body`, then say the actions through `footer`."""

    def __init__(self, theme: Theme, words: Words, name: str, column: Column = "text") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._theme, self._column = theme, column
        self.header: Header | None = None
        self._rail, self._bar = Rail(theme, words), StepBar(theme, words)
        self._content = _Content(theme)
        self.footer = Footer(theme)
        self._top = QHBoxLayout()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addLayout(self._top, 0, 0, 1, 2)
        self._grid.addWidget(self._bar, 1, 0, 1, 2)
        self._grid.addWidget(self._rail, 2, 0)
        self._grid.addWidget(self._content, 2, 1)
        self._grid.addWidget(self.footer, 3, 0, 1, 2)
        self._grid.setRowStretch(2, 1)
        self._grid.setColumnStretch(1, 1)
        self._ended, self._announced, self._turns = False, "", 0
        self._saying = QTimer(self)  # a child: `singleShot` keeps a page that goes before its turn
        self._saying.setSingleShot(True)
        self._saying.setInterval(0)
        self._saying.timeout.connect(self._announce_next)
        self._steps: tuple[StepMark, ...] = ()
        self._ring = FocusRing(theme, self)
        self._content.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.follow(self._restyle)
        theme.restyled.connect(self.arrange)

    @property
    def body(self) -> Stack:
        """The column to fill."""
        return self._content.body

    @property
    def content(self) -> QScrollArea:
        """The part that scrolls."""
        return self._content

    def spoken_name(self) -> str:
        """Return the heading the page shows now, or its first words, for who comes here without seeing."""
        inside = self._content.inside.findChildren(Text)
        shown = [each for each in inside if each.text() and each.isVisibleTo(self)]
        shown.sort(key=lambda each: each.level if isinstance(each, Heading) else NO_HEADING)
        return shown[0].text() if shown else ""

    def set_header(self, header: Header) -> None:
        """Put this header above the page."""
        self.header = header
        self._top.addWidget(header, 1)
        header.lower()  # first of the page's parts, as it is read
        self.arrange()

    def show_steps(self, marks: Sequence[StepMark], choose: Choose | None = None) -> None:
        """Show where in the visit we are; no steps, no rail and no bar. `choose` makes open steps a way."""
        self._steps = tuple(marks)
        self._rail.show_steps(marks, choose)
        self._bar.show_steps(marks)
        self.arrange()

    def _announce_soon(self) -> None:
        """Say where somebody is now, once the page is filled."""
        self._turns = 0
        self._saying.start()

    @Slot()
    def _announce_next(self) -> None:
        """Wait once more: Qt shows what was put into a layout when it is next idle."""
        self._turns += 1
        if self._turns < TURNS_TO_FILL:
            self._saying.start()
        else:
            self._announce()

    def _announce(self) -> None:
        tab_order.stand_in_order(self, deep=True)
        name, step = self.spoken_name(), self._bar.accessibleName()
        told = f"{name}{'' if name.endswith(_ENDS) else '.'} {step}" if step else name
        if told != self._announced and self.isVisible():
            self._announced = told
            announce(self, told)

    def clear(self) -> None:
        """Take everything out of the column and go to its top."""
        self._announce_soon()
        empty(self.body)
        self._ended = False
        self._content.verticalScrollBar().setValue(0)

    def stand_in_the_middle(self) -> None:
        """Let a short page stand in the upper third rather than at the top."""
        self._content.column.insertStretch(0, 1)

    def at_end(self) -> bool:
        """Tell whether the end of the column is or was in view, so the whole page has been shown.

        It stays told until the page is cleared: the footer may grow by what is offered at the end, and
        would otherwise push the end out of view again, for ever.
        """
        return self._ended or self._below() <= self._margin()

    def _below(self) -> int:
        """Return how many pixels of the column are under the view."""
        bar = self._content.verticalScrollBar()
        return bar.maximum() - bar.value()

    def _margin(self) -> int:
        """Return the empty pixels after the last word: a footer that grows into them hides nothing."""
        return max(2, self._content.around.contentsMargins().bottom())

    def arrange(self) -> None:
        """Divide the page for its size and text size."""
        plan = self._theme.arrangement(self.size())
        rail = plan.rail > 0 and bool(self._steps)
        self._rail.setVisible(rail)
        self._rail.setFixedWidth(max(1, plan.rail))
        self._bar.setVisible(not rail and self._bar.speaks)
        inline = self._place_bar(plan.one_line)
        if self.header is not None:
            self.header.fit(self.width() - (self._bar.sizeHint().width() if inline else 0), plan.low)
        self.footer.fit(self.width(), plan.low, self.height() > self.width())
        limit = self._theme.width(self._column) if self._column != "whole" else 16_000
        self._content.column_widget.setMaximumWidth(limit)
        top = self._theme.space("wide" if plan.low else "page")
        below = min(top, self._theme.space("gap"))  # the footer parts it from what follows
        self._content.around.setContentsMargins(plan.margin, top, plan.margin, below)
        tab_order.stand_in_order(self, self.footer, *([self.header] if self.header else []))

    def _place_bar(self, one_line: bool) -> bool:
        """Put the bar into the header's line where both fit; tell whether they do."""
        header = self.header
        if header is None or not self._steps:
            return False
        inline = one_line and header.has_room(self._bar.sizeHint().width(), self.width())
        if inline != self._bar.inline:
            self._bar.set_inline(inline)
            if inline:
                self._grid.removeWidget(self._bar)
                header.hold(self._bar)
            else:
                self._grid.addWidget(self._bar, 1, 0, 1, 2)
        return inline

    def _restyle(self) -> None:
        self.arrange()

    @Slot()
    def _on_scrolled(self) -> None:
        scrolls = self._content.verticalScrollBar().maximum() > self._margin()
        self._ended = self._ended or (scrolls and self.at_end())
        self._ring.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        page_came()
        self._announce_soon()
        if self.focusWidget() is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # not on the first button: Tab goes there

    def focusNextPrevChild(self, forward: bool) -> bool:
        return tab_order.step(forward, self._content, self.footer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = _SCROLLS.get(event.key())
        if action is None:
            super().keyPressEvent(event)
        else:
            self._content.verticalScrollBar().triggerAction(action)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 320)

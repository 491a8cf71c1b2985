"""Ways within a page: to the top of a part and what can be tapped in it, or just so far that it is seen.

A page that was turned a moment ago has its parts only once Qt has laid them out, so both wait for that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page

Find: TypeAlias = Callable[[], QWidget | None]
LEVELS = 6  # from the words of a notice up to what scrolls; each tells the next that its height is another


class Jump(QObject):
    """Goes about one page."""

    def __init__(self, theme: Theme, page: Page) -> None:
        super().__init__(page)
        self._theme, self._page = theme, page
        self._goal: Find = lambda: None
        self._seen: Find = lambda: None

    def to_list(self, summary: QWidget) -> None:
        """Go to the page's top, and give the keyboard to the list of what lacks."""
        self._page.content.verticalScrollBar().setValue(0)
        summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def to(self, find: Find) -> None:
        """Bring a part to the page's top and the keyboard to what can be tapped in it."""
        self._goal = find
        QTimer.singleShot(0, self, self._arrive)

    def show_whole(self, find: Find) -> None:
        """Turn the page just so far that a part is seen whole."""
        self._seen = find
        QTimer.singleShot(0, self, self._turn)

    def hold(self, change: Callable[[], None]) -> None:
        """Change something above what is on show, and keep that where it is."""
        bar = self._page.content.verticalScrollBar()
        scrolled, below = bar.value() > 0, bar.maximum() - bar.value()
        change()
        if scrolled:
            for _ in range(LEVELS):  # at once, or the jump would be seen
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            bar.setValue(bar.maximum() - below)

    @Slot()
    def _turn(self) -> None:
        if (place := self._seen()) is not None:
            self._page.content.ensureWidgetVisible(place)

    @Slot()
    def _arrive(self) -> None:
        place = self._goal()
        if place is None:
            return
        bar = self._page.content.verticalScrollBar()
        below = place.mapTo(self._page.content, QPoint(0, 0)).y() - self._theme.space("wide")
        bar.setValue(bar.value() + below)
        stops = [each for each in (place, *place.findChildren(QWidget)) if each.isVisibleTo(self._page)]
        first = next((each for each in stops if each.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def asked_above(said: QWidget) -> QWidget | None:
    """Return the control a sentence stands below, or what both stand in."""
    whole = said.parentWidget()
    layout = whole.layout() if whole is not None else None
    at = layout.indexOf(said) if layout is not None else -1
    if whole is None or layout is None or at <= 0:
        return whole
    beside = (each for each in whole.children() if isinstance(each, QWidget))
    return next((each for each in beside if layout.indexOf(each) == at - 1), whole)

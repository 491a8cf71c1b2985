"""Surfaces: the white card on the grey page, and the white bars above and below it."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget
from shiboken6 import delete

from chairside.ui.theme import Theme
from chairside.ui.widgets.text import Stack


class Card(QFrame):
    """A white sheet; add to `column`."""

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self.column = Stack(theme, "gap", self)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        side = self._theme.space("far" if self._theme.scale < 1.5 else "gap")
        self.column.setContentsMargins(side, self._theme.space("wide"), side, self._theme.space("wide"))


class Bars(QWidget):
    """A white bar with a hairline towards the page."""

    def __init__(self, theme: Theme, line_below: bool) -> None:
        super().__init__()
        self._theme, self._line_below = theme, line_below

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        row = self.height() - 1 if self._line_below else 0
        painter.fillRect(0, row, self.width(), 1, self._theme.colour("line"))
        painter.end()


def empty(layout: QLayout) -> None:
    """Take everything out of a layout; Qt deletes the widgets when it is next idle."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()
            continue
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        delete(item)


def vacate(layout: QLayout) -> None:
    """Take widgets and gaps out of a layout; they stay. An item that was taken out, nobody else deletes."""
    while (item := layout.takeAt(0)) is not None:
        delete(item)

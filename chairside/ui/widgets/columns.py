"""Cards in one column, or in two where the page is wide enough; what comes first stands at the top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from chairside.ui.theme import Theme

TWO_FROM_PX = 1160  # at text size 1: below this a card's words would break into too many lines


class Columns(QWidget):
    """Widgets read line by line: one order for the eye, the Tab key and a screen reader."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._shown: list[QWidget] = []
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.follow(self._restyle)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these; those that were here before and are not among them are gone."""
        if list(widgets) == self._shown:
            return
        for old in self._shown:
            if old not in widgets:
                self._grid.removeWidget(old)
                old.hide()
                old.deleteLater()
        self._shown = list(widgets)
        self._place()
        for widget in self._shown:
            widget.show()
        if self.parent() is not None or not self._shown:  # alone it would flash up as a window of its own
            self.setVisible(bool(self._shown))

    def _restyle(self) -> None:
        self._grid.setSpacing(self._theme.space("gap"))
        self._arrange()

    def _arrange(self) -> None:
        count = 2 if self.width() / self._theme.scale >= TWO_FROM_PX else 1
        if count != self._count:
            self._count = count
            self._place()

    def _place(self) -> None:
        columns = max(1, self._count)
        for widget in self._shown:
            self._grid.removeWidget(widget)
        for number, widget in enumerate(self._shown):
            self._grid.addWidget(widget, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns > 1 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

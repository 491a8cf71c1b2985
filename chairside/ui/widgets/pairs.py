"""Two columns of words: what it is at the start, what is so in bold beside it; below it in large type."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.across import BESIDE_FROM_PX
from chairside.ui.widgets.text import Text

_TYPE = {  # of the two columns
    "staff": ("staff", "staff_strong"),
    "body": ("body", "strong"),
    "compared": ("staff", "strong"),
}
_LINES = 3  # of the grid to a pair: what it is, what is so where it stands below, the gap


class Pairs(QWidget):
    """Lines of two; long words wrap within their own column, or have the whole width where that is narrow."""

    def __init__(
        self,
        theme: Theme,
        rows: Iterable[tuple[str, str]],
        gap: str = "small",
        colour: str = "ink",
        kind: str = "staff",
        share: tuple[int, int] = (2, 3),
    ) -> None:
        """`gap` stands between the lines, `colour` is the first column's; `share` divides the width."""
        super().__init__()
        self._theme, self._gap, self._share = theme, gap, share
        first, second = _TYPE[kind]
        self._rows = [(Text(theme, name, first, colour), Text(theme, said, second)) for name, said in rows]
        self._below: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.space("gap"))
        self._below = None
        self._arrange()

    def _arrange(self) -> None:
        below = self.width() < self._theme.px(BESIDE_FROM_PX)
        if below == self._below:
            return
        self._below, grid, gap = below, self._grid, self._theme.space(self._gap)
        grid.setVerticalSpacing(0 if below else gap)
        for column, share in enumerate(self._share):
            grid.setColumnStretch(column, share)
        for number, (name, said) in enumerate(self._rows):
            row = _LINES * number
            if below:
                grid.addWidget(name, row, 0, 1, 2)
                grid.addWidget(said, row + 1, 0, 1, 2)
            else:
                grid.addWidget(name, row, 0)
                grid.addWidget(said, row, 1)
            last = number == len(self._rows) - 1
            grid.setRowMinimumHeight(row + 2, gap if below and not last else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

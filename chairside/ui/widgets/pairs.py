"""Two columns of words: what it is at the start, what is so in bold beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.text import Text

_STRONG = {"staff": "staff_strong", "body": "strong"}


class Pairs(QWidget):
    """Lines of two; long words wrap within their own column."""

    def __init__(
        self,
        theme: Theme,
        rows: Iterable[tuple[str, str]],
        gap: str = "small",
        colour: str = "ink",
        kind: str = "staff",
    ) -> None:
        """`gap` stands between the lines; `colour` and `kind` of type are the first column's."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("gap"))
        grid.setVerticalSpacing(theme.space(gap))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for number, (name, said) in enumerate(rows):
            grid.addWidget(Text(theme, name, kind, colour), number, 0)
            grid.addWidget(Text(theme, said, _STRONG[kind]), number, 1)

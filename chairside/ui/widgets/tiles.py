"""Big tiles with a name and a line below it: who are you, which drug, which visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button

_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class TileMark:
    """One tile: its key, its name and what stands below the name."""

    key: str
    title: str
    below: str = ""


class _Tile(Button):
    def __init__(self, theme: Theme, action: Action, below: str) -> None:
        self._below = below
        super().__init__(theme, action)

    def sizeHint(self) -> QSize:
        return (
            super()
            .sizeHint()
            .expandedTo(QSize(self._theme.px(220), self.heightForWidth(self._theme.px(220))))
        )

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * self._sides()
        return max(
            self.minimumHeight(),
            self._words(inner).height() + self._below_tall(inner) + 2 * self._sides(),
        )

    def _below_tall(self, width: int) -> int:
        """Return how tall the line below is: where it does not fit it takes another."""
        if not self._below:
            return 0
        metrics = QFontMetrics(self._theme.font("body"))
        said = metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), _WRAP, self._below)
        return max(self._theme.line("body"), said.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._below:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self._paint_frame(painter))
        sides = self._sides()
        inner = self.rect().adjusted(sides, 0, -sides, 0)
        tall = self._words(inner.width()).height()
        below = self._below_tall(inner.width())
        top = (self.height() - tall - below) // 2
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(QRect(inner.x(), top, inner.width(), tall), _WRAP | centre, self.text())
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("ink2"))
        under = QRect(inner.x(), top + tall, inner.width(), below)
        painter.drawText(under, _WRAP | centre, self._below)
        painter.end()


class Tiles(QWidget):
    """Tiles in as many columns as fit."""

    def __init__(
        self, theme: Theme, name: str, tiles: Sequence[TileMark], choose: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._choose = choose
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._theme = theme
        self._tiles: list[_Tile] = []
        for tile in tiles:
            spoken = f"{tile.title}, {tile.below}" if tile.below else tile.title
            action = Action(f"{name}.{tile.key}", tile.title, self._chooser(tile.key), "tile", spoken)
            self._tiles.append(_Tile(theme, action, tile.below))
        theme.follow(self._restyle)

    def _chooser(self, key: str) -> Callable[[], None]:
        return lambda: self._choose(key)

    def _restyle(self) -> None:
        gap = self._theme.space("gap")
        self._grid.setSpacing(gap)
        columns = 2 if self._theme.scale < 1.5 else 1
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
            self._grid.setColumnStretch(number % columns, 1)
        self._grid.setColumnStretch(1, 1 if columns > 1 else 0)

"""A layout of two: side by side where the second has room beside the first, else one below the other.

It stands in a widget of its own: put into another layout it outlived its page, with both places (Qt for
Python 6.11; 800 bytes each time).
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget, QWidgetItem

from chairside.ui.theme import Theme


class Beside(QLayout):
    """The first keeps its own width; `least` is what the second needs beside it, at text size 1."""

    def __init__(self, theme: Theme, parent: QWidget, parts: tuple[QWidget, QWidget], least: int) -> None:
        super().__init__()
        self._theme, self._least = theme, least
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        parent.setLayout(self)
        for part in parts:
            self.addChildWidget(part)
            self.addItem(QWidgetItem(part))  # Python's own: nobody deletes one that Qt makes

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1].united(self._places(width)[0]).height()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        page = self.parentWidget()
        way = page.layoutDirection() if page is not None else Qt.LayoutDirection.LeftToRight
        for item, place in zip(self._items, self._places(rect.width()), strict=True):
            item.setGeometry(QStyle.visualRect(way, rect, place.translated(rect.topLeft())))

    def _places(self, width: int) -> tuple[QRect, QRect]:
        """Return where both stand, measured from the layout's corner, left to right."""
        first, second = self._items
        gap = self._theme.space("gap")
        own = min(first.sizeHint().width(), width)
        left = width - own - gap
        if left >= self._theme.px(self._least):
            return QRect(0, 0, own, _tall(first, own)), QRect(own + gap, 0, left, _tall(second, left))
        top = _tall(first, width)
        return QRect(0, 0, width, top), QRect(0, top + gap, width, _tall(second, width))

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items]
        return QSize(sum(each.width() for each in hints), max(each.height() for each in hints))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max(each.width() for each in sizes), max(each.height() for each in sizes))


def _tall(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

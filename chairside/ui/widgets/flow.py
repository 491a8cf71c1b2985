"""A layout that fills lines like words and breaks where they end."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

from chairside.ui.theme import Theme


class FlowLayout(QLayout):
    """Widgets side by side, wrapping; mirrored for right-to-left readers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, gap: str = "small") -> None:
        super().__init__()
        self._theme, self._gap = theme, gap
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width, until something changes: Qt asks many times over
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items]
        gap = self._theme.space(self._gap)
        wide = sum(hint.width() for hint in hints) + gap * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _place(self, rect: QRect, move: bool) -> int:
        gap = self._theme.space(self._gap)
        where, tallest = QPoint(rect.topLeft()), 0
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(max(1, rect.width()), 100_000))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if where.x() > rect.x() and where.x() + size.width() > rect.x() + rect.width():
                where, tallest = QPoint(rect.x(), where.y() + tallest + gap), 0
            if move:
                item.setGeometry(QStyle.visualRect(direction, rect, QRect(where, size)))
            where.setX(where.x() + size.width() + gap)
            tallest = max(tallest, size.height())
        return where.y() + tallest - rect.y()

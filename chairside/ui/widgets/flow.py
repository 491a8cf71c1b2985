"""A layout that fills lines like words and breaks where they end."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget, QWidgetItem

from chairside.ui.theme import Theme


class FlowLayout(QLayout):
    """Widgets side by side, wrapping; mirrored for right-to-left readers. `at_end`: lines end together."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, gap: str = "small", at_end: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._gap, self._at_end = theme, gap, at_end
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width, until something changes: Qt asks many times over
        self._sizes: dict[str, QSize] = {}  # the same
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addWidget(self, widget: QWidget) -> None:
        """Hold it by an item of Python's: one that Qt makes nobody deletes, 100 bytes a widget."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._forget()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def widgets(self) -> list[QWidget | None]:
        """Return what stands in it, in order."""
        return [item.widget() for item in self._items]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._forget()
        super().invalidate()

    def _forget(self) -> None:
        self._heights.clear()
        self._sizes.clear()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        if "hint" not in self._sizes:
            self._sizes["hint"] = self._in_one_line()
        return self._sizes["hint"]

    def _in_one_line(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gap = self._theme.space(self._gap)
        wide = sum(hint.width() for hint in hints) + gap * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        if "least" not in self._sizes:
            self._sizes["least"] = self._tallest_and_widest()
        return self._sizes["least"]

    def _tallest_and_widest(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def insertWidget(self, index: int, widget: QWidget) -> None:
        """Add a widget before the one that stands at this place."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())

    def _size(self, item: QLayoutItem, room: int) -> QSize:
        size = item.sizeHint().boundedTo(QSize(max(1, room), 100_000))
        if item.hasHeightForWidth():
            size.setHeight(item.heightForWidth(size.width()))
        return size

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return what stands on each line, with its size; what is hidden takes no room."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used, gap = 0, self._theme.space(self._gap)
        for item in self._items:
            if item.isEmpty():
                continue
            size = self._size(item, room)
            if not lines or used + gap + size.width() > room:
                lines.append([])
                used = -gap
            lines[-1].append((item, size))
            used += gap + size.width()
        return lines

    def _place(self, rect: QRect, move: bool) -> int:
        gap, top = self._theme.space(self._gap), rect.y()
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        if move and self._at_end:  # beside something taller: in the middle of it
            top += max(0, rect.height() - self.heightForWidth(rect.width())) // 2
        for line in self._lines(rect.width()):
            tall = max(size.height() for _, size in line)
            spare = rect.width() - sum(size.width() + gap for _, size in line) + gap
            left = rect.x() + (max(0, spare) if self._at_end else 0)
            for item, size in line:
                box = QRect(QPoint(left, top + (tall - size.height()) // 2), size)
                if move:
                    item.setGeometry(QStyle.visualRect(direction, rect, box))
                left += size.width() + gap
            top += tall + gap
        return max(0, top - gap - rect.y())  # asked for only where nothing moves

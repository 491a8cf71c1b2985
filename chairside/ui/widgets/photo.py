"""A photograph on the page, as wide as there is room, never larger than it is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from chairside.ui.theme import Theme

MOST_PX = 560  # at text size 1
NO_LIMIT_PX = 16_000


class Photo(QWidget):
    """Shows one picture whole."""

    def __init__(self, theme: Theme, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._theme = theme
        self._image = QImage()
        self._tallest = NO_LIMIT_PX
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage) -> None:
        """Show this picture."""
        self._image = image
        self.updateGeometry()
        self.update()

    def stand_within(self, height: int) -> None:
        """Be no taller than this, so that what is tapped about it is in sight with it."""
        self._tallest = height
        self.updateGeometry()

    def _fitted(self, width: int) -> QSize:
        """Return the size it is shown at: the room's width, at most its own, at most the room's height."""
        size = self._image.size()
        if size.isEmpty():
            return QSize(0, 0)
        wide = min(width, size.width())
        tallest = min(self._theme.px(MOST_PX), self._tallest)
        wide = min(wide, tallest * size.width() // size.height())
        return QSize(max(1, wide), max(1, wide * size.height() // size.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._fitted(width).height()

    def sizeHint(self) -> QSize:
        return self._fitted(self._theme.width("form"))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, min(48, self._fitted(10_000).height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRect(self.rect().topLeft(), self._fitted(self.width()))
        seen = QStyle.visualRect(self.layoutDirection(), self.rect(), box)
        painter.drawImage(seen, self._image)
        painter.setPen(self._theme.colour("edge"))  # a white sheet on a white card has no edge of its own
        painter.drawRect(seen.adjusted(0, 0, -1, -1))
        painter.end()

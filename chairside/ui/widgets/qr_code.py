"""A QR code painted from its matrix, with the address beside it in words for who cannot scan."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chairside.ui.theme import Theme

QUIET_MODULES = 4


class QrCode(QWidget):
    """Black on white whatever the theme, with the quiet zone the standard asks for."""

    def __init__(self, theme: Theme, name: str, content: str, spoken: str) -> None:
        super().__init__()
        import segno  # here: start-up; 70 ms that only a page with a code needs

        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._theme = theme
        self._rows = tuple(bytes(row) for row in segno.make(content, error="m", micro=False).matrix)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def _module(self) -> int:
        return max(2, self._theme.px(180) // (len(self._rows) + 2 * QUIET_MODULES))

    def sizeHint(self) -> QSize:
        side = self._module() * (len(self._rows) + 2 * QUIET_MODULES)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), self._module()
        painter.fillRect(self.rect(), "white")
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        (x + QUIET_MODULES) * side, (y + QUIET_MODULES) * side, side, side, "black"
                    )
        painter.end()

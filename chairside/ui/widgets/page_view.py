"""Shows a document page by page; pictures of the pages come from the caller, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.tab_order import bring_into_sight
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.words import Words

_A4 = 297 / 210


class _Sheet(QWidget):
    """One page, scaled to the width there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self._keep_shape()
        self.updateGeometry()
        self.update()

    def _keep_shape(self) -> None:
        """Hold the height of the width: a page that scrolls would else squeeze it into what is in view."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_shape()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wide = self._image.width()
        return round(width * (self._image.height() / wide if wide else _A4))

    def sizeHint(self) -> QSize:
        wide = self._theme.width("form")
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(self._theme.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PageView(QWidget):
    """Previous, "Page 2 of 6", Next, and the page. `draw` returns a picture of a page."""

    def __init__(self, theme: Theme, words: Words, name: str, draw: Callable[[int], QImage]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words, self._draw = words, draw
        self._count = self._here = 0
        self._sheet, self._place = _Sheet(theme), Text(theme, "", "staff_strong")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._before = Button(
            theme, Action(f"{name}.previous", words.say("widgets.page_before"), self._turn(-1))
        )
        self._after = Button(theme, Action(f"{name}.next", words.say("widgets.page_after"), self._turn(1)))
        column, line = Stack(theme, "gap", self), QHBoxLayout()
        line.addWidget(self._before)
        line.addWidget(self._place, 1)
        line.addWidget(self._after)
        column.addLayout(line)
        column.addWidget(self._sheet)

    def show_document(self, count: int, here: int = 0) -> None:
        """Show page `here` (from 0) of a document of so many pages."""
        self._count = count
        self._go(here)

    def _turn(self, step: int) -> Callable[[], None]:
        return lambda: self._turn_by(step)

    def _turn_by(self, step: int) -> None:
        """Go to another page, and show it: on a low glass all of it lay below what turns to it."""
        self._go(self._here + step)
        bring_into_sight(self)

    def _go(self, here: int) -> None:
        if not self._count:
            return
        self._here = max(0, min(self._count - 1, here))
        self._sheet.show_image(self._draw(self._here))
        said = self._words.say("widgets.page_of", number=self._here + 1, count=self._count)
        self._place.setText(said)
        self._sheet.setAccessibleName(said)
        self._before.setEnabled(self._here > 0)
        self._after.setEnabled(self._here < self._count - 1)

"""The ring around what has the focus: a blue line outside a white gap, above everything, never cut by it.

It lies over the page and lets every event through; it is clipped to the scrolled area its control lives
in, so it never paints over the bars.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from chairside.ui.theme import Theme
from chairside.ui.widgets.marks import framed, pen

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRing(QWidget):
    """Follows the focus inside its parent."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme, self._page = theme, page
        self._held: QWidget | None = None
        self._ring = QRect()
        self._watched: list[QObject] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self.hide()

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        inside = new is not None and new is not self._page and self._page.isAncestorOf(new)
        self._held = new if inside else None
        self._watched = []
        step: QWidget | None = self._held
        while step is not None and step is not self._page:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self.follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.follow()
        return False

    def follow(self) -> None:
        """Stand where the focus is now."""
        held = self._held if self._held is not None and isValid(self._held) else None
        if held is None or not held.isVisibleTo(self._page):
            self.hide()
            return
        reach = self._theme.ring("gap") + self._theme.ring("line")
        around = QRect(held.mapTo(self._page, QPoint(0, 0)), held.size())
        self.setGeometry(around.adjusted(-reach, -reach, reach, reach).intersected(self._clip(held)))
        self._ring = around.adjusted(-reach, -reach, reach, reach).translated(-self.pos())
        self.show()
        self.raise_()
        self.update()

    def _clip(self, held: QWidget) -> QRect:
        step: QWidget | None = held
        while step is not None and step is not self._page:
            parent = step.parentWidget()
            if isinstance(parent, QAbstractScrollArea) and parent.viewport() is step:
                return QRect(step.mapTo(self._page, QPoint(0, 0)), step.size())
            step = parent
        return self._page.rect()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap, line = self._theme.ring("gap"), self._theme.ring("line")
        radius = self._theme.radius("control") + gap
        outer, clear = QRectF(self._ring), QColor(0, 0, 0, 0)
        white = outer.adjusted(line, line, -line, -line)
        framed(painter, white, radius, clear, pen(self._theme.colour("surface"), gap))
        framed(painter, outer, radius + line, clear, pen(self._theme.colour("focus"), line))
        painter.end()

"""The one push button, in its kinds, and the action it carries.

It paints itself because a style sheet cannot wrap a label, and at text size 2 labels must wrap.
A tap never takes the focus (Tab does), so the ring marks the keyboard's place only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle

from chairside.ui.theme import Theme, load_fallback
from chairside.ui.widgets.marks import framed, pen, tick

_WRAP = int(Qt.TextFlag.TextWordWrap)
LEAST_PX = 48  # a finger
_HEIGHT = {
    "primary": "primary",
    "secondary": "primary",
    "danger": "primary",
    "emergency": "emergency",
    "quiet": "compact",
    "chip": "compact",
    "key": "key",
    "tile": "tile",
}


@dataclass(frozen=True)
class Action:
    """Something a person can tap: its name for robots, its words, what then happens.

    `kind` is primary, secondary, danger, emergency, quiet, chip, key or tile; `spoken` is said where the
    words alone would not be enough.
    """

    name: str
    text: str
    tapped: Callable[[], None]
    kind: str = "secondary"
    spoken: str = ""


class Button(QPushButton):
    """A push button of a kind; a chosen chip has the look of a chosen row, tint and tick, not an action's."""

    def __init__(self, theme: Theme, action: Action) -> None:
        super().__init__(action.text)
        self._theme, self.action = theme, action
        load_fallback(action.text)
        self.setObjectName(action.name)
        self.setAccessibleName(action.spoken or action.text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)
        theme.follow(self._restyle)

    @Slot()
    def _on_clicked(self) -> None:
        self.action.tapped()

    def show_chosen(self, chosen: bool) -> None:
        """Mark a chip as the chosen one."""
        self.setCheckable(True)
        self.setChecked(chosen)

    def nextCheckState(self) -> None:
        """A tap does not check: what is shown is what was written."""

    def _restyle(self) -> None:
        kind = self.action.kind
        fonts = {"key": "key", "tile": "section", "emergency": "section"}
        self.setFont(self._theme.font(fonts.get(kind, "control")))
        self.setMinimumHeight(self._theme.least(_HEIGHT[kind]))  # a least width would overrule the words'
        self.updateGeometry()

    def _sides(self) -> int:
        kind = self.action.kind
        return self._theme.space("small" if kind in {"quiet", "key"} else "far" if kind == "chip" else "room")

    def _words(self, width: int) -> QRect:
        return self.fontMetrics().boundingRect(QRect(0, 0, max(1, width), 10_000), _WRAP, self.text())

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().boundingRect(self.text())
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * self._sides() + 2
        least = QSize(LEAST_PX, self.minimumHeight())
        return QSize(width, words.height() + 2 * self._theme.space("small")).expandedTo(least)

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = self.text().replace("-", "- ").split(" ")  # where Qt breaks a line
        widest = max(metrics.horizontalAdvance(word) for word in words)
        return QSize(max(LEAST_PX, widest + 2 * self._sides() + 2), self.minimumHeight())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self._words(width - 2 * self._sides())
        return max(self.minimumHeight(), words.height() + 2 * self._theme.space("small"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def _look(self) -> tuple[QColor, QColor, QColor | None]:
        """Return text, fill and edge."""
        colour, kind = self._theme.colour, self.action.kind
        if not self.isEnabled():
            return colour("disabled_text"), colour("disabled_fill"), None
        if kind == "emergency":
            return colour("on_primary"), colour("ink" if self.isDown() else "danger"), None
        if kind == "primary":
            return colour("on_primary"), colour("pressed" if self.isDown() else "primary"), None
        if kind == "chip" and self.isChecked():
            return colour("ink"), colour("primary_tint"), colour("primary")
        fill = colour("primary_tint" if self.isDown() else "surface")
        if kind == "quiet":
            return colour("primary"), colour("primary_tint") if self.isDown() else QColor(0, 0, 0, 0), None
        if kind == "danger":
            return colour("danger"), colour("danger_tint") if self.isDown() else fill, colour("danger")
        if kind in {"chip", "key", "tile"}:
            return colour("ink"), fill, colour("edge")
        return colour("primary"), fill, colour("primary")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._paint_frame(painter))
        sides = self._sides()
        inner = self.rect().adjusted(sides, 0, -sides, 0)
        painter.drawText(inner, _WRAP | int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.action.kind == "chip" and self.isChecked():
            self._tick_chip(painter, sides)
        painter.end()

    def _tick_chip(self, painter: QPainter, sides: int) -> None:
        """Tick a chosen chip in the room its sides always keep: choosing moves nothing."""
        box = QRect(0, (self.height() - sides) // 2, sides, sides)
        box = QStyle.visualRect(self.layoutDirection(), self.rect(), box.translated(2, 0))
        tick(painter, QRectF(box), self._theme.colour("primary"))

    def _paint_frame(self, painter: QPainter) -> QColor:
        """Draw the box; return the colour its words take."""
        text, fill, edge = self._look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = pen(edge, 2) if edge is not None else pen(fill, 0)
        if edge is None:
            line.setStyle(Qt.PenStyle.NoPen)
        framed(painter, QRectF(self.rect()), self._theme.radius("control"), fill, line)
        return text

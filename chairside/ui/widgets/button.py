"""The one push button, in its kinds, and the action it carries.

It paints itself because a style sheet cannot wrap a label, and at text size 2 labels must wrap.
A tap never takes the focus (Tab does), so the ring marks the keyboard's place only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle

from chairside.ui.theme import Theme, load_fallback
from chairside.ui.widgets.marks import framed, pen, tick

_WRAP = int(Qt.TextFlag.TextWordWrap)
_UNBROKEN, _NARROWEST = -1, -2  # widths to measure words at, beside a real one
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
    words alone would not be enough; `instead` are words that may come to stand in its place: it has room
    for the longest, so that nothing around it moves.
    """

    name: str
    text: str
    tapped: Callable[[], None]
    kind: str = "secondary"
    spoken: str = ""
    instead: tuple[str, ...] = ()


def width_of(theme: Theme, text: str, kind: str) -> int:
    """Return how wide a button of the footer would be with these words."""
    load_fallback(text)
    words = QFontMetrics(theme.font("control")).horizontalAdvance(text)
    return max(LEAST_PX, words + 2 * _sides(theme, kind) + 2)


def _sides(theme: Theme, kind: str) -> int:
    """Return the room on either side of the words."""
    return theme.space("small" if kind in {"quiet", "key"} else "far" if kind == "chip" else "room")


class Button(QPushButton):
    """A push button of a kind; a chosen chip has the look of a chosen row, tint and tick, not an action's."""

    def __init__(self, theme: Theme, action: Action) -> None:
        super().__init__(action.text)
        self._theme, self.action = theme, action
        self._measured: dict[tuple[str, int], QSize] = {}  # words by width, in the face of now
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

    def take_face(self) -> None:
        """Take the table's face: a style sheet gives a widget that changed its parent an older one."""
        fonts = {"key": "key", "tile": "section", "emergency": "section"}
        self.setFont(self._theme.font(fonts.get(self.action.kind, "control")))
        self._measured.clear()

    def _restyle(self) -> None:
        self.take_face()
        least = self._theme.least(_HEIGHT[self.action.kind])
        self.setMinimumHeight(least)  # a least width would overrule the words'
        self.updateGeometry()

    def _sides(self) -> int:
        return _sides(self._theme, self.action.kind)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measured.clear()
        super().changeEvent(event)

    def _words(self, width: int) -> QSize:
        """Return the room its words take in this width."""
        return self._room_at(max(1, width), self.text())

    def _room_for_all(self, width: int) -> QSize:
        """Return the room in which its words fit, and those that may stand here instead."""
        room = self._room_at(width, self.text())
        for text in self.action.instead:
            room = room.expandedTo(self._room_at(width, text))
        return room

    def _room_at(self, width: int, text: str) -> QSize:
        """Return the words' room as measured: Qt asks many times over, and shaping is most of a layout."""
        asked = (text, width)
        if asked not in self._measured:
            self._measured[asked] = self._measure(*asked)
        return self._measured[asked]

    def _measure(self, text: str, width: int) -> QSize:
        metrics = self.fontMetrics()
        if width == _UNBROKEN:
            return QSize(metrics.horizontalAdvance(text), metrics.boundingRect(text).height())
        if width == _NARROWEST:
            words = text.replace("-", "- ").split(" ")  # where Qt breaks a line
            return QSize(max(metrics.horizontalAdvance(word) for word in words), 0)
        return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text).size()

    def sizeHint(self) -> QSize:
        words, least = self._room_for_all(_UNBROKEN), QSize(LEAST_PX, self.minimumHeight())
        around = QSize(2 * self._sides() + 2, 2 * self._theme.space("small"))
        return (words + around).expandedTo(least)

    def minimumSizeHint(self) -> QSize:
        widest = self._room_for_all(_NARROWEST).width()
        return QSize(max(LEAST_PX, widest + 2 * self._sides() + 2), self.minimumHeight())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self._room_for_all(max(1, width - 2 * self._sides()))
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

"""How long something has lasted as a picture: a thin track filled by minutes; its sentence stands beside it.

One scale for every wait, so that two cards can be held against each other without reading.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.marks import framed, pen

PARTS = 4  # posts in the track: a half hour each where the whole is two hours
TALL_PX = 12


@dataclass(frozen=True)
class Lasted:
    """What the picture shows. Units: minutes; `whole` is a full track, and `end` says what that is."""

    minutes: int
    whole: int
    end: str  # "2 h"
    spoken: str  # "45 min of 2 h"
    tone: str = "primary"


class TimeBar(QWidget):
    """The track, and at its end what a full one means."""

    def __init__(self, theme: Theme, name: str, lasted: Lasted) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(lasted.spoken)
        self._theme, self.lasted = theme, lasted
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.width("text") // 2, self._theme.line("caption"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._end_wide() + self._theme.px(48), self._theme.line("caption"))

    def _end_wide(self) -> int:
        metrics = QFontMetrics(self._theme.font("caption"))
        return metrics.horizontalAdvance(self.lasted.end) + self._theme.space("small") + 2

    def _seen(self, box: QRect) -> QRectF:
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), box))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, tall, lasted = self._theme.colour, self._theme.px(TALL_PX), self.lasted
        wide = min(self.width(), self.sizeHint().width()) - self._end_wide()
        track = QRect(0, (self.height() - tall) // 2, wide, tall)
        framed(painter, self._seen(track), tall / 2, colour("canvas"), pen(colour("edge"), 1))
        filled = round(wide * min(1.0, lasted.minutes / lasted.whole))
        if filled:
            ink = colour(lasted.tone)
            done = QRect(0, track.top(), max(tall, filled), tall)
            framed(painter, self._seen(done), tall / 2, ink, pen(ink, 1))
        for part in range(1, PARTS):
            post = QRect(wide * part // PARTS, track.top() + 3, 1, tall - 6)
            painter.fillRect(self._seen(post), colour("surface" if post.left() < filled else "edge"))
        painter.setFont(self._theme.font("caption"))
        painter.setPen(colour("ink"))
        end = QRect(wide + self._theme.space("small"), 0, self._end_wide(), self.height())
        lined = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self._seen(end), int(lined | Qt.AlignmentFlag.AlignVCenter), lasted.end)
        painter.end()

"""A thawed vial's clock as a picture: the minutes since, against the supplier's own limit, if any."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.marks import bang, framed, pen, tick

NEAR = 0.75  # of the limit: from here on the picture warns
NO_LIMIT_SPAN = 60  # minutes the track shows at least, where no limit is stated


@dataclass(frozen=True)
class ClockFace:
    """What the picture shows. Units: minutes; `limit` None: the supplier states none."""

    minutes: int
    limit: int | None
    said: str  # "12 minutes since thawed"
    limit_said: str  # "The supplier's limit: 60 minutes, until 3:05 pm"

    @property
    def tone(self) -> str:
        """The colour name of how near the limit is."""
        if self.limit is None:
            return "primary"
        if self.minutes > self.limit:
            return "danger"
        return "warn" if self.minutes >= NEAR * self.limit else "ok"


class VialClock(QWidget):
    """The words above and below a track that fills."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._face = ClockFace(0, None, "", "")
        self._room: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self.updateGeometry)

    def keep_room(self, *limits: str) -> None:
        """Keep room for the longest of these sentences, also while hidden: nothing moves when it shows."""
        self._room = limits
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    @property
    def face(self) -> ClockFace:
        """What is shown."""
        return self._face

    def show_face(self, face: ClockFace) -> None:
        """Show this; the sentences are spoken as one."""
        if face == self._face:
            return
        self._face = face
        self.setAccessibleName(f"{face.said}. {face.limit_said}")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return (
            self._theme.line("section") + self._track() + self._limit_tall(width) + self._theme.space("gap")
        )

    def sizeHint(self) -> QSize:
        wide = self._theme.width("text") // 2
        return QSize(wide, self.heightForWidth(wide))

    def _track(self) -> int:
        return self._theme.px(20)

    def _limit_tall(self, width: int) -> int:
        wrap, box = int(Qt.TextFlag.TextWordWrap), QRect(0, 0, max(1, width), 10_000)
        said = (self._face.limit_said, *self._room)
        tall = (self._metrics().boundingRect(box, wrap, each).height() for each in said)
        return max(self._theme.line("staff"), *tall)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("staff_strong"))

    def _seen(self, box: QRect) -> QRectF:
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), box))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face, colour, line = self._face, self._theme.colour, self._theme.line("section")
        ink = colour(face.tone)
        side = line - 6
        sign = self._seen(QRect(0, 3, side, side))
        framed(painter, sign, side / 2, ink, pen(ink, 1))
        (bang if face.tone in ("warn", "danger") else tick)(painter, sign, colour("surface"))
        lined = int(QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft))
        painter.setFont(self._theme.font("section"))
        painter.setPen(colour("ink") if face.tone in ("ok", "primary") else ink)
        words = QRect(side + self._theme.space("small"), 0, self.width(), line)
        painter.drawText(self._seen(words), lined | int(Qt.AlignmentFlag.AlignVCenter), face.said)
        self._paint_track(painter, line + self._theme.space("hair"))
        painter.setFont(self._theme.font("staff_strong"))
        painter.setPen(colour("ink"))
        top = line + self._track() + self._theme.space("small")
        below = QRect(0, top, self.width(), self.height() - top)
        painter.drawText(self._seen(below), int(Qt.TextFlag.TextWordWrap) | lined, face.limit_said)
        painter.end()

    def _paint_track(self, painter: QPainter, top: int) -> None:
        """Fill the track up to now; the limit is a post, and what lies beyond it is tinted."""
        face, colour, tall = self._face, self._theme.colour, self._track()
        span = max(face.limit * 4 // 3 if face.limit else NO_LIMIT_SPAN, face.minutes, 1)
        wide = self.width() - 2
        track = QRect(1, top, wide, tall)
        framed(painter, self._seen(track), tall / 2, colour("canvas"), pen(colour("edge"), 1))
        if face.minutes:
            filled = QRect(1, top, max(tall, round(wide * min(1.0, face.minutes / span))), tall)
            framed(painter, self._seen(filled), tall / 2, colour(face.tone), pen(colour(face.tone), 1))
        if face.limit:
            post = QRect(round(wide * face.limit / span) - 2, top - 4, 4, tall + 8)
            painter.fillRect(self._seen(post), colour("ink"))

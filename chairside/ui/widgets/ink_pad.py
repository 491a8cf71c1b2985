"""The signature pad: paper for a pen, a finger or a mouse.

It stores samples, not pixels. The picture is a backing image at the screen's own resolution, one piece
per sample, repainted only where it changed; it can be thrown away and rebuilt bit for bit. Every finished
stroke is handed up at once: the caller writes it and shows it back through `show_strokes`.
A pen outranks a hand: touch that begins with, during or just after the pen is a palm.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEventPoint,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from chairside.domain.ink import Device, InkPoint, Stroke
from chairside.ui.theme import Theme
from chairside.ui.widgets.ink_line import UM_PER_PX, Covered, InkLine
from chairside.ui.widgets.ink_paper import paint_paper

PALM_REST_MS = 500
_MOVED = QEvent.Type.TabletMove
MIDDLE_PRESSURE = 500  # what has no pressure of its own (finger, mouse) draws a middling line


class _Sample(NamedTuple):
    """One event's worth, still in the widget's pixels. `at_ms` is the event's own time."""

    where: QPointF
    at_ms: int
    pressure: float
    tilt_x: int = 0
    tilt_y: int = 0


class InkPad(QWidget):
    """Hands up each finished stroke; shows the strokes it is told to, and the one being drawn."""

    def __init__(
        self, theme: Theme, name: str, finished: Callable[[Stroke], None], label: str, hint: str
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme, self._finished, self._hint = theme, finished, hint
        self.setAccessibleName(label)
        self.setAccessibleDescription(hint)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line = InkLine(theme.colour("pen"))
        self._strokes: tuple[Stroke, ...] = ()
        self._points: list[InkPoint] = []
        self._device: Device | None = None
        self._began_ms = 0
        self._finger = -1
        self._pen_seen_ms: int | None = None
        self._image = QImage()
        self._shrink = 1.0  # under 1 only on a pad smaller than the one the ink was drawn on
        self._um, self._reach = UM_PER_PX, (0.0, 0.0)  # micrometres a pixel, and the pad's far corner
        theme.follow(self._restyle)

    # -- what is shown --------------------------------------------------------------------------
    def show_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Show exactly these strokes; one being drawn right now stays."""
        if strokes == self._strokes:
            return
        self._strokes = strokes
        self._rebuild()

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The strokes on show."""
        return self._strokes

    def lift(self) -> bool:
        """Hand up the stroke under way, as far as it is drawn; tell whether it is on show then.

        Whoever leaves the page asks for this first: hiding the pad would do it too late to be stored.
        """
        device, points = self._device, tuple(self._points)
        self._end()
        return device is None or not points or Stroke(device, points) in self._strokes

    def picture(self) -> QImage:
        """Return a copy of the pad as drawn."""
        return self._image.copy()

    def _restyle(self) -> None:
        self.setFixedHeight(max(self._theme.least("pad"), self._theme.px(160)) + 30)
        self.setMinimumWidth(280)
        self._line = InkLine(self._theme.colour("pen"))  # the contrast may have changed
        self._rebuild()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.width("pad"), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rebuild()

    def hideEvent(self, event: QHideEvent) -> None:
        self._end()
        super().hideEvent(event)

    def _fit(self) -> float:
        """Return how much the ink must shrink to lie wholly on the pad; 1 on the pad it was drawn on."""
        drawn = [*(point for stroke in self._strokes for point in stroke.points), *self._points]
        if not drawn:
            return 1.0
        right = max(point.x_um for point in drawn) / UM_PER_PX
        bottom = max(point.y_um for point in drawn) / UM_PER_PX
        return min(1.0, self.width() / max(1.0, right), self.height() / max(1.0, bottom))

    def _rebuild(self) -> None:
        ratio = self.devicePixelRatioF()
        size = QSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        self._image = QImage(size, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(self._theme.colour("surface"))
        self._shrink = self._fit()
        self._um, self._reach = UM_PER_PX / self._shrink, (float(self.width()), float(self.height()))
        paper = QPainter(self._image)
        paint_paper(paper, self._theme, self.rect(), self._hint, self.layoutDirection())
        paper.end()
        painter = self._ink_painter()
        for stroke in self._strokes:
            self._line.stroke(painter, stroke)
        for number in range(len(self._points)):
            self._line.piece(painter, self._points, number)
        painter.end()
        self.update()

    def _ink_painter(self) -> QPainter:
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shrink != 1.0:
            painter.scale(self._shrink, self._shrink)
        return painter

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if ratio != self._image.devicePixelRatio():  # moved to a screen of another density
            self._rebuild()
        painter, part = QPainter(self), event.rect()
        if ratio == 1.0:
            painter.drawImage(part, self._image, part)
        else:
            source = QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio)
            painter.drawImage(QRectF(part), self._image, source)
        painter.end()

    # -- drawing --------------------------------------------------------------------------------
    def _begin(self, device: Device, sample: _Sample) -> None:
        self._end()
        self._device, self._began_ms = device, sample.at_ms
        self._points = []
        self._add(sample)

    def _add(self, sample: _Sample) -> None:
        self._points.append(self._point(sample))
        painter = self._ink_painter()  # kept open it would save 10 us, and crash Qt where the program ends
        covered = self._line.piece(painter, self._points, len(self._points) - 1)
        painter.end()
        self._touch_up(covered)

    def _touch_up(self, covered: Covered) -> None:
        shrink = self._shrink
        left, top = int(covered[0] * shrink) - 1, int(covered[1] * shrink) - 1
        self.update(left, top, int(covered[2] * shrink) - left + 2, int(covered[3] * shrink) - top + 2)

    def _point(self, sample: _Sample) -> InkPoint:
        where, at_ms, pressure, tilt_x, tilt_y = sample
        (right, bottom), points = self._reach, self._points
        x, y, t_ms = where.x(), where.y(), at_ms - self._began_ms
        x = 0.0 if x < 0 else right if x > right else x
        y = 0.0 if y < 0 else bottom if y > bottom else y
        last_ms = points[-1].t_ms if points else 0
        return InkPoint(
            round(x * self._um), round(y * self._um), t_ms if t_ms > last_ms else last_ms,
            round(pressure * 1000) if 0 <= pressure <= 1 else 1000 if pressure > 1 else 0, tilt_x, tilt_y,
        )  # fmt: skip

    def _end(self) -> None:
        """Finish the stroke: draw its last half piece and hand it up."""
        device, points = self._device, tuple(self._points)
        self._device, self._points, self._finger = None, [], -1
        if device is None or not points:
            return
        painter = self._ink_painter()
        covered = self._line.end(painter, points)
        painter.end()
        self._touch_up(covered)
        stroke = Stroke(device, points)
        self._strokes = (*self._strokes, stroke)
        self._finished(stroke)

    def _drop(self) -> None:
        """Forget a stroke that turned out to be a palm."""
        self._device, self._points, self._finger = None, [], -1
        self._rebuild()

    # -- events ---------------------------------------------------------------------------------
    def _on_pen(self, event: QTabletEvent) -> None:
        event.accept()
        at_ms, kind = event.timestamp(), event.type()
        sample = _Sample(
            event.position(), at_ms, event.pressure(), round(event.xTilt()), round(event.yTilt())
        )
        if kind == _MOVED:
            if self._device == "pen":
                self._add(sample)
        elif event.pointerType() == QPointingDevice.PointerType.Eraser:
            return
        elif kind == QEvent.Type.TabletPress:
            if self._device == "touch":
                self._drop()
            self._begin("pen", sample)
        elif kind == QEvent.Type.TabletRelease and self._device == "pen":
            self._end_at(sample)
        self._pen_seen_ms = at_ms

    def _end_at(self, sample: _Sample) -> None:
        """End where the pointer was lifted; a lift reports no pressure, so the last one holds."""
        last = self._points[-1]
        lifted = self._point(sample)
        if (lifted.x_um, lifted.y_um) != (last.x_um, last.y_um):
            self._add(_Sample(sample.where, sample.at_ms, last.pressure / 1000, sample.tilt_x, sample.tilt_y))
        self._end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTabletEvent):
            self._on_pen(event)
            return True
        if isinstance(event, QTouchEvent):
            event.accept()
            self._on_touched(event)
            return True
        return super().event(event)

    def _on_touched(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            if self._device == "touch":
                self._end()
            return
        for finger in event.points():
            self._on_finger(finger, event.timestamp())
        if event.type() == QEvent.Type.TouchEnd and self._device == "touch":
            self._end()  # the screen forgot to say that our finger was lifted

    def _on_finger(self, finger: QEventPoint, at_ms: int) -> None:
        sample = _Sample(finger.position(), at_ms, finger.pressure() or MIDDLE_PRESSURE / 1000)
        state = finger.state()
        if state == QEventPoint.State.Pressed and self._device is None and not self._is_palm(at_ms):
            self._begin("touch", sample)
            self._finger = finger.id()
        elif self._device != "touch" or finger.id() != self._finger:
            return
        elif state == QEventPoint.State.Updated:
            self._add(sample)
        elif state == QEventPoint.State.Released:
            self._end_at(sample)

    def _is_palm(self, at_ms: int) -> bool:
        return self._pen_seen_ms is not None and 0 <= at_ms - self._pen_seen_ms < PALM_REST_MS

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if _is_real(event) and event.button() == Qt.MouseButton.LeftButton and self._device is None:
            self._begin("mouse", _mouse_sample(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if _is_real(event) and self._device == "mouse":
            self._add(_mouse_sample(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if _is_real(event) and self._device == "mouse":
            self._end_at(_mouse_sample(event))


def _is_real(event: QMouseEvent) -> bool:
    """Tell a mouse from the mouse events Qt makes up for pen and touch."""
    return event.source() == Qt.MouseEventSource.MouseEventNotSynthesized


def _mouse_sample(event: QMouseEvent) -> _Sample:
    return _Sample(event.position(), event.timestamp(), MIDDLE_PRESSURE / 1000)

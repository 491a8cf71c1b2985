"""Signatures sent to the pad, 240 samples a second by the pen's own clock, and what came to be stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from chairside.domain.ink import InkPoint, Stroke
from chairside.settings import shipped
from chairside.ui.theme import Theme, load_tokens
from chairside.ui.widgets.ink_line import UM_PER_PX
from chairside.ui.widgets.ink_pad import InkPad
from tests.real_ink.made import signature
from tests.ui.hands import Pen

PAD_PX = (620, 220)


@dataclass
class Delivered:
    """What was sent, what was stored, and how long each event took until it was painted."""

    signatures: int = 0
    sent: int = 0
    stored: int = 0
    altered: int = 0
    times_ms: list[float] = field(default_factory=list)
    seeds_refused: list[int] = field(default_factory=list)

    @property
    def lost(self) -> int:
        return self.sent - self.stored


def deliver(count: int) -> Delivered:
    """Write so many signatures, one after the other, each on a blank pad."""
    told, stored = Delivered(), list[Stroke]()
    theme = Theme(load_tokens(shipped("resources") / "theme" / "tokens.toml"))
    pad, pen = InkPad(theme, "pad", stored.append, "Signature", "Sign here"), Pen()
    pad.resize(*PAD_PX)
    pad.show()
    for seed in range(count):
        stored.clear()
        pad.show_strokes(())
        QApplication.processEvents()
        made = signature(seed)
        for stroke in made:
            _write(pad, pen, stroke, told)
        told.signatures += 1
        told.sent += sum(len(stroke.points) for stroke in made)
        told.stored += sum(len(stroke.points) for stroke in stored)
        told.altered += list(map(_bare, stored)) != list(map(_bare, made))
    pad.close()
    return told


def _bare(stroke: Stroke) -> list[tuple[int, int, int, int]]:
    return [(p.x_um, p.y_um, p.t_ms, p.pressure) for p in stroke.points]


def _write(pad: InkPad, pen: Pen, stroke: Stroke, told: Delivered) -> None:
    began = pen.now_ms + 200
    for number, point in enumerate(stroke.points):
        pen.now_ms = began + point.t_ms
        kind = QEvent.Type.TabletPress if number == 0 else QEvent.Type.TabletMove
        told.times_ms.append(_timed(pad, pen, kind, point))
    told.times_ms.append(_timed(pad, pen, QEvent.Type.TabletRelease, stroke.points[-1]))


def _timed(pad: InkPad, pen: Pen, kind: QEvent.Type, point: InkPoint) -> float:
    place = point.x_um / UM_PER_PX, point.y_um / UM_PER_PX
    pressure = 0.0 if kind == QEvent.Type.TabletRelease else point.pressure / 1000
    begun = perf_counter()
    pen.send(pad, kind, place, pressure)
    QApplication.processEvents()
    return (perf_counter() - begun) * 1000

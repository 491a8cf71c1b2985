"""A signature as numbers: raw samples, never pixels, so that screen, ledger and page draw the same line."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

Device: TypeAlias = Literal["pen", "touch", "mouse"]

# Source: facts/qt.md section 4: 1.6 pixels and up to 3 more at full pressure, at 96 pixels an inch.
THIN_UM = 423
FULL_PRESSURE_UM = 794


class InkPoint(Struct, frozen=True, array_like=True):
    """One sample.

    Units: x and y in micrometres from the pad's top left corner at 96 pixels an inch, t in
    milliseconds since the stroke began, pressure 0..1000, tilt in degrees -90..90.
    """

    x_um: int
    y_um: int
    t_ms: int
    pressure: int
    tilt_x: int = 0
    tilt_y: int = 0


class Stroke(Struct, frozen=True):
    """Pen down to pen up."""

    device: Device
    points: tuple[InkPoint, ...]


def width_um(point: InkPoint) -> int:
    """Return how wide the line is at this sample, the same on glass and paper. Units: micrometres."""
    return THIN_UM + FULL_PRESSURE_UM * point.pressure // 1000


def length_um(strokes: tuple[Stroke, ...]) -> int:
    """Return the summed path length of the strokes. Units: micrometres."""
    total = 0.0
    for stroke in strokes:
        for one, two in zip(stroke.points, stroke.points[1:], strict=False):
            total += ((two.x_um - one.x_um) ** 2 + (two.y_um - one.y_um) ** 2) ** 0.5
    return int(total)

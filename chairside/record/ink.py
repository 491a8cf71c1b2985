"""A signature on paper: its strokes as filled outlines of varying width, never pixels.

Only the shape is here: samples are (x, y, width) in 1/100 mm; time and pressure stay in the ledger.
"""

from __future__ import annotations

from functools import lru_cache
from math import hypot
from typing import TypeAlias

from reportlab.lib.units import mm

Sample: TypeAlias = tuple[int, int, int]
Outline: TypeAlias = tuple[Sample, ...]
Place: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float, float]  # x, y up the page, half the width
_HUNDREDTH = mm / 100
_ROUND = 0.5523  # Bezier handle of a quarter circle


def bounds(strokes: tuple[Outline, ...]) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom with the pen's width. Units: 1/100 mm."""
    samples = [sample for stroke in strokes for sample in stroke]
    if not samples:
        return (0, 0, 1, 1)
    return (
        min(x - w for x, _, w in samples),
        min(y - w for _, y, w in samples),
        max(x + w for x, _, w in samples),
        max(y + w for _, y, w in samples),
    )


def _dot(x: float, y: float, r: float) -> str:
    k = r * _ROUND
    return (
        f"{x + r:.2f} {y:.2f} m "
        f"{x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h"
    )


def _sides(points: list[Point]) -> tuple[list[Place], list[Place]]:
    """Return the left and the right edge: each sample moved across its direction by half the width."""
    left, right = [], []
    for index, (x, y, r) in enumerate(points):
        before, after = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = hypot(dx, dy) or 1.0
        across_x, across_y = -dy / length * r, dx / length * r
        left.append((x + across_x, y + across_y))
        right.append((x - across_x, y - across_y))
    return left, right


def _smooth(edge: list[Place]) -> str:
    """Return Catmull-Rom curves through the edge, from its first point on."""
    curves = []
    for index in range(len(edge) - 1):
        p0, p1 = edge[max(index - 1, 0)], edge[index]
        p2, p3 = edge[index + 1], edge[min(index + 2, len(edge) - 1)]
        curves.append(
            f"{p1[0] + (p2[0] - p0[0]) / 6:.2f} {p1[1] + (p2[1] - p0[1]) / 6:.2f} "
            f"{p2[0] - (p3[0] - p1[0]) / 6:.2f} {p2[1] - (p3[1] - p1[1]) / 6:.2f} {p2[0]:.2f} {p2[1]:.2f} c"
        )
    return "\n".join(curves)


def _stroke(points: list[Point]) -> list[str]:
    ends = [_dot(*points[0]) + " f", _dot(*points[-1]) + " f"]
    if len(points) == 1:
        return ends[:1]
    left, right = _sides(points)
    right.reverse()
    body = (
        f"{left[0][0]:.2f} {left[0][1]:.2f} m\n{_smooth(left)}\n"
        f"{right[0][0]:.2f} {right[0][1]:.2f} l\n{_smooth(right)}\nh f"
    )
    return [body, *ends]


def _placed(sample: Sample, corner: tuple[int, int], scale: float, height: float) -> Point:
    x, y, width = sample
    return (
        (x - corner[0]) * scale,
        height - (y - corner[1]) * scale,
        max(width * scale / 2, 0.2),
    )


@lru_cache(maxsize=8)  # those of one record
def paths(strokes: tuple[Outline, ...], width: float, height: float) -> tuple[str, float]:
    """Return path operators that fit the strokes into a box, and the scale they were drawn at.

    Units: points; the strokes are never made larger than they were written.
    """
    left, top, right, bottom = bounds(strokes)
    fit = min(width / max(right - left, 1), height / max(bottom - top, 1), _HUNDREDTH)
    low = (bottom - top) * fit
    operators: list[str] = []
    for stroke in strokes:
        if stroke:
            operators.extend(_stroke([_placed(sample, (left, top), fit, low) for sample in stroke]))
    return "\n".join(operators), fit

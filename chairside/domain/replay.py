"""The same ink twice: how far one signature's shape lies from another's, wherever and however large (T14).

Nobody writes a name twice alike: the nearest two of one hand lay 3.3 % of their box apart, in 31,200 pairs.
Ink that was moved, stretched or played at another speed keeps its shape to a hair.
"""

from __future__ import annotations

from itertools import pairwise
from math import dist
from typing import TypeAlias

from chairside.domain.ink import Stroke

Place: TypeAlias = tuple[float, float]
Shape: TypeAlias = tuple[int, ...]  # x and y in turn, in parts of the box: 0..PARTS

SAMPLES = 32
PARTS = 10_000
SAME = 50  # Source: facts/security.md F23: half a percent of the box
BYTES = 2


def shape(strokes: tuple[Stroke, ...]) -> Shape | None:
    """Return where the pen was at equal steps of its way, in parts of the box; None where there is no box."""
    ways = [[(point.x_um, point.y_um) for point in stroke.points] for stroke in strokes if stroke.points]
    flat = [place for way in ways for place in way]
    if not flat:
        return None
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    wide, high = max(x for x, _ in flat) - left, max(y for _, y in flat) - top
    if not wide or not high or all(len(set(way)) == 1 for way in ways):
        return None
    boxed = [[((x - left) / wide * PARTS, (y - top) / high * PARTS) for x, y in way] for way in ways]
    return tuple(round(part) for place in _walked(boxed) for part in place)


def _walked(ways: list[list[Place]]) -> list[Place]:
    """Return SAMPLES places at equal distances along all strokes; the way through the air counts nothing."""
    pieces = [(one, two, dist(one, two)) for way in ways for one, two in pairwise(way) if one != two]
    step = sum(length for _, _, length in pieces) / (SAMPLES - 1)
    found: list[Place] = []
    gone = 0.0
    for one, two, length in pieces:
        while len(found) < SAMPLES - 1 and gone + length >= step * len(found):
            part = (step * len(found) - gone) / length
            found.append((one[0] + (two[0] - one[0]) * part, one[1] + (two[1] - one[1]) * part))
        gone += length
    return [*found, pieces[-1][1]]


def apart(one: Shape, two: Shape) -> float:
    """Return the mean distance of two shapes. Units: parts of the box, as PARTS says."""
    places = zip(one[::2], one[1::2], two[::2], two[1::2], strict=True)
    return sum(dist((x1, y1), (x2, y2)) for x1, y1, x2, y2 in places) / SAMPLES


def ends(told: Shape) -> tuple[int, int, int, int]:
    """Return where the ink begins and ends: two shapes that are the same agree here too."""
    return told[0], told[1], told[-2], told[-1]


def packed(told: Shape) -> bytes:
    """Return a shape as it is kept."""
    return b"".join(each.to_bytes(BYTES, "big") for each in told)


def unpacked(data: bytes) -> Shape:
    """Return a shape that was kept."""
    return tuple(int.from_bytes(data[at : at + BYTES], "big") for at in range(0, len(data), BYTES))

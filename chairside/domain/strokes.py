"""What strokes come to: a signature or only a dot, a line, a palm (T15); and the same ink as before (T14).

Judged by shape alone, never by speed or likeness to a person: who cannot write a name makes a mark
with a witness, and who writes it badly has signed.
"""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, degrees, dist, hypot, sin
from typing import Literal, TypeAlias

from chairside.domain.facts.kinds import Way
from chairside.domain.ink import Stroke, length_um

Place: TypeAlias = tuple[float, float]
Lack: TypeAlias = Literal["empty", "dot", "line", "little"]

# Source: facts/security.md T15 (real ink has 80 points at least, median 187); a floor well below it.
LEAST_POINTS = 20
LEAST_LENGTH_UM = 15_000
LEAST_DURATION_MS = 200
# Measured on `tests/real_ink` (made-up hands and made-up slips), see its table.
LEAST_SPREAD_UM = 4_000  # all ink within this: a dot, a resting hand, a jitter on one spot
LEAST_ACROSS_UM = 2_000  # narrower than this across its own direction: a line
LEAST_TURNS_DEGREES = 120  # a finger or a palm that sweeps the glass bends little, a written letter much
LEAST_CROSSED_DEGREES = 60  # from three strokes on, as in H, it is enough that they are not parallel
MANY_STROKES = 3
TREMOR_UM = 1_200  # what shakes less than this is no turn
STEP_UM = 400


def lack(strokes: tuple[Stroke, ...]) -> Lack | None:
    """Return what this ink is instead of a signature, or None where it is one (T15)."""
    places = [[(float(point.x_um), float(point.y_um)) for point in stroke.points] for stroke in strokes]
    flat = [place for stroke in places for place in stroke]
    if not flat:
        return "empty"
    if _spread(flat) < LEAST_SPREAD_UM:
        return "dot"
    lasted = sum(stroke.points[-1].t_ms for stroke in strokes if stroke.points)
    if len(flat) < LEAST_POINTS or length_um(strokes) < LEAST_LENGTH_UM or lasted < LEAST_DURATION_MS:
        return "little"
    even = [_even(stroke) for stroke in places if stroke]
    if _across([place for stroke in even for place in stroke]) < LEAST_ACROSS_UM:
        return "line"
    long = sum(_spread(stroke) > TREMOR_UM for stroke in even)
    least = LEAST_CROSSED_DEGREES if long >= MANY_STROKES else LEAST_TURNS_DEGREES
    return "line" if _turns(even) < least else None


def is_a_signature(strokes: tuple[Stroke, ...]) -> bool:
    """Tell whether the ink is more than a dot, a tap, a line or a stray palm (T15)."""
    return lack(strokes) is None


def too_little(way: Way, strokes: tuple[Stroke, ...]) -> Lack | None:
    """Return what this ink is instead of a signature; for a mark anything but a dot will do (R39)."""
    found = lack(strokes)
    return None if way == "by_mark" and found in ("line", "little") else found


def _spread(places: list[Place]) -> float:
    """Return the diagonal of the box around them."""
    across, down = zip(*places, strict=True)
    return hypot(max(across) - min(across), max(down) - min(down))


def _even(places: list[Place]) -> list[Place]:
    """Return the path anew in even steps, so that a pen that rests weighs no more than one that runs."""
    path = [places[0]]
    for place in places[1:]:
        here = path[-1]
        steps = int(dist(here, place) / STEP_UM)
        for step in range(1, steps + 1):
            part = step * STEP_UM / dist(here, place)
            path.append((here[0] + (place[0] - here[0]) * part, here[1] + (place[1] - here[1]) * part))
    return [*path, places[-1]]


def _across(places: list[Place]) -> float:
    """Return how wide the ink is across the direction in which it mostly runs."""
    count = len(places)
    mid_x, mid_y = sum(x for x, _ in places) / count, sum(y for _, y in places) / count
    xx = sum((x - mid_x) ** 2 for x, _ in places)
    yy = sum((y - mid_y) ** 2 for _, y in places)
    xy = sum((x - mid_x) * (y - mid_y) for x, y in places)
    turned = atan2(2 * xy, xx - yy) / 2
    off = [y * cos(turned) - x * sin(turned) for x, y in places]
    return max(off) - min(off)


def _turns(strokes: list[list[Place]]) -> float:
    """Return how much the pen turns in all, tremor aside; from stroke to stroke parallel lines turn nothing.

    Units: degrees.
    """
    total, last = 0.0, None
    for stroke in strokes:
        corners = _corners(stroke)
        if len(corners) == 2 and dist(*corners) < TREMOR_UM:
            continue  # a dot
        ways = [atan2(two[1] - one[1], two[0] - one[0]) for one, two in pairwise(corners)]
        total += sum(_between(one, two) for one, two in pairwise(ways))
        if last is not None:
            between = _between(last, ways[0])
            total += min(between, 180 - between)
        last = ways[-1]
    return total


def _between(one: float, two: float) -> float:
    apart = abs(degrees(one - two))
    return min(apart, 360 - apart)


def _corners(path: list[Place]) -> list[Place]:
    """Return the places at which a path turns by more than tremor (Douglas and Peucker)."""
    kept, rest = {0, len(path) - 1}, [(0, len(path) - 1)]
    while rest:
        first, last = rest.pop()
        away = [_off(path[first], path[last], place) for place in path[first + 1 : last]]
        if away and max(away) > TREMOR_UM:
            middle = first + 1 + away.index(max(away))
            kept.add(middle)
            rest += [(first, middle), (middle, last)]
    return [path[place] for place in sorted(kept)]


def _off(start: Place, end: Place, place: Place) -> float:
    """Return how far a place lies from the straight piece between two others."""
    run_x, run_y = end[0] - start[0], end[1] - start[1]
    square = run_x * run_x + run_y * run_y
    if not square:
        return dist(start, place)
    part = ((place[0] - start[0]) * run_x + (place[1] - start[1]) * run_y) / square
    part = min(max(part, 0.0), 1.0)
    return dist((start[0] + part * run_x, start[1] + part * run_y), place)

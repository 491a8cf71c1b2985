"""Made-up signatures, 240 samples a second with pressure, and made-up slips of a finger or a palm.

A hand is a pen that oscillates while it moves on (Hollerbach's model of handwriting), with its own slant,
size, speed and tremor; initials are drawn from the skeletons of letters. Nothing here is anybody's.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import cos, dist, hypot, pi, sin
from random import Random
from typing import TypeAlias

from chairside.domain.ink import InkPoint, Stroke

Place: TypeAlias = tuple[float, float]  # millimetres on the pad
Path: TypeAlias = list[Place]
SAMPLE_MS = 1000 / 240
WIDTH_MM, HEIGHT_MM = 160.0, 50.0
MOST_STROKES = 6

# The skeletons of capitals in a box 1 wide and 1 high, y down, each a list of strokes.
_LETTERS: dict[str, list[Path]] = {
    "A": [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.6), (0.8, 0.6)]],
    "B": [[(0, 0), (0, 1)], [(0, 0), (0.7, 0.1), (0.7, 0.4), (0, 0.5), (0.8, 0.6), (0.8, 0.9), (0, 1)]],
    "C": [[(1, 0.15), (0.5, 0), (0, 0.4), (0.1, 0.8), (0.5, 1), (1, 0.85)]],
    "D": [[(0, 0), (0, 1)], [(0, 0), (0.7, 0.1), (1, 0.5), (0.7, 0.9), (0, 1)]],
    "E": [[(1, 0), (0, 0), (0, 1), (1, 1)], [(0, 0.5), (0.7, 0.5)]],
    "F": [[(1, 0), (0, 0), (0, 1)], [(0, 0.5), (0.7, 0.5)]],
    "G": [[(1, 0.15), (0.5, 0), (0, 0.5), (0.5, 1), (1, 0.8), (1, 0.5), (0.6, 0.5)]],
    "H": [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]],
    "I": [[(0.5, 0), (0.5, 1)]],
    "J": [[(0.8, 0), (0.8, 0.7), (0.5, 1), (0.1, 0.8)]],
    "K": [[(0, 0), (0, 1)], [(0.9, 0), (0, 0.5), (0.9, 1)]],
    "L": [[(0, 0), (0, 1), (0.9, 1)]],
    "M": [[(0, 1), (0.1, 0), (0.5, 0.7), (0.9, 0), (1, 1)]],
    "N": [[(0, 1), (0, 0), (1, 1), (1, 0)]],
    "O": [[(0.5, 0), (0, 0.5), (0.5, 1), (1, 0.5), (0.5, 0)]],
    "P": [[(0, 1), (0, 0), (0.8, 0.1), (0.8, 0.4), (0, 0.5)]],
    "Q": [[(0.5, 0), (0, 0.5), (0.5, 1), (1, 0.5), (0.5, 0)], [(0.6, 0.7), (1, 1)]],
    "R": [[(0, 1), (0, 0), (0.8, 0.1), (0.8, 0.4), (0, 0.5), (0.9, 1)]],
    "S": [[(0.9, 0.1), (0.3, 0), (0.1, 0.3), (0.8, 0.6), (0.8, 0.9), (0.1, 0.95)]],
    "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
    "U": [[(0, 0), (0, 0.7), (0.5, 1), (1, 0.7), (1, 0)]],
    "V": [[(0, 0), (0.5, 1), (1, 0)]],
    "W": [[(0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0)]],
    "X": [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
    "Y": [[(0, 0), (0.5, 0.5), (1, 0)], [(0.5, 0.5), (0.5, 1)]],
    "Z": [[(0, 0), (1, 0), (0, 1), (1, 1)]],
}
LETTERS = "".join(_LETTERS)


def signature(seed: int) -> tuple[Stroke, ...]:
    """Return one person's signature: 1 to 6 strokes, 80 to 600 points."""
    own = Random(f"hand {seed}")
    kind = seed % 4
    if kind == 0:
        return initials(own, "".join(own.choice(LETTERS) for _ in range(own.choice((2, 2, 3)))))
    return _written(own, _cursive(own, short=kind == 1), own.uniform(0.15, 0.5) if kind == 3 else 0.05)


def initials(own: Random, letters: str) -> tuple[Stroke, ...]:
    """Return capitals side by side, each hand's own size and slant."""
    high, slant = own.uniform(7, 14), own.uniform(-0.1, 0.35)
    wide, left, top = high * own.uniform(0.5, 0.9), own.uniform(8, 60), own.uniform(8, 28)
    paths: list[Path] = []
    for letter in letters:
        for skeleton in _LETTERS[letter]:
            shaky = [(x + own.gauss(0, 0.05), y + own.gauss(0, 0.05)) for x, y in skeleton]
            paths.append([(left + x * wide + (1 - y) * high * slant, top + y * high) for x, y in shaky])
        left += wide * own.uniform(1.1, 1.6)
    return _written(own, [_round(path) for path in paths[:MOST_STROKES]], own.uniform(0.02, 0.15))


def _cursive(own: Random, *, short: bool) -> list[Path]:
    """Return strokes of a pen that swings up and down while it moves on, large at the first letter."""
    count = own.choice((1, 1, 2)) if short else own.choice((1, 2, 2, 3, 4))
    left, line, high = own.uniform(6, 30), own.uniform(18, 34), own.uniform(2.5, 6)
    slant, paths = own.uniform(0.0, 0.7), []
    for number in range(count):
        swings = own.randint(2, 4) if short else own.randint(3, 7)
        wide, lag = own.uniform(2.2, 5), own.uniform(0.6, 1.4)
        talls = [own.uniform(0.5, 1.6) * (2 if swing == 0 and number == 0 else 1) for swing in range(swings)]
        path = []
        for step in range(swings * 40):
            swing, angle = step // 40, 2 * pi * step / 40
            up = high * talls[swing] * (1 - cos(angle)) / 2
            path.append((left + wide * step / 40 + wide * 0.45 * sin(angle - lag) + slant * up, line - up))
        paths.append(path)
        left = path[-1][0] + own.uniform(1, 6)
    if own.random() < 0.4:  # a dot, a bar or a line below
        below = line + own.uniform(2, 5)
        paths.append([(paths[0][0][0], below), (left * 0.6, below + own.uniform(-2, 1)), (left, below)])
    return paths


def _round(corners: Path) -> Path:
    """Return a path through the corners as a hand rounds them (Chaikin)."""
    for _ in range(2):
        cut = [corners[0]]
        for one, two in pairwise(corners):
            cut += [_between(one, two, 0.25), _between(one, two, 0.75)]
        corners = [*cut, corners[-1]]
    return corners


def _between(one: Place, two: Place, part: float) -> Place:
    return (one[0] + (two[0] - one[0]) * part, one[1] + (two[1] - one[1]) * part)


def _written(own: Random, paths: list[Path], tremor_mm: float) -> tuple[Stroke, ...]:
    """Write the paths at a hand's speed: whole samples, pressure that rises and falls, a little tremor."""
    length = sum(_length(path) for path in paths)
    samples = min(max(int(length / own.uniform(0.25, 0.8)), 84), 590)
    return tuple(
        _sampled(own, path, max(4, round(samples * _length(path) / length)), tremor_mm)
        for path in (_inside(path) for path in paths)
    )


def _inside(path: Path) -> Path:
    return [(min(max(x, 0.5), WIDTH_MM), min(max(y, 0.5), HEIGHT_MM)) for x, y in path]


def _length(path: Path) -> float:
    return sum(dist(one, two) for one, two in pairwise(path)) or 0.1


def _sampled(own: Random, path: Path, count: int, tremor_mm: float, device: str = "pen") -> Stroke:
    far = [0.0]
    for one, two in pairwise(path):
        far.append(far[-1] + dist(one, two))
    phase, rate = own.uniform(0, 2 * pi), own.uniform(8, 12)
    points, piece = [], 0
    for number in range(count):
        goal = far[-1] * number / max(1, count - 1)
        while piece < len(path) - 2 and far[piece + 1] < goal:
            piece += 1
        span = far[piece + 1] - far[piece] if len(path) > 1 else 0
        x, y = _between(path[piece], path[piece + 1], (goal - far[piece]) / span) if span else path[0]
        shake = 2 * pi * rate * number * SAMPLE_MS / 1000 + phase
        x += tremor_mm * sin(shake) + own.gauss(0, 0.02)
        y += tremor_mm * cos(shake * 1.13) + own.gauss(0, 0.02)
        press = 0.25 + 0.5 * sin(pi * (number + 0.5) / count) + own.uniform(-0.04, 0.04)
        points.append(
            InkPoint(
                round(max(x, 0) * 1000), round(max(y, 0) * 1000), round(number * SAMPLE_MS),
                round(min(max(press, 0.02), 1) * 1000) if device == "pen" else 500,
            )
        )  # fmt: skip
    return Stroke("pen" if device == "pen" else "touch", tuple(points))


# -- slips ----------------------------------------------------------------------------------------
def _start(own: Random) -> Place:
    return own.uniform(20, 90), own.uniform(12, 38)


def _dots(own: Random) -> tuple[Stroke, ...]:
    """One to four taps on one spot."""
    x, y = _start(own)
    spots = [(x + own.uniform(-0.8, 0.8), y + own.uniform(-0.8, 0.8)) for _ in range(own.randint(1, 4))]
    return tuple(_sampled(own, [spot, spot], own.randint(1, 12), 0.05, "touch") for spot in spots)


def _jitter(own: Random) -> tuple[Stroke, ...]:
    """A finger or a hand that rests and shakes on one spot for a while."""
    x, y = _start(own)
    reach = own.uniform(0.2, 1.0)
    path = [(x + own.uniform(-reach, reach), y + own.uniform(-reach, reach)) for _ in range(60)]
    return (_sampled(own, path, own.randint(60, 300), 0.0, "touch"),)


def _line(own: Random) -> tuple[Stroke, ...]:
    """A finger drawn straight over the glass, in any direction."""
    x, y = _start(own)
    angle, far = own.uniform(0, 2 * pi), own.uniform(16, 60)
    end = (x + far * cos(angle), y + far * sin(angle) * 0.4)
    return (_sampled(own, [(x, y), end], own.randint(25, 140), own.uniform(0.02, 0.4), "touch"),)


def _sweep(own: Random) -> tuple[Stroke, ...]:
    """A palm that slides over the glass in a bow, its middle jumping as the contact changes."""
    x, y = _start(own)
    turn, far = own.uniform(-1.9, 1.9), own.uniform(18, 55)  # up to 110 degrees
    heading, path = own.uniform(0, 2 * pi), [(x, y)]
    for _ in range(40):
        heading += turn / 40
        x, y = x + far / 40 * cos(heading), y + far / 40 * sin(heading)
        path.append((x + own.gauss(0, 0.25), y + own.gauss(0, 0.25)))
    shift = max(0.0, 0.5 - min(y for _, y in path))
    path = [(max(x, 0.5), y + shift) for x, y in path]
    return (_sampled(own, path, own.randint(25, 120), 0.0, "touch"),)


def _two_fingers(own: Random) -> tuple[Stroke, ...]:
    """Two fingers drawn over the glass one after the other, or one that was lifted: parallel lines."""
    x, y = _start(own)
    angle, far = own.uniform(-0.5, 0.5), own.uniform(16, 50)
    strokes = []
    for number in range(2):
        top = y + number * own.uniform(4, 12)
        path = [(x, top), (x + far * cos(angle), top + far * sin(angle) * 0.4)]
        strokes.append(_sampled(own, path, own.randint(25, 100), own.uniform(0.02, 0.3), "touch"))
    return tuple(strokes)


SLIPS: dict[str, Callable[[Random], tuple[Stroke, ...]]] = {
    "blank": lambda own: (),
    "dots": _dots,
    "jitter": _jitter,
    "line": _line,
    "palm": _sweep,
    "two fingers": _two_fingers,
}


def slip(kind: str, seed: int) -> tuple[Stroke, ...]:
    """Return ink that nobody meant as a signature."""
    return SLIPS[kind](Random(f"slip {kind} {seed}"))


def spread_mm(strokes: tuple[Stroke, ...]) -> float:
    """Return the diagonal of the box around the ink."""
    points = [point for stroke in strokes for point in stroke.points]
    across, down = [point.x_um for point in points], [point.y_um for point in points]
    return hypot(max(across) - min(across), max(down) - min(down)) / 1000


def again(strokes: tuple[Stroke, ...], own: Random) -> tuple[Stroke, ...]:
    """Return the same name written another time by the same hand: larger or smaller, bent, never alike."""
    waves = [
        (own.uniform(0.6, 1.4), own.uniform(0.4, 2.2), own.uniform(0, 2 * pi), own.choice((0, 1)))
        for _ in range(6)
    ]  # millimetres, turns along the name, where it begins, across or down
    grown, leant = own.uniform(0.92, 1.08), own.uniform(-0.08, 0.08)
    return tuple(
        Stroke(each.device, tuple(_again(point, waves, grown, leant) for point in each.points))
        for each in strokes
    )


def _again(
    point: InkPoint, waves: list[tuple[float, float, float, int]], grown: float, leant: float
) -> InkPoint:
    x, y = point.x_um / 1000, point.y_um / 1000
    off = [0.0, 0.0]
    for high, turns, phase, side in waves:
        off[side] += high * sin(2 * pi * turns * (x + y) / 40 + phase)
    x, y = x * grown + leant * y + off[0] * 0.6, y * grown + off[1] * 0.6
    return InkPoint(
        round(max(x, 0) * 1000),
        round(max(y, 0) * 1000),
        point.t_ms,
        point.pressure,
        point.tilt_x,
        point.tilt_y,
    )

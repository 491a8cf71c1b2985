"""How many made-up signatures are refused, how many slips pass, and which replays are noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from math import cos, radians, sin
from random import Random
from typing import TypeAlias

from chairside.domain.ink import InkPoint, Stroke
from chairside.domain.replay import PARTS, SAME, Shape, apart, shape
from chairside.domain.strokes import lack
from tests.real_ink.made import SLIPS, again, signature, slip

KINDS = ("initials", "short", "name", "shaky")
Moved: TypeAlias = Callable[[float, float], tuple[float, float]]
TURNS = (0.1, 0.2, 0.5, 1, 3)
PLAYED: dict[str, Moved] = {
    "exactly": lambda x, y: (x, y),
    "shifted": lambda x, y: (x + 3_217, y - 4_111),
    "scaled": lambda x, y: (x * 1.31, y * 1.31),
    "stretched": lambda x, y: (x * 0.55, y * 0.8),
}


def lines(count: int) -> Iterator[str]:
    """Judge so many signatures and as many of each slip."""
    made = [signature(seed) for seed in range(count)]
    for number, kind in enumerate(KINDS):
        refused = [strokes for strokes in made[number::4] if lack(strokes) is not None]
        yield f"signatures, {kind}: {len(refused)} of {len(made[number::4])} refused"
    for kind in SLIPS:
        told = Counter(lack(slip(kind, seed)) or "PASSED" for seed in range(count))
        yield f"slips, {kind}: {told.pop('PASSED', 0)} of {count} passed, refused as {dict(told)}"
    yield from _replays(made)


def _replays(made: list[tuple[Stroke, ...]]) -> Iterator[str]:
    shapes = [_shape(strokes) for strokes in made]
    for name, where in PLAYED.items():
        yield _noticed(f"replayed {name}, at another speed", made, shapes, where)
    for degrees in TURNS:
        turn = radians(degrees)
        yield _noticed(f"replayed turned by {degrees} degrees", made, shapes, _turned(turn))
    near = [apart(one, two) for number, one in enumerate(shapes[:400]) for two in shapes[:number]]
    alarms = sum(each < SAME for each in near)
    yield f"other hands: {alarms} false alarms in {len(near)} pairs, nearest {min(near) / PARTS:.2%}"
    near = [
        apart(_shape(again(strokes, Random(f"{seed} 1"))), _shape(again(strokes, Random(f"{seed} 2"))))
        for seed, strokes in enumerate(made)
    ]
    alarms = sum(each < SAME for each in near)
    yield f"same hand: {alarms} false alarms in {len(near)} pairs, nearest {min(near) / PARTS:.2%}"


def _turned(turn: float) -> Moved:
    return lambda x, y: (x * cos(turn) - y * sin(turn) + 9_000, x * sin(turn) + y * cos(turn))


def _noticed(what: str, made: list[tuple[Stroke, ...]], shapes: list[Shape], where: Moved) -> str:
    pairs = zip(made, shapes, strict=True)
    noticed = sum(apart(own, _shape(moved(strokes, where, 1.7))) < SAME for strokes, own in pairs)
    return f"{what}: {noticed} of {len(made)} noticed"


def moved(strokes: tuple[Stroke, ...], where: Moved, time: float = 1.0) -> tuple[Stroke, ...]:
    """Play the strokes again, elsewhere and at another speed."""
    return tuple(
        Stroke(each.device, tuple(_moved(point, where, time) for point in each.points)) for each in strokes
    )


def _moved(point: InkPoint, where: Moved, time: float) -> InkPoint:
    x, y = where(point.x_um, point.y_um)
    return InkPoint(round(x), round(y), round(point.t_ms * time), point.pressure)


def _shape(strokes: tuple[Stroke, ...]) -> Shape:
    told = shape(strokes)
    assert told is not None
    return told

"""What a monkey does, one input at a time: a seed makes always the same list, whatever is on the glass.

Places are parts of what is aimed at, so the list holds at every size. A stroke is many doings, and other
things may happen in the middle of it: another hand taps, the tablet is turned, somebody closes the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from math import cos, sin
from random import Random
from typing import Any

TYPED = "ab z023456789 ,.-\t"  # no 1: every PIN of the clinic has one, and chance must not find a PIN
KEYS = (
    "Escape", "F1", "F4", "F5", "F10", "F11", "F12", "Tab", "Backtab", "Return", "Enter", "Space", "Q", "W",
    "N", "O", "P", "C", "V", "X", "A", "Z", "Menu", "Backspace", "Delete", "PageDown", "PageUp", "Home",
    "End", "Up", "Down", "Left", "Right", "Print", "Super_L", "Back", "HomePage", "Meta",
)  # fmt: skip
HELD = ("No", "No", "No", "Alt", "Control", "Shift", "Meta")
_IN_BETWEEN = ("button", "turn", "close", "away", "burst", "tick", "key", "wheel", "palm", "none")
SIZES = ((1366, 1024), (1024, 1366), (1280, 800), (800, 1280), (1920, 1280))


@dataclass(frozen=True)
class Doing:
    """One input: its kind, where (in parts of the target), and what else the kind needs."""

    kind: str
    x: float = 0.5
    y: float = 0.5
    number: int = 0
    text: str = ""

    def told(self) -> list[Any]:
        """As a line of a replay keeps it."""
        return list(astuple(self))


def doings(seed: str) -> Iterator[Doing]:
    """Everything this seed's monkey does, without an end."""
    chance = Random(seed)
    makers, weights = zip(*_HABITS, strict=True)
    while True:
        yield from chance.choices(makers, weights)[0](chance)


def _place(chance: Random) -> tuple[float, float]:
    return round(chance.random(), 4), round(chance.random(), 4)


def _once(kind: str) -> Any:
    return lambda chance: [Doing(kind, *_place(chance), chance.randrange(1000))]


def _drag(chance: Random) -> Iterator[Doing]:
    yield Doing("mouse.down", *_place(chance))
    for _ in range(chance.randrange(1, 6)):
        yield Doing("mouse.move", *_place(chance))
    yield from _between(chance)
    yield Doing("mouse.up", *_place(chance))


def _stroke(chance: Random, hand: str) -> Iterator[Doing]:
    """A curve on the pad, where there is one; one in four is disturbed."""
    x, y = chance.uniform(0.05, 0.5), chance.uniform(0.3, 0.7)
    count, disturbed = chance.choice((3, 9, 30, 60, 120, 240)), chance.random() < 0.25  # a pen: 240 a second
    at = [(round(x + 0.45 * n / count, 4), round(y + 0.2 * sin(n / 3) * cos(n / 7), 4)) for n in range(count)]
    yield Doing(f"{hand}.down", *at[0])
    for number, place in enumerate(at[1:]):
        yield Doing(f"{hand}.move", *place)
        if disturbed and number == count // 2:
            yield from _between(chance)
    yield Doing(f"{hand}.up", *at[-1])


def _palm(chance: Random) -> Iterator[Doing]:
    """The side of a hand before, beside and after the pen."""
    yield Doing("finger.down", *_place(chance))
    yield Doing("pen.down", *_place(chance))
    yield Doing("finger.move", *_place(chance))
    for _ in range(chance.randrange(1, 8)):
        yield Doing("pen.move", *_place(chance))
    yield Doing("palm", *_place(chance))
    yield Doing("pen.up", *_place(chance))
    yield Doing("finger.up", *_place(chance))


def _between(chance: Random) -> Iterator[Doing]:
    """What may happen while a pen, a finger or a button is down."""
    which = chance.choice(_IN_BETWEEN)
    match which:
        case "turn":
            yield Doing("size", number=chance.randrange(len(SIZES)))
        case "away":
            yield Doing("away")
            yield Doing("button", *_place(chance), chance.randrange(1000))
            yield Doing("here")
        case "burst":
            yield from _burst(chance)
        case "key":
            yield from _key(chance)
        case "none":
            return
        case _:
            yield Doing(which, *_place(chance), chance.randrange(1000))


def _away(chance: Random) -> Iterator[Doing]:
    yield Doing("away")
    for _ in range(chance.randrange(5)):
        yield Doing("tap", *_place(chance))
        yield from _key(chance)
    yield Doing("here")


def _key(chance: Random) -> Iterator[Doing]:
    if chance.random() < 0.3:
        yield Doing("type", text=chance.choice(TYPED))
    else:
        yield Doing("key", text=f"{chance.choice(HELD)} {chance.choice(KEYS)}")


def _burst(chance: Random) -> Iterator[Doing]:
    """A scanner's: a code, a hostile label, one without an end, one that is far too long."""
    letters = "ABCKLM-023456789    \t\x1d\x1b"
    length = chance.choice((5, 14, 14, 60, 200))
    ends = chance.choice(("\r", "\r", "\r", ""))
    yield Doing("burst", text="K" + "".join(chance.choice(letters) for _ in range(length)) + ends)


def _turn(chance: Random) -> Iterator[Doing]:
    yield Doing("size", number=chance.randrange(len(SIZES)))


_HABITS = (
    (_once("button"), 34), (_once("tap"), 12), (_once("twice"), 4), (_once("touch"), 12),
    (_once("wheel"), 8), (_once("hold"), 1), (_once("menu"), 1), (_once("drop"), 1), (_once("close"), 1),
    (_once("tick"), 1), (_drag, 2), (lambda chance: _stroke(chance, "pen"), 3), (_palm, 1),
    (lambda chance: _stroke(chance, "finger"), 1), (lambda chance: _stroke(chance, "mouse"), 1),
    (_away, 1), (_key, 14), (_burst, 2), (_turn, 2),
)  # fmt: skip

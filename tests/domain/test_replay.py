"""The same ink twice is noticed wherever it is put; two signatures of one hand are not the same ink."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.domain.ink import InkPoint, Stroke
from chairside.domain.replay import BYTES, PARTS, SAME, SAMPLES, Shape, apart, ends, packed, shape, unpacked
from tests.real_ink.judged import PLAYED, moved
from tests.real_ink.made import again, signature

SAMPLED = 60


def shape_of(strokes: tuple[Stroke, ...]) -> Shape:
    told = shape(strokes)
    assert told is not None
    return told


@pytest.mark.parametrize("how", PLAYED)
def test_ink_that_was_moved_or_stretched_is_the_same_ink(how: str) -> None:
    """Also at another speed. Proves: T14, F23."""
    for seed in range(SAMPLED):
        first = signature(seed)
        assert apart(shape_of(first), shape_of(moved(first, PLAYED[how], 1.7))) < SAME


def test_two_signatures_of_one_hand_are_not_the_same_ink() -> None:
    """The nearest stay well away from the line. Proves: T14, F23."""
    nearest = min(
        apart(shape_of(again(signature(seed), Random(f"{seed} once"))),
              shape_of(again(signature(seed), Random(f"{seed} twice"))))
        for seed in range(SAMPLED)
    )  # fmt: skip
    assert nearest > 1.2 * SAME


def test_signatures_of_different_hands_are_far_apart() -> None:
    shapes = [shape_of(signature(seed)) for seed in range(SAMPLED)]
    assert min(apart(one, two) for n, one in enumerate(shapes) for two in shapes[:n]) > 2 * SAME


def test_a_shape_is_kept_whole() -> None:
    told = shape_of(signature(5))
    assert len(told) == 2 * SAMPLES and min(told) >= 0 and max(told) <= PARTS
    assert unpacked(packed(told)) == told and len(packed(told)) == 2 * SAMPLES * BYTES
    assert ends(told) == (told[0], told[1], told[-2], told[-1])


PLACES = st.tuples(st.integers(0, 500_000), st.integers(0, 500_000))


@given(st.lists(st.lists(PLACES, max_size=9), max_size=4))
def test_any_ink_has_a_whole_shape_or_none(ways: list[list[tuple[int, int]]]) -> None:
    """Dots, lines, strokes without a sample."""
    drawn = tuple(
        Stroke("pen", tuple(InkPoint(x, y, n, 500) for n, (x, y) in enumerate(way))) for way in ways
    )
    told = shape(drawn)
    assert told is None or (len(told) == 2 * SAMPLES and apart(told, told) == 0)


Ways = list[tuple[tuple[int, int], ...]]


def _drawn(*ways: tuple[tuple[int, int], ...]) -> tuple[Stroke, ...]:
    return tuple(Stroke("pen", tuple(InkPoint(x, y, n, 500) for n, (x, y) in enumerate(way))) for way in ways)


def _shifted(ways: Ways, x: int, y: int) -> Ways:
    return [tuple((one + x, two + y) for one, two in way) for way in ways]


# Down the left edge, along the top, down the right edge and a little cross-piece: 31 steps of 1,000 um.
LADDER: Ways = [
    ((0, 0), (0, 0), (0, 4_000), (0, 10_000)),  # the pen rests before it runs
    ((0, 0), (10_000, 0), (10_000, 0)),
    ((10_000, 0), (10_000, 10_000)),
    ((0, 5_000), (1_000, 5_000)),
]
RUNGS = (
    *((0, step) for step in range(11)),
    *((step, 0) for step in range(1, 11)),
    *((10, step) for step in range(1, 11)),
    (1, 5),
)


@pytest.mark.parametrize("ways", [LADDER, _shifted(LADDER, 20_000, 7_000), [*LADDER, ((5, 5),), ()]])
def test_a_shape_is_where_the_pen_was_at_equal_steps_of_its_way(ways: Ways) -> None:
    """What it draws counts, not its way through the air; dots and strokes without a sample do not."""
    told = shape_of(_drawn(*ways))
    assert tuple(zip(told[::2], told[1::2], strict=True)) == tuple((1_000 * x, 1_000 * y) for x, y in RUNGS)


@pytest.mark.parametrize(
    "ways",
    [
        [],
        [()],
        [((0, 0), (9_000, 0))],  # level
        [((0, 0), (0, 9_000))],  # upright
        [((0, 0),), ((5_000, 5_000), (5_000, 5_000)), ()],  # dots
    ],
)
def test_ink_without_a_box_or_a_way_has_no_shape(ways: Ways) -> None:
    """A line or dots are refused as a signature: they are nothing to compare."""
    assert shape(_drawn(*ways)) is None


def test_half_a_percent_of_the_box_is_where_the_same_ink_ends() -> None:
    """Proves: F23."""
    here = shape_of(_drawn(*LADDER))
    beside = tuple(part + (30, 40)[place % 2] for place, part in enumerate(here))
    assert apart(here, beside) == SAME == PARTS / 200
    with pytest.raises(ValueError, match="shorter"):
        apart(here, here[2:])  # a shape of fewer places is no shape to compare


def test_a_kept_shape_is_two_bytes_a_number_the_greater_first() -> None:
    """Shapes of older signatures lie in the ledger: what reads them may not change."""
    assert packed((1, 256, 10_000)) == b"\x00\x01\x01\x00\x27\x10"
    assert unpacked(b"\x00\x01\x01\x00\x27\x10") == (1, 256, 10_000)

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

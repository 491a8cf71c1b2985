"""Ink that is a signature and ink that is not, on made-up hands and made-up slips."""

from __future__ import annotations

from random import Random

import pytest

from chairside.domain.ink import InkPoint, Stroke
from chairside.domain.strokes import LEAST_LENGTH_UM, is_a_signature, lack
from tests.real_ink.made import LETTERS, SLIPS, initials, signature, slip

SAMPLED = 200  # `python -m tests.real_ink` goes through 1,600 of each
# Letters that are straight lines or one bend: a finger that swept the glass looks the same.
BARE = {"II", "IJ", "IL"}
REFUSED_AS = {
    "blank": {"empty"},
    "dots": {"dot"},
    "jitter": {"dot"},
    "line": {"line", "little"},
    "palm": {"line", "little"},
    "two fingers": {"line", "little"},
}


def test_no_full_signature_of_any_hand_is_refused() -> None:
    """Short, long, shaky: all pass. Proves: T15."""
    assert [seed for seed in range(SAMPLED) if seed % 4 and not is_a_signature(signature(seed))] == []


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_refused_by_its_name(kind: str) -> None:
    """A blank line, dots, a resting hand, a line, a palm's sweep, two fingers. Proves: T15."""
    assert {lack(slip(kind, seed)) for seed in range(SAMPLED)} <= REFUSED_AS[kind]


def test_initials_of_two_letters_pass() -> None:
    """Every pair but those that are straight lines or one bend: their words say to write the whole name."""
    pairs = [one + two for one in LETTERS for two in LETTERS[::5]]
    refused = {pair for pair in pairs if not is_a_signature(initials(Random(pair), pair))}
    assert refused <= BARE


@pytest.mark.parametrize("across_um", [0, 300])
def test_a_line_is_a_line_in_every_direction_and_at_every_speed(across_um: int) -> None:
    for step_x, step_y in ((700, 0), (0, 500), (-600, 300), (500, 500), (-400, -500)):
        points = tuple(
            InkPoint(60_000 + n * step_x, 40_000 + n * step_y + (n % 2) * across_um, n * 4, 500)
            for n in range(80)
        )
        assert lack((Stroke("touch", points),)) == "line"
        assert lack((Stroke("touch", points[::7]),)) == "little"


def test_what_rests_in_the_middle_of_a_signature_does_no_harm() -> None:
    """A hand that stops and thinks leaves many samples in one place."""
    first, *rest = signature(3)
    place = first.points[-1]
    rested = Stroke(first.device, (*first.points, *[place] * 400))
    assert is_a_signature((rested, *rest))


def test_a_name_too_small_to_see_is_too_little() -> None:
    small = tuple(
        Stroke(each.device, tuple(InkPoint(p.x_um // 12, p.y_um // 12, p.t_ms, 500) for p in each.points))
        for each in signature(2)
    )
    assert lack(small) in ("dot", "little") and LEAST_LENGTH_UM == 15_000


def test_one_stroke_without_a_sample_harms_nothing() -> None:
    assert is_a_signature((*signature(2), Stroke("pen", ())))
    assert lack((Stroke("pen", ()),)) == "empty"

"""Ink that is a signature and ink that is not, on made-up hands and made-up slips."""

from __future__ import annotations

from random import Random

import pytest

from chairside.domain.ink import InkPoint, Stroke, length_um, width_um
from chairside.domain.strokes import LEAST_LENGTH_UM, is_a_signature, lack, too_little
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


def _zigzag(points: int, step_um: int, up_um: int, last_ms: int = 2_000) -> tuple[Stroke, ...]:
    """Go up and down beside one another; the last sample is at its own time."""
    path = [InkPoint(n * step_um, n % 2 * up_um, n, 500) for n in range(points)]
    return (Stroke("touch", (*path[:-1], InkPoint(path[-1].x_um, path[-1].y_um, last_ms, 500))),)


@pytest.mark.parametrize(
    ("ink", "found"),
    [
        (_zigzag(2, 3_999, 0), "dot"),
        (_zigzag(2, 4_000, 0), "little"),
        (_zigzag(19, 600, 3_000), "little"),
        (_zigzag(20, 600, 3_000), None),
        (_zigzag(20, 600, 3_000, last_ms=199), "little"),
        (_zigzag(20, 600, 3_000, last_ms=200), None),
        (_zigzag(20, 450, 600), "little"),  # 14.25 mm long
        (_zigzag(21, 450, 600), "line"),  # 15 mm, and narrower than 2 mm
        (_zigzag(21, 450, 2_500), None),
    ],
)
def test_each_floor_counts_from_its_own_number_on(ink: tuple[Stroke, ...], found: str | None) -> None:
    """Proves: T15."""
    assert lack(ink) == found
    assert too_little("by_mark", ink) == (found if found == "dot" else None)
    assert too_little("drawn", ink) == found


def _ruled(strokes: int, turned: bool = False) -> tuple[Stroke, ...]:
    """Straight strokes of 20 mm side by side, or the last one across the others."""
    made = [tuple(InkPoint(5_000 * n, 500 * y, y * 9, 500) for y in range(41)) for n in range(strokes)]
    if turned:
        made[-1] = tuple(InkPoint(500 * x, 9_000, x * 9, 500) for x in range(41))
    return tuple(Stroke("touch", each) for each in made)


def test_three_strokes_sign_where_they_cross_and_two_do_not() -> None:
    """As in H; strokes side by side turn nothing, however many. Proves: T15."""
    assert [lack(_ruled(2)), lack(_ruled(3)), lack(_ruled(5))] == ["line"] * 3
    assert lack(_ruled(2, turned=True)) == "line"
    assert lack(_ruled(3, turned=True)) is None


Path = list[tuple[int, int]]


def _ink(*paths: Path) -> tuple[Stroke, ...]:
    """Strokes somewhere on the pad; the pen rests behind the first, so that samples are many enough."""
    made = []
    for number, path in enumerate(paths):
        samples = path if number else [*path, *[path[-1]] * 20]
        made.append(tuple(InkPoint(60_000 + x, 9_000 + y, 100 * n, 500) for n, (x, y) in enumerate(samples)))
    return tuple(Stroke("touch", each) for each in made)


def _lying_h(across_um: int) -> tuple[Stroke, ...]:
    """Two level strokes and one across where they balance: level to the last digit."""
    level: Path = [(400 * n, 0) for n in range(39)]
    across: Path = [(7_790, 0), (7_790, across_um)]
    return _ink(level, [(x, across_um) for x, _ in level], across)


@pytest.mark.parametrize(("across_um", "found"), [(1_600, "line"), (1_999, "line"), (2_000, None)])
def test_a_signature_is_two_millimetres_wide(across_um: int, found: str | None) -> None:
    """Proves: T15."""
    assert lack(_lying_h(across_um)) == found


@pytest.mark.parametrize("along", [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (-1, 2), (5, 1), (-1, 5)])
def test_how_narrow_ink_is_shows_across_its_own_direction(along: tuple[int, int]) -> None:
    """A pen that trembles along a line turns much and has drawn a line. Proves: T15."""
    x, y = along
    size = (x * x + y * y) ** 0.5

    def trembled(across_um: int) -> tuple[Stroke, ...]:
        places = [(400 * n, n % 2 * across_um) for n in range(41)]
        return _ink([(round((x * a - y * b) / size), round((y * a + x * b) / size)) for a, b in places])

    assert lack(trembled(1_900)) == "line"
    assert lack(trembled(2_300)) is None


BACK = (-8_121, 13_786)  # 16 mm long, and 120.5 degrees from level
LESS = (-7_879, 13_926)  # 119.5 degrees
CROSSED, BARELY = (7_879, 13_926), (8_121, 13_786)  # 60.5 and 59.5
LEVEL: Path = [(0, 0), (16_000, 0)]
BELOW: Path = [(0, 16_000), (16_000, 16_000)]
RING: Path = [(0, 0), (6_000, 0), (6_000, 6_000), (0, 6_000), (0, 0)]
BENT: Path = [*BELOW, (13_222, 31_757)]  # by 100 degrees
UPRIGHT: Path = [(8_000, -8_000), (8_000, 8_000)]


def _from(x: int, y: int, way: tuple[int, int]) -> Path:
    return [(x, y), (x + way[0], y + way[1])]


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([LEVEL + _from(16_000, 0, BACK)[1:]], None),
        ([LEVEL + _from(16_000, 0, LESS)[1:]], "line"),
        ([LEVEL, BELOW, _from(0, 0, CROSSED)], None),
        ([LEVEL, BELOW, _from(0, 0, BARELY)], "line"),
        ([BELOW, LEVEL[::-1], _from(0, 0, BARELY)], "line"),  # drawn from its other end it is the same line
        ([LEVEL, UPRIGHT], "line"),  # a cross turns by 90 degrees, and of two strokes that is too little
        ([LEVEL, UPRIGHT, [(0, 9_000), (0, 10_200)]], "line"),  # what is no longer than tremor is no third
        ([LEVEL, UPRIGHT, [(0, 9_000), (20, 10_200)]], None),
        ([LEVEL, UPRIGHT, [(0, 9_000), (1_200, 9_000)]], None),  # it turns all the same
        ([LEVEL, UPRIGHT, [(0, 9_000), (1_199, 9_000)]], "line"),  # a dot
        ([RING], None),  # a ring is no dot
        ([BELOW, [(0, 0), (16_000, 0), (8_000, 0)]], None),  # back over its own line
        ([BELOW, [(8_000, 0), (0, 0), (16_000, 0)]], None),
        ([RING, [(9_000, 3_000)]], None),  # with the dot of an i
        ([[(16_000, 14_000), (0, 14_000), (8_121, 214)]], None),  # the first two bends, the other way around
        ([[(16_000, 14_000), (0, 14_000), (7_879, 74)]], "line"),
        ([BELOW, [(16_000, 0), (8_000, -2_000), (0, 0)]], "line"),
        (
            [BELOW, [(400 * n, abs(4_000 - 100 * n) + n % 2 * 800) for n in range(81)]],
            "line",
        ),  # and trembling
        ([BELOW, [(400 * n, 200 * n + n % 2 * 800) for n in range(41)]], "line"),
        ([LEVEL, BENT], "line"),
        ([[(0, 0), (4_000, 1_100), (8_000, 0)], BENT], "line"),  # a bump no higher than tremor turns nothing
        ([[(0, 0), (4_000, 0), (4_000, 1_200), (8_000, 1_200), (8_000, 0), (16_000, 0)], BENT], "line"),
        ([[(0, 0), (4_000, 1_100), (8_000, 0), (8_000, -390)], BENT], None),  # it is higher by its last piece
        ([[(0, -400), (0, 0), (4_000, 1_100), (8_000, 0)], BENT], None),  # or by its first
        ([[(0, 0), (16_000, 0), (8_292, 14_021), (7_950, 13_833)]], None),  # and so does the last piece turn
        ([BELOW, [(0, 0), (4_000, 0), (4_000, 1_200), (8_000, 1_200), (8_000, 0), (16_000, 0)]], "line"),
        ([BELOW, [(0, 0), (4_000, 0), (4_000, 1_600), (8_000, 1_600), (8_000, 0), (16_000, 0)]], None),
    ],
)
def test_a_signature_turns_or_is_crossed(paths: list[Path], found: str | None) -> None:
    """By 120 degrees in all, from three strokes on by 60; tremor of 1.2 mm and dots aside. Proves: T15."""
    assert lack(_ink(*paths)) == found


def test_a_dot_is_a_dot_wherever_it_is() -> None:
    assert lack(_ink([(0, 0), (2_000, 3_000)])) == "dot"


def test_a_line_is_drawn_from_a_third_of_a_millimetre_to_one_and_a_fifth() -> None:
    """By the pen's pressure, alike on glass and paper."""
    assert [width_um(InkPoint(0, 0, 0, pressure)) for pressure in (0, 500, 1_000)] == [423, 820, 1_217]
    assert length_um(_ink([(0, 0), (3_000, 4_000)], [(0, 0), (0, 0)])) == 5_000

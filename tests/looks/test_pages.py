"""What holds on every page of the product: each is built once a cast and hung at the sizes below.

Sources: screens.md 6 and 7, facts/qt.md 10; field.md section 2: 34 (small text, big fingers miss) and
43 (the way on lies below what is in sight). The gate hangs English at five sizes and both text sizes,
what a patient reads in Spanish, and hard names, where they are tightest; the full cross of five sizes, two
text sizes and three casts is `make looks`, which also writes every picture.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from chairside.ui.theme import Theme
from tests.looks import contrast, rules
from tests.looks.gallery import PIECES, SIZES, Hang, faults_of
from tests.ui.look import tokens

GATE: dict[str, tuple[Hang, ...]] = {
    "en": (*((size, 1.0) for size in SIZES), ((1280, 800), 2.0), ((800, 1280), 2.0)),
    "es": (((1366, 1024), 1.0), ((1280, 800), 2.0), ((800, 1280), 2.0)),
    "naughty": (((1280, 800), 1.0), ((800, 1280), 2.0)),
}
Found = dict[str, list[str]]


@pytest.fixture(scope="module")
def found(qapp: QApplication) -> Iterator[Found]:
    """What every rule found wrong anywhere, in one pass through the gallery."""
    theme = Theme(tokens())
    theme.dress(qapp)
    told: Found = {}
    for cast, hangs in GATE.items():
        for name in PIECES:
            for rule, fault in faults_of(theme, name, cast, hangs):
                told.setdefault(rule, []).append(f"{cast}, {name}: {fault}")
    yield told


def said(found: Found, rule: rules.Rule) -> str:
    return "\n".join(dict.fromkeys(found.get(rule.__name__, [])))


def test_nothing_is_clipped_on_any_page(found: Found) -> None:
    assert said(found, rules.nothing_is_clipped) == ""


def test_no_page_goes_sideways(found: Found) -> None:
    assert said(found, rules.nothing_goes_sideways) == ""


def test_the_content_has_most_of_the_height(found: Found) -> None:
    """55 %, also at text size 2. Proves: qt.md 10.10."""
    assert said(found, rules.the_content_has_its_share) == ""


def test_the_way_on_is_in_sight_without_scrolling(found: Found) -> None:
    """Complaint 43."""
    assert said(found, rules.the_way_on_is_in_sight) == ""


def test_the_footer_is_whole_at_large_type(found: Found) -> None:
    """At 200 % upright it said nothing of what lacked, and Back and the main action broke in two."""
    kept_back = said(found, rules.the_footer_says_what_is_lacking)
    assert kept_back + said(found, rules.no_button_breaks_its_words) == ""


def test_every_target_is_large_enough_and_apart(found: Found) -> None:
    """48 px, a patient's answers 60, 8 px between two. Complaint 34. Proves: F30, qt.md 10.1."""
    small = said(found, rules.targets_are_large_enough)
    assert small + said(found, rules.targets_stand_apart) == ""


def test_every_control_is_named_once(found: Found) -> None:
    """Proves: F30."""
    assert said(found, rules.everything_is_named_once) == ""


def test_no_page_has_two_main_actions(found: Found) -> None:
    """Proves: qt.md 10.6."""
    assert said(found, rules.one_main_action) == ""


def test_no_text_is_smaller_than_its_readers_least(found: Found) -> None:
    """20 px for a patient, 17 for staff. Complaint 34. Proves: qt.md 10.2."""
    assert said(found, rules.no_text_is_too_small) == ""


def test_words_stand_out_from_their_ground(found: Found) -> None:
    """As painted: 7:1 for patients, 4.5:1 for staff, in both sets of colours. Proves: F30, qt.md 10.3."""
    assert said(found, contrast.words_stand_out) == ""


def test_nothing_is_chosen_for_anybody(found: Found) -> None:
    """On a page nobody has answered anything on yet. Proves: P2."""
    assert said(found, rules.nothing_is_preset) == ""

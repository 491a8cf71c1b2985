"""Free text that names HIV or AIDS is warned of where it is written, and taken all the same (Q18, C5)."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from chairside.domain.facts import Decided
from chairside.ui.screens.illness import names_illness
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens import test_addendum
from tests.ui.screens.conftest import Stage
from tests.ui.screens.stories import sealed
from tests.ui.screens.test_review import put, ready
from tests.ui.screens.touch import leave, sees, settle, tap, write

SENTENCE = "This names an illness that the law keeps private."


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("HIV", True), ("hiv+ since 2010", True), ("H.I.V. positive", True), ("HIV-positive", True),
        ("VIH positivo", True), ("tiene SIDA", True), ("AIDS", True), ("A.I.D.S.", True), ("ＨＩＶ", True),
        ("HIV1", True), ("", False), ("hearing aids", False), ("archive", False), ("Shiva", False),
        ("a weak immune system", False), ("cyclosporine", False), ("reside cerca", False), ("shiv", False),
    ],
)  # fmt: skip
def test_hiv_and_aids_are_known_in_both_languages(text: str, named: bool) -> None:
    """Proves: Q18."""
    assert names_illness(text) is named


@pytest.mark.parametrize(
    ("health", "opened", "field"),
    [
        ({"immunocompromised": "unsure"}, "again.immunocompromised.open", "again.immunocompromised.reason"),
        ({"immunocompromised": "unsure"}, "again.immunocompromised.open", "again.immunocompromised.source"),
        ({"food_or_drug_allergy": "yes"}, "", "finding.food_or_drug_allergy.reason"),
        ({"immunocompromised": "yes"}, "", "reason.text"),
    ],
)
def test_a_reason_that_names_it_is_warned_of_while_it_stands_there(
    stage: Stage, health: dict[str, str], opened: str, field: str
) -> None:
    """Proves: Q18."""
    room = ready(**health)
    screen = put(stage, room)
    if opened:
        tap(screen, opened)
    assert not sees(screen, f"{field}.illness")
    write(screen, field, "told us of HIV")
    assert sees(screen, f"{field}.illness")
    leave(screen, field)
    assert sees(screen, f"{field}.illness")
    write(screen, field, "told us of a weak immune system")
    assert not sees(screen, f"{field}.illness")


def test_what_is_warned_of_is_taken_all_the_same(stage: Stage) -> None:
    """What a physician needs to say, only the physician knows. Proves: Q18."""
    room = ready(immunocompromised="yes")
    screen = put(stage, room)
    tap(screen, "discussed.phone")
    write(screen, "reason.text", "HIV, see the chart")
    leave(screen, "reason.text")
    tap(screen, "do_not_treat")
    assert room.told[-1] == Decided("do_not_treat", "phone", None, (), (), "HIV, see the chart")
    assert room.refused == []


def test_an_addendum_that_names_it_is_warned_of(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Proves: Q18."""
    page = test_addendum.Side(sealed()).put(qtbot, theme, words)
    assert not sees(page, "addendum.text.illness")
    test_addendum.write(page, "First line\nHIV")
    settle()
    assert sees(page, "addendum.text.illness")
    assert SENTENCE in words.say("screens.illness_named")

"""What stands beside a health question: a temperature, categories, a test, and the patient's own tap."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit

from chairside.domain.facts import Answered, Corrected
from chairside.domain.replies import Chosen, ChosenSeveral, Measured, Reply
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.review import Review
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import PHYSICIAN, Room
from tests.ui.screens.stories import opened
from tests.ui.screens.touch import chosen, said, sees, tap, there

FORM = "health_check"


def _typed(screen: object, name: str, text: str) -> None:
    line = there(screen, name)  # type: ignore[arg-type]
    assert isinstance(line, QLineEdit)
    line.setText(text)
    line.textEdited.emit(text)
    line.editingFinished.emit()


@pytest.mark.parametrize(
    ("typed", "reply", "both"),
    [
        ("98.6", Measured("98.6", "°F"), "98.6 °F (37.0 °C)"),
        ("37,2", Measured("37.2", "°C"), "37.2 °C (99.0 °F)"),
        ("101", Measured("101", "°F"), "101 °F (38.3 °C)"),
    ],
)
def test_the_number_says_its_unit_and_both_are_shown(
    stage: Stage, typed: str, reply: Reply, both: str
) -> None:
    """Nobody taps a unit: 90 to 113 is Fahrenheit, 32 to 45 Celsius. Proves: Q19."""
    room = opened()
    screen = stage(Questions, FORM, room)
    _typed(screen, "temperature.number", typed)
    assert room.told == [Answered(FORM, "temperature", reply)] and room.refused == []
    assert both in said(screen)


@pytest.mark.parametrize("typed", ["60", "986", "abc", "-1", "NaN", "1e99"])
def test_a_number_no_thermometer_shows_is_not_told_and_the_limits_are_said(stage: Stage, typed: str) -> None:
    room = opened()
    screen = stage(Questions, FORM, room)
    _typed(screen, "temperature.number", typed)
    assert room.told == []
    assert "90.0 - 113.0 °F or 32.0 - 45.0 °C" in said(screen)


@pytest.mark.parametrize("stored", [None, Measured("98.6", "°F")])
def test_a_reading_that_was_not_understood_is_not_left_behind(stage: Stage, stored: Reply | None) -> None:
    """Otherwise a fever typed as "102F" is gone on the next page, and nobody was told. Proves: Q19."""
    room = opened()
    room.answer(FORM, flu_like_symptoms="no")
    if stored:
        room.reply(FORM, "temperature", stored)
    screen = stage(Questions, FORM, room)
    _typed(screen, "temperature.number", "102F")
    tap(screen, "transplant.no")
    tap(screen, "continue")
    line = there(screen, "temperature.number")
    assert isinstance(line, QLineEdit) and line.text() == "102F"
    assert sees(screen, "temperature.number.error")
    _typed(screen, "temperature.number", "102")
    tap(screen, "continue")
    assert Answered(FORM, "temperature", Measured("102", "°F")) in room.told
    assert not sees(screen, "temperature.number")


def test_a_raised_temperature_says_defer_beside_the_question(stage: Stage) -> None:
    """Proves: Q19."""
    room = opened()
    room.answer(FORM, flu_like_symptoms="no")
    screen = stage(Questions, FORM, room)
    assert not sees(screen, "flu_like_symptoms.follows")
    _typed(screen, "temperature.number", "38.0")
    assert sees(screen, "flu_like_symptoms.follows")


def test_the_physician_asks_for_the_temperature_again_not_for_the_answer(stage: Stage) -> None:
    """The answer was no: it is the reading that stops. Proves: Q2, Q19."""
    room = opened()
    room.healthy()
    room.reply(FORM, "temperature", Measured("102.2", "°F"))
    room.who = PHYSICIAN
    screen = stage(Review, "decision", room)
    assert "temperature is raised" in said(screen)
    assert there(screen, "again.flu_like_symptoms.open") is None
    tap(screen, "again.temperature.open")
    _typed(screen, "temperature.number", "98.2")
    _typed(screen, "again.temperature.source", "Measured twice")
    _typed(screen, "again.temperature.reason", "Misread the display")
    tap(screen, "again.temperature.confirm")
    reply = Measured("98.2", "°F")
    assert room.told == [Corrected(FORM, "temperature", reply, "Measured twice", "Misread the display")]
    assert room.refused == []


def test_a_test_is_asked_for_only_where_there_could_be_a_pregnancy(stage: Stage) -> None:
    """Proves: C7 on the screen."""
    room = opened()
    screen = stage(Questions, FORM, room)
    assert not sees(screen, "hcg_result.positive")
    tap(screen, "pregnancy_capacity.after_menopause")
    assert not sees(screen, "hcg_result.positive")
    tap(screen, "pregnancy_capacity.possible")
    tap(screen, "hcg_result.positive")
    assert sees(screen, "pregnant_or_trying.follows")


def test_categories_are_chosen_together_or_none_is_told(stage: Stage) -> None:
    """Proves: Q18."""
    room = opened()
    screen = stage(Questions, FORM, room)
    assert not sees(screen, "immune_categories.no_spleen")
    tap(screen, "immunocompromised.unsure")
    for option in ("other", "no_spleen", "rather_not_say", "no_spleen", "no_spleen"):
        tap(screen, f"immune_categories.{option}")
    told = [
        fact.reply.options
        for fact in room.told
        if isinstance(fact, Answered) and isinstance(fact.reply, ChosenSeveral)
    ]
    assert told == [("other",), ("no_spleen", "other"), ("rather_not_say",), ("no_spleen",)]
    assert chosen(screen, "immune_categories.no_spleen")
    assert room.refused == []


def test_without_a_window_there_is_no_hand_over_to_offer(stage: Stage) -> None:
    room: Room = opened()
    screen = stage(Questions, FORM, room)
    assert there(screen, "pregnant_or_trying.alone") is None
    tap(screen, "pregnant_or_trying.no")
    assert room.told == [Answered(FORM, "pregnant_or_trying", Chosen("no"))]

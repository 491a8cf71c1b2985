"""The nurse's questions."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain.checklist import FLOOR
from chairside.domain.facts import Answered, StepClosed
from chairside.domain.form import Choice
from chairside.domain.replies import Chosen
from chairside.ui.screens.questions import MOST_A_PAGE, Questions
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import book
from tests.ui.screens.stories import opened
from tests.ui.screens.touch import chosen, said, second_press, sees, tap, there

FORM = "health_check"
OPTIONS = ("yes", "no", "unsure")


def first_items() -> list[str]:
    return [item.id for item in book().forms[FORM].items if isinstance(item, Choice)][:MOST_A_PAGE]


def test_nothing_is_preset(stage: Stage) -> None:
    """Proves: P2 (Health check)."""
    screen = stage(Questions, "health_check", opened())
    assert not any(chosen(screen, f"{item}.{option}") for item in first_items() for option in OPTIONS)


def test_what_the_clinic_added_says_so_on_the_screen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else does. Proves: Q28."""
    mark = "Added by this clinic (not in the base list)"
    assert mark not in said(stage(Questions, "health_check", opened()))
    form = book().forms[FORM]
    added = structs.replace(form.items[0], clinic_added=True)
    own = {**book().forms, FORM: structs.replace(form, items=(added, *form.items[1:]))}
    changed = structs.replace(book(), forms=own)
    monkeypatch.setattr("tests.ui.screens.room.book", lambda: changed)
    assert mark in said(stage(Questions, "health_check", opened()))


def test_showing_a_view_tells_nothing(stage: Stage) -> None:
    room = opened()
    stage(Questions, "health_check", room)
    room.show()
    assert room.told == []


def test_a_page_asks_at_most_four(stage: Stage) -> None:
    screen = stage(Questions, "health_check", opened())
    assert sum(sees(screen, f"{item}.no") for item in FLOOR) == MOST_A_PAGE


def test_one_tap_answers_and_the_stored_answer_is_shown(stage: Stage) -> None:
    room = opened()
    screen = stage(Questions, "health_check", room)
    tap(screen, "transplant.no")
    assert room.told == [Answered(FORM, "transplant", Chosen("no"))]
    assert chosen(screen, "transplant.no") and not chosen(screen, "transplant.yes")


def test_an_answer_that_was_refused_is_not_shown(stage: Stage) -> None:
    """A laxer answer to an absolute question is session's to refuse; the screen keeps showing what stands."""
    room = opened()
    room.answer(FORM, transplant="yes")
    screen = stage(Questions, "health_check", room)
    tap(screen, "transplant.no")
    assert room.refused == ["absolute_needs_physician"]
    assert chosen(screen, "transplant.yes") and not chosen(screen, "transplant.no")


def test_the_same_answer_twice_is_told_once(stage: Stage) -> None:
    room = opened()
    screen = stage(Questions, "health_check", room)
    tap(screen, "transplant.no")
    tap(screen, "transplant.no")
    assert len(room.told) == 1


def test_the_second_press_of_a_double_tap_does_nothing(stage: Stage) -> None:
    """Otherwise a double tap on Continue would also close what stands below it on the next page."""
    room = opened()
    room.healthy()
    screen = stage(Questions, "health_check", room)
    tap(screen, "back")
    tap(screen, "continue")
    second_press(there(screen, "close"))
    assert room.told == []


def test_what_follows_from_an_absolute_yes_is_said_beside_it(stage: Stage) -> None:
    room = opened()
    screen = stage(Questions, "health_check", room)
    assert not sees(screen, "pregnant_or_trying.follows")
    tap(screen, "pregnant_or_trying.yes")
    assert sees(screen, "pregnant_or_trying.follows")
    assert not sees(screen, "transplant.follows")


def test_an_answer_can_be_marked_as_given_in_private(stage: Stage) -> None:
    room = opened()
    screen = stage(Questions, "health_check", room)
    assert not sees(screen, "pregnant_or_trying.private")
    tap(screen, "pregnant_or_trying.no")
    tap(screen, "pregnant_or_trying.private")
    assert room.told[-1] == Answered(FORM, "pregnant_or_trying", Chosen("no"), private=True)
    assert chosen(screen, "pregnant_or_trying.private")


def test_closing_with_an_open_question_says_which_and_closes_nothing(stage: Stage) -> None:
    room = opened()
    screen = stage(Questions, "health_check", room)
    tap(screen, "continue")
    tap(screen, "close")
    assert room.told == []
    assert sees(screen, "questions.lacking")
    assert "organ transplant" in said(screen)


def test_the_last_page_closes_the_step(stage: Stage) -> None:
    room = opened()
    room.healthy()
    screen = stage(Questions, "health_check", room)
    tap(screen, "close")
    assert room.told == [StepClosed("health_check")]
    assert room.refused == []


def test_every_answer_has_a_name_of_its_own_for_a_screen_reader(stage: Stage) -> None:
    screen = stage(Questions, "health_check", opened())
    names = [there(screen, f"{item}.no").accessibleName() for item in first_items()]  # type: ignore[union-attr]
    assert len(set(names)) == len(names)

"""Nothing moves under a finger: what a tap makes appear has its room already, or stands where nothing is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chairside.domain.form import Choice
from chairside.ui.screens.procedure import Procedure
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.review import Review
from chairside.ui.theme import Theme
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import PHYSICIAN, book
from tests.ui.screens.stories import opened, ready_to_decide, sealed
from tests.ui.screens.touch import settle, tap, there

SIZES = [(1366, 1024, 1.0), (800, 1280, 1.0), (1280, 800, 2.0)]
MARKS = ("thawed", "mixed", "first_injection", "last_injection")


def places(page: QWidget, names: list[str]) -> dict[str, QRect]:
    """Where each of these stands within what scrolls, which is where a finger goes that is on its way."""
    content = page.findChild(QWidget, "content").widget()  # type: ignore[union-attr]
    found = {name: page.findChild(QWidget, name) for name in names}
    return {name: QRect(each.mapTo(content, QPoint()), each.size()) for name, each in found.items() if each}


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_the_marks_stand_still_when_the_clock_begins(
    stage: Stage, theme: Theme, width: int, height: int, scale: float
) -> None:
    """The supplier's limit appears with Thawed; a gloved finger is on its way to Mixed."""
    theme.set_scale(scale)
    screen = stage(Procedure, "procedure", sealed())
    screen.resize(width, height)
    settle()
    names = [f"procedure.{mark}" for mark in MARKS]
    before = places(screen, names)
    assert len(before) == 4
    tap(screen, "procedure.thawed")
    assert places(screen, names) == before
    tap(screen, "procedure.mixed")
    assert places(screen, names) == before


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_the_next_question_stands_still_when_an_answer_is_a_finding(
    stage: Stage, theme: Theme, width: int, height: int, scale: float
) -> None:
    """What follows from each answer, and "asked in private", have their room from the start."""
    theme.set_scale(scale)
    room = opened()
    screen = stage(Questions, "health_check", room)
    screen.resize(width, height)
    settle()
    for page in (1, 2):
        items = [item.id for item in book().forms["health_check"].items if isinstance(item, Choice)]
        shown = [item for item in items if there(screen, f"{item}.no") is not None]
        names = [f"{item}.{option}" for item in shown for option in ("yes", "no", "unsure")]
        before = places(screen, names)
        assert len(before) == 3 * len(shown) > 0
        for item in shown:
            for option in ("no", "unsure", "yes"):
                tap(screen, f"{item}.{option}")
                assert places(screen, names) == before, f"{item}.{option} on page {page}"
        if page == 1:
            tap(screen, "continue")


def test_the_strengths_stand_still_while_the_list_of_what_lacks_gets_shorter(stage: Stage) -> None:
    """Two answers given quickly: where 5 million stood, 30 million must not have come."""
    screen = stage(Review, "decision", ready_to_decide(PHYSICIAN))
    tap(screen, "proceed")
    names = ["strength.5", "strength.10", "strength.30", "premedication.loratadine"]
    before = places(screen, names)
    for name in ("discussed.in_person", "strength.5", "premedication.loratadine"):
        tap(screen, name)
        assert places(screen, names) == before

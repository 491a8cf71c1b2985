"""What lacks is listed at the top, takes the keyboard's place, and each line goes to where it is mended."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from chairside.ui.screens.picker import Picker
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.review import Review
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Button
from chairside.ui.widgets.jump import Jump
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Text
from chairside.words import Words
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import PHYSICIAN
from tests.ui.screens.stories import opened, ready_to_decide
from tests.ui.screens.touch import sees, settle, tap, there


def _ways(screen: Screen, name: str) -> list[Button]:
    return [each for each in screen.content.findChildren(Button) if each.objectName().startswith(f"{name}.")]


def _focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def _stands_in_view(screen: Screen, name: str) -> bool:
    place = there(screen, name)
    assert place is not None
    return not place.visibleRegion().isEmpty() and place.isAncestorOf(_focused())


def test_a_refused_close_moves_the_keyboard_to_the_list_of_what_lacks(stage: Stage) -> None:
    """Proves: qt.md 10.7."""
    screen = stage(Questions, "health_check", opened())
    tap(screen, "continue")
    tap(screen, "close")
    assert _focused().objectName() == "questions.lacking"
    assert len(_ways(screen, "questions.lacking")) == 7
    assert "organ transplant" in _focused().accessibleName()


def test_a_line_goes_to_its_question_on_another_page(stage: Stage) -> None:
    """Proves: qt.md 10.7: a jump, also to the page before."""
    screen = stage(Questions, "health_check", opened())
    tap(screen, "continue")
    tap(screen, "close")
    tap(screen, "questions.lacking.0")
    settle()
    assert sees(screen, "transplant.no") and _stands_in_view(screen, "transplant")


def test_answering_takes_the_line_off_the_list(stage: Stage) -> None:
    screen = stage(Questions, "health_check", opened())
    tap(screen, "continue")
    tap(screen, "close")
    before = len(_ways(screen, "questions.lacking"))
    tap(screen, "cancer_within_5_years.no")
    settle()
    ways = [each for each in _ways(screen, "questions.lacking") if each.isVisibleTo(screen)]
    assert len(ways) == before - 1


def test_medicines_and_decision_list_what_lacks_with_a_way(stage: Stage) -> None:
    """Proves: qt.md 10.7."""
    picker = stage(Picker, "medicines", opened())
    tap(picker, "continue")
    tap(picker, "medicines.lacking.0")
    settle()
    assert _stands_in_view(picker, "medicines.choice")
    review = stage(Review, "decision", ready_to_decide(PHYSICIAN))
    tap(review, "proceed")
    for number, way in enumerate(_ways(review, "review.lacking")):
        tap(review, f"review.lacking.{number}")
        settle()
        assert review.content.viewport().isAncestorOf(_focused()), way.text()


def test_a_page_that_goes_in_mid_turn_is_not_turned_any_more(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """What waits for the page's new height goes with the page: nothing of a page that went is touched."""
    page = Page(theme, words, "tall", "text")
    page.body.addWidget(Text(theme, "A line.\n" * 200))
    page.resize(800, 600)
    page.show()
    settle()
    page.content.verticalScrollBar().setValue(100)
    Jump(theme, page).show_whole(lambda: page.footer)
    with qtbot.captureExceptions() as raised:
        delete(page)
        settle()
    assert raised == []

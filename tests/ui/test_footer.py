"""The footer: how many lines it takes, and what stands beside what."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.settings import shipped
from chairside.ui.screens.reading import Reading
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button, width_of
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.access.pages import Dress, on_glass
from tests.ui.look import tokens


def nothing() -> None:
    """Do nothing when tapped."""


def test_what_would_fill_a_third_line_stands_beside_back_and_nothing_grave_beside_the_main_action(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """Board and vials had three lines upright at the largest text. Proves: qt.md 10.14."""
    page = Page(theme, words, "vials", "whole")
    qtbot.addWidget(page)
    back, main = Action("back", "Back", nothing), Action("main", "Receive a vial", nothing, "primary")

    def lines(kind: str, scale: float) -> list[list[str]]:
        names = ("Expect a vial", "Donor sheets", "Suppliers")
        page.footer.show_actions(back, main, [Action(name, name, nothing, kind) for name in names])
        theme.set_scale(scale)
        page.resize(800, 1280)
        page.show()
        QApplication.processEvents()
        shown = [each for each in page.footer.findChildren(Button) if each.isVisible()]
        assert {each.font().pixelSize() for each in shown} == {theme.font("control").pixelSize()}
        at = {each.text(): each.mapTo(page, QPoint(0, 0)) for each in shown}
        tops = sorted({where.y() for where in at.values()})
        return [sorted((n for n in at if at[n].y() == top), key=lambda n: at[n].x()) for top in tops]

    above, below = ["Expect a vial", "Donor sheets"], ["Back", "Receive a vial"]
    assert lines("secondary", 2.0) == [above, ["Back", "Suppliers", "Receive a vial"]]
    assert lines("danger", 2.0) == [above, ["Suppliers"], below]
    assert lines("secondary", 1.0) == [[below[0], *above, "Suppliers", below[1]]]


@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet"])
def test_the_room_that_is_kept_is_that_of_a_button(
    theme: Theme, words: Words, qtbot: QtBot, kind: str
) -> None:
    page = Page(theme, words, "page")
    qtbot.addWidget(page)
    page.show()
    for scale in tokens().scales:
        theme.set_scale(scale)
        page.footer.show_actions(None, None, [Action("it", "Give the tablet back", nothing, kind)])
        button = page.footer.offered("it")
        assert button is not None and width_of(theme, button.text(), kind) == button.sizeHint().width()


def test_back_stands_above_where_both_would_break_their_words(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """At the largest text upright "Go on with the visit" and Back stood in two lines each."""
    page = Page(theme, words, "more", "form")
    qtbot.addWidget(page)
    back, main = Action("back", "Back to the visits", nothing), Action("main", "Go on", nothing, "primary")
    long = Action("main", "Go on with the visit", nothing, "primary")
    theme.set_scale(2.0)
    page.resize(800, 1280)
    page.show()
    for primary, stacked in ((main, False), (long, True), (main, False)):
        page.footer.show_actions(back, primary, [Action("contrast", "Contrast", nothing, "quiet")])
        QApplication.processEvents()
        first, last = page.footer.offered("back"), page.footer.offered("main")
        assert first is not None and last is not None
        assert (first.geometry().bottom() < last.mapTo(page.footer, QPoint(0, 0)).y()) == stacked
        assert all(each.width() >= each.sizeHint().width() for each in (first, last))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_footer_keeps_its_shape_when_the_end_of_a_page_comes_into_sight(
    theme: Theme, qtbot: QtBot, language: str
) -> None:
    """It grew with "Continuar" and pushed the end out of sight, gave way to "Más", and so on for ever."""
    words = Words.load(shipped("resources") / "words", language)
    page = on_glass(Dress(qtbot, theme, words), "reading", (1024, 1366))
    assert isinstance(page, Reading)
    for scale in tokens().scales:
        theme.set_scale(scale)
        onward = page.action("continue", "button.continue", nothing, "primary")
        offered = [page.when_seen(onward, seen) for seen in (False, True)]
        assert [each.name for each in offered] == ["more", "continue"]
        others = [Action(name, page.say(f"button.{name}"), nothing) for name in ("question", "break", "stop")]
        back = page.action("back", "button.back", nothing)
        for width in range(600, 1940, 20):
            heights = set()
            for primary in offered:
                page.footer.show_actions(back, primary, others, page.say("read.page_of", page=3, pages=3))
                page.footer.fit(width, low=False)
                heights.add(page.footer.heightForWidth(width))
            assert len(heights) == 1, (scale, width)

"""The page of who is here, at the largest text on a low glass."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Button
from chairside.ui.widgets.frames import Card
from tests.looks.gallery import hung, place_at
from tests.ui.screens.touch import settle, tap


def test_the_part_that_was_tapped_comes_into_sight(theme: Theme) -> None:
    """Three names and two lines of parts above it pushed the part below the glass."""
    with hung(theme, "who is here, all", "en") as page:
        place_at(page, theme, (1280, 800), 2.0)
        tap(page, "beside.part.left")
        settle()
        part = page.findChild(Card, "beside.left")
        assert part is not None
        window = page.content.viewport()
        assert 0 <= part.mapTo(window, QPoint(0, 0)).y() < window.height() // 2


def test_the_interpreters_word_is_what_is_filled(theme: Theme) -> None:
    """The visit cannot go on before it is attested, and the page had no main action at all."""
    with hung(theme, "who is here, attest", "en") as page:
        main = [each for each in page.findChildren(Button) if each.action.kind == "primary"]
        assert [each.objectName() for each in main if each.isVisibleTo(page)] == ["beside.attest.do_attest"]

"""What holds on the pages of a visit that are no step's screen: record, addition, paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from chairside.ui.screens.addendum import Addendum, Draft
from chairside.ui.screens.on_paper import OnPaper
from chairside.ui.screens.record import Record
from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.screens.stories import decided, opened, sealed
from tests.ui.screens.test_every_screen import LEAST_PX, SIZES, inside
from tests.ui.screens.test_on_paper import PAD, Side
from tests.ui.screens.test_record import Paper, added
from tests.ui.screens.touch import settle


def record(qtbot: QtBot, theme: Theme, words: Words) -> Record:
    return Paper().put(qtbot, theme, words, added(added(sealed(), "procedure"), "adverse_event", False))


def addition(qtbot: QtBot, theme: Theme, words: Words) -> Addendum:
    room = sealed()
    page = Addendum(words, theme, Draft("adverse_event", "A rash."), (room.tell, lambda: None))
    qtbot.addWidget(page)
    page.show_view(room.view())
    page.show()
    return page


def reading(qtbot: QtBot, theme: Theme, words: Words) -> OnPaper:
    return Side(opened()).put(qtbot, theme, words, "read")


def signing(qtbot: QtBot, theme: Theme, words: Words) -> OnPaper:
    side = Side(decided())
    side.picked = {PAD: 2}
    return side.put(qtbot, theme, words, "sign")


MADE: dict[str, Callable[[QtBot, Theme, Words], Page]] = {
    "record": record,
    "addition": addition,
    "read on paper": reading,
    "signed on paper": signing,
}


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("case", MADE)
def test_it_holds_at_every_size(
    qtbot: QtBot, theme: Theme, words: Words, case: str, size: tuple[int, int], scale: float
) -> None:
    """Nothing is cut, nothing too small to hit, everything named once; no sideways scroll."""
    theme.set_scale(scale)
    page = MADE[case](qtbot, theme, words)
    page.resize(*size)
    settle()
    try:
        assert page.content.widget().width() <= page.content.viewport().width()
        for label in inside(page, QLabel):
            assert isinstance(label, QLabel)
            assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
        for target in [*inside(page, QAbstractButton), *inside(page, QLineEdit)]:
            assert target.height() >= LEAST_PX and target.width() >= LEAST_PX, target.objectName()
            assert target.accessibleName(), target.objectName()
            right = target.mapTo(page, QPoint(target.width(), 0)).x()
            assert right <= page.width(), target.objectName()
        names = [each.objectName() for each in inside(page, QAbstractButton)]
        assert len(names) == len(set(names))
    finally:
        theme.set_scale(1.0)

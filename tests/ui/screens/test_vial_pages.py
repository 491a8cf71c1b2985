"""What holds on every page of the vials at every size: nothing cut, nothing too small, all named."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.screens.stock import PAGES, dressed
from tests.ui.screens.test_every_screen import LEAST_PX, SIZES, inside
from tests.ui.screens.touch import settle, there


def shown(qtbot: QtBot, page: Page, size: tuple[int, int] = (1366, 1024)) -> Page:
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    settle()
    return page


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PAGES)
def test_it_holds_at_every_size(
    qtbot: QtBot, theme: Theme, words: Words, name: str, size: tuple[int, int], scale: float
) -> None:
    """Sources: screens.md 6, facts/qt.md 10."""
    theme.set_scale(scale)
    try:
        page = shown(qtbot, PAGES[name](dressed(theme, words)), size)
        assert page.content.widget().width() <= page.content.viewport().width()
        assert page.content.viewport().height() >= 0.55 * size[1] or scale > 1.0
        for label in inside(page, QLabel):
            assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
        for target in [*inside(page, QAbstractButton), *inside(page, QLineEdit)]:
            assert target.height() >= LEAST_PX and target.width() >= LEAST_PX, target.objectName()
            assert target.accessibleName(), target.objectName()
            right = target.mapTo(page, QPoint(target.width(), 0)).x()
            assert right <= page.width(), target.objectName()
    finally:
        theme.set_scale(1.0)


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_can_be_tapped_is_reached_by_tab_and_named_once(
    qtbot: QtBot, theme: Theme, words: Words, name: str
) -> None:
    page = shown(qtbot, PAGES[name](dressed(theme, words)))
    buttons = [each for each in inside(page, QAbstractButton) if each.objectName()]
    names = [each.objectName() for each in buttons]
    assert len(set(names)) == len(names)
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in buttons)


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"receive", "sheet", "expect"}))
def test_nothing_is_chosen_for_anybody(qtbot: QtBot, theme: Theme, words: Words, name: str) -> None:
    """The three left out are shown with a draft; their own tests look at them empty."""
    page = shown(qtbot, PAGES[name](dressed(theme, words)))
    assert not [each.objectName() for each in inside(page, QAbstractButton) if each.isChecked()]  # type: ignore[attr-defined]


def test_the_way_back_stands_first_and_the_main_action_last(qtbot: QtBot, theme: Theme, words: Words) -> None:
    page = shown(qtbot, PAGES["received"](dressed(theme, words)))
    back, main = there(page, "back"), there(page, "vial.check")
    assert back is not None and main is not None
    assert back.mapTo(page, QPoint(0, 0)).x() < main.mapTo(page, QPoint(0, 0)).x()

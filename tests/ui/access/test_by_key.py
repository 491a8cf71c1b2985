"""Every control of every page is reached by Tab, in reading order, ringed and never under the bars."""

from __future__ import annotations

import gc
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QSpacerItem, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from chairside.ui.theme import Theme
from chairside.ui.widgets.tab_order import controls, stand_in_order
from chairside.words import Words
from tests.ui.access.pages import PAGES, Dress, is_still, on_glass
from tests.ui.access.tabbing import around, before

pytestmark = pytest.mark.a11y


@pytest.mark.parametrize("size", [(1366, 1024), (800, 1280)], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_everything_in_reading_order_and_shows_where_it_stands(
    qtbot: QtBot, theme: Theme, words: Words, name: str, size: tuple[int, int]
) -> None:
    """Proves: F30; screens.md 6, facts/qt.md 10.11."""
    page = on_glass(Dress(qtbot, theme, words), name, size)
    assert is_still(page), "it lays itself out for ever"
    stops = around(page, theme)
    assert [trouble for each in stops for trouble in each.troubles] == []
    assert {each.control for each in stops} == set(controls(page))
    first = min(range(len(stops)), key=lambda n: stops[n].part)  # the way goes around: it begins on the page
    read = [*stops[first:], *stops[:first]]
    wrong = [(one.name, then.name) for one, then in pairwise(read) if not before(one, then)]
    assert wrong == []


def test_the_way_back_is_the_way_there(qtbot: QtBot, theme: Theme, words: Words) -> None:
    page = on_glass(Dress(qtbot, theme, words), "health check")
    there = [each.name for each in around(page, theme)]
    back = [each.name for each in around(page, theme, Qt.Key.Key_Backtab)]
    assert back == there[::-1]


def test_the_keyboard_begins_with_what_there_is_to_do(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Not with the text size and the steps that every page has around it."""
    page = on_glass(Dress(qtbot, theme, words), "health check")
    assert around(page, theme)[0].name == "transplant.yes"


def _shells() -> int:
    """Count what Qt for Python holds of Qt's own layout items."""
    gc.collect()
    return sum(type(each) in (QWidgetItem, QSpacerItem) for each in getAllValidWrappers())


@pytest.mark.parametrize("name", ["health check", "board", "setup, clinic"])
def test_the_way_through_a_page_leaves_no_shell_of_its_places(
    qtbot: QtBot, theme: Theme, words: Words, name: str
) -> None:
    """A shell outlived its place and was taken for a button made there later: a segmentation fault."""
    page = on_glass(Dress(qtbot, theme, words), name)
    QAccessible.setActive(True)
    before_it = _shells()
    list(controls(page))
    stand_in_order(page, deep=True)
    assert _shells() == before_it

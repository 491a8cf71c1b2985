"""A screen reader is told of a page in the order it is read, not in the order it was made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets import tab_order
from chairside.words import Words
from tests.ui.access.pages import Dress, on_glass
from tests.ui.screens.touch import settle


def told(widget: QWidget) -> Iterator[QWidget]:
    """Tell of everything visible in the order of Qt's accessible tree."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    if spoken.state().invisible:
        return
    yield widget
    for number in range(spoken.childCount()):
        child = spoken.child(number)
        thing = child.object() if child is not None else None
        if isinstance(thing, QWidget):
            yield from told(thing)


@pytest.mark.parametrize("size", [(1366, 1024), (800, 1280)])
@pytest.mark.parametrize("name", ["reading", "vials: receive", "thawed", "who is here, all"])
def test_a_page_is_told_as_it_is_read(
    theme: Theme, words: Words, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    """The tools of the header came backwards, the footer's others before Back, the bar after the footer."""
    QAccessible.setActive(True)
    page = on_glass(Dress(qtbot, theme, words), name, size)
    settle()
    read = list(tab_order.controls(page))
    assert [each for each in told(page) if each in read] == read and len(read) > 5

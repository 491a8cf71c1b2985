"""What holds a widget in a layout goes with the page, or as soon as it is taken out: nothing stays behind."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid, ownedByPython

from chairside.ui.theme import Theme
from chairside.ui.widgets.beside import Beside
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import empty, vacate


def items_of(layout: QLayout) -> list[object]:
    return [layout.itemAt(number) for number in range(layout.count())]


def test_a_layout_of_our_own_owns_what_holds_its_widgets(theme: Theme, qtbot: QtBot) -> None:
    """Qt leaves that to the layout; every button of every page left 100 bytes behind. Proves: F17."""
    page = QWidget()
    qtbot.addWidget(page)
    flow, beside = FlowLayout(theme, page), Beside(theme, QLabel("1"), QLabel("2"), 300)
    flow.addWidget(QLabel("1"))
    flow.insertWidget(0, QLabel("0"))
    assert all(ownedByPython(item) for layout in (flow, beside) for item in items_of(layout))
    assert [flow.itemAt(place).widget().text() for place in (0, 1)] == ["0", "1"]  # type: ignore[union-attr]  # both are there


def test_a_widget_that_goes_leaves_the_flow(theme: Theme, qtbot: QtBot) -> None:
    page, gone, stays = QWidget(), QLabel("gone"), QLabel("stays")
    qtbot.addWidget(page)
    flow = FlowLayout(theme, page)
    for each in (gone, stays):
        flow.addWidget(each)
    gone.setParent(None)
    assert [each.widget() for each in flow._items] == [stays]


@pytest.mark.parametrize("out", [vacate, empty])
def test_what_held_a_widget_goes_when_it_is_taken_out(qtbot: QtBot, out: object) -> None:
    page, shown = QWidget(), QLabel("shown")
    qtbot.addWidget(page)
    line = QHBoxLayout(page)
    line.addWidget(shown)
    line.addStretch(1)
    held = items_of(line)
    assert callable(out)
    out(line)
    assert line.count() == 0 and not any(isValid(item) for item in held)
    assert isValid(shown)

"""What holds a widget in a layout goes with the page, or as soon as it is taken out: nothing stays behind."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLayout, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers, isValid, ownedByPython

from chairside.ui.theme import Theme
from chairside.ui.widgets.beside import Beside
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import empty, vacate
from chairside.words import Words
from tests.ui.access.pages import Dress, on_glass


def items_of(layout: QLayout) -> list[object]:
    return [layout.itemAt(number) for number in range(layout.count())]


def test_a_layout_of_our_own_owns_what_holds_its_widgets(theme: Theme, qtbot: QtBot) -> None:
    """Qt leaves that to the layout; every button of every page left 100 bytes behind. Proves: F17."""
    page, both = QWidget(), QWidget()
    for each in (page, both):
        qtbot.addWidget(each)
    flow, beside = FlowLayout(theme, page), Beside(theme, both, (QLabel("1"), QLabel("2")), 300)
    flow.addWidget(QLabel("1"))
    flow.insertWidget(0, QLabel("0"))
    assert all(ownedByPython(item) for layout in (flow, beside) for item in items_of(layout))
    assert [flow.itemAt(place).widget().text() for place in (0, 1)] == ["0", "1"]  # type: ignore[union-attr]  # both are there


def test_a_page_that_goes_takes_the_places_of_its_widgets_with_it(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """What follows from an answer stood in a layout within a layout: 3 KB a health check. Proves: F17."""

    def places() -> int:
        gc.collect()
        return sum(type(each) is QWidgetItem for each in getAllValidWrappers())

    before = places()
    page = on_glass(Dress(qtbot, theme, words), "health check")
    assert page.findChildren(Beside) and places() > before
    page.close()
    page.deleteLater()
    del page
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert places() == before


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

"""What is taken out of a layout leaves nothing behind."""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot

from chairside.ui.widgets.frames import take_out


def _shells() -> int:
    gc.collect()
    return sum(type(each) is QWidgetItem for each in gc.get_objects())


def test_a_page_that_goes_leaves_no_shell_of_its_place(qapp: QApplication, qtbot: QtBot) -> None:
    """Qt for Python kept one a page: a scroll bar made later at its address came back as a layout's item."""
    window = QWidget()
    qtbot.addWidget(window)
    column, before = QVBoxLayout(window), _shells()
    pages = [QWidget() for _ in range(5)]
    for page in pages:
        column.addWidget(page)
    for page in pages:
        take_out(column, page)
        page.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert column.count() == 0 and _shells() == before

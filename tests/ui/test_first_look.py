"""One filter of the application asks who wants to look at input; nobody is asked about anything else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from chairside.ui.double_tap import DoubleTap
from chairside.ui.first_look import first_look
from chairside.ui.scanner import Scanner
from chairside.ui.watch import Watch


class Looker(QObject):
    """Writes down what it was asked about; `takes` says whether it takes it away."""

    def __init__(self, name: str, asked: list[str], takes: bool = False) -> None:
        super().__init__()
        self._name, self._asked, self._takes = name, asked, takes

    def sees(self, watched: QObject, event: QInputEvent) -> bool:
        if isinstance(watched, QPushButton):
            self._asked.append(f"{self._name} {event.type().name}")
        return self._takes


@pytest.fixture
def button(qtbot: QtBot) -> QPushButton:
    made = QPushButton("Sign")
    qtbot.addWidget(made)
    made.show()
    return made


def test_who_came_last_looks_first_and_may_take_it(qapp: QApplication, button: QPushButton) -> None:
    asked: list[str] = []
    early, late = Looker("early", asked), Looker("late", asked, takes=True)
    looks, pressed = first_look(qapp), []
    button.clicked.connect(lambda: pressed.append(1))
    looks.take_in(early)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1] and asked == ["early MouseButtonPress", "early MouseButtonRelease"]
    asked.clear()
    looks.take_in(late)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1] and asked == ["late MouseButtonPress", "late MouseButtonRelease"]
    asked.clear()
    looks.leave_out(late)
    looks.leave_out(early)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1, 1] and asked == []


def test_one_that_qt_destroyed_is_asked_no_more(qapp: QApplication, button: QPushButton) -> None:
    """A window takes its scanner with it; the next window's input goes its way."""
    asked: list[str] = []
    gone, pressed = Looker("gone", asked), []
    button.clicked.connect(lambda: pressed.append(1))
    first_look(qapp).take_in(gone)
    delete(gone)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [] and pressed == [1]


def test_only_input_is_looked_at(qapp: QApplication, button: QPushButton) -> None:
    """Painting, layout, timers: nearly every event is none. One filter stands, not one for each who looks."""
    asked: list[str] = []
    looker = Looker("looker", asked)
    first_look(qapp).take_in(looker)
    button.setText("Sign here")
    button.resize(300, 80)
    QCoreApplication.sendEvent(button, QEvent(QEvent.Type.User))
    qapp.processEvents()
    first_look(qapp).leave_out(looker)
    assert asked == []
    assert first_look(qapp) is first_look(qapp)
    assert not any("eventFilter" in vars(each) for each in (DoubleTap, Scanner, Watch))

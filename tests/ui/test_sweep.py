"""Python's collector leaves the glass's objects to the glass's own thread."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from chairside.ui import sweep

MANY = 200_000  # far beyond what makes the collector begin by itself


class Ring(QObject):
    """What only the collector can take away."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _litter() -> None:
    for _ in range(MANY):
        ring: list[object] = []
        ring.append(ring)


@pytest.mark.usefixtures("sweeping")
def test_no_other_thread_ends_what_belongs_to_the_glass(qtbot: QtBot) -> None:
    """However much it throws away; the glass itself does, soon after."""
    lost = weakref.ref(Ring())
    worker = threading.Thread(target=_litter)
    worker.start()
    worker.join()
    assert lost() is not None
    qtbot.waitUntil(lambda: lost() is None, timeout=20_000)


def test_it_waits_for_the_hand_to_rest(qapp: QApplication, qtbot: QtBot) -> None:
    """A round in the middle of an answer would be seen; a hand that never rests is not waited for long."""
    field = QLineEdit()
    qtbot.addWidget(field)
    swept = sweep.keep(qapp)
    swept.look()  # what was due before
    lost = weakref.ref(Ring())
    _litter()
    QTest.keyClick(field, Qt.Key.Key_A)
    swept.look()
    assert lost() is not None
    QTest.qWait(sweep.REST_MS + 10)
    swept.look()
    assert lost() is None


def test_it_is_kept_once(qapp: QApplication) -> None:
    assert sweep.keep(qapp) is sweep.keep(qapp)
    assert len(qapp.findChildren(sweep.Sweep)) == 1
    assert not gc.isenabled()

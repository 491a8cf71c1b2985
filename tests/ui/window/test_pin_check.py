"""A PIN is tried off the glass: the page lives on meanwhile, and every try is counted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from chairside.domain.facts import PinRefused
from chairside.session.staff import Tried
from tests.session.clinics import PINS
from tests.ui.screens.touch import LEFT
from tests.ui.window.glass import Shown


@pytest.fixture
def held_up(glass: Shown, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The sign-in of nurse-1, whose PIN is not tried before this is set."""
    go, staff = threading.Event(), glass.visitors.staff
    trying = staff.trying

    def slowly(person: str, pin: str) -> Callable[[], Tried]:
        tried = trying(person, pin)
        return lambda: (go.wait(30), tried())[1]

    monkeypatch.setattr(staff, "trying", slowly)
    glass.hands.tap("staff.nurse-1")
    yield go
    go.set()


def _enter(glass: Shown, pin: str) -> None:
    """Type and hand it up, and do not wait for what comes of it."""
    for key in (*pin, "enter"):
        button = glass.hands.find(f"pin.{key}")
        assert isinstance(button, QPushButton)
        QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


def _refused(glass: Shown) -> int:
    clinic = glass.visitors.clinic
    return sum(isinstance(by.fact, PinRefused) for by in clinic.ledger.stream(clinic.tablet_stream))


def test_the_glass_lives_while_a_pin_is_checked(glass: Shown, held_up: threading.Event, qtbot: QtBot) -> None:
    """It says what it does, and the glass's own timers run: nothing is blocked."""
    _enter(glass, PINS["nurse-1"])
    ticks: list[int] = []
    timer = QTimer(glass.window)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(1)
    qtbot.waitUntil(lambda: len(ticks) > 5, timeout=5_000)
    assert "Checking the PIN." in glass.words() and glass.visitors.staff.who is None
    timer.stop()
    held_up.set()
    qtbot.waitUntil(lambda: glass.visitors.staff.who is not None, timeout=5_000)
    assert glass.page() == "board"


def test_a_pin_page_that_was_left_opens_nothing(glass: Shown, held_up: threading.Event, qtbot: QtBot) -> None:
    """Cancelled while the right PIN was on its way. Proves: T1."""
    _enter(glass, PINS["nurse-1"])
    glass.window.doorway.sign_in()
    held_up.set()
    glass.window.work._lanes["door"].waitForDone()
    glass.hands.settle()
    assert glass.visitors.staff.who is None and glass.page() == "door.sign_in"


def test_a_wrong_pin_is_counted_though_its_page_was_left(
    glass: Shown, held_up: threading.Event, qtbot: QtBot
) -> None:
    """Leaving early saves no try. Proves: T1."""
    for tries in range(1, 3):
        _enter(glass, "102938")
        glass.window.doorway.sign_in()
        held_up.set()
        qtbot.waitUntil(lambda tries=tries: _refused(glass) == tries, timeout=5_000)  # type: ignore[misc]
        glass.hands.settle()
        glass.hands.tap("staff.nurse-1")


def test_a_right_pin_does_not_pass_a_wait_that_began_meanwhile(glass: Shown) -> None:
    """Several tries under way at once are no way around the count. Proves: T1."""
    staff = glass.visitors.staff
    right = staff.trying("nurse-1", PINS["nurse-1"])()
    for _ in range(5):
        staff.judged("nurse-1", Tried(None))
    outcome, proof = staff.judged("nurse-1", right)
    assert outcome.code == "pin_wait" and proof is None

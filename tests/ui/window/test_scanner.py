"""The scanner on the real window: heard without focus, never typed along, never pressing anything. T19."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from chairside.domain.replies import Coded
from chairside.ui.scanner import GROUP_SEPARATOR, Scanner
from tests.session.clinics import CODE
from tests.ui.window.glass import Shown
from tests.ui.window.reach import at_premedication

FAST, SLOW = 5, 120
KEYS = {" ": Qt.Key.Key_Space, "\r": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape, "\t": Qt.Key.Key_Tab}


class Wedge:
    """A keyboard with a time of its own."""

    def __init__(self, window: QWidget) -> None:
        self.window, self.now_ms = window, 10_000

    def key(
        self, text: str, every_ms: int = FAST, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.now_ms += every_ms
        code = KEYS.get(
            text, Qt.Key(ord(text.upper())) if text.isascii() and text.isalnum() else Qt.Key.Key_unknown
        )
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code.value, held, text)
            event.setTimestamp(self.now_ms)
            QCoreApplication.postEvent(QApplication.focusWidget() or self.window, event)
            QApplication.processEvents()

    def types(self, text: str, every_ms: int = FAST) -> None:
        self.now_ms += 1000
        for letter in text:
            self.key(letter, every_ms)


@pytest.fixture
def heard(glass: Shown) -> list[str]:
    """What the window's scanner heard, beside what it does with it."""
    told: list[str] = []
    scanner = glass.window.scanner
    passed_on = scanner._scanned

    def both(text: str) -> None:
        told.append(text)
        passed_on(text)

    scanner._scanned = both
    return told


def test_a_burst_is_a_scan_wherever_the_focus_is(glass: Shown, heard: list[str]) -> None:
    """Also over a field whose length cuts what it types: the field is given back. Proves: T19."""
    at_premedication(glass)
    wedge = Wedge(glass.window)
    wedge.types("KIT-4711\r")
    assert heard == ["KIT-4711"]
    room = glass.window.room
    assert room is not None and room.visit.replies[("premedication", "prp_kit")] == Coded(
        "KIT-4711", "scanned"
    )
    field = glass.hands.find("prp_kit_expires.text")
    line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.setMaxLength(7)
    line.setText("2028-05")
    wedge.types("ANTICOAGULANT-LOT-0815\r")
    assert heard[-1] == "ANTICOAGULANT-LOT-0815"
    assert line.text() == "2028-05"


def test_slow_typing_is_no_scan(glass: Shown, heard: list[str]) -> None:
    """Proves: T19."""
    at_premedication(glass)
    Wedge(glass.window).types("KIT-4711\r", SLOW)
    Wedge(glass.window).types("ab\r")
    assert heard == []


def test_a_quick_hand_loses_no_letter_in_a_note(glass: Shown, heard: list[str]) -> None:
    """Two keys may follow in 25 ms; in a field of many lines they were dropped as a scanner's."""
    note = QPlainTextEdit(glass.window)
    note.show()
    note.setFocus()
    keyboard = Wedge(glass.window)
    keyboard.types("Left out: the crown", 25)
    assert note.toPlainText() == "Left out: the crown" and heard == []
    keyboard.types("CBW-5501\r")
    assert note.toPlainText() == "Left out: the crown" and heard == ["CBW-5501"]


def test_every_byte_a_label_may_hold_changes_nothing_but_the_code(glass: Shown, heard: list[str]) -> None:
    """Control keys are dropped, what is too long is dropped whole. Proves: T19."""
    at_premedication(glass)
    room = glass.window.room
    assert room is not None
    wedge = Wedge(glass.window)
    for byte in range(256):
        if chr(byte) not in "\r\n":
            wedge.types(f"A{chr(byte)}BCD\r")
    assert glass.page() == "premedication" and glass.window.isVisible()
    assert all(letter.isprintable() or letter == GROUP_SEPARATOR for text in heard for letter in text)
    assert len(heard) == 254
    count = len(room.visit.facts)
    wedge.types("X" * 200 + "\r")
    assert len(room.visit.facts) == count and len(heard) == 254
    wedge.types("LOT1")
    wedge.key("]", held=Qt.KeyboardModifier.ControlModifier)
    wedge.key("", held=Qt.KeyboardModifier.ControlModifier)
    assert (
        Scanner._letter(
            glass.window.scanner,
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier, ""),
        )
        == GROUP_SEPARATOR
    )


def test_a_hostile_label_presses_nothing(glass: Shown, heard: list[str]) -> None:
    """A label that holds spaces and returns, while an answer has the keyboard's focus. Proves: T19."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    room = glass.window.room
    assert room is not None
    before = len(room.visit.facts)
    glass.hands.find("transplant.yes").setFocus()
    wedge = Wedge(glass.window)
    wedge.types("A   B   \r")
    wedge.types("A \r")
    wedge.types("A\t \r")
    assert len(room.visit.facts) == before
    assert heard == ["A   B   "]


def test_a_burst_in_the_patients_hands_is_discarded(glass: Shown, heard: list[str]) -> None:
    """Nothing is stored, nothing is pressed, no PIN is tried. Proves: T19, T1."""
    glass.to_the_patient()
    room = glass.window.room
    assert room is not None and room.visit.with_patient
    before = (room.visit, glass.page())
    wedge = Wedge(glass.window)
    wedge.types(f"{CODE}\r")
    wedge.types("    \r")
    assert (room.visit, glass.page()) == before
    glass.window.hand_back()
    glass.hands.settle()
    wedge.types("000000\r")
    assert glass.page() == "door.pin"
    assert glass.visitors.staff._tries("nurse-1") == (0, 0)

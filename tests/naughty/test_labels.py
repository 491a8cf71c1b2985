"""Whatever bytes a label holds, it is read without a fault and stores nothing. A million: `make naughty`."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from chairside.domain.codes import parse
from chairside.ui.scanner import GROUP_SEPARATOR, MOST_CHARACTERS, Scanner
from tests.naughty.labels import TRUE_CODES, faults, labels
from tests.session.clinics import clinic_in

SEED, TEN_THOUSAND = 20_261_201, 10_000
KEYS = {" ": Qt.Key.Key_Space, "\r": Qt.Key.Key_Return, "\n": Qt.Key.Key_Enter, "\t": Qt.Key.Key_Tab}


def test_ten_thousand_random_labels_are_read_without_a_fault() -> None:
    """Proves: F25, Q33."""
    told = {label: found for label in labels(SEED, TEN_THOUSAND) if (found := faults(label))}
    assert told == {}


def test_the_random_labels_reach_every_parser() -> None:
    """They are not blunt: some are read by each standard, some break one, and some still hold to it."""
    read = [parse(label) for label in labels(SEED, TEN_THOUSAND)]
    assert {each.standard for each in read} >= {parse(code).standard for code in TRUE_CODES}
    assert len({each.error for each in read}) > 10 and sum(each.valid for each in read) > 100


def test_a_label_that_is_looked_up_stores_nothing(tmp_path: Path) -> None:
    """Whatever it says, the tablet's number of facts stays. Proves: F25, T19."""
    visitors = clinic_in(tmp_path / "clinic")
    tablet = visitors.clinic.scribe.desk.tablet
    before = visitors.clinic.ledger.last_number(tablet)
    for label in labels(SEED, 500):
        visitors.desk.vial(label)
    assert visitors.clinic.ledger.last_number(tablet) == before
    visitors.clinic.ledger.close()


def test_a_scanner_passes_on_what_can_be_printed_and_presses_nothing(qapp: QApplication) -> None:
    """Random labels, key by key, over a window with a button and a field. Proves: F25, T19."""
    window, heard, pressed = QWidget(), [], []
    button, field = QPushButton("Sign"), QLineEdit("as it stood")
    button.clicked.connect(lambda: pressed.append(1))
    column = QVBoxLayout(window)
    column.addWidget(button)
    column.addWidget(field)
    window.show()
    button.setFocus()
    scanner = Scanner(window, heard.append)
    at_ms, passed = 10_000, 0
    target = QApplication.focusWidget() or window
    for label in labels(SEED, 300):
        at_ms += 1000
        for place, letter in enumerate(chain(f"AB{label}", "\r")):
            at_ms += 5
            key = QKeyEvent(
                QEvent.Type.KeyPress,
                KEYS.get(letter, Qt.Key.Key_unknown).value,
                Qt.KeyboardModifier.NoModifier,
                letter,
            )
            key.setTimestamp(at_ms)
            passed += not scanner.sees(target, key) and place > 0
    assert passed == 0 and pressed == [] and field.text() == "as it stood"
    assert len(heard) > 200 and max(map(len, heard)) <= MOST_CHARACTERS
    assert all(letter.isprintable() or letter == GROUP_SEPARATOR for text in heard for letter in text)
    window.close()
    window.deleteLater()

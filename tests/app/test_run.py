"""A start of a clinic's own program: what lies about is cleared, what goes wrong is said, typing counts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from chairside.app.run import Run
from chairside.session import prints
from chairside.settings import settle
from tests.session.clinics import TOP, charter, clinic_in

AFTER = (
    *("chairside.formbook", "chairside.ui.window", "chairside.app.demo", "chairside.record", "pydantic"),
    *("chairside.ledger", "chairside.keys", "chairside.session.clinic", "cryptography", "msgspec"),
)
FIRST_PAGE = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from chairside.app.run import Run
from chairside.settings import settle
application = QApplication([])
started = Run(settle(Path(sys.argv[1])), application)
started.entry.show()
application.processEvents()
assert started.entry.page.objectName() == "setup.unlock"
print([name for name in {AFTER!r} if name in sys.modules])
"""


class Started:
    """One start after another in one folder."""

    def __init__(self, home: Path, qapp: QApplication, qtbot: QtBot) -> None:
        self.home, self._application, self._qtbot = home, qapp, qtbot
        self._made: list[Run] = []

    def start(self) -> Run:
        made = Run(settle(self.home, TOP / "forms"), self._application)
        self._made.append(made)
        self._qtbot.addWidget(made.entry)
        made.entry.show()
        return made

    def stop(self) -> None:
        for made in self._made:
            if made.window is not None:
                made.window.close()
                made.window.bugs.rest()
                made.window.parts.desk.clinic.ledger.close()
            made.entry.close()
            made.bugs.rest()
            made._hold.let_go()
        self._made.clear()


@pytest.fixture
def started(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Started]:
    hook = sys.excepthook
    made = Started(tmp_path, qapp, qtbot)
    yield made
    made.stop()
    sys.excepthook = hook


def _age(path: Path, days: int) -> None:
    then = path.stat().st_mtime - days * 86_400
    os.utime(path, (then, then))


def test_a_start_clears_the_recovery_sheet_and_older_papers_but_not_todays(started: Started) -> None:
    """A power cut may have left them: the key and a patient's pages may not lie on the disk."""
    folder = started.home / "print"
    key, old, new = (prints.put(folder, name, b"%PDF-") for name in (prints.RECOVERY, "record-1", "record-2"))
    _age(old, 1)
    started.start()
    assert not key.exists() and not old.exists() and new.exists()


def test_a_bug_before_the_clinic_is_open_is_said_and_logged(started: Started) -> None:
    """By hand: a tap on "Put it on paper" failed inside and nothing at all was seen."""
    run = started.start()
    bug = ValueError("Jordan Avery")
    sys.excepthook(ValueError, bug, None)
    assert run.entry.banner.accessibleName()
    said = (started.home / "bugs.log").read_text("utf-8")
    assert "ValueError" in said and "Jordan" not in said


def test_the_passphrase_is_typed_without_a_tap_and_entered_with_enter(started: Started, qtbot: QtBot) -> None:
    """The first keys after a start are the passphrase's: none of them may be lost."""
    clinic_in(started.home).clinic.ledger.close()
    run = started.start()
    run.entry.activateWindow()
    QApplication.processEvents()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.objectName() == "setup.passphrase"
    QTest.keyClicks(field, charter().passphrase)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: run.window is not None, timeout=60_000)
    assert run.window is not None and run.window.isVisible() and not run.entry.isVisible()


def test_the_first_page_waits_for_neither_store_nor_forms_nor_pages(tmp_path: Path) -> None:
    """Imported before it is shown: what it needs, and not the second of what follows it."""
    clinic_in(tmp_path).clinic.ledger.close()
    command = [sys.executable, "-c", FIRST_PAGE, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"

"""A real window on a real, small clinic, without a display: for tracing and for timing one tap."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chairside.settings import shipped
from chairside.ui.theme import Theme, load_tokens
from chairside.ui.window import Parts, Window
from chairside.words import Words
from tests.session.clinics import Visitors, clinic_in

SIZE = (1366, 1024)


@dataclass
class Glass:
    """A window with a visit on it at the health check, and the people behind it."""

    window: Window
    visitors: Visitors

    def find(self, name: str) -> QWidget:
        """The visible widget with this object name."""
        found = [each for each in self.window.findChildren(QWidget, name) if each.isVisible()]
        assert len(found) == 1, f"{len(found)} visible widgets are called {name}"
        return found[0]

    def tap(self, name: str) -> None:
        """Tap the middle of a widget and let everything that follows from it be painted."""
        widget = self.find(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
        QApplication.processEvents()

    def close(self) -> None:
        """Take the window off the screen and let Qt destroy it."""
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.visitors.clinic.ledger.close()


def glass_in(folder: Path, application: QApplication) -> Glass:
    """Found a clinic in the folder, open a visit and show its health check to the nurse."""
    visitors = clinic_in(folder)
    visit = visitors.open().visit.id
    resources = shipped("resources")
    theme = Theme(load_tokens(resources / "theme" / "tokens.toml"))
    theme.dress(application)
    words = Words.load(resources / "words", "en")
    window = Window(Parts(visitors.staff, visitors.desk, words, theme, ()))
    window.resize(*SIZE)
    window.show()
    window.enter(visit)
    QApplication.processEvents()
    return Glass(window, visitors)

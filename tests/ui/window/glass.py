"""The whole window on a real, small clinic, and a pair of hands on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from chairside.demo.robot import Robot
from chairside.session.desk import Desk
from chairside.session.staff import Staff
from chairside.ui.glass import Parts
from chairside.ui.theme import Theme
from chairside.ui.window import Window
from tests.session.clinics import PINS, Visitors, clinic_in, reopened
from tests.ui.look import sentences, tokens

INK = [[(0.1 + n * 0.004, 0.3 + (n % 9) * 0.03, n * 12.0, 0.5) for n in range(180)]]


@dataclass
class Shown:
    """A window, whoever is behind it, and hands."""

    window: Window
    visitors: Visitors
    hands: Robot

    def sign_in(self, person: str = "nurse-1") -> None:
        """Tap the tile and enter the PIN; the window goes on to a likely person's PIN by itself."""
        if self.hands.sees("pin.others") and self.visitors.clinic.people[person].name not in self.words():
            self.hands.tap("pin.others")
        if self.hands.sees(f"staff.{person}"):
            self.hands.tap(f"staff.{person}")
        self.hands.pin(PINS[person])

    def enter(self) -> None:
        """Go on with the visit that the session opened."""
        self.window.enter(self.visitors.here().visit.id)
        self.hands.settle()

    def to_the_patient(self) -> None:
        """From the sign-in to the patient: a visit opened, the health check done, the tablet handed over."""
        self.sign_in()
        self.visitors.open()
        self.visitors.health()
        self.enter()
        self.window.hand_over("notices")
        self.hands.settle()

    def page(self) -> str:
        return self.hands.page()

    def banner(self) -> str:
        return self.window.banner.accessibleName() if self.window.banner.isVisible() else ""

    def words(self) -> str:
        """Everything the glass says, in any way, hidden or not."""
        return "\n".join(said for widget in QApplication.allWidgets() for said in _said(widget))

    def close(self) -> None:
        """Take the window away, whatever it is on."""
        if isValid(self.window):
            self.window.view = None
            self.window.close()
            self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        self.visitors.clinic.ledger.close()


def _said(widget: QWidget) -> Iterator[str]:
    yield from (
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.toolTip(),
        widget.windowTitle(),
    )
    if isinstance(widget, (QLabel, QLineEdit)):
        yield widget.text()
    if callable(text := getattr(widget, "text", None)):
        yield str(text())


def over(visitors: Visitors, qapp: QApplication) -> Shown:
    """Put a window over an open clinic, with nobody signed in."""
    visitors.staff = Staff(visitors.clinic)
    visitors.desk = Desk(visitors.clinic, visitors.staff)
    theme = Theme(tokens())
    theme.dress(qapp)
    window = Window(Parts(visitors.staff, visitors.desk, sentences("en"), theme, (), spoken=sentences))
    window.resize(1366, 1024)
    window.show()
    window.activateWindow()
    qapp.processEvents()
    return Shown(window, visitors, Robot(window, lambda _page, _place: None))


def shown_in(folder: Path, qapp: QApplication) -> Shown:
    """Found a clinic in a folder and put a window over it; somebody signed out in good order."""
    visitors = clinic_in(folder)
    visitors.staff.leave()
    return over(visitors, qapp)


def restarted(shown: Shown, qapp: QApplication) -> Shown:
    """The same folder after the process died: another window, nobody signed in, no goodbye."""
    shown.window._clock.stop()
    shown.window.work.finish()
    shown.window.hide()
    shown.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return over(reopened(shown.visitors), qapp)

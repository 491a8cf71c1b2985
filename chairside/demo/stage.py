"""The stage of a play: one clinic, one glass, one pair of hands, a clock that can be set on, and a power cut.

A power cut leaves the window and the store as they are, says no goodbye and starts the program anew on the
same folder: what the new one shows is what had been stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from chairside import app
from chairside.demo.cast import Cast, cast_of
from chairside.demo.robot import Lost, Robot
from chairside.ui.window import Window

WIDTH_PX, HEIGHT_PX = 1366, 1024


@dataclass
class Stage:
    """Everything a story has: `robot` is its hands, `cast` its people."""

    home: Path
    story: str
    seed: int
    look: Callable[[str, str], None]
    clock: app.StageClock = field(default_factory=app.StageClock)
    _left: list[Window] = field(default_factory=list)

    def __post_init__(self) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self.application = application
        self.heard: list[str] = []
        self._raise_curtain()
        self.robot = Robot(self.window, self.look, self.seed, heard=self.heard)

    def _raise_curtain(self) -> None:
        self.demo = app.demo_clinic(app.demo_settings(self.home), self.clock)
        self.window = app.window(self.demo, self.application, self.heard.append)
        put_on_show(self.window)

    def cast(self, story: str = "") -> Cast:
        """Return the people of a story."""
        folder = self.demo.settings.resources / "demo"
        return cast_of(self.demo.cast, story or self.story, folder)

    def today(self) -> date:
        """Return the day at the clinic."""
        return app.day_of(self.demo)

    def skip(self, time: timedelta) -> None:
        """Let time pass; the page on the glass follows as it would."""
        self.clock.skip(time)
        self.window.look_again()
        self.robot.settle()

    def cut_power(self) -> None:
        """Stop without a goodbye and start again on the same folder."""
        self._left.append(self.window)
        self.window.hide()
        self.clock.restart()
        self._raise_curtain()
        self.robot.window = self.window

    def refuse_bugs(self) -> None:
        """Raises: Lost where a window met a bug."""
        for window in (*self._left, self.window):
            if window.bugs is not None and window.bugs.seen:
                raise Lost(f"the window met a bug: {window.bugs.seen[0]}")

    def strike(self) -> None:
        """Take the stage down."""
        for window in (*self._left, self.window):
            window.close()
            window.deleteLater()
        self.robot.settle()
        self.demo.clinic.ledger.close()


def put_on_show(window: QWidget) -> None:
    """Show a window as a person would find it."""
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    window.activateWindow()
    QCoreApplication.processEvents()

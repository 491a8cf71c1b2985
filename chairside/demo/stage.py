"""The stage of a play: one clinic, one glass, one pair of hands, a clock that can be set on, and a power cut.

A power cut leaves the window and the store as they are, says no goodbye and starts the program anew on the
same folder: what the new one shows is what had been stored.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from chairside import app
from chairside.demo.cast import Cast, cast_of
from chairside.demo.eyes import Lost
from chairside.demo.robot import Robot
from chairside.ui.window import Window

WIDTH_PX, HEIGHT_PX = 1366, 1024
PAPER_PX = (1240, 1754)


class Flashes(QObject):
    """Sees every window that comes up beside the program's own: it would take the keyboard's focus."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = isinstance(event, QShowEvent) and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, Window):
            self.seen.append(f"{type(watched).__name__} {watched.objectName()!r}")
        return False


@dataclass
class Stage:
    """Everything a story has: `robot` is its hands, `cast` its people; so many `vials` are on the desk.

    `language` is the patients', in place of their own.
    """

    home: Path
    story: str
    seed: int
    look: Callable[[str, str], None] | None = None
    vials: int = 1
    language: str | None = None
    clock: app.StageClock = field(default_factory=app.opening_clock)
    _left: list[Window] = field(default_factory=list)

    def __post_init__(self) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self.application = application
        self.flashes = Flashes()
        application.installEventFilter(self.flashes)
        self.heard: list[str] = []
        self._raise_curtain(self.vials)
        self.robot = Robot(self.window, self.look, self.seed, heard=self.heard)

    def _raise_curtain(self, vials: int) -> None:
        self.demo = app.demo_clinic(app.demo_settings(self.home), self.clock, vials)
        self.window = app.window(self.demo, self.application, self.heard.append)
        put_on_show(self.window)

    def cast(self, story: str = "") -> Cast:
        """Return the people of a story."""
        folder = self.demo.settings.resources / "demo"
        cast = cast_of(self.demo.cast, story or self.story, folder)
        language = self.language or cast.patient.letters_language
        return replace(cast, patient=replace(cast.patient, letters_language=language))

    def today(self) -> date:
        """Return the day at the clinic."""
        return app.day_of(self.demo)

    def skip(self, time: timedelta) -> None:
        """Let time pass; the page on the glass follows as it would."""
        self.clock.skip(time)
        self.window.pages.tick()
        self.robot.settle()

    def wait(self, minutes: int = 0, hours: int = 0, days: int = 0) -> None:
        """Let so much time pass."""
        self.skip(timedelta(minutes=minutes, hours=hours, days=days))

    def cut_power(self) -> None:
        """Stop without a goodbye and start again on the same folder."""
        self._left.append(self.window)
        self.window.hide()
        self.clock.restart()
        self.demo.hold.let_go()
        self._raise_curtain(0)
        self.robot.window = self.window

    def photograph(self, name: str, lines: tuple[str, ...]) -> None:
        """Lay a photo of a sheet of paper where the tablet keeps its pictures."""
        folder = self.home / "Pictures"
        folder.mkdir(exist_ok=True)
        (self.home / "user-dirs.dirs").write_text(f'XDG_PICTURES_DIR="{folder}"\n', "utf-8")
        os.environ["XDG_CONFIG_HOME"] = str(self.home)  # where Qt looks up the folder of pictures
        page = QImage(*PAPER_PX, QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        painter = QPainter(page)
        painter.setFont(QFont(self.application.font().family(), 28))
        for number, line in enumerate(lines):
            painter.drawText(QRect(90, 120 + 90 * number, 1060, 80), Qt.AlignmentFlag.AlignLeft, line)
        painter.end()
        page.save(str(folder / f"{name}.png"))

    def refuse_bugs(self) -> None:
        """Raises: Lost where a window met a bug, or another one flashed up."""
        if self.flashes.seen:
            raise Lost(f"a window of its own: {self.flashes.seen}")
        for window in (*self._left, self.window):
            if window.bugs is not None and window.bugs.seen:
                raise Lost(f"the window met a bug: {window.bugs.seen[0]}")

    def strike(self) -> None:
        """Take the stage down."""
        self.application.removeEventFilter(self.flashes)
        for window in (*self._left, self.window):
            window.view = None  # a patient's page does not close by itself
            window.close()
            window.deleteLater()
        self.robot.settle()
        self.demo.clinic.ledger.close()
        self.demo.hold.let_go()


def put_on_show(window: QWidget) -> None:
    """Show a window as a person would find it."""
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    window.activateWindow()
    QCoreApplication.processEvents()

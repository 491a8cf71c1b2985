"""A clinic's own program: set-up or passphrase first, then the window on its store.

Imports stand inside functions because the first page is on the glass before what opens a store, the forms,
the window and the papers are imported: they cost a second, which passes while somebody reaches for the keys.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from chairside.app.look import Look
from chairside.errors import ChairsideError
from chairside.session import prints
from chairside.session.clock import TabletClock
from chairside.settings import Hold, Settings, settle, who_opens
from chairside.ui.bugs import Bugs
from chairside.ui.entry import Entry, EntryParts
from chairside.words import Words

if TYPE_CHECKING:
    from chairside.domain.book import Book
    from chairside.domain.facts import Profile
    from chairside.session.clinic import Clinic
    from chairside.session.setup import Setup
    from chairside.ui.window import Window

SIZE_PX = (1366, 1024)


class Run:
    """One start of the program on a clinic's data folder."""

    def __init__(self, settings: Settings, application: QApplication) -> None:
        """Raises: SettingsError("open_elsewhere")."""
        self.settings = settings
        self.clock = TabletClock()
        self._hold = Hold(settings.home)
        self.prints = settings.home / "print"
        self.clear_sheet()  # a power cut may have left it
        prints.clear_prints(self.prints, self.clock.now().astimezone().date())
        self.look = Look.of(settings, Words.load(settings.resources / "words", "en"), application)
        self.window: Window | None = None
        self.entry = Entry(self._parts())
        self.entry.resize(*SIZE_PX)
        self.bugs = Bugs(settings.home / "bugs.log", self.entry.say_bug)  # until the window hangs its own
        self.bugs.watch()

    @cached_property
    def _setup(self) -> Setup:
        from chairside.session.setup import Setup

        return Setup(self.settings.home, self.book, self.clock)

    def _parts(self) -> EntryParts:
        people = who_opens(self.settings.home)
        return EntryParts(
            words=self.look.words,
            theme=self.look.theme,
            setup=lambda: self._setup,
            sheet=self._put_on_paper,
            opened=self.open,
            clear_sheet=self.clear_sheet,
            unlock=self.unlock if people else None,
            recover=self.recover if people else None,
            openers=tuple((person, person.replace("-", " ").title()) for person in people),
        )

    def make_ready(self) -> None:
        """Import what follows the first page, and read the forms: a broken one is said before anybody types.

        Raises: FormError.
        """
        from chairside.app import glass  # noqa: F401  the window with every page

        self.book("california")

    def book(self, profile: Profile) -> Book:
        """Return the forms in force for a profile. Raises: FormError."""
        from chairside import formbook

        today = self.clock.now().date()
        return formbook.load(self.settings.forms, profile, self.settings.resources / "drugs", today)

    def unlock(self, opener: str, passphrase: str) -> Clinic:
        """Open the store and give it the forms of its own profile. Raises: as `open_clinic`."""
        from chairside.session.clinic import open_clinic

        book = self.book("california")  # which profile it is, only the open store knows
        return self._with_own_forms(open_clinic(self.settings.home, opener, passphrase, book, self.clock))

    def recover(self, key: str, opener: str, passphrase: str) -> Clinic:
        """Open the store with the recovery key and a new passphrase. Raises: as `recovering.recover`."""
        from chairside.session.recovering import recover

        forms = self.book("california"), self.clock
        return self._with_own_forms(recover(self.settings.home, key, (opener, passphrase), forms))

    def _with_own_forms(self, clinic: Clinic) -> Clinic:
        if clinic.founded.profile != "california":
            clinic.book = self.book(clinic.founded.profile)
        return clinic

    def _put_on_paper(self, key: str) -> str:
        """Print the recovery sheet from memory; without a printer write it for the time of set-up."""
        from chairside.session import papers
        from chairside.ui import printing

        founding, at = self._setup.founding, self.clock.now()
        try:
            printing.print_pdf(papers.recovery(founding, key, at))
        except ChairsideError as trouble:
            if trouble.code != "no_printer":
                raise
            papers.write_recovery(self.prints, founding, key, at)
            return self.look.words.say("setup.sheet_saved", folder=str(self.prints))
        return self.look.words.say("record.printed")

    def clear_sheet(self) -> None:
        """Take the recovery sheet off the disk."""
        prints.clear_recovery(self.prints)

    def open(self, clinic: Clinic) -> None:
        """Put the window on an open clinic in place of the entry."""
        from chairside.app.glass import glass_on

        self.bugs.rest()
        self.window = glass_on(clinic, self.settings, self.look, (), kiosk=True)
        self.window.resize(self.entry.size())
        (self.window.showMaximized if self.entry.isMaximized() else self.window.show)()
        self.entry.close()


def run(home: Path | None, forms: Path | None) -> int:
    """Open the clinic of a data folder on this machine's screen and return the exit code."""
    application = QApplication([])
    started = Run(settle(home, forms), application)
    started.entry.showMaximized()  # a frame around the usual size would push the footer off a tablet
    application.processEvents()
    started.make_ready()  # what is typed meanwhile waits in the system's queue
    code = application.exec()
    if started.window is not None:
        started.window.parts.desk.clinic.ledger.close()
    return code

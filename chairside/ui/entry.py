"""Before there is a clinic on the glass: the first start's set-up, or the opener's passphrase.

Nothing is kept on disk before the recovery key was typed from paper; what was answered lives in this
window alone and is gone with it.

Imports stand inside functions because the first page is painted before what opens or founds a store is
imported; set-up, and the tiles of several openers, fetch it when they are due.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chairside.errors import ChairsideError
from chairside.ui.screens.asking import Ask, Asking
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.fields import begin_typing
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.work import Work
from chairside.words import Words

if TYPE_CHECKING:
    from chairside.session.clinic import Clinic
    from chairside.session.setup import Setup
    from chairside.ui.first_start import FirstStart


@dataclass(frozen=True)
class EntryParts:
    """What the entry is built from; `opened` takes the open clinic, `sheet` puts the key on paper.

    `clear_sheet` takes what `sheet` left on the disk away.

    `unlock` opens the store with (opener, passphrase); None: there is none yet. `openers` are (person, name).
    `recover` opens it with (recovery key, opener, new passphrase).
    """

    words: Words
    theme: Theme
    setup: Callable[[], Setup]
    sheet: Callable[[str], str]
    opened: Callable[[Clinic], None]
    clear_sheet: Callable[[], None]
    unlock: Callable[[str, str], Clinic] | None = None
    openers: tuple[tuple[str, str], ...] = ()
    recover: Callable[[str, str, str], Clinic] | None = None


class Entry(QWidget):
    """The window before the window."""

    def __init__(self, parts: EntryParts) -> None:
        super().__init__()
        self.parts = parts
        self.dress = (parts.theme, parts.words)
        self.page: QWidget | None = None
        self.work = Work(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.banner = Banner(parts.theme, "entry.banner")
        self._column.addWidget(self.banner)
        self.setWindowTitle(parts.words.say("app.name"))
        if parts.unlock is None:
            self.first.welcome()
        else:
            self.ask_passphrase()

    @cached_property
    def first(self) -> FirstStart:
        """The way through set-up."""
        from chairside.ui.first_start import FirstStart

        return FirstStart(self)

    def put(self, page: QWidget) -> None:
        """Show this page; the one before is destroyed."""
        self.banner.silence()
        if self.page is not None:
            self._column.removeWidget(self.page)
            self.page.hide()
            self.page.deleteLater()
        self.page = page
        self._column.addWidget(page, 1)
        page.show()
        begin_typing(page)

    def say(self, trouble: ChairsideError) -> None:
        """Say what is wrong and what to do."""
        sentence, action = self.parts.words.trouble(trouble)
        done = Action("banner.close", self.parts.words.say("button.ok"), self.banner.silence, "quiet")
        self.banner.tell("warn", f"{sentence} {action}", done)

    def say_bug(self, kind: str) -> None:
        """Say that something unforeseen went wrong: a tap that does nothing would be tapped again."""
        self.say(ChairsideError("unknown", kind=kind))

    def wait(self, key: str) -> None:
        """Show a quiet page while something takes more than a moment."""
        page = Page(self.parts.theme, self.parts.words, "setup.wait", "text")
        page.stand_in_the_middle()
        page.body.addWidget(Heading(self.parts.theme, self.parts.words.say(key)))
        page.body.addWidget(Text(self.parts.theme, self.parts.words.say("setup.moment")))
        page.footer.hide()
        self.put(page)

    # -- every other start ----------------------------------------------------------------------
    def ask_passphrase(self, said: str = "") -> None:
        """Ask who opens the tablet, then for the passphrase; `said` is what was wrong before."""
        if len(self.parts.openers) == 1:
            self._ask_of(self.parts.openers[0], said)
            return
        from chairside.ui.screens.door import SignIn

        tiles = self.parts.setup().tiles(self.parts.openers)
        names = dict(self.parts.openers)
        self.put(SignIn(*self.dress, tiles, lambda who: self._ask_of((who.person, names[who.person]), said)))

    def _ask_of(self, opener: tuple[str, str], said: str = "") -> None:
        person, _ = opener
        said_here: dict[str, str] = {}
        asks = (Ask("passphrase", "secret", why=False),)
        lost = Action("unlock.recovery", self.parts.words.say("setup.lost"), lambda: self._ask_key(person))

        def unlock() -> None:
            self._unlock(person, said_here["passphrase"])

        page = Asking(self.dress, "unlock", asks, said_here, (None, unlock), [lost])
        self.put(page)
        if said:
            page.warn(said)

    def _ask_key(self, person: str, said: str = "", code: str = "") -> None:
        """Ask for the key on paper and for a new passphrase; `said` is what was wrong, `code` its name."""
        from chairside.ui.screens.setup import ASKED_WITH, RECOVER

        told: dict[str, str] = {}
        page = Asking(
            self.dress, "recover", RECOVER, told, (self.ask_passphrase, lambda: self._recover(person, told))
        )
        self.put(page)
        if code in ASKED_WITH:
            page.refuse(ASKED_WITH[code], said)
        elif said:
            page.warn(said)

    def _recover(self, person: str, told: dict[str, str]) -> None:
        if told["passphrase"] != told["passphrase_again"]:
            differ = "setup.passphrases_differ"
            self._ask_key(person, self.parts.words.say(differ), differ)
            return
        recover, key, passphrase = self.parts.recover, told["recovery_key"], told["passphrase"]
        assert recover is not None
        self.wait("setup.opening")
        came = partial(self._came, lambda said, code: self._ask_key(person, said, code))
        self.work.start("slow", lambda _progress, _cancelled: recover(key, person, passphrase), came)

    def _unlock(self, person: str, passphrase: str) -> None:
        unlock = self.parts.unlock
        assert unlock is not None
        self.wait("setup.opening")
        came = partial(self._came, lambda said, _: self.ask_passphrase(said))
        self.work.start("slow", lambda _progress, _cancelled: unlock(person, passphrase), came)

    def _came(self, again: Callable[[str, str], None], value: object) -> None:
        """Take the clinic that was opened, or ask `again`, saying what was wrong, and its code."""
        from chairside.session.clinic import Clinic

        if isinstance(value, ChairsideError):
            again(" ".join(self.parts.words.trouble(value)), value.code)
        elif isinstance(value, Clinic):
            self.parts.opened(value)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.finish()
        if "first" in vars(self):
            self.first.forget()
        event.accept()

"""Before there is a clinic on the glass: the first start's set-up, or the opener's passphrase.

Nothing is kept on disk before the recovery key was typed from paper; what was answered lives in this
window alone and is gone with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chairside.errors import ChairsideError
from chairside.session.clinic import Charter, Clinic, NewStaff
from chairside.session.setup import Setup
from chairside.ui.screens import setup as pages
from chairside.ui.screens.asking import Asking
from chairside.ui.screens.door import SignIn
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.work import Work
from chairside.words import Words

NEEDED_ROLES = ("administrator", "physician", "nurse")


@dataclass(frozen=True)
class EntryParts:
    """What the entry is built from; `opened` takes the open clinic, `sheet` puts the key on paper.

    `unlock` opens the store with (opener, passphrase); None: there is none yet. `openers` are (person, name).
    """

    words: Words
    theme: Theme
    setup: Setup
    sheet: Callable[[str], str]
    opened: Callable[[Clinic], None]
    unlock: Callable[[str, str], Clinic] | None = None
    openers: tuple[tuple[str, str], ...] = ()


class Entry(QWidget):
    """The window before the window."""

    def __init__(self, parts: EntryParts) -> None:
        super().__init__()
        self.parts = parts
        self.dress = (parts.theme, parts.words)
        self.said: dict[str, str] = {}
        self.staff: list[NewStaff] = []
        self.page: QWidget | None = None
        self.work = Work(self)
        self._key = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.banner = Banner(parts.theme, "entry.banner")
        self._column.addWidget(self.banner)
        self.setWindowTitle(parts.words.say("app.name"))
        if parts.unlock is None:
            self.welcome()
        else:
            self.ask_passphrase()

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

    def say(self, trouble: ChairsideError) -> None:
        """Say what is wrong and what to do."""
        sentence, action = self.parts.words.trouble(trouble)
        done = Action("banner.close", self.parts.words.say("button.ok"), self.banner.silence, "quiet")
        self.banner.tell("warn", f"{sentence} {action}", done)

    def _wait(self, key: str) -> None:
        """Show a quiet page while something takes more than a moment."""
        page = Page(self.parts.theme, self.parts.words, "setup.wait", "text")
        page.stand_in_the_middle()
        page.body.addWidget(Heading(self.parts.theme, self.parts.words.say(key)))
        page.body.addWidget(Text(self.parts.theme, self.parts.words.say("setup.moment")))
        page.footer.hide()
        self.put(page)

    # -- the first start ------------------------------------------------------------------------
    def welcome(self) -> None:
        """Say what set-up is and what has to lie ready."""
        words, theme = self.parts.words, self.parts.theme
        page = Page(theme, words, "setup.welcome", "text")
        page.stand_in_the_middle()
        page.body.addWidget(Heading(theme, words.say("setup.welcome_title")))
        for key in ("setup.welcome_help", "setup.welcome_ready", "setup.welcome_law"):
            page.body.addWidget(Text(theme, words.say(key)))
        on = Action("setup.continue", words.say("setup.begin"), self.ask_clinic, "primary")
        page.footer.show_actions(None, on)
        self.put(page)

    def ask_clinic(self) -> None:
        """Ask what the clinic is called and where it is."""
        self.put(Asking(self.dress, "clinic", pages.CLINIC, self.said, (self.welcome, self.ask_profile)))

    def ask_profile(self) -> None:
        """Ask which state's notices patients read."""
        actions = (self.ask_clinic, self._profile_said)
        self.put(Asking(self.dress, "profile", pages.PROFILE, self.said, actions))

    def _profile_said(self) -> None:
        try:
            date.fromisoformat(self.said.get("counsel_on") or "2000-01-01")
        except ValueError:
            self.banner.tell("warn", self.parts.words.say("setup.counsel_on_why"))
            return
        self.ask_rules()

    def ask_rules(self) -> None:
        """Ask whom the clinic treats and how long things hold."""
        self.put(Asking(self.dress, "rules", pages.RULES, self.said, (self.ask_profile, self.show_staff)))

    def show_staff(self) -> None:
        """Show who works here."""
        actions = (self.ask_rules, self._staff_done, self.ask_person, self._remove)
        self.put(pages.StaffList(self.dress, self.staff, self._staff_lacks(), actions))

    def _staff_lacks(self) -> str:
        words = self.parts.words
        alone = self.said.get("physician_alone") == "yes"
        there = {each.role for each in self.staff}
        wanted = [role for role in NEEDED_ROLES if not (alone and role == "nurse")]
        missing = [words.say(f"role.{role}") for role in wanted if role not in there]
        return words.say("setup.staff_lacks", roles=", ".join(missing)) if missing else ""

    def _staff_done(self) -> None:
        if lacks := self._staff_lacks():
            self.banner.tell("warn", lacks)
        else:
            self.ask_passphrase_new()

    def ask_person(self) -> None:
        """Ask for one more person and their first PIN."""
        for ask in pages.PERSON:
            self.said.pop(ask.key, None)
        actions = (self.show_staff, self._person_said)
        self.put(Asking(self.dress, "person", pages.PERSON, self.said, actions))

    def _person_said(self) -> None:
        said, page = self.said, self.page
        code = self._person_trouble()
        if code and isinstance(page, Asking):
            page.banner.tell("warn", self.parts.words.say(code))
            return
        role = next(each for each in NEEDED_ROLES if each == said["staff_role"])
        person = f"{role}-{len(self.staff) + 1}"
        self.staff.append(NewStaff(person, said["staff_name"], role, said.pop("staff_pin")))
        said.pop("staff_pin_again")
        self.show_staff()

    def _person_trouble(self) -> str:
        said = self.said
        if said["staff_pin"] != said["staff_pin_again"]:
            return "setup.pins_differ"
        if self.parts.setup.pin_trouble(said["staff_pin"]):
            return "setup.pin_weak"
        if any(each.name.casefold() == said["staff_name"].casefold() for each in self.staff):
            return "setup.name_taken"
        return ""

    def _remove(self, person: str) -> None:
        self.staff = [each for each in self.staff if each.person != person]
        self.show_staff()

    def ask_passphrase_new(self) -> None:
        """Ask for the passphrase that opens the tablet after a start."""
        actions = (self.show_staff, self._passphrase_said)
        self.put(Asking(self.dress, "passphrase", pages.PASSPHRASE, self.said, actions))

    def _passphrase_said(self) -> None:
        if self.said["passphrase"] != self.said.pop("passphrase_again") and isinstance(self.page, Asking):
            self.page.banner.tell("warn", self.parts.words.say("setup.passphrases_differ"))
            return
        charter = self._charter()
        self._wait("setup.founding")
        self.work.start("slow", lambda _progress, _cancelled: self.parts.setup.begin(charter), self._begun)

    def _charter(self) -> Charter:
        said = self.said
        other = said["profile"] == "other"
        opener = next(each.person for each in self.staff if each.role == "administrator")
        return Charter(
            name=said["name"],
            address=said["address"],
            phone_24h=said["phone_24h"],
            zone=said["zone"].replace("_", "/", 1),
            profile="other" if other else "california",
            language="en",
            consent_valid_days=int(said["consent_valid_days"]),
            release_hours=int(said["release_hours"]),
            opener=opener,
            passphrase=said["passphrase"],
            staff=tuple(self.staff),
            ages=next(each for each in ("adults", "from_12", "any") if each == said["ages"]),
            idle_minutes=int(said["idle_minutes"]),
            physician_alone=said["physician_alone"] == "yes",
            counsel=said.get("counsel", "") if other else "",
            counsel_on=date.fromisoformat(said["counsel_on"]) if other else None,
            counsel_memo=said.get("counsel_memo", "") if other else "",
        )

    def _begun(self, value: object) -> None:
        self.said.pop("passphrase", None)
        if isinstance(value, ChairsideError):
            self.ask_passphrase_new()
            self.say(value)
            return
        self._key = str(value)
        self.show_key()

    def show_key(self) -> None:
        """Show the recovery key."""
        self.put(pages.Recovery(self.dress, self._key, (self._print, self._retype, self._give_up)))

    def _print(self) -> None:
        try:
            said = self.parts.sheet(self._key)
        except ChairsideError as trouble:
            self.say(trouble)
            return
        if isinstance(self.page, pages.Recovery):
            self.page.banner.tell("notice", said)

    def _retype(self) -> None:
        self.put(pages.Retype(self.dress, (self.show_key, self._confirm)))

    def _confirm(self, typed: str) -> str:
        try:
            clinic = self.parts.setup.confirm(typed)
        except ChairsideError as trouble:
            return " ".join(self.parts.words.trouble(trouble))
        self._key = ""
        self.parts.opened(clinic)
        return ""

    def _give_up(self) -> None:
        self.parts.setup.cancel()
        self._key = ""
        self.ask_passphrase_new()

    # -- every other start ----------------------------------------------------------------------
    def ask_passphrase(self, said: str = "") -> None:
        """Ask who opens the tablet, then for the passphrase; `said` is what was wrong before."""
        if len(self.parts.openers) == 1:
            self._ask_of(self.parts.openers[0], said)
            return
        tiles = self.parts.setup.tiles(self.parts.openers)
        names = dict(self.parts.openers)
        self.put(SignIn(*self.dress, tiles, lambda who: self._ask_of((who.person, names[who.person]), said)))

    def _ask_of(self, opener: tuple[str, str], said: str = "") -> None:
        person, _ = opener
        self.said.clear()
        asks = pages.PASSPHRASE[:1]
        page = Asking(self.dress, "unlock", asks, self.said, (None, lambda: self._unlock(person)))
        self.put(page)
        if said:
            page.banner.tell("warn", said)

    def _unlock(self, person: str) -> None:
        unlock, passphrase = self.parts.unlock, self.said.pop("passphrase")
        assert unlock is not None
        self._wait("setup.opening")

        def came(value: object) -> None:
            if isinstance(value, ChairsideError):
                self.ask_passphrase(" ".join(self.parts.words.trouble(value)))
            elif isinstance(value, Clinic):
                self.parts.opened(value)

        self.work.start("slow", lambda _progress, _cancelled: unlock(person, passphrase), came)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.finish()
        if self._key:
            self.parts.setup.cancel()
        event.accept()

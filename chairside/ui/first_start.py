"""The way through the first start: page after page, each going back, and the clinic at its end.

What is answered lives here alone; nothing is on disk under its own name before the recovery key was
typed from paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeAlias

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import Role
from chairside.errors import ChairsideError
from chairside.session.clinic import Charter, Clinic, NewStaff
from chairside.session.setup import Setup
from chairside.ui.screens import setup as pages
from chairside.ui.screens.asking import Ask, Asking
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.work import Work
from chairside.words import Words

Act: TypeAlias = Callable[[], None]
NEEDED_ROLES: tuple[Role, ...] = ("administrator", "physician", "nurse")


class _Given(Protocol):
    """What the entry was built from, as far as the first start asks for it."""

    @property
    def words(self) -> Words: ...
    @property
    def theme(self) -> Theme: ...
    @property
    def setup(self) -> Callable[[], Setup]: ...
    def sheet(self, key: str, /) -> str:
        """Put the key on paper and say where it is."""

    def clear_sheet(self) -> None:
        """Take the sheet off the disk."""

    def opened(self, clinic: Clinic, /) -> None:
        """Take the open clinic."""


class Frame(Protocol):
    """The window before the window, as this flow sees it."""

    dress: tuple[Theme, Words]
    page: QWidget | None
    banner: Banner
    work: Work

    @property
    def parts(self) -> _Given: ...
    def put(self, page: QWidget) -> None:
        """Show this page; the one before is destroyed."""

    def say(self, trouble: ChairsideError) -> None:
        """Say what is wrong and what to do."""

    def wait(self, key: str) -> None:
        """Show a quiet page while something takes more than a moment."""


def person_id(name: str, taken: frozenset[str]) -> str:
    """Return a short id made of a name, as it is shown where only ids are known; never one that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = "-".join(re.findall("[a-z0-9]+", plain))[:24].strip("-") or "person"
    return next(each for each in (bare, *(f"{bare}-{at}" for at in range(2, 1000))) if each not in taken)


class FirstStart:
    """The pages of set-up, in their order."""

    def __init__(self, entry: Frame) -> None:
        self._entry, self._parts = entry, entry.parts
        self._setup = entry.parts.setup()
        self.said: dict[str, str] = {}
        self.staff: list[NewStaff] = []
        self.key = ""

    def forget(self) -> None:
        """Clear away a clinic that was begun and not finished."""
        if self.key:
            self._parts.clear_sheet()
            self._setup.cancel()

    def welcome(self) -> None:
        """Say what set-up is and what has to lie ready."""
        words, theme = self._parts.words, self._parts.theme
        page = Page(theme, words, "setup.welcome", "text")
        page.stand_in_the_middle()
        page.body.addWidget(Heading(theme, words.say("setup.welcome_title")))
        for key in ("setup.welcome_help", "setup.welcome_ready", "setup.welcome_law"):
            page.body.addWidget(Text(theme, words.say(key)))
        on = Action("setup.continue", words.say("setup.begin"), self.ask_clinic, "primary")
        page.footer.show_actions(None, on)
        self._entry.put(page)

    def _ask(self, name: str, asks: tuple[Ask, ...], actions: tuple[Act, Act]) -> None:
        self._entry.put(Asking(self._entry.dress, name, asks, self.said, actions))

    def ask_clinic(self) -> None:
        """Ask what the clinic is called and where it is."""
        self._ask("clinic", pages.CLINIC, (self.welcome, self.ask_profile))

    def ask_profile(self) -> None:
        """Ask which state's notices patients read."""
        self._ask("profile", pages.PROFILE, (self.ask_clinic, self._profile_said))

    def _profile_said(self) -> None:
        try:
            date.fromisoformat(self.said.get("counsel_on") or "2000-01-01")
        except ValueError:
            if isinstance(page := self._entry.page, Asking):
                page.refuse("counsel_on", self._parts.words.say("setup.counsel_on_why"))
            return
        self.ask_rules()

    def ask_rules(self) -> None:
        """Ask whom the clinic treats and how long things hold."""
        self._ask("rules", pages.RULES, (self.ask_profile, self.show_staff))

    def show_staff(self) -> None:
        """Show who works here."""
        actions = (self.ask_rules, self.ask_passphrase_new, self.ask_person, self._remove)
        self._entry.put(pages.StaffList(self._entry.dress, self.staff, self._staff_lacks(), actions))

    def _staff_lacks(self) -> str:
        words = self._parts.words
        alone = self.said.get("physician_alone") == "yes"
        there = {each.role for each in self.staff}
        wanted = [role for role in NEEDED_ROLES if not (alone and role == "nurse")]
        missing = [words.say(f"role.{role}") for role in wanted if role not in there]
        return words.say("setup.staff_lacks", roles=", ".join(missing)) if missing else ""

    def ask_person(self) -> None:
        """Ask for one more person and their first PIN."""
        for ask in pages.PERSON:
            self.said.pop(ask.key, None)
        self._ask("person", pages.PERSON, (self.show_staff, self._person_said))

    def _person_said(self) -> None:
        said, page = self.said, self._entry.page
        code = self._person_trouble()
        if code and isinstance(page, Asking):
            page.refuse(pages.ASKED_WITH[code], self._parts.words.say(code))
            return
        role = next(each for each in NEEDED_ROLES if each == said["staff_role"])
        person = person_id(said["staff_name"], frozenset(each.person for each in self.staff))
        self.staff.append(NewStaff(person, said["staff_name"], role, said.pop("staff_pin")))
        said.pop("staff_pin_again")
        self.show_staff()

    def _person_trouble(self) -> str:
        said = self.said
        if said["staff_pin"] != said["staff_pin_again"]:
            return "setup.pins_differ"
        if self._setup.pin_trouble(said["staff_pin"]):
            return "setup.pin_weak"
        if any(each.name.casefold() == said["staff_name"].casefold() for each in self.staff):
            return "setup.name_taken"
        return ""

    def _remove(self, person: str) -> None:
        self.staff = [each for each in self.staff if each.person != person]
        self.show_staff()

    def ask_passphrase_new(self) -> None:
        """Ask for the passphrase that opens the tablet after a start."""
        self._ask("passphrase", pages.PASSPHRASE, (self.show_staff, self._passphrase_said))

    def _passphrase_said(self) -> None:
        page = self._entry.page
        if self.said["passphrase"] != self.said.pop("passphrase_again") and isinstance(page, Asking):
            page.warn(self._parts.words.say("setup.passphrases_differ"))
            return
        charter = self._charter()
        self._entry.wait("setup.founding")
        self._entry.work.start("slow", lambda _progress, _cancelled: self._setup.begin(charter), self._begun)

    def _charter(self) -> Charter:
        said = self.said
        other = said["profile"] == "other"
        opener = next(each.person for each in self.staff if each.role == "administrator")
        return Charter(
            name=said["name"],
            address=said["address"],
            phone_24h=said["phone_24h"],
            zone=pages.ZONES[said["zone"]],
            profile="other" if other else "california",
            language="en",
            consent_valid_days=int(said["consent_valid_days"]),
            release_hours=int(said["release_hours"]),
            opener=opener,
            passphrase=said["passphrase"],
            staff=tuple(self.staff),
            ages=next(each for each in ("adults", "from_12", "any") if each == said["ages"]),
            idle_minutes=int(said["idle_minutes"]),
            keep_years=int(said["keep_years"]),
            physician_alone=said["physician_alone"] == "yes",
            counsel=said.get("counsel", "") if other else "",
            counsel_on=date.fromisoformat(said["counsel_on"]) if other else None,
            counsel_memo=said.get("counsel_memo", "") if other else "",
        )

    def _begun(self, value: object) -> None:
        for secret in ("passphrase", "passphrase_again"):  # the page told the second once more as it went
            self.said.pop(secret, None)
        if isinstance(value, ChairsideError):
            self.ask_passphrase_new()
            if isinstance(page := self._entry.page, Asking):
                page.warn(" ".join(self._parts.words.trouble(value)))
            return
        self.key = str(value)
        self.show_key()

    def show_key(self) -> None:
        """Show the recovery key."""
        self._entry.put(
            pages.Recovery(self._entry.dress, self.key, (self._print, self._retype, self._give_up))
        )

    def _print(self) -> None:
        try:
            said = self._parts.sheet(self.key)
        except ChairsideError as trouble:
            self._entry.say(trouble)
            return
        if isinstance(self._entry.page, pages.Recovery):
            self._entry.page.banner.tell("notice", said)

    def _retype(self) -> None:
        self._entry.put(pages.Retype(self._entry.dress, (self.show_key, self._confirm)))

    def _confirm(self, typed: str) -> str:
        try:
            clinic = self._setup.confirm(typed)
        except ChairsideError as trouble:
            return " ".join(self._parts.words.trouble(trouble))
        self.key = ""
        self._parts.clear_sheet()
        self._parts.opened(clinic)
        return ""

    def _give_up(self) -> None:
        self._parts.clear_sheet()
        self._setup.cancel()
        self.key = ""
        self.ask_passphrase_new()

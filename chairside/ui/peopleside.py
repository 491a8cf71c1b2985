"""The administrator's side of the window: people come, go, and may start the tablet, each under PIN."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import Role
from chairside.session import notices, people
from chairside.session.clinic import NewStaff, openers
from chairside.session.staff import Proof
from chairside.ui.doorway import Doorway
from chairside.ui.first_start import person_id
from chairside.ui.glass import Glass
from chairside.ui.noticeside import NoticesSide
from chairside.ui.screens import setup as pages
from chairside.ui.screens.asking import Ask, Asking
from chairside.ui.screens.people import REASON, Member, People, PeopleDoors

Dress: TypeAlias = Callable[[QWidget], QWidget]
ROLES: tuple[Role, ...] = ("nurse", "physician", "administrator")


class PeopleSide:
    """Makes the pages about the staff and does what is tapped on them."""

    def __init__(self, window: Glass, doorway: Doorway, dress: Dress) -> None:
        self._window, self._doorway, self._dress = window, doorway, dress
        self._clinic = window.parts.desk.clinic
        self._notices = NoticesSide(window, doorway, dress, self.show)

    def show(self) -> None:
        """Show everybody."""
        parts = self._window.parts
        may_open = frozenset(openers(self._clinic.folder))
        members = [
            Member(who, who.person in may_open, who.person in self._clinic.disabled)
            for who in self._clinic.people.values()
        ]
        law = self._notices.show if notices.waivable(self._clinic) else None
        doors = PeopleDoors(self._window.home, self._add, self._switch_off, self._make_opener, law)
        self._put(People(parts.words, parts.theme, members, doors), self.show)

    def _put(self, page: QWidget, again: Callable[[], None]) -> None:
        self._window.put(self._dress(page))
        self._window.desk_place = again

    def _ask(
        self, name: str, asks: tuple[Ask, ...], then: Callable[[dict[str, str]], str], person: str = ""
    ) -> None:
        """Ask a page of questions; what `then` returns is said on it, and an empty answer goes on.

        `person` is whom they are about: the buttons of two people stand close to each other.
        """
        parts, said = self._window.parts, dict[str, str]()

        def go() -> None:
            code = then(said)
            if code:
                page.refuse(pages.ASKED_WITH[code], parts.words.say(code))

        page = Asking((parts.theme, parts.words), name, asks, said, (self.show, go))
        if person:
            page.name(self._clinic.people[person].name)
        self._put(page, self.show)

    def _prove(self, act: Callable[[Proof], object]) -> None:
        """Ask the administrator's PIN, do it, and show everybody again."""

        def proved(proof: Proof) -> None:
            self.show()
            self._window.guard(lambda: self._done(act, proof))

        self._doorway.prove("administrator", proved)

    def _done(self, act: Callable[[Proof], object], proof: Proof) -> None:
        act(proof)
        self.show()

    def _add(self) -> None:
        self._ask("person", pages.PERSON, self._added)

    def _added(self, said: dict[str, str]) -> str:
        if said["staff_pin"] != said["staff_pin_again"]:
            return "setup.pins_differ"
        role = next(each for each in ROLES if each == said["staff_role"])
        person = person_id(said["staff_name"], frozenset(self._clinic.people))
        new = NewStaff(person, said["staff_name"], role, said["staff_pin"])
        self._prove(lambda proof: people.add_staff(self._clinic, proof, new))
        return ""

    def _switch_off(self, person: str) -> None:
        def off(said: dict[str, str]) -> str:
            self._prove(lambda proof: people.disable_staff(self._clinic, proof, person, said["reason"]))
            return ""

        self._ask("why", REASON, off, person)

    def _make_opener(self, person: str) -> None:
        def opens(said: dict[str, str]) -> str:
            if said["passphrase"] != said["passphrase_again"]:
                return "setup.passphrases_differ"
            self._prove(lambda proof: people.add_opener(self._clinic, proof, person, said["passphrase"]))
            return ""

        self._ask("opener", pages.PASSPHRASE, opens, person)

"""What the vials' side of the window shares: the session's door, how a page is put, whose PIN is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from chairside.domain.facts import SupplierAdded
from chairside.domain.form import Form
from chairside.domain.replies import Pictured
from chairside.domain.sheet import Sheet
from chairside.errors import ChairsideError
from chairside.session.board import BoardRow
from chairside.session.receiving import SHEET_PHOTO, Receiving
from chairside.session.staff import Proof
from chairside.session.view import Who
from chairside.ui import pictures
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.screens import standing
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.vial_words import Named

Wear: TypeAlias = Callable[[QWidget], QWidget]
Again: TypeAlias = Callable[[], None]


class VialTable:
    """The session's receiving desk behind the glass."""

    def __init__(self, window: Glass, doorway: Doorway, wear: Wear) -> None:
        self.window, self._doorway, self._wear = window, doorway, wear
        self._parts = window.parts
        self.receiving = Receiving(window.parts.desk.clinic, window.parts.staff)

    # -- what is there --------------------------------------------------------------------------
    def dress(self) -> Dress:
        """Return look, words and the clinic's own now."""
        parts = self._parts
        return Dress(parts.theme, parts.words, parts.desk.zone, parts.desk.now())

    def form(self, name: str) -> Form:
        """Return a form in force."""
        return self._parts.desk.clinic.book.forms[name]

    def suppliers(self) -> list[str]:
        """Return the suppliers' names."""
        return [each.name for each in self.receiving.suppliers()]

    def supplier(self, name: str) -> SupplierAdded | None:
        """Return what is known of a supplier."""
        return next((each for each in self.receiving.suppliers() if each.name == name), None)

    def visits(self) -> tuple[BoardRow, ...]:
        """Return the visits a vial may be for: not over, and no trouble to open them."""
        rows = self._parts.desk.board().visits
        return tuple(row for row in rows if row.status is not None and row.status.state not in standing.OVER)

    def named(self) -> Named:
        """Return who is who."""
        people = {who.person: who.name for who in self._parts.desk.clinic.people.values()}
        return Named(people, {row.visit: row.name for row in self._parts.desk.board().visits})

    def here(self) -> Who | None:
        """Return who is signed in."""
        return self._parts.staff.who

    def everybody(self) -> tuple[Who, ...]:
        """Return everybody who may sign in."""
        return self._parts.staff.tiles()

    def photo(self, sheet: Sheet) -> bytes:
        """Return the photo of a sheet, or nothing."""
        told = sheet.replies.get(SHEET_PHOTO)
        return self.receiving.picture(told.digest) if isinstance(told, Pictured) else b""

    def image(self, jpeg: bytes) -> QImage | None:
        """Return a kept photo as a picture; one that cannot be read is left out and said."""
        if not jpeg:
            return None
        try:
            return pictures.decoded(jpeg)
        except ChairsideError as trouble:
            self.window.say_trouble(trouble)
            return None

    # -- pages ----------------------------------------------------------------------------------
    def put(self, page: QWidget, again: Again) -> None:
        """Show a page that a PIN or a lock comes back to."""
        self.window.put(self._wear(page))
        self.window.desk_place = again

    def guarded(self, act: Callable[[], None]) -> Callable[[], None]:
        """Return the act with its troubles said."""
        return lambda: self.window.guard(act)

    def do(self, act: Callable[[], object], then: Again) -> None:
        """Do something, then go on; a refusal is said and the page stays."""

        def both() -> None:
            act()
            then()

        self.window.guard(both)

    # -- PINs -----------------------------------------------------------------------------------
    def prove_own(self, then: Callable[[Proof], None]) -> None:
        """Ask whoever is signed in for the PIN."""
        self._doorway.prove("own", lambda proof: self._proved(then, proof))

    def prove_one_of(self, people: tuple[Who, ...], then: Callable[[Proof], None], meaning: str) -> None:
        """Ask one of these people for the PIN, and say what it will mean."""
        self._doorway.prove_one_of(people, lambda proof: self._proved(then, proof), meaning)

    def _proved(self, then: Callable[[Proof], None], proof: Proof) -> None:
        """Do it; a refusal is said on the page the PIN was asked for."""
        try:
            then(proof)
        except ChairsideError as trouble:
            self.window.show_again()
            self.window.say_trouble(trouble)

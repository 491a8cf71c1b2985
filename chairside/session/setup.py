"""The first start: a clinic is made aside, its recovery key is shown, and typing it back makes it real.

A power cut, a closed window or a change of mind before that leaves no clinic: what lies aside is
encrypted under a key nobody has, and the next beginning clears it away.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from chairside import keys
from chairside.domain.book import Book
from chairside.domain.facts import ClinicFounded
from chairside.errors import KeyRefused, NotAllowed
from chairside.keys.recovery import read
from chairside.ledger import clear_aside
from chairside.session.charter import Charter, troubles
from chairside.session.clinic import Clinic, move_clinic_in
from chairside.session.clock import Clock
from chairside.session.founding import Founded, found_aside
from chairside.session.view import Who

BookFor = Callable[[Literal["california", "other"]], Book]


class Setup:
    """One set-up in one folder; `book_for` loads the forms of a state profile."""

    def __init__(self, folder: Path, book_for: BookFor, clock: Clock) -> None:
        self.folder = folder
        self._book_for = book_for
        self._clock = clock
        self._made: tuple[Founded, Book] | None = None

    def pin_trouble(self, pin: str) -> str | None:
        """Return why a PIN is not accepted, or None."""
        return keys.pin_trouble(pin)

    def tiles(self, openers: tuple[tuple[str, str], ...]) -> tuple[Who, ...]:
        """Return the openers, as (person, name), the way the sign-in page shows people."""
        return tuple(Who(person, name, "administrator") for person, name in openers)

    def troubles(self, charter: Charter) -> tuple[str, ...]:
        """Return the code of everything that stands against this charter, in the order it is asked."""
        return troubles(charter, self._clock.now())

    def begin(self, charter: Charter) -> str:
        """Make the clinic aside and return its recovery key, to be printed and typed back.

        An earlier beginning is forgotten. Raises: NotAllowed with the first trouble (`all` in its facts),
        FormError, KeyRefused, LedgerError("store_exists"), DiskRefused.
        """
        self.cancel()
        if found := self.troubles(charter):
            raise NotAllowed(found[0], all=found)
        book = self._book_for(charter.profile)
        made = found_aside(self.folder, charter, book, self._clock)
        self._made = made, book
        return made.recovery

    @property
    def founding(self) -> ClinicFounded:
        """What the clinic that was begun will be: its recovery sheet names it.

        Raises: NotAllowed("setup_not_begun").
        """
        if self._made is None:
            raise NotAllowed("setup_not_begun")
        return self._made[0].fact

    def confirm(self, typed: str) -> Clinic:
        """Move the clinic in once its recovery key was typed from paper; only now it exists.

        Raises: NotAllowed("setup_not_begun"), KeyRefused("recovery_key_mistyped" with the group |
        "recovery_key_wrong"), DiskRefused.
        """
        if self._made is None:
            raise NotAllowed("setup_not_begun")
        made, book = self._made
        if not hmac.compare_digest(_bare(typed), _bare(made.recovery)):
            read(typed)  # says which group was mistyped, where it can tell
            raise KeyRefused("recovery_key_wrong")
        clinic = move_clinic_in(self.folder, made, book, self._clock)
        self._made = None
        return clinic

    def cancel(self) -> None:
        """Clear away what was begun; a clinic that is there already is not touched. Raises: DiskRefused."""
        self._made = None
        clear_aside(self.folder)


def _bare(key: str) -> bytes:
    """Return a key without what does not matter when it is typed: case, spaces, dashes, look-alikes."""
    return key.upper().translate(str.maketrans("OIL", "011", " -\t\r\n")).encode()

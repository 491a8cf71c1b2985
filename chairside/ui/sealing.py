"""Sealing off the glass: the record is made on the lane *now*, and shown when it is stored.

Concluded and not sealed is a state one can see and try again from; it then waits for the PIN of the
person who certifies.
"""

from __future__ import annotations

from PySide6.QtGui import QImage

from chairside.errors import ChairsideError
from chairside.session import paper
from chairside.session.staff import Proof
from chairside.session.visit import VisitRoom
from chairside.ui.document import Document
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.screens.record import Record
from chairside.ui.work import Work


class Sealing:
    """The one job that makes a visit's record."""

    def __init__(self, window: Glass, work: Work, doorway: Doorway) -> None:
        self._window, self._work, self._doorway = window, work, doorway
        self._document: Document | None = None
        self.busy = self._warm = False
        self.made: paper.Made | None = None

    def warm(self) -> None:
        """Get ready while there is time, once."""
        if not self._warm:
            self._warm = True
            self._work.start("slow", paper.warm, lambda _: None)

    def start(self, proof: Proof) -> None:
        """Make the record under the certifier's open key."""
        room = self._window.room
        if room is None or self.busy:
            return
        job = paper.prepare(room, proof)
        self.busy = True

        def came(value: object) -> None:
            self.busy = False
            if isinstance(value, ChairsideError):
                self._window.say_trouble(value)
            elif isinstance(value, paper.Made):
                self._window.guard(lambda: self._keep(room, job, value))
            if self._window.room is room:  # somebody else's page is not taken away
                self._window.show_again()

        self._work.start("now", job.run, came)
        if isinstance(self._window.page, Record):
            self._window.page.show_building()

    def _keep(self, room: VisitRoom, job: paper.Job, made: paper.Made) -> None:
        paper.finish(room, job, made)
        self.made = made

    def retry(self) -> None:
        """Ask the certifier's PIN again and make the record."""
        room = self._window.room
        if room is None or self.busy:
            return
        self._doorway.prove_person(paper.certifier_of(room), self._again)

    def _again(self, proof: Proof) -> None:
        self._window.show_again()
        self.start(proof)

    def pages(self, number: int) -> QImage | None:
        """Return a page of the sealed record as a picture, counted from 0; None beyond the last."""
        room = self._window.room
        if room is None:
            return None
        sealed = room.visit.sealed
        if sealed is None:
            return None
        if self._document is None or self._document.name != sealed.hash:
            data = paper.sealed_file(room)
            if data is None:
                return None
            self.close()
            self._document = Document(sealed.hash, data)
        return self._document.page(number)

    def forget(self) -> None:
        """Let go of everything of the last record: the next one to hold the tablet may be a patient (T2)."""
        self.made = None
        self.close()

    def close(self) -> None:
        """Let go of the record on show."""
        if self._document is not None:
            self._document.close()
            self._document = None

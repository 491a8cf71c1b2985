"""Sealing off the glass: record and addenda are made on the lane *now*, and shown when they are stored.

A file goes by a number: 0 is the record, an addendum has its own from 1. Concluded and not sealed is a
state one can see and try again from; it then waits for the PIN of the person who certifies.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from chairside.errors import ChairsideError
from chairside.session import paper
from chairside.session.staff import Proof
from chairside.session.visit import VisitRoom
from chairside.ui.document import Document
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.heap import give_back
from chairside.ui.screens.record import Record
from chairside.ui.screens.record_files import RECORD
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.waiting import Waiting
from chairside.ui.work import Work

SOON_MS = 500  # until the page that was left is gone too, and nobody waits for the next


class Sealing:
    """The one job that makes a visit's record."""

    def __init__(self, window: Glass, work: Work, doorway: Doorway) -> None:
        self._window, self._work, self._doorway = window, work, doorway
        self._document: Document | None = None
        self.busy = self.warmed = False
        self.made: paper.Made | None = None
        self._resting = QTimer(work)
        self._resting.setSingleShot(True)
        self._resting.setInterval(SOON_MS)
        self._resting.timeout.connect(lambda: work.start("now", give_back, lambda _: None))

    def warm(self) -> None:
        """Get ready while there is time, once."""
        if not self.warmed:
            self.warmed = True
            self._work.start("slow", paper.warm, lambda _: None)

    def start(self, proof: Proof, number: int = RECORD) -> None:
        """Make the record, or an addendum, under the certifier's open key."""
        room = self._window.room
        if room is None or self.busy:
            return
        job = paper.prepare_addendum(room, number, proof) if number else paper.prepare(room, proof)
        self.busy = True

        def came(value: object) -> None:
            self.busy = False
            if isinstance(value, ChairsideError):
                self._window.say_trouble(value)
            elif isinstance(value, paper.Made):
                self._window.guard(lambda: self._keep(room, job, value))
            if self._window.room is room:  # somebody else's page is not taken away
                self.show_made()
            self._resting.start()

        self._work.start("now", job.run, came)
        if isinstance(self._window.page, Record):
            self._window.page.show_building()

    def show_made(self) -> None:
        """Show what was made to who waits for it; an addition begun, or a PIN page, is not taken away."""
        if isinstance(self._window.page, Record):
            self._window.show_again()
        elif isinstance(self._window.page, (Screen, Waiting)):
            self._window.look_again()

    def due(self, room: VisitRoom, proof: Proof) -> int | None:
        """Return which file waits for exactly this person's key, or None."""
        if room.visit.concluded is None:
            return None
        if room.visit.sealed is None:
            return RECORD if paper.certifier_of(room) == proof.who.person else None
        waiting = paper.unsealed_addenda(room)
        return next((each for each in waiting if paper.certifier_of(room, each) == proof.who.person), None)

    def _keep(self, room: VisitRoom, job: paper.Job, made: paper.Made) -> None:
        if job.number:
            paper.finish_addendum(room, job, made)
        else:
            paper.finish(room, job, made)
            self.made = made

    def retry(self, number: int = RECORD) -> None:
        """Ask the certifier's PIN again and make the file."""
        room = self._window.room
        if room is None or self.busy:
            return
        person = paper.certifier_of(room, number)
        self._doorway.prove_person(person, lambda proof: self._again(proof, number))

    def _again(self, proof: Proof, number: int) -> None:
        self._window.show_again()
        self.start(proof, number)

    # -- what is shown --------------------------------------------------------------------------
    def file(self, room: VisitRoom, which: int) -> bytes | None:
        """Return a sealed file of this visit, or None while there is none."""
        if which == RECORD:
            return paper.sealed_file(room)
        return next((data for number, _, data in paper.sealed_addenda(room) if number == which), None)

    def pages(self, which: int) -> int:
        """Return how many pages a sealed file has; 0 where there is none."""
        document = self._opened(which)
        return document.count if document is not None else 0

    def page(self, which: int, number: int) -> QImage | None:
        """Return a page of a sealed file as a picture, counted from 0; None beyond the last."""
        document = self._opened(which)
        return document.page(number) if document is not None else None

    def _opened(self, which: int) -> Document | None:
        room = self._window.room
        if room is None or room.visit.sealed is None:
            return None
        name = f"{room.visit.sealed.hash}.{which}"
        if self._document is None or self._document.name != name:
            data = self.file(room, which)
            if data is None:
                return None
            self.close()
            self._document = Document(name, data)
        return self._document

    def forget(self) -> None:
        """Let go of everything of the last record: the next one to hold the tablet may be a patient (T2)."""
        self.made = None
        self.close()

    def close(self) -> None:
        """Let go of the record on show."""
        if self._document is not None:
            self._document.close()
            self._document = None
            self._resting.start()

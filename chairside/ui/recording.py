"""The record's side of the window: the files of a visit that is over, their copies, and what is added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import AddendumSigned, VisitFact
from chairside.errors import ChairsideError
from chairside.session import copies, paper
from chairside.session.view import Drawn
from chairside.ui import printing
from chairside.ui.glass import Glass
from chairside.ui.outlet import Outlet
from chairside.ui.screens.addendum import Addendum, Draft
from chairside.ui.screens.record import Record
from chairside.ui.screens.record_files import RECORD, RecordDoors
from chairside.ui.sealing import Sealing


class RecordSide:
    """Makes the pages about a record and does what is tapped on them."""

    def __init__(self, window: Glass, sealing: Sealing, dress: Callable[[QWidget], QWidget]) -> None:
        self._window, self._sealing, self._dress = window, sealing, dress
        self._outlet = Outlet(window)
        self._drafts: dict[str, Draft] = {}  # what was written and not signed yet, by visit

    def page(self, begin: Callable[[], None]) -> QWidget:
        """Return the record's page; `begin` leads on to the procedure."""
        doors = RecordDoors(
            home=self._window.home,
            retry=lambda: self._sealing.retry(RECORD),
            begin=begin,
            add=self._add,
            seal=self._sealing.retry,
            pages=self._sealing.pages,
            page=self._sealing.page,
            print_=self._print,
            places=self._places,
            save=self._save,
            aftercare=self._aftercare,
            owed=self._owed,
            handed=self._handed,
        )
        return Record(self._window.parts.words, self._window.parts.theme, doors)

    # -- additions ------------------------------------------------------------------------------
    def _add(self) -> None:
        """Show the page on which something is added, with what was written before a cancelled PIN."""
        window, view = self._window, self._window.view
        if view is None:
            return
        draft = self._drafts.setdefault(view.visit.id, Draft())
        page = Addendum(window.parts.words, window.parts.theme, draft, (self._signed, window.show_again))
        window.put(self._dress(page))
        page.show_view(view)

    def _signed(self, told: AddendumSigned) -> None:
        self._window.tell(told)

    def told(self, fact: VisitFact | Drawn) -> None:
        """Let go of a draft that was signed."""
        if isinstance(fact, AddendumSigned) and self._window.room is not None:
            self._drafts.pop(self._window.room.visit.id, None)

    # -- copies ---------------------------------------------------------------------------------
    @property
    def _visit(self) -> str:
        room = self._window.room
        return room.visit.id if room is not None else ""

    def _bytes(self, which: int) -> bytes:
        room = self._window.room
        data = self._sealing.file(room, which) if room is not None else None
        if data is None:
            raise ChairsideError("not_sealed")
        return data

    def _print(self, which: int) -> str:
        about = f"visit:{self._visit}"
        return self._outlet.tried(lambda: self._outlet.send("record", about, self._bytes(which)))

    def _aftercare(self) -> str:
        """Print the sheet the patient takes home (Q47)."""
        return self._outlet.paper("aftercare", self._visit)

    def _places(self) -> list[tuple[str, str]]:
        say = self._window.parts.words.say
        return [
            (str(place.folder), say(f"record.place_{place.kind}", name=place.name))
            for place in printing.places()
        ]

    def _save(self, which: int, folder: str) -> str:
        return self._outlet.tried(lambda: self._saved(which, Path(folder)))

    def _saved(self, which: int, folder: Path) -> str:
        room = self._window.room
        assert room is not None  # the page it is tapped on shows a visit
        path = paper.save(room, folder) if which == RECORD else paper.save_addendum(room, which, folder)
        self._outlet.keep("record", f"visit:{room.visit.id}", "folder", self._bytes(which))
        return self._window.parts.words.say("record.saved_at", path=path)

    # -- what is owed ---------------------------------------------------------------------------
    def _owed(self) -> frozenset[str]:
        room = self._window.room
        rows = copies.owed(self._window.parts.desk.clinic) if room is not None else ()
        return frozenset(row.what for row in rows if room is not None and row.visit == room.visit.id)

    def _handed(self, what: str) -> None:
        desk, room = self._window.parts.desk, self._window.room
        if room is not None:
            visit = room.visit.id
            self._window.guard(lambda: copies.handed(desk.clinic, desk.staff, visit, what))

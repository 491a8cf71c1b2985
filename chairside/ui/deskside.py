"""The desk's side of the window: board, opening a visit, the day, the vials, papers to print.

Each page of the desk says how to come back to it, so that a lock in the middle loses its page but not
what was put in: a draft is kept until the board is shown again, or the tablet handed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from chairside.errors import ChairsideError
from chairside.session import about, copies, day, prints
from chairside.session.board import Board as Rows
from chairside.session.board import FoundPatient, VialCard
from chairside.ui.glass import Glass
from chairside.ui.outlet import Outlet
from chairside.ui.screens.about import About, AboutDoors
from chairside.ui.screens.board import Board, Doors
from chairside.ui.screens.board_card import CardDoors
from chairside.ui.screens.day import CloseDay, OpenDay, Seen
from chairside.ui.screens.desk import OpenNew
from chairside.ui.screens.draft import Draft, OpenDesk
from chairside.ui.screens.prints import Prints
from chairside.ui.widgets.fields import begin_typing

Dress: TypeAlias = Callable[[QWidget], QWidget]


class DeskSide:
    """Makes the pages of the desk and does what is tapped on them."""

    def __init__(self, window: Glass, dress: Dress) -> None:
        self._window, self._dress = window, dress
        self._parts = window.parts
        self._outlet = Outlet(window)
        self._searched: dict[str, str] = {}  # what each of the staff looked for last
        self.vials: Callable[[], None] | None = None
        self.people: Callable[[], None] | None = None

    # -- board ----------------------------------------------------------------------------------
    def board(self) -> QWidget:
        """Return the board as it stands now."""
        parts, window = self._parts, self._window
        card = CardDoors(window.enter, self._handed)
        here = parts.staff.who
        people = self.people if here is not None and here.role == "administrator" else None
        doors = Doors(
            card,
            lambda: window.guard(self._new),
            self.vials,
            lambda: window.guard(self._day),
            self._papers,
            people,
            self._about,
        )
        page = Board(parts.words, parts.theme, parts.desk.zone, doors)
        page.show_board(self._rows())
        return self._dress(page)

    def _rows(self) -> Rows:
        return self._parts.desk.board()

    def tick(self, page: QWidget | None) -> None:
        """Let the waits on the board grow, and offer no hour that has passed."""
        desk = self._parts.desk
        if isinstance(page, Board):
            self._window.guard(lambda: page.show_board(self._rows()))
        elif isinstance(page, OpenNew):
            page.show_now(desk.now(), desk.zone)

    def _handed(self, visit: str, paper: str) -> None:
        desk = self._parts.desk
        self._window.guard(lambda: copies.handed(desk.clinic, desk.staff, visit, paper))
        self.tick(self._window.page)

    # -- a new visit ----------------------------------------------------------------------------
    def _new(self) -> None:
        self._parts.desk.refuse_to_open()
        self._open_new(Draft())

    def _open_new(self, draft: Draft) -> None:
        parts, window = self._parts, self._window
        form = parts.desk.clinic.book.forms["open"]
        physicians = [who for who in parts.staff.tiles() if who.role == "physician"]
        here = parts.staff.who
        last = self._searched.get(here.person, "") if here is not None else ""
        desk = OpenDesk(form, physicians, self._find, window.open_visit, window.home, last)
        page = OpenNew(parts.words, parts.theme, desk, draft)
        page.show_now(parts.desk.now(), parts.desk.zone)
        self._stand(lambda: self._open_new(page.draft), page)
        if page.draft.found is None:
            begin_typing(page)

    def _find(self, text: str) -> tuple[FoundPatient, ...]:
        here = self._parts.staff.who
        if here is not None:
            self._searched[here.person] = text
        try:
            return self._parts.desk.find(text)
        except ChairsideError as trouble:
            self._window.say_trouble(trouble)
            return ()

    def _stand(self, again: Callable[[], None], page: QWidget) -> None:
        """Show a page of the desk that a lock comes back to."""
        self._window.put(self._dress(page))
        self._window.desk_place = again

    # -- papers ---------------------------------------------------------------------------------
    def _papers(self) -> None:
        parts = self._parts
        self._stand(self._papers, Prints(parts.words, parts.theme, self._print, self._window.home))

    def _print(self, kind: str) -> str:
        return self._outlet.paper("poster" if kind == "poster" else "blank_pack")

    # -- the tablet itself ----------------------------------------------------------------------
    def _about(self) -> None:
        parts, clinic = self._parts, self._parts.desk.clinic
        doors = AboutDoors(self._self_check, self._window.home)
        self._stand(self._about, About(parts.words, parts.theme, about.about(clinic), doors))

    def _self_check(self, told: Callable[[object], None]) -> None:
        """Go through the store beside the glass; a page that was left is not told any more."""
        window, clinic = self._window, self._parts.desk.clinic
        asked = window.page

        def came(value: object) -> None:
            if window.page is asked:
                told(value)

        window.work.start("slow", lambda _progress, _cancelled: about.self_check(clinic), came)

    # -- the day --------------------------------------------------------------------------------
    def _day(self) -> None:
        rows = self._rows()
        if rows.day.opened and not rows.day.closed:
            self._close(rows)
        else:
            self._open(rows)

    def _open(self, rows: Rows) -> None:
        parts = self._parts
        due = tuple(vial for vial in rows.vials if vial.fate == "expected" and self._is_due(vial, rows))
        seen = Seen(rows.now, parts.desk.zone, parts.battery(), printers(), due)
        page = OpenDay(parts.words, parts.theme, seen, self._opened, self._window.home)
        self._stand(lambda: self._window.guard(self._day), page)

    def _is_due(self, vial: VialCard, rows: Rows) -> bool:
        from_now = (vial.due - rows.now).total_seconds() if vial.due is not None else 0.0
        return from_now < 24 * 3600

    def _opened(self, checks: dict[str, str]) -> None:
        desk = self._parts.desk

        def opens() -> None:
            day.open_day(desk.clinic, desk.staff, checks)
            self._window.home()

        self._window.guard(opens)

    def _close(self, rows: Rows) -> None:
        parts = self._parts
        left = (rows.day, rows.now, parts.desk.zone)
        ways = (self._window.home, self._window.enter)
        page = CloseDay(parts.words, parts.theme, left, self._closed, ways)
        self._stand(lambda: self._window.guard(self._day), page)

    def _closed(self, reason: str) -> None:
        desk = self._parts.desk

        def closes() -> None:
            day.close_day(desk.clinic, desk.staff, reason)
            if self._parts.prints is not None:
                prints.clear_prints(self._parts.prints)  # nobody prints them any more
            self._window.home()

        self._window.guard(closes)


def printers() -> tuple[str, ...]:
    """Return the printers this machine knows."""
    from PySide6.QtPrintSupport import QPrinterInfo  # here: 0.2 s of start-up that only printing needs

    return tuple(QPrinterInfo.availablePrinterNames())

"""What staff do with a visit as a whole: the page "Visit ...", and the attested end of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import Stopped
from chairside.domain.form import Step
from chairside.session.view import View
from chairside.ui import route
from chairside.ui.glass import Glass
from chairside.ui.outlet import Outlet
from chairside.ui.screens.asked import Asked
from chairside.ui.screens.beside import Beside
from chairside.ui.screens.more import More, MoreDoors
from chairside.ui.screens.stopping import ending_of
from chairside.ui.screens.waiting import WaitDoors, Waiting

StopPage: TypeAlias = Callable[[View, Callable[[str], None]], QWidget]


class VisitSide:
    """Makes the pages about a visit that are no step of it."""

    def __init__(self, window: Glass, vials: Callable[[], None], stopping: StopPage) -> None:
        """`vials` shows every vial of the clinic; `stopping` makes the page on which an end is attested."""
        self._window, self._vials, self._stopping = window, vials, stopping
        self._outlet = Outlet(window)

    def _to_vials(self) -> None:
        """Leave the visit where it stands and show the vials."""
        self._window.home()
        self._vials()

    def more(self) -> None:
        """Show the page about the visit itself."""
        self._window.choose(route.MORE)

    def _go_on(self) -> None:
        self._window.choose("")

    def more_page(self) -> QWidget:
        """Return it."""
        window, parts = self._window, self._window.parts
        glass = partial(window.choose, route.GLASS)
        beside = partial(window.choose, route.BESIDE)
        doors = MoreDoors(window.tell, self._stop, self._print, self._go_on, window.home, glass, beside)
        return More(parts.words, parts.theme, doors)

    def beside_page(self) -> QWidget:
        """Return the page of who is here with the patient."""
        window, parts = self._window, self._window.parts
        return Beside(parts.words, parts.theme, window.tell, (self._go_on, self._stop, window.home))

    def _print(self, kind: str) -> str:
        room = self._window.room
        if room is None:
            return ""
        return self._outlet.paper("preparation" if kind == "preparation" else "blank_pack", room.visit.id)

    def waiting_page(self, step: str) -> QWidget:
        """Return the page of a step that cannot begin yet."""
        parts = self._window.parts
        doors = WaitDoors(self._window.home, self.more, self._to_vials)
        return Waiting(parts.words, parts.theme, step, doors)

    def asked_page(self, step: Step) -> Asked:
        """Return the page of a step that waits for the answer to a question of the patient's."""
        parts = self._window.parts
        return Asked(step, parts.words, parts.theme, self._window.tell, self._window.home)

    def _stop(self) -> None:
        """Ask what the patient said; the PIN of whoever attests it follows."""
        view = self._window.view
        if view is not None:
            ending = ending_of(view.visit)
            self._window.put(self._stopping(view, lambda said: self._window.tell(Stopped(ending, said))))

"""What the parts of the window may ask of it: a narrow face, so that nothing under it knows the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import VisitFact
from chairside.errors import ChairsideError
from chairside.session.desk import Desk
from chairside.session.staff import Staff
from chairside.session.view import Drawn, NewVisit, View
from chairside.session.visit import VisitRoom
from chairside.ui.theme import Theme
from chairside.words import Words


@dataclass(frozen=True)
class Parts:
    """What a window is built from.

    `start` lists (name, role, PIN) on the demo's start page; a `kiosk` fills the screen while a
    patient holds it.
    """

    staff: Staff
    desk: Desk
    words: Words
    theme: Theme
    start: tuple[tuple[str, str, str], ...]
    kiosk: bool = False


class Glass(Protocol):
    """The window as its parts see it."""

    parts: Parts
    room: VisitRoom | None
    view: View | None
    page: QWidget | None

    def put(self, page: QWidget) -> None:
        """Show this page; the one before is destroyed."""

    def home(self) -> None:
        """Show the visits that are not over."""

    def enter(self, visit: str) -> None:
        """Go on with a visit where it stood."""

    def open_visit(self, new: NewVisit) -> None:
        """Open a new visit and show its first step."""

    def choose(self, step: str) -> None:
        """Show a step that staff picked on the rail."""

    def show_again(self) -> None:
        """Show the visit, or the visits, anew."""

    def resume(self) -> None:
        """Go on after somebody signed in."""

    def look_again(self) -> None:
        """Show the same visit with a later clock."""

    def tell(self, told: VisitFact | Drawn) -> None:
        """Take what a screen tells."""

    def hand_over(self, step: str) -> None:
        """Give the tablet to the patient."""

    def confirm(self) -> None:
        """The patient said: yes, that is me."""

    def hand_back(self) -> None:
        """Ask for a staff PIN and take the tablet back."""

    def leave(self) -> None:
        """The patient does not want to go on: staff take the tablet back and say what follows."""

    def guard(self, act: Callable[[], object]) -> None:
        """Do something; an expected trouble becomes a sentence."""

    def say_trouble(self, trouble: ChairsideError) -> None:
        """Say what is wrong and what to do."""

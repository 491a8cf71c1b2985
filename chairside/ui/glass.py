"""What the parts of the window may ask of it: a narrow face, so that nothing under it knows the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import VisitFact
from chairside.errors import ChairsideError
from chairside.session.desk import Desk
from chairside.session.staff import Proof, Staff
from chairside.session.view import Drawn, NewVisit, View
from chairside.session.visit import VisitRoom
from chairside.ui.route import Chosen
from chairside.ui.speech import Speech
from chairside.ui.theme import Theme
from chairside.ui.work import Work
from chairside.words import Words


def unknown_battery() -> int | None:
    """Return that nothing is known of a battery."""
    return None


def no_voice() -> Speech | None:
    """Return that nothing reads aloud."""
    return None


@dataclass(frozen=True)
class Parts:
    """What a window is built from.

    `start` lists (name, role, PIN) on the demo's start page; a `kiosk` fills the screen while a
    patient holds it. `battery` tells its percentage, where the tablet knows it; papers without a printer
    go into the folder `prints`. Units: `minute_ms` is how long a minute of the idle lock lasts.
    """

    staff: Staff
    desk: Desk
    words: Words
    theme: Theme
    start: tuple[tuple[str, str, str], ...]
    kiosk: bool = False
    battery: Callable[[], int | None] = unknown_battery
    prints: Path | None = None
    minute_ms: int = 60_000
    spoken: Callable[[str], Words] | None = None  # the sentences of another language, for the patient
    speech: Callable[[], Speech | None] = no_voice  # asked when the first page comes that it could read

    def words_for(self, view: View | None) -> Words:
        """Return the sentences in the language on the glass: the patient's own where they hold it."""
        language = view.language if view is not None else self.words.language
        return self.words if self.spoken is None or language == self.words.language else self.spoken(language)


class Glass(Protocol):
    """The window as its parts see it."""

    parts: Parts
    room: VisitRoom | None
    view: View | None
    page: QWidget | None
    desk_place: Callable[[], None] | None
    work: Work

    def put(self, page: QWidget) -> None:
        """Show this page; the one before is destroyed."""

    def home(self) -> None:
        """Show the board, unless a patient has the tablet."""

    def enter(self, visit: str) -> None:
        """Go on with a visit where it stood."""

    def open_visit(self, new: NewVisit) -> None:
        """Open a new visit and show its first step."""

    def choose(self, step: Chosen) -> None:
        """Show a step that staff picked on the rail, or what comes next where there is none."""

    def finish_typing(self) -> None:
        """Have the page tell what is being typed."""

    def show_again(self) -> None:
        """Show the visit, or the visits, anew."""

    def resume(self) -> None:
        """Go on after somebody signed in."""

    def look_again(self) -> None:
        """Show the same visit with a later clock."""

    def tell(self, told: VisitFact | Drawn) -> None:
        """Take what a screen tells."""

    def take(self, told: VisitFact | Drawn, proof: Proof | None) -> None:
        """Store a fact that a PIN stands behind, and show the visit."""

    def hand_over(self, step: str) -> None:
        """Give the tablet to the patient."""

    def hand_back(self) -> None:
        """Ask for a staff PIN and take the tablet back."""

    def leave(self) -> None:
        """The patient does not want to go on: staff take the tablet back and say what follows."""

    def guard(self, act: Callable[[], object]) -> None:
        """Do something; an expected trouble becomes a sentence."""

    def say_trouble(self, trouble: ChairsideError) -> None:
        """Say what is wrong and what to do."""

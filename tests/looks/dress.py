"""What a page of the gallery is made with: the words, the people, and the header and steps of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import structs

from chairside.session.names import short_name
from chairside.session.view import View, Who
from chairside.ui.screens import saying
from chairside.ui.screens.desk_form import Dress
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.header import Head, Header, contrast
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.steps import State, StepMark
from chairside.words import Words
from tests.ui.look import sentences
from tests.ui.screens.room import NOW, ZONE, Room

_MARK: dict[str, State] = {"waiting": "waiting", "open": "open", "lacking": "open", "done": "done"}


def nothing(*_: object) -> None:
    """Go nowhere."""


def silent(*_: object) -> str:
    """Have nothing to say."""
    return ""


@dataclass(frozen=True)
class Cast:
    """In which language the pages are, and who stands on them."""

    language: str
    patient: str
    nurse: str
    physician: str


ENGLISH = Cast("en", "Jordan Avery", "Robin Example", "Sam Sample")
SPANISH = Cast("es", "María de los Ángeles Núñez", "Robin Example", "Sam Sample")
NAUGHTY = Cast(
    "en",
    "Llanfairpwllgwyngyllgogerychwyrndrobwll <b>Ó</b> & O’Ďáblická-Łukaszewicz",
    "Wolfeschlegelstein Hubert Blaine, R.N.",
    "Dr Χριστίνα Παπακωνσταντίνου-Щербаковская",
)
CASTS = {"en": ENGLISH, "es": SPANISH, "naughty": NAUGHTY}


class Set:
    """What a page is made with; `theme` carries the text size."""

    def __init__(self, theme: Theme, cast: Cast, words: Words | None = None) -> None:
        self.theme, self.cast = theme, cast
        self.words = words or sentences(cast.language)
        self.nurse = Who("n1", cast.nurse, "nurse")
        self.physician = Who("p1", cast.physician, "physician")
        self.staff = (self.nurse, self.physician, Who("a1", cast.nurse[::-1].title(), "administrator"))

    @property
    def dress(self) -> Dress:
        """What the desk's forms are made with."""
        return Dress(self.theme, self.words, ZONE, NOW)

    def view(self, room: Room) -> View:
        """Return the view of a room with this cast in it."""
        room.language = self.cast.language
        patient = room.visit.patient
        if patient is not None:
            room.visit = structs.replace(room.visit, patient=structs.replace(patient, name=self.cast.patient))
        if room.who is not None:
            room.who = self.nurse if room.who.role == "nurse" else self.physician
        return room.view()

    def desk(self, page: Page) -> Page:
        """Put the staff's header on a page of the desk."""
        page.set_header(Header(self.theme, self.words, nothing))
        assert page.header is not None
        page.header.show_head(Head("Example Hair Clinic", "", self._clock(), self._marks()))
        return page

    def visit(self, page: Page, view: View, step: str = "") -> Page:
        """Put a visit's header and steps on a page, as whoever holds the tablet sees them."""
        staff, patient = view.mode == "staff", view.visit.patient
        assert patient is not None
        header = Header(self.theme, self.words, nothing if staff else None)
        if staff:
            header.offer(Action("header.visit", self.words.say("visit_more.button"), nothing, "quiet"))
            born = self.words.say("screens.born", day=saying.day(self.words, patient.born))
            head = Head(patient.name, born, self._clock(), self._marks())
        else:
            other = "es" if self.cast.language == "en" else "en"
            name = self.words.say(f"language.{other}")
            header.offer(contrast(self.theme, self.words))
            header.offer(Action(f"header.language.{other}", name, nothing, "quiet"))
            head = Head(short_name(patient.name), self._marks())
        page.set_header(header)
        header.show_head(head)
        page.show_steps(self._steps(view, step), (lambda name: None) if staff else None)
        return page

    def _clock(self) -> str:
        return f"{saying.time(self.words, NOW, ZONE)} · {self.words.say('common.battery', percent=83)}"

    def _marks(self) -> str:
        kind = "draft" if self.cast.language == "es" else "sample"
        return " · ".join(self.words.say(f"app.mark_{key}") for key in ("demo", kind))

    def _steps(self, view: View, step: str) -> list[StepMark]:
        shown = [
            state
            for state in view.steps
            if view.mode == "staff" or state.step.owner == "patient" or state.step.id == step
        ]
        return [
            StepMark(
                state.step.id,
                saying.step_title(self.words, view, state.step.id),
                "current" if state.step.id == step else _MARK.get(state.state, "stopped"),
            )
            for state in shown
        ]


@dataclass(frozen=True)
class Piece:
    """A page in one of its states: for whom, how it is made, and what is tapped before it is looked at."""

    reader: str  # "patient" or "staff"
    make: Callable[[Set], Page]
    taps: tuple[str, ...] = ()

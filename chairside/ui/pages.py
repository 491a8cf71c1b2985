"""Which widget a place of the visit is shown by, and the header and steps around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from chairside.domain import people
from chairside.domain.facts import IdentityConfirmed, LanguageChosen, ProcedureMarked, Signer
from chairside.domain.form import Step
from chairside.domain.source import SOURCE
from chairside.domain.steps import StepState
from chairside.domain.visit import CONSENTING
from chairside.session.names import short_name
from chairside.session.view import View
from chairside.ui import aloud, turns
from chairside.ui.changing import Changing
from chairside.ui.deskside import DeskSide
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.paperside import PaperSide
from chairside.ui.peopleside import PeopleSide
from chairside.ui.receiving import VialsDesk
from chairside.ui.recording import RecordSide
from chairside.ui.route import ALONE, DONE, PROCEDURE, Where, private_step
from chairside.ui.screens import saying
from chairside.ui.screens.beside import Beside
from chairside.ui.screens.between import HandBack, Ways, WhoAreYou
from chairside.ui.screens.door import HandOver
from chairside.ui.screens.more import More
from chairside.ui.screens.picker import Picker
from chairside.ui.screens.private import Private
from chairside.ui.screens.procedure import Chairside, Procedure
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.reading import Reading
from chairside.ui.screens.record import Record
from chairside.ui.screens.review import Review
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.sheet import Sheet
from chairside.ui.screens.signing import Signing
from chairside.ui.screens.stopping import Choices, Stopping, ending_of
from chairside.ui.screens.waiting import Waiting
from chairside.ui.sealing import Sealing
from chairside.ui.visitside import VisitSide
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.header import Head, Header, contrast
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.steps import State, StepMark

_BY_MANNER: dict[str, type[Screen]] = {
    "questions": Questions,
    "picker": Picker,
    "review": Review,
    "signing": Signing,
}
_TO_DO: dict[Signer, str] = {
    "representative": "you_mean",
    "interpreter": "you_interpret",
    "witness": "you_watch",
}
_MARK: dict[str, State] = {
    "waiting": "waiting",
    "open": "open",
    "lacking": "open",
    "done": "done",
    "stopped": "stopped",
}


class Pages:
    """Makes the pages of the window."""

    def __init__(self, window: Glass, doorway: Doorway, sealing: Sealing) -> None:
        self._window, self._doorway, self._sealing = window, doorway, sealing
        self._words, self._theme = window.parts.words, window.parts.theme
        self._changing = Changing(window, doorway)
        self.desk = DeskSide(window, lambda page: self._dressed(page, None))
        self.vials = VialsDesk(window, doorway, lambda page: self._dressed(page, None))
        self.desk.vials = self.vials.show
        self.desk.people = PeopleSide(window, doorway, lambda page: self._dressed(page, None)).show
        self.visit = VisitSide(window, self.vials.show, self.stopping)
        self.papers = PaperSide(window, doorway, lambda page: self._dressed(page, window.view))
        self.records = RecordSide(window, sealing, lambda page: self._dressed(page, window.view))

    def home(self) -> QWidget:
        """Return the board."""
        return self.desk.board()

    def _begin_procedure(self) -> None:
        self._window.choose(PROCEDURE)
        self._window.look_again()  # somebody else may have come

    def _asked(self, view: View, who: Signer) -> str:
        """Return whom the person is asked to be: with the birthday where another patient sounds the same."""
        patient = view.visit.patient
        if patient is None:
            return ""
        if who != "patient":
            return people.named(view.visit, who)
        name = short_name(patient.name)
        if not self._window.parts.desk.sounds_alike(view.visit.id):
            return name
        words = self._window.parts.words_for(view)
        day = saying.birthday(words, patient.born)
        return words.say("hand_over.name_and_birthday", name=name, day=day)

    def _who_are_you(self, where: Where, view: View) -> WhoAreYou:
        """Return the page that asks who holds the tablet now, and says what they are here to do."""
        words, who = self._window.parts.words_for(view), where.who
        patient = short_name(view.visit.patient.name) if view.visit.patient else ""
        told = words.say(f"hand_over.{_TO_DO[who]}", patient=patient) if who in _TO_DO else ""
        yes = partial(self._window.tell, IdentityConfirmed(who))
        ways = Ways(yes, self._window.hand_back, self._leave(who))
        return WhoAreYou(self._theme, words, self._asked(view, who), ways, told)

    def _leave(self, who: str) -> Callable[[], None] | None:
        """Return how somebody says that they do not go on: who consents may, nobody beside them (Q16)."""
        return self._window.leave if who in CONSENTING else None

    def page(self, where: Where, view: View) -> QWidget:  # noqa: C901, PLR0912  one line per kind of place
        """Return a new page for this place."""
        window = self._window
        match where.kind:
            case "hand_over":
                not_now = partial(window.choose, "") if where.step == private_step(view) else window.home
                doors = (lambda: window.hand_over(where.step), not_now)
                who = turns.holder(view, view.state(where.step))
                name = short_name(people.named(view.visit, who))
                page: QWidget = HandOver(self._theme, self._words, name, doors, window.parts.battery())
            case "who_are_you":
                page = self._who_are_you(where, view)
            case "hand_back":
                leave = self._leave(view.visit.confirmed_as)
                page = HandBack(self._theme, window.parts.words_for(view), window.hand_back, leave)
            case "record":
                page = self.records.page(lambda: self._doorway.take_the_chair(self._begin_procedure))
            case "waiting":
                page = self.visit.waiting_page(where.step)
            case "paper":
                page = self.papers.page(view.book.plan.step(where.step))
            case "question":
                page = self.visit.asked_page(view.book.plan.step(where.step))
            case "more":
                page = self.visit.more_page()
            case "beside":
                page = self.visit.beside_page()
            case "screen":
                page = self._led(self._screen(view.book.plan.step(where.step), view), where, view)
        return self._dressed(page, view)

    def stopping(self, view: View, attest: Callable[[str], None]) -> QWidget:
        """Return the page on which staff attest that the patient does not go on."""
        parts = self._window.parts
        choices = Choices(ending_of(view.visit), attest, self._window.show_again)
        return self._dressed(Stopping(parts.theme, parts.words, choices), view)

    def _led(self, screen: Screen, where: Where, view: View) -> Screen:
        """Lead from a list of answers to each question, from there back, and to the row that was left."""
        changing, step = self._changing, where.step
        screen.begin_at = where.item or changing.place(view, step)
        if where.item:
            screen.came_from = partial(self._window.choose, where.back)
        if view.mode == "patient":
            screen.change = changing.by_patient
        else:
            screen.change = lambda form, item: changing.by_staff(form, item, step)
        return screen

    def _screen(self, step: Step, view: View) -> Screen:
        window, words = self._window, self._window.parts.words_for(view)
        if step.manner == "reading":
            return Reading(step, words, self._theme, window.tell, window.leave)
        if view.mode == "patient" and step.manner == "questions":
            ways = (partial(window.choose, DONE), window.leave)
            return Private(step, words, self._theme, window.tell, ways)
        if view.mode == "patient":
            return Signing(step, words, self._theme, window.tell, (window.leave, window.hand_back))
        if step.manner == "sheet":
            return Sheet(step, self._words, self._theme, window.tell, self.papers.pick_for)
        if step.manner == "procedure":
            desk = window.parts.desk
            chair = Chairside(desk.clinic.founded.phone_24h, desk.now, self._late)
            return Procedure(step, self._words, self._theme, window.tell, chair)
        screen = _BY_MANNER[step.manner](step, self._words, self._theme, window.tell)
        if isinstance(screen, Questions) and not view.visit.on_paper:
            screen.alone = partial(window.choose, ALONE)
        return screen

    def _late(self, told: ProcedureMarked, at: datetime) -> None:
        """Store when the last mark really was, told afterwards."""
        window, room = self._window, self._window.room
        if room is not None:
            window.guard(lambda: room.retime(told, at))
            window.look_again()

    def _dressed(self, page: QWidget, view: View | None) -> QWidget:
        if isinstance(page, Page) and page.header is None:
            staff = view is None or view.mode == "staff"
            self._hand_to(view)
            words = self._window.parts.words_for(view)
            header = Header(self._theme, words, self._doorway.lock if staff else None)
            if not staff and view is not None:
                header.offer(contrast(self._theme, words))
                self._offer_languages(header, view)
            if staff and view is not None and not isinstance(page, (More, Beside, Procedure)):
                said = self._words.say("visit_more.button")
                header.offer(Action("header.visit", said, self.visit.more, "quiet"))
            page.set_header(header)
            if not staff:
                aloud.offer(page, self._window.parts.speech(), words, self._theme)
            self._head(page, view)
        return page

    def _hand_to(self, view: View | None) -> None:
        """Let text size and colours be those of who reads now: nobody's stay on for the next person."""
        who = self._window.parts.staff.who
        if view is not None and view.mode == "patient":
            self._theme.read_by(f"visit {view.visit.id}", patient=True)
        elif who is not None:
            self._theme.read_by(who.person)

    def _offer_languages(self, header: Header, view: View) -> None:
        """Offer the patient each other language by its own name, until something is signed."""
        for language in view.languages:
            if language != view.language:
                known = self._words.has(f"language.{language}")
                name = self._words.say(f"language.{language}") if known else language.upper()
                choose = partial(self._window.tell, LanguageChosen(language))
                header.offer(Action(f"header.language.{language}", name, choose, "quiet"))

    def refresh(self, page: QWidget | None, where: Where, view: View) -> None:
        """Show the view on the page, its header and its steps."""
        if isinstance(page, Page):
            self._head(page, view)
            choose = self._window.choose if view.mode == "staff" else None
            about = isinstance(page, (More, Beside, Private))  # beside the steps
            page.show_steps(() if about else self._marks(where, view), choose)
        if isinstance(page, (Screen, Record, More, Beside, Waiting)):
            page.show_view(view)

    def tick(self) -> None:
        """Let the staff side's clock go on: the header, and what "now" and "waits since" mean on the page."""
        window = self._window
        self.desk.tick(window.page)
        self.vials.tick(window.page)
        if (
            isinstance(window.page, (Screen, More, Beside, Waiting))
            and window.view is not None
            and window.view.mode == "staff"
        ):
            window.look_again()
        elif isinstance(window.page, Page):
            self._head(window.page, window.view)

    def _head(self, page: Page, view: View | None) -> None:
        if page.header is None:
            return
        patient = view.visit.patient if view is not None else None
        marks = self._not_real(view)
        if view is not None and view.mode == "patient":
            page.header.show_head(Head(short_name(patient.name) if patient else "", marks))
            return
        clinic = self._window.parts.desk
        clock = saying.time(self._words, clinic.now(), clinic.zone)
        if (percent := self._window.parts.battery()) is not None:
            clock = f"{clock} · {self._words.say('common.battery', percent=percent)}"
        here = clinic.staff.who
        signed = self._words.say("common.signed_in", name=here.name) if here is not None else ""
        if patient is None:
            page.header.show_head(Head(clinic.name, "", clock, marks, signed))
            return
        born = self._words.say("screens.born", day=saying.day(self._words, patient.born))
        page.header.show_head(Head(patient.name, born, clock, marks, signed))

    def _not_real(self, view: View | None) -> str:
        """Return the marks every page carries while people, or words, are not a clinic's own (Q43, Q48)."""
        book = view.book if view is not None else self._window.parts.desk.clinic.book
        language = view.language if view is not None else SOURCE
        states = {form.told_in(language).status for form in book.forms.values()}
        demo, words = self._window.parts.desk.clinic.demo, self._window.parts.words_for(view)
        kind = "draft" if language != SOURCE and "draft" in states else "sample"
        said = [("mark_demo", demo), (f"mark_{kind}", states != {"approved"})]
        return " · ".join(words.say(f"app.{key}") for key, due in said if due)

    def _marks(self, where: Where, view: View) -> list[StepMark]:
        states = [
            state
            for state in view.steps
            if view.mode == "staff" or state.step.owner == "patient" or state.step.id == where.step
        ]
        return [self._mark(state, where, view) for state in states]

    def _mark(self, state: StepState, where: Where, view: View) -> StepMark:
        at = ("screen", "record", "hand_over", "paper", "waiting", "question")
        current = state.step.id == where.step and where.kind in at
        title = saying.step_title(self._window.parts.words_for(view), view, state.step.id)
        return StepMark(state.step.id, title, "current" if current else _MARK[state.state])

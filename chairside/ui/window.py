"""The window: one page at a time; facts go down to session, and only what came back is shown.

Patient mode is a state of this window: while the patient holds the tablet no staff page exists in
it, it does not close, and the only way back is a staff PIN. Desk pages are destroyed at hand-over.
Many visits are open at once; each is taken up again at the step where it was left.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from chairside.domain.facts import HandedOver, LanguageChosen, Stopped, VisitFact
from chairside.errors import ChairsideError
from chairside.session.staff import Proof
from chairside.session.view import Drawn, NewVisit, View
from chairside.session.visit import VisitRoom
from chairside.ui import route
from chairside.ui.bugs import Bugs
from chairside.ui.doorway import Doorway, needs_pin
from chairside.ui.glass import Parts
from chairside.ui.idling import fill_screen, idle_ms, settle, veil
from chairside.ui.pages import Pages
from chairside.ui.scanner import Scanner
from chairside.ui.screens.screen import Screen, lift
from chairside.ui.screens.sheet import Sheet
from chairside.ui.screens.stopping import ending_of
from chairside.ui.sealing import Sealing
from chairside.ui.troubles import Troubles
from chairside.ui.watch import Watch, Watched
from chairside.ui.widgets.banner import Banner
from chairside.ui.work import Work

CLOCK_EVERY_MS = 20_000


class Window(QWidget):
    """The whole glass."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self.room: VisitRoom | None = None
        self.view: View | None = None
        self.chosen: route.Chosen | None = None
        self.page: QWidget | None = None
        self.bugs: Bugs | None = None
        self.desk_place: Callable[[], None] | None = None  # how to come back to a page of the desk
        self._stood: dict[str, route.Chosen | None] = {}  # the step each visit was left at
        self._away = False
        self._where: route.Where | None = None
        self._interrupted: str | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # a tablet sets the size
        self.banner = Banner(parts.theme, "window.banner")
        self._column.addWidget(self.banner)
        self._veil = veil(parts)
        self._column.addWidget(self._veil, 1)
        self._veil.hide()
        self.work = Work(self)
        self.doorway = Doorway(self, self.work)
        self.troubles = Troubles(self, self.doorway, self.banner)
        self._begin()

    def _begin(self) -> None:
        """Make the parts that look at the window, now that it is there, and show who may sign in."""
        self.sealing = Sealing(self, self.work, self.doorway)
        self.pages = Pages(self, self.doorway, self.sealing)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.pages.tick)
        self._clock.start(CLOCK_EVERY_MS)
        self.scanner = Scanner(self, self._scanned)
        idle = Watched(lambda: idle_ms(self), self.lock, self._look_away, lambda: settle(self, self.sealing))
        self.watch = Watch(self, idle)
        self.setWindowTitle(self.parts.words.say("app.name"))
        self.doorway.sign_in()
        self.guard(self._remember)

    # -- pages ----------------------------------------------------------------------------------
    def put(self, page: QWidget) -> None:
        """Show this page; the one before is destroyed, and with it what its PIN stood for."""
        lift(self.page)
        self.doorway.forget()
        if self.page is not None:
            self._column.removeWidget(self.page)
            self.page.hide()
            self.page.deleteLater()
        self.page = page
        self._column.addWidget(page, 1)
        page.setVisible(not self._away)
        self.watch.begin()
        focused = QApplication.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus()

    def home(self) -> None:
        """Show the board, unless a patient has the tablet; the visit keeps where it stood."""
        if self.view is not None and self.view.mode == "patient":
            return
        self.finish_typing()
        if self.room is not None:
            passing = self.chosen in (route.MORE, route.BESIDE, route.GLASS)
            self._stood[self.room.visit.id] = None if passing else self.chosen
        self.room, self.view, self._where, self.chosen = None, None, None, None
        self.desk_place = None
        self.sealing.forget()
        self.banner.silence()
        self.guard(lambda: self.put(self.pages.home()))

    def enter(self, visit: str) -> None:
        """Go on with a visit where it stood."""
        self.guard(lambda: self._enter(self.parts.desk.room(visit)))

    def open_visit(self, new: NewVisit) -> None:
        """Open a new visit and show its first step."""
        self.guard(lambda: self._enter(self.parts.desk.open_visit(new)))

    def _enter(self, room: VisitRoom) -> None:
        """Show a visit; one that a patient held when the tablet stopped is taken back by who is here."""
        self.sealing.forget()
        if room.visit.with_patient and self.parts.staff.here is not None:
            room.take(HandedOver("staff", room.visit.at_step), self.parts.staff.here)
        self.room, self.desk_place = room, None
        self.chosen = self._stood.get(room.visit.id)
        self.show_view(room.view())

    def finish_typing(self) -> None:
        """Have the page tell what is being typed: a tap elsewhere does not take the focus."""
        if isinstance(self.page, Screen):
            self.page.finish_typing()

    def choose(self, step: route.Chosen) -> None:
        """Show a step that staff picked on the rail, or what comes next where there is none."""
        self.finish_typing()
        self.chosen = step or None
        if self.view is not None:
            self.show_view(self.view)

    def show_view(self, view: View) -> None:
        """Show the visit as it stands: the same page anew, or the page that comes next."""
        self.view = view
        fill_screen(self, view.mode == "patient" if self.parts.kiosk else None)
        where = route.page(view, self.chosen)
        if route.wants_physician(view, where):
            self._where = None
            self.doorway.unlock_physician(where.step)
            return
        if where != self._where or self.page is None:
            lift(self.page)
            if self.view is not view:
                return  # a stroke under way was stored: a newer view is on show
            self._where = where
            self.put(self.pages.page(where, view))
        self.pages.refresh(self.page, where, view)

    def look_again(self) -> None:
        """Show the same visit with a later clock; nothing else changes."""
        if self.room is not None:
            self.guard(lambda: self.show_view(self.room.view()) if self.room else None)

    def show_again(self) -> None:
        """Show the visit, or the visits, anew: after a door was left, a lock, a job."""
        self._where = None
        here = self.parts.staff.who is not None
        if self.room is not None and (here or self.room.visit.with_patient):
            self.show_view(self.room.view())
        elif here and self.desk_place is not None:
            self.guard(self.desk_place)
        elif here:
            self.home()
        else:
            self.doorway.sign_in()

    def resume(self) -> None:
        """Go on after somebody signed in: where the tablet was locked, or where it stopped by itself."""
        visit, self._interrupted = self._interrupted, None
        self.show_again()
        if self.room is None and self.desk_place is None and visit is not None:
            self.enter(visit)

    def lock(self) -> None:
        """Nobody touched the glass for long: close the staff side; the next PIN goes on where this stood."""
        self.banner.silence()
        self.doorway.lock("idle")

    def _look_away(self, away: bool) -> None:
        """Blank a patient's page while another window has the focus (T1)."""
        self._away = away and self.view is not None and self.view.mode == "patient"
        hidden, shown = (self.page, self._veil) if self._away else (self._veil, self.page)
        if hidden is not None:
            hidden.hide()  # first: side by side each would have half the height, and the page would move
        if shown is not None:
            shown.show()

    def _remember(self) -> None:
        self._interrupted = self.parts.desk.interrupted()

    # -- facts ----------------------------------------------------------------------------------
    def tell(self, told: VisitFact | Drawn) -> None:
        """Take what a screen tells: store it and show what came back, after a PIN where one is due."""
        assert self.room is not None
        if isinstance(told, HandedOver | LanguageChosen):
            lift(self.page)  # after it the stroke under way would be refused
        role = needs_pin(told, self.room.book.plan)
        if role is not None:
            self.doorway.prove(role, lambda proof: self.take(told, proof))
        else:
            self.take(told, None)

    def take(self, told: VisitFact | Drawn, proof: Proof | None) -> None:
        """Store a fact, then show the visit; a refusal is said, and the visit shown as it stands."""
        try:
            self._take(told, proof)
        except ChairsideError as trouble:
            if proof is not None:
                self._where = None  # back from the PIN to the page it was asked for
            self.look_again()
            self.say_trouble(trouble)

    def _take(self, told: VisitFact | Drawn, proof: Proof | None) -> None:
        assert self.room is not None
        view = self.room.take(told, proof)
        self.banner.silence()
        if isinstance(told, HandedOver | LanguageChosen) or proof is not None:
            self.chosen, self._where = route.after(told), None
        if view.visit.in_error is not None:
            self.home()
            return
        self.show_view(view)
        self.pages.records.told(told)
        due = self.sealing.due(self.room, proof) if proof is not None else None
        if proof is not None and due is not None:
            self.sealing.start(proof, due)

    def hand_over(self, step: str) -> None:
        """Give the tablet to the patient."""
        self.tell(HandedOver("patient", step))

    def hand_back(self) -> None:
        """Ask for a staff PIN and take the tablet back."""
        assert self.room is not None
        step = self.room.visit.at_step
        self.doorway.prove("staff", lambda proof: self.take(HandedOver("staff", step), proof))

    def leave(self) -> None:
        """The patient does not want to go on: staff take the tablet back and say what follows."""
        self.doorway.prove("staff", self._left)

    def _left(self, proof: Proof) -> None:
        if self.room is None:
            return
        self.take(HandedOver("staff", self.room.visit.at_step), proof)
        if not self.room.visit.with_patient:
            self.put(self.pages.stopping(self.room.view(), lambda said: self._stopped(said, proof)))

    def _stopped(self, said: str, proof: Proof) -> None:
        if self.room is not None:
            self.take(Stopped(ending_of(self.room.visit), said), proof)

    # -- troubles -------------------------------------------------------------------------------
    def guard(self, act: Callable[[], object]) -> None:
        """Do something; an expected trouble becomes a sentence and the next action on the banner."""
        self.troubles.guard(act)

    def say_trouble(self, trouble: ChairsideError) -> None:
        """Say what is wrong and what to do."""
        self.troubles.say(trouble)

    def say_bug(self, kind: str) -> None:
        """Say that something unforeseen went wrong; what was acknowledged is on disk."""
        self.say_trouble(ChairsideError("unknown", kind=kind))

    def _scanned(self, text: str) -> None:
        page = self.page
        if isinstance(page, Sheet) and self.view is not None and self.view.mode == "staff":
            page.finish_typing()
            page.take_scan(text)
        elif self.view is None:
            self.pages.vials.take_scan(page, text)

    # -- Qt -------------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:
        if (self.view is not None and self.view.mode == "patient") or not lift(self.page):
            event.ignore()  # the patient's; or what was being drawn was refused, and that was said
            return
        self.finish_typing()
        self._clock.stop()
        self.watch.rest()
        self.work.finish()
        self.guard(self.parts.staff.leave)
        self.sealing.close()
        if self.bugs is not None:
            self.bugs.rest()
        event.accept()

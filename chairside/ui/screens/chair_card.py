"""Who lies in the chair and which vial: name, birth date, codes, the release, the thawed vial's clock."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from chairside.domain import procedure
from chairside.domain.facts import LimitPassed, ProcedureMarked
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.vial_clock import ClockFace, VialClock


class ChairCard(Card):
    """Stands at the top of the procedure and runs with the clock."""

    def __init__(self, screen: Screen, view: View) -> None:
        super().__init__(screen.theme, "procedure.patient")
        self._screen = screen
        theme, patient = screen.theme, view.visit.patient
        if patient is not None:
            self.column.addWidget(Heading(theme, patient.name))
            born = screen.say("screens.born", day=saying.day(screen.words, patient.born))
            self.column.addWidget(Text(theme, born, "strong"))
        for vial in view.visit.vials:
            self.column.addWidget(Text(theme, saying.vial_named(screen.words, vial), "strong"))
        self._until = Text(theme, "", "staff")
        self._clock = VialClock(theme, "procedure.clock")
        at = saying.time(screen.words, view.when.now, view.zone)
        limit = screen.say("procedure.limit", count=60, at=at)
        self._clock.keep_room(limit, screen.say("procedure.no_limit"))
        self._against = Banner(theme, "procedure.against")
        self.column.addLayout(self._in_one_place())
        self.column.addWidget(self._against)

    def _in_one_place(self) -> QGridLayout:
        """Lay the release and the clock that follows it one over the other: the marks below never move."""
        place = QGridLayout()
        place.addWidget(self._until, 0, 0, Qt.AlignmentFlag.AlignTop)
        place.addWidget(self._clock, 0, 0)
        return place

    def show_view(self, view: View, now: datetime) -> None:
        """Show how the time stands."""
        self._show_until(view)
        self._show_clock(view, now)
        self._show_word(view)

    def _show_until(self, view: View) -> None:
        begun = procedure.thawed_at(view.visit) is not None or procedure.ended(view.visit)
        if view.release is None or begun:
            self._until.hide()
            return
        said = saying.moment(self._screen.words, view.release, view.zone)
        self._until.setText(self._screen.say("procedure.until", at=said))
        self._until.show()

    def _show_clock(self, view: View, now: datetime) -> None:
        """Count from the thaw to the last injection, or to now."""
        thawed, say = procedure.thawed_at(view.visit), self._screen.say
        self._clock.setVisible(thawed is not None)
        if thawed is None:
            return
        minutes = max(0, int(((self._ended_at(view) or now) - thawed).total_seconds() // 60))
        limit, limit_said = None, say("procedure.no_limit")
        if view.limit_at is not None:
            limit = int((view.limit_at - thawed).total_seconds() // 60)
            at = saying.time(self._screen.words, view.limit_at, view.zone)
            limit_said = say("procedure.limit", count=limit, at=at)
        self._clock.show_face(
            ClockFace(minutes, limit, say("procedure.since_thawed", count=minutes), limit_said)
        )

    def _ended_at(self, view: View) -> datetime | None:
        ends = (
            by.stamp.happened or by.stamp.utc
            for by in view.visit.marks
            if isinstance(by.fact, ProcedureMarked) and by.fact.mark in procedure.ENDS
        )
        return next(ends, None)

    def _show_word(self, view: View) -> None:
        """Say that the patient, or the physician, decided against it, until it is ended."""
        word = view.visit.limit.fact if view.visit.limit is not None else None
        key = ""
        if procedure.withdrawn(view.visit):
            key = "procedure.withdrew"
        elif isinstance(word, LimitPassed) and not word.go_on:
            key = "procedure.limit_ended"
        said = self._screen.say(key) if key and not procedure.ended(view.visit) else ""
        if not said:
            self._against.silence()
        elif self._against.said != said:
            self._against.tell("danger", said)

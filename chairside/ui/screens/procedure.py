"""The procedure: who, which vial, four large buttons in order, and one for an emergency; nothing else.

No PIN and no lock until the one signature at its end. What may be tapped now is the rule's word
(`view.expected_marks`), so that this screen only has to show it. The emergency card is on the glass
with the tap, whether or not the tablet could store it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from chairside.domain import procedure as rules
from chairside.domain.facts import (
    LimitPassed,
    Mark,
    MarkTakenBack,
    ProcedureMarked,
    ReleaseRenewed,
)
from chairside.domain.form import Step
from chairside.session.view import Tell, View
from chairside.ui.screens import saying
from chairside.ui.screens.emergency import EmergencyCard
from chairside.ui.screens.procedure_end import ProcedureEnd
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.why import Asking, Deed, WhyCard
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.mark_button import MarkButton, Turn
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.vial_clock import ClockFace, VialClock
from chairside.ui.widgets.words import Words

WHY: dict[Mark, tuple[str, ...]] = {
    "stopped_part_way": ("patient_asked", "unwell", "vial_trouble"),
    "not_given": ("patient_asked", "unwell", "vial_trouble", "too_late"),
}
TWO_COLUMNS_BELOW = 1.5  # at larger text one button a line


@dataclass(frozen=True)
class Chairside:
    """What the chair needs beside the view: the clinic's 24-hour phone, and the time it is now.

    A view of a visit that is over is judged as it stood then (`view.when`); a thawed vial's clock runs on.
    """

    phone: str
    now: Callable[[], datetime]


class Procedure(Screen):
    """What happens at the chair, each a tap with its time."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell, chair: Chairside) -> None:
        super().__init__(step, words, theme, tell)
        self._chair = chair
        self._asked: Mark | None = None  # a reason is being asked for; not told yet
        self._called_at: datetime | None = None
        self._marks: dict[Mark, MarkButton] = {}
        self._clock: VialClock | None = None
        self._emergency: EmergencyCard | None = None
        self._end: ProcedureEnd | None = None

    # -- what is so -----------------------------------------------------------------------------
    def at(self, view: View, mark: Mark) -> datetime | None:
        """Return when a mark was made, or None."""
        for by in view.visit.marks:
            if isinstance(by.fact, ProcedureMarked) and by.fact.mark == mark:
                return by.stamp.happened or by.stamp.utc
        return None

    def ended(self, view: View) -> Mark | None:
        """Return the mark that ended it, or None while it goes on."""
        return next((mark for mark in rules.ENDS if self.at(view, mark) is not None), None)

    def _past(self, view: View) -> bool:
        """Tell whether the supplier's limit has passed and the physician has not spoken."""
        over = view.limit_at is not None and self._chair.now() > view.limit_at
        return over and view.visit.limit is None and self.ended(view) is None

    def _part(self, view: View) -> str:
        if self.ended(view) is not None:
            return "signed" if rules.signed(view.visit) else "end"
        if self._asked is not None and self._asked in view.expected_marks:
            return self._asked
        if self._past(view):
            return "limit"
        lapsed = rules.lapsed(view.visit, self._chair.now(), view.book.terms)
        return "lapsed" if lapsed else "marks"

    def _called(self, view: View) -> datetime | None:
        return self.at(view, "emergency") or self._called_at

    def layout_of(self, view: View) -> object:
        return (view.visit.id, self._part(view), self._called(view) is not None, self.theme.scale)

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        self._marks, self._clock, self._emergency, self._end = {}, None, None, None
        if self._called(view) is not None:
            self._emergency = EmergencyCard(self, self._chair.phone)
            self.body.addWidget(self._emergency)
        self._lay_out_patient(view)
        part = self._part(view)
        if part == "limit":
            self._lay_out_limit()
        elif part == "lapsed":
            self._lay_out_lapsed(view)
        elif part in WHY:
            self._lay_out_why(part)
        elif part in ("end", "signed"):
            self._end = ProcedureEnd(self, part == "signed")
            self.body.addWidget(self._end)
        else:
            self._lay_out_marks()

    def _lay_out_patient(self, view: View) -> None:
        card = Card(self.theme, "procedure.patient")
        patient = view.visit.patient
        if patient is not None:
            card.column.addWidget(Heading(self.theme, patient.name))
            born = self.say("screens.born", day=saying.day(self.words, patient.born))
            card.column.addWidget(Text(self.theme, born, "strong"))
        for vial in view.visit.vials:
            card.column.addWidget(Text(self.theme, saying.vial_named(self.words, vial), "strong"))
        self._until = Text(self.theme, "", "staff")
        card.column.addWidget(self._until)
        self._clock = VialClock(self.theme, "procedure.clock")
        card.column.addWidget(self._clock)
        self._against = Banner(self.theme, "procedure.limit_ended")
        card.column.addWidget(self._against)
        self.body.addWidget(card)

    def _lay_out_marks(self) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.theme.space("gap"))
        columns = 2 if self.theme.scale < TWO_COLUMNS_BELOW else 1
        for number, mark in enumerate(rules.IN_ORDER):
            action = Action(f"procedure.{mark}", self.say(f"procedure.{mark}"), self._marker(mark))
            self._marks[mark] = MarkButton(self.theme, action)
            grid.addWidget(self._marks[mark], number // columns, number % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.body.addWidget(holder)

    def _lay_out_why(self, part: str) -> None:
        mark: Mark = "not_given" if part == "not_given" else "stopped_part_way"
        chips = [(key, self.say(f"procedure.why_{key}")) for key in WHY[mark]]
        asking = Asking(
            "procedure.why", self.say(f"procedure.ask_{mark}"), (), chips, lambda: self._ask(None)
        )
        tell: Callable[[str], None] = lambda why: self._mark(mark, why)  # noqa: E731
        deeds = [Deed("confirm", f"procedure.{mark}", tell, "primary")]
        self.body.addWidget(WhyCard(self, asking, deeds))

    def _lay_out_limit(self) -> None:
        chips = [(key, self.say(f"procedure.limit_{key}")) for key in ("supplier_asked", "nearly_done")]
        asking = Asking(
            "procedure.limit", self.say("procedure.limit_title"), (self.say("procedure.limit_help"),), chips
        )
        deeds = [
            Deed("go_on", "procedure.limit_go_on", lambda why: self.tell(LimitPassed(True, why))),
            Deed("end", "procedure.limit_end", lambda why: self.tell(LimitPassed(False, why)), "danger"),
        ]
        self.body.addWidget(WhyCard(self, asking, deeds))

    def _lay_out_lapsed(self, view: View) -> None:
        assert view.release is not None
        at = saying.moment(self.words, view.release, view.zone)
        chips = [(key, self.say(f"procedure.renew_{key}")) for key in ("courier", "patient", "physician")]
        lines = (self.say("procedure.lapsed_help"),)
        asking = Asking("procedure.lapsed", self.say("procedure.lapsed", at=at), lines, chips)
        deeds = [Deed("renew", "procedure.renew", lambda why: self.tell(ReleaseRenewed(why)), "primary")]
        self.body.addWidget(WhyCard(self, asking, deeds))

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        self._show_until(view)
        self._show_clock(view)
        self._show_end(view)
        for mark, button in self._marks.items():
            button.show_turn(*self._turn(view, mark))
        called = self._called(view)
        if self._emergency is not None and called is not None:
            self._emergency.show_since(view, called, self._chair.now())
        if self._end is not None:
            self._end.show_view(view)
        self._offer(view)
        QTimer.singleShot(0, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        """Bring the next button into sight where the page is longer than the glass; help stays on top."""
        if self._emergency is None:
            for button in self._marks.values():
                if button.turn == "next":
                    self.content.ensureWidgetVisible(button, 0, self.theme.space("gap"))

    def _show_until(self, view: View) -> None:
        begun = self.at(view, "thawed") is not None or self.ended(view) is not None
        due = view.release is not None and not begun
        said = saying.moment(self.words, view.release, view.zone) if view.release is not None else ""
        self._until.setText(self.say("procedure.until", at=said) if due else "")
        self._until.setVisible(due)

    def _show_clock(self, view: View) -> None:
        """Count from the thaw to the last injection, or to now."""
        thawed = rules.thawed_at(view.visit)
        if self._clock is None or thawed is None:
            if self._clock is not None:
                self._clock.hide()
            return
        ended = self.ended(view)
        until = (self.at(view, ended) if ended is not None else None) or self._chair.now()
        minutes = max(0, int((until - thawed).total_seconds() // 60))
        limit = int((view.limit_at - thawed).total_seconds() // 60) if view.limit_at is not None else None
        limit_said = self.say("procedure.no_limit")
        if view.limit_at is not None:
            at = saying.time(self.words, view.limit_at, view.zone)
            limit_said = self.say("procedure.limit", count=limit, at=at)
        face = ClockFace(minutes, limit, self.say("procedure.since_thawed", count=minutes), limit_said)
        self._clock.show_face(face)
        self._clock.show()

    def _show_end(self, view: View) -> None:
        """Say that the physician decided against this vial, until that is done."""
        word = view.visit.limit.fact if view.visit.limit is not None else None
        against = isinstance(word, LimitPassed) and not word.go_on and self.ended(view) is None
        if against and not self._against.said:
            self._against.tell("danger", self.say("procedure.limit_ended"))
        elif not against:
            self._against.silence()

    def _turn(self, view: View, mark: Mark) -> tuple[Turn, str]:
        at = self.at(view, mark)
        if at is not None:
            return "done", saying.time(self.words, at, view.zone)
        if mark in view.expected_marks:
            return "next", self.say("procedure.next")
        before = rules.IN_ORDER[max(0, rules.IN_ORDER.index(mark) - 1)]
        return "later", self.say("procedure.after", mark=self.say(f"procedure.{before}"))

    def _offer(self, view: View) -> None:
        call = self.action("procedure.emergency", "procedure.emergency", self._call, "emergency")
        left = call if "emergency" in view.expected_marks else None
        others = [
            self.action(f"procedure.{mark}", f"procedure.{mark}", self._asker(mark))
            for mark in WHY
            if mark in view.expected_marks and self._part(view) in ("marks", "lapsed", "limit")
        ]
        slip = self._slip(view)
        if slip is not None:
            said = self.say("procedure.take_back", mark=self.say(f"procedure.{slip}"))
            others.append(Action("procedure.undo", said, lambda: self.tell(MarkTakenBack(slip)), "quiet"))
        sign = None
        if self._end is not None and not rules.signed(view.visit):
            sign = self.action("procedure.sign", "button.sign", self._end.sign, "primary")
        self.offer(left, sign, others)

    def _slip(self, view: View) -> Mark | None:
        """Return the last mark, which a slip of the finger may have made; never an emergency."""
        last = view.visit.marks[-1].fact if view.visit.marks else None
        if not isinstance(last, ProcedureMarked) or last.mark == "emergency" or rules.signed(view.visit):
            return None
        return last.mark

    # -- taps -----------------------------------------------------------------------------------
    def _marker(self, mark: Mark) -> Callable[[], None]:
        return lambda: self._mark(mark, "")

    def _mark(self, mark: Mark, note: str) -> None:
        self._asked = None
        self.tell(ProcedureMarked(mark, self.view.visit.codes, note))

    def _asker(self, mark: Mark) -> Callable[[], None]:
        return lambda: self._ask(mark)

    def _ask(self, mark: Mark | None) -> None:
        self._asked = mark
        self.refresh()

    def _call(self) -> None:
        """Show the card first: help does not wait for a disk."""
        self._called_at = self._chair.now()
        self.refresh()
        self._mark("emergency", "")
        self.content.verticalScrollBar().setValue(0)

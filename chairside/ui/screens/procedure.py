"""The procedure: who, which vial, four large buttons in order, and one for an emergency; nothing else.

No PIN and no lock until the one signature at its end. What may be tapped now is the rule's word
(`view.expected_marks`), so that this screen only has to show it. The emergency card is on the glass
with the tap, whether or not the tablet could store it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from chairside.domain import procedure as rules
from chairside.domain.facts import Mark, MarkTakenBack, ProcedureMarked
from chairside.domain.form import Step
from chairside.session.view import Tell, View
from chairside.ui.screens import saying
from chairside.ui.screens.chair_card import ChairCard
from chairside.ui.screens.emergency import EmergencyCard
from chairside.ui.screens.procedure_asks import WHY, lapsed_card, limit_card, why_card
from chairside.ui.screens.procedure_end import ProcedureEnd
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card, empty
from chairside.ui.widgets.mark_button import MarkButton, Turn
from chairside.ui.widgets.text import Heading
from chairside.ui.widgets.words import Words

AGO = (1, 2, 5, 10, 15, 30)  # minutes
TWO_COLUMNS_BELOW = 1.5  # at larger text one button a line


@dataclass(frozen=True)
class Chairside:
    """What the chair needs beside the view: the clinic's 24-hour phone, and the time it is now.

    `late` stores the last mark anew with the time it was made, told afterwards (P5).
    """

    phone: str
    now: Callable[[], datetime]
    late: Callable[[ProcedureMarked, datetime], None]


class Procedure(Screen):
    """What happens at the chair, each a tap with its time."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell, chair: Chairside) -> None:
        super().__init__(step, words, theme, tell)
        self._chair = chair
        self.content.verticalScrollBar().rangeChanged.connect(self._on_ranged)
        self._asked: Mark | None = None  # a reason is being asked for; not told yet
        self._earlier: Mark | None = None  # the last mark, while its time is being asked for
        self._called_at: datetime | None = None
        self._marks: dict[Mark, MarkButton] = {}
        theme.follow(self._place_marks)
        self._panel: QWidget | None = None  # what is asked instead of the buttons
        self._brought: QWidget | None = None  # what was scrolled into sight already
        self._slips: FlowLayout | None = None  # what mends a slip of the finger
        self._slipped: object = None
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
        if self._earlier is not None and self._earlier == self._slip(view):
            return "earlier"
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
        part = self._part(view)
        columns = self.theme.scale if part == "marks" else 0.0  # elsewhere larger text moves no pad
        return (view.visit.id, part, self._called(view) is not None, columns)

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        self._marks, self._emergency, self._end = {}, None, None
        self._panel = self._brought = self._slips = self._slipped = None
        if self._called(view) is not None:
            self._emergency = EmergencyCard(self, self._chair.phone)
            self.body.addWidget(self._emergency)
        self._chair_card = ChairCard(self, view)
        self.body.addWidget(self._chair_card)
        part = self._part(view)
        if part == "limit":
            self._panel = limit_card(self)
        elif part == "lapsed":
            self._panel = lapsed_card(self, view)
        elif self._asked is not None and part == self._asked:
            mark_it = partial(self._mark, self._asked)
            self._panel = why_card(self, self._asked, mark_it, lambda: self._ask(None))
        elif part == "earlier":
            self._panel = self._when_card(view)
        elif part in ("end", "signed"):
            self._lay_out_slips()
            self._end = ProcedureEnd(self, part == "signed")
            self.body.addWidget(self._end)
        else:
            self._lay_out_marks()
            self._lay_out_slips()
        if self._panel is not None:
            self.body.addWidget(self._panel)

    def _lay_out_marks(self) -> None:
        holder = QWidget()
        self._tiles = QGridLayout(holder)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        for mark in rules.IN_ORDER:
            action = Action(f"procedure.{mark}", self.say(f"procedure.{mark}"), self._marker(mark))
            self._marks[mark] = MarkButton(self.theme, action)
        self._place_marks()
        self.body.addWidget(holder)

    def _place_marks(self) -> None:
        """Put the buttons in two columns, or in one at large text, also where the text grows later."""
        if self._marks:
            columns = 2 if self.theme.scale < TWO_COLUMNS_BELOW else 1
            self._tiles.setSpacing(self.theme.space("gap"))
            for number, button in enumerate(self._marks.values()):
                self._tiles.addWidget(button, number // columns, number % columns)
                self._tiles.setColumnStretch(number % 2, int(number % 2 < columns))

    def _lay_out_slips(self) -> None:
        """Keep what mends a slip beside the marks: in the footer it would take the page at large text."""
        holder = QWidget()
        self._slips = FlowLayout(self.theme, holder)
        self.body.addWidget(holder)

    def _show_slips(self, view: View) -> None:
        """Offer to take the last mark back, or to say that it was earlier."""
        slip = self._slip(view)
        late = slip in rules.IN_ORDER and bool(self._minutes(view))
        if self._slips is None or (slip, late) == self._slipped:
            return
        self._slipped = (slip, late)
        empty(self._slips)
        if slip is None:
            return
        said = self.say("procedure.take_back", mark=self.say(f"procedure.{slip}"))
        back = Action("procedure.undo", said, lambda: self.tell(MarkTakenBack(slip)), "quiet")
        self._slips.addWidget(self.button(back))
        if late:
            said = self.say("procedure.earlier")
            asks = Action("procedure.earlier", said, lambda: self._ask_when(slip), "quiet")
            self._slips.addWidget(self.button(asks))

    def _when_card(self, view: View) -> Card:
        """Ask how long ago the last mark really was: never before what came before it."""
        mark = self._slip(view)
        assert mark is not None  # `_part` asks only about a mark that stands
        card, say = Card(self.theme, "procedure.when"), self.say
        card.column.addWidget(Heading(self.theme, say("procedure.when", mark=say(f"procedure.{mark}")), 2))
        holder = QWidget()
        line = FlowLayout(self.theme, holder)
        for minutes in self._minutes(view):
            name, said = f"procedure.ago_{minutes}", say("when.ago", count=minutes)
            line.addWidget(self.button(Action(name, said, self._setter(mark, minutes), "chip")))
        leave = self.action("procedure.when.leave", "button.cancel", lambda: self._ask_when(None), "quiet")
        line.addWidget(self.button(leave))
        card.column.addWidget(holder)
        return card

    def _minutes(self, view: View) -> list[int]:
        """Return the minutes ago that lie after the mark before the last one, or after the release."""
        before = [by.stamp.happened or by.stamp.utc for by in view.visit.marks[:-1]]
        released = view.visit.renewed or view.visit.countersigned
        since = before[-1] if before else released.stamp.utc if released is not None else self._chair.now()
        return [each for each in AGO if self._chair.now() - timedelta(minutes=each) >= since]

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        self._chair_card.show_view(view, self._chair.now())
        for mark, button in self._marks.items():
            button.show_turn(*self._turn(view, mark))
        called = self._called(view)
        if self._emergency is not None and called is not None:
            self._emergency.show_since(view, called, self._chair.now())
        if self._end is not None:
            self._end.show_view(view)
        self._show_slips(view)
        self._offer(view)
        QTimer.singleShot(0, self, self._on_shown)

    @Slot()
    def _on_ranged(self) -> None:
        """Look again where the page became longer or shorter: its footer grew, the text, the glass."""
        self._brought = None
        QTimer.singleShot(0, self, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        """Bring what is due into sight, once, where the page is longer than the glass; help stays on top."""
        due = next((each for each in self._marks.values() if each.turn == "next"), self._panel)
        if self._emergency is not None or due is None or due is self._brought:
            return
        self._brought = due
        bar, gap = self.content.verticalScrollBar(), self.theme.space("gap")
        if due is self._panel and bar.maximum():
            bar.setValue(due.y() - gap)
        else:
            self.content.ensureWidgetVisible(due, 0, gap)

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

    def _ask_when(self, asked: Mark | None) -> None:
        self._earlier = asked
        self.refresh()

    def _setter(self, mark: Mark, minutes: int) -> Callable[[], None]:
        return lambda: self._set_back(mark, minutes)

    def _set_back(self, mark: Mark, minutes: int) -> None:
        """Make the mark anew with its own time; where that is refused it stands as it was."""
        self._earlier = None
        at = self._chair.now() - timedelta(minutes=minutes)
        self._chair.late(ProcedureMarked(mark, self.view.visit.codes), at)

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

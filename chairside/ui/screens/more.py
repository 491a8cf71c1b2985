"""Everything about a visit that is no step of it: what it waits for, another day, paper, and its odd endings.

Staff reach it from every page of a visit; only one part stands open at a time. It decides nothing: what
does not fit is refused by the rules, in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from chairside.domain import paper
from chairside.domain.facts import (
    Awaited,
    OpenedInError,
    PaperChosen,
    Replanned,
    Stopped,
    TextGiven,
    VisitFact,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.standing import Wait
from chairside.session.view import View
from chairside.ui.screens import saying, standing
from chairside.ui.screens.missing import Missing
from chairside.ui.screens.planned import TimeChoice
from chairside.ui.screens.still_open import StillOpen
from chairside.ui.screens.why import NOTE, Reason, shared
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.header import contrast
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words

PARTS = ("renew", "wait", "beside", "replan", "paper", "take_home", "end")
SHEETS = {"consent": "blank_pack", "preparation": "preparation"}  # what is given, and the paper it is on


@dataclass(frozen=True)
class MoreDoors:
    """Where this page leads; `print_` sends a paper out and returns what came of it, if it went.

    `glass` leads from paper back to the tablet, `beside` to who is here with the patient.
    """

    tell: Callable[[VisitFact], None]
    stop: Callable[[], None]
    print_: Callable[[str], str]
    go_on: Callable[[], None]
    board: Callable[[], None]
    glass: Callable[[], None]
    beside: Callable[[], None]


def parts_of(view: View) -> tuple[str, ...]:
    """Return which parts still mean something for this visit."""
    visit = view.visit
    if visit.concluded is not None:
        return ()
    late = visit.countersigned is not None or visit.stopped is not None
    parts = [part for part in PARTS if part in ("wait", "end") or not late]
    gone = {"paper"} if paper.signed_any(visit) else set()
    gone |= {"renew"} if view.renewal is None else set()
    return tuple(part for part in parts if part not in gone)


class More(Page):
    """The page behind "Visit ..."."""

    def __init__(self, words: Words, theme: Theme, doors: MoreDoors, part: str = "wait") -> None:
        super().__init__(theme, words, "more", "form")
        self.words, self.theme, self._doors = words, theme, doors
        self.part = part
        self._view: View | None = None
        self._ending = ""
        self._laid: object = None
        self._planned: datetime | None = None
        self._open = StillOpen(words, theme, self)

    def show_view(self, view: View) -> None:
        """Show the part that is open; half-typed words outlive the clock's next minute."""
        self._view = view
        laid = (view.visit.head, self.part, self._ending, view.when.now.replace(second=0, microsecond=0))
        if laid[:3] != self._laid:
            self._laid = laid[:3]
            self.clear()
            self._lay_out(view)

    @property
    def view(self) -> View:
        """The view on show."""
        assert self._view is not None
        return self._view

    # -- layout ---------------------------------------------------------------------------------
    def _lay_out(self, view: View) -> None:
        say = self.words.say
        self.body.addWidget(Heading(self.theme, say("visit_more.title")))
        parts = parts_of(view)
        if self.part not in parts:
            self.part = parts[0] if parts else ""
        labels = [(part, say(f"visit_more.part_{part}")) for part in parts]
        tabs = Options(self.theme, "more.part", labels, self._open_part, chips=True)
        tabs.show_choice(self.part or None)
        self.body.addWidget(tabs)
        self._open.put("more.lacking")
        made = {
            "renew": self._renew, "wait": self._waits, "beside": self._beside, "replan": self._replan,
            "paper": self._paper, "take_home": self._take_home, "end": self._end,
        }  # fmt: skip
        if self.part:
            self.body.addWidget(made[self.part](view))
        else:
            self.body.addWidget(Text(self.theme, say("visit_more.over"), "body"))
        board = Action("more.board", say("screens.back_to_visits"), self._doors.board)
        busy = bool(self._ending) or self.part == "replan"  # the act here is the main one, or no invitation
        kind = "secondary" if busy else "primary"
        go_on = Action("more.go_on", say("visit_more.go_on"), self._doors.go_on, kind)
        self.footer.show_actions(board, go_on, (contrast(self.theme, self.words, "more.contrast"),))
        self.arrange()

    def _card(self, name: str) -> Card:
        card = Card(self.theme, f"more.{name}")
        card.column.addWidget(Heading(self.theme, self.words.say(f"visit_more.{name}_title"), 2))
        help_ = f"visit_more.{name}_help"
        if self.words.has(help_):
            card.column.addWidget(Text(self.theme, self.words.say(help_), "staff"))
        return card

    def _add(self, card: Card, *actions: Action) -> None:
        holder = FlowLayout(self.theme)
        for action in actions:
            holder.addWidget(Button(self.theme, action))
        card.column.addLayout(holder)

    def _renew(self, view: View) -> Card:
        """Offer the newer texts: what was read or signed of the old ones counts no longer (P6)."""
        card, renewal = self._card("renew"), view.renewal
        for form in view.renewable:
            title = view.book.forms[form].told_in(view.language).title
            card.column.addWidget(Text(self.theme, title, "strong"))
        if renewal is not None:
            said = self.words.say("visit_more.renew_do")
            self._add(card, Action("renew.do", said, lambda: self._doors.tell(renewal), "secondary"))
        return card

    def _waits(self, view: View) -> Card:
        card, say = self._card("wait"), self.words.say
        for awaited, since in view.visit.waits.items():
            note = since.fact.note if isinstance(since.fact, WaitBegan) else ""
            wait = Wait(awaited, "", since.stamp.utc, note)
            said = standing.waiting(self.words, wait, view.when.now)
            card.column.addWidget(Text(self.theme, said, "strong"))
            ends = Action(
                f"wait.end.{awaited}", say("visit_more.wait_over"), self._ender(awaited), "secondary"
            )
            self._add(card, ends)
        others = [each for each in standing.AWAITED if each not in view.visit.waits]
        card.column.addWidget(Text(self.theme, say("visit_more.wait_for"), "strong"))
        self._note = Reason(self.words, self.theme, "wait.note", NOTE)
        self._note.tell_of(self._open)
        labels = [(each, say(f"board.awaited_{each}")) for each in others]
        begin = Options(self.theme, "wait.begin", labels, self._begin_wait, chips=True)
        begin.entitle(say("visit_more.wait_for"))
        card.column.addWidget(begin)
        card.column.addWidget(self._note)
        return card

    def _beside(self, _: View) -> Card:
        card = self._card("beside")
        said = self.words.say("visit_more.beside_do")
        self._add(card, Action("beside.do", said, self._doors.beside, "secondary"))
        return card

    def _replan(self, view: View) -> Card:
        card = self._card("replan")
        at = view.visit.injection or (view.visit.opened.injection if view.visit.opened else None)
        if at is not None:
            said = self.words.say("visit_more.planned_for", at=saying.moment(self.words, at, view.zone))
            card.column.addWidget(Text(self.theme, said, "strong"))
        self._time = TimeChoice(self.words, self.theme, "replan", self._plan, with_now=False)
        self._time.show_now(view.when.now, view.zone)
        card.column.addWidget(self._time)
        offered = shared(self.words, "patient_asked", "vial_late", "clinic_asked")
        self._why = Reason(self.words, self.theme, "replan.reason", offered)
        card.column.addWidget(self._why)
        said = self.words.say("visit_more.replan_do")
        self._add(card, Action("replan.do", said, self._do_replan, "primary"))
        return card

    def _paper(self, view: View) -> Card:
        say = self.words.say
        if paper.may_return(view.visit):
            card = self._card("glass")
            self._add(card, Action("paper.glass", say("paper.glass"), self._doors.glass, "secondary"))
            return card
        card = self._card("paper")
        for why in ("prefers", "tablet_failed"):
            tapped: Callable[[], None] = self._paper_chooser(why)
            self._add(card, Action(f"paper.{why}", say(f"visit_more.paper_{why}"), tapped, "secondary"))
        return card

    def _take_home(self, view: View) -> Card:
        card, say = self._card("take_home"), self.words.say
        if view.visit.given_text is not None:
            at = saying.moment(self.words, view.visit.given_text.stamp.utc, view.zone)
            card.column.addWidget(Text(self.theme, say("visit_more.text_given", at=at), "strong"))
        for what, kind in SHEETS.items():
            if what in view.book.forms:
                prints = Action(f"more.print.{kind}", say(f"visit_more.print_{kind}"), self._printer(kind))
                given = Action(f"give.{what}", say(f"visit_more.give_{what}"), self._giver(what))
                self._add(card, prints, given)
        self._said = Banner(self.theme, "more.said")
        card.column.addWidget(self._said)
        return card

    def _end(self, view: View) -> Card:
        card, say = self._card("end"), self.words.say
        offers = ["no_show", "stop", "in_error"]
        if view.visit.patient_signed:
            offers.remove("in_error")
        labels = [(each, say(f"visit_more.end_{each}")) for each in offers]
        options = Options(self.theme, "end", labels, self._choose_end)
        options.show_choice(self._ending or None)
        card.column.addWidget(options)
        if self._ending:
            reasons = {
                "no_show": ("not_reached", "patient_called"),
                "in_error": ("wrong_patient", "opened_twice"),
            }
            offered = shared(self.words, *reasons[self._ending])
            self._why = Reason(self.words, self.theme, "end.reason", offered)
            self._why.tell_of(self._open)
            card.column.addWidget(self._why)
            key = "visit_more.record_no_show" if self._ending == "no_show" else "visit_more.record_in_error"
            self._add(card, Action("end.do", say(key), self._do_end, "danger"))
        return card

    # -- taps -----------------------------------------------------------------------------------
    def _open_part(self, part: str) -> None:
        self.part, self._ending = part, ""
        self.show_view(self.view)

    def _ender(self, awaited: Awaited) -> Callable[[], None]:
        return lambda: self._doors.tell(WaitEnded(awaited))

    def _begin_wait(self, key: str) -> None:
        awaited = next(each for each in get_args(Awaited) if each == key)
        if awaited != "other" or self._note.given():
            self._doors.tell(WaitBegan(awaited, self._note.text))

    def _plan(self, at: datetime | None) -> None:
        self._planned = at
        self._time.show_choice(True, at)

    def _do_replan(self) -> None:
        time = Missing(self.words.say("visit_more.time_first"), self._time.objectName())
        lacks = [*([time] if self._planned is None else []), *self._why.lacks()]
        if lacks:
            self._why.say_lacking(lacks[0].said)
        if not self._open.refuse(lacks) and self._planned is not None:
            self._doors.tell(Replanned(self._planned, self._why.text))

    def _paper_chooser(self, why: str) -> Callable[[], None]:
        chosen = PaperChosen("prefers") if why == "prefers" else PaperChosen("tablet_failed")
        return lambda: self._doors.tell(chosen)

    def _giver(self, what: str) -> Callable[[], None]:
        version = self.view.book.forms[what].version
        given = TextGiven("consent" if what == "consent" else "preparation", what, version)
        return lambda: self._doors.tell(given)

    def _printer(self, kind: str) -> Callable[[], None]:
        return lambda: self._print(kind)

    def _print(self, kind: str) -> None:
        if said := self._doors.print_(kind):
            self._said.tell("ok", said)

    def _choose_end(self, key: str) -> None:
        if key == "stop":
            self._doors.stop()
            return
        self._ending = key
        self.show_view(self.view)

    def _do_end(self) -> None:
        if self._why.given():
            said = self._why.text
            self._doors.tell(Stopped("no_show", said) if self._ending == "no_show" else OpenedInError(said))

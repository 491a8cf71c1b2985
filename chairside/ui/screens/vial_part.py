"""The vials at the chair: a card each with its sheet and the gate's word, and how much of the order is there.

Every reason why a vial stays closed stands on its own card, with what mends it. The gate is the rule's;
nothing here opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import WaitBegan, WaitEnded
from chairside.domain.vial import Vial
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.vial_sheet import VialSheet
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card, empty
from chairside.ui.widgets.text import Heading, Stack, Text


class VialPart(QWidget):
    """Everything between the codes and the questions of the vial's page."""

    def __init__(
        self, screen: Screen, remove: Callable[[str], None], renumber: Callable[[str, str], None]
    ) -> None:
        """`renumber` says which of several vials with one label a code means."""
        super().__init__()
        self._screen, self._remove, self._renumber = screen, remove, renumber
        self._column = Stack(screen.theme, "room", self)
        self._shown: object = None

    def show_view(self, view: View) -> None:
        """Show the vials as they stand."""
        visit = view.visit
        state = view.state(self._screen.step.id)
        shown = (visit.codes, visit.vials, state.lacks, visit.waits.get("supplier"))
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._column)
        waits = any(lack.why == "needs" for lack in state.lacks)  # then nobody has asked the gate yet
        if visit.codes:
            self._column.addWidget(self._order(view))
        for number, code in enumerate(visit.codes, 1):
            self._column.addWidget(self._card(view, number, code, not waits))
        if "supplier" in visit.waits or (not waits and self._fails(view)):
            self._column.addWidget(self._supplier(view))
        if visit.vials:
            self._column.addWidget(Text(self._screen.theme, self._screen.say("vial.shown"), "staff_strong"))

    def _fails(self, view: View) -> bool:
        """Tell whether any vial here stays closed: only then is there something to ask the supplier."""
        known = [self._vial(view, code) for code in view.visit.codes]
        words = self._screen.words
        return any(each is None or saying.vial_reasons(words, view, each) for each in known)

    def _vial(self, view: View, code: str) -> Vial | None:
        return next((vial for vial in view.visit.vials if vial.code == code), None)

    # -- one vial -------------------------------------------------------------------------------
    def _card(self, view: View, number: int, code: str, asked: bool) -> Card:
        """Say whether this vial may be used; a vial nobody received is said first and loudest."""
        theme, say = self._screen.theme, self._screen.say
        card = Card(theme, f"vial.sheet.{number}" if number > 1 else "vial.sheet")
        several = len(view.visit.codes) > 1
        if several:
            title = say("vial.number", number=number, count=len(view.visit.codes))
            card.column.addWidget(Heading(theme, title, 2))
            card.column.addWidget(Text(theme, code, "strong"))
        else:  # the page is about this vial already
            card.column.addWidget(Heading(theme, code, 2))
        banner = Banner(theme, f"vial.gate.{number}" if number > 1 else "vial.gate")
        card.column.addWidget(banner)
        known = self._vial(view, code)
        if known is None:
            banner.tell("danger", "\n".join((say("vial.not_ours"), say("vial.not_ours_next"))))
            remove = Action(f"vial.remove_{number}", say("vial.wrong_one"), lambda: self._remove(code))
            card.column.addWidget(self._alone(remove))
            return card
        if asked:
            self._tell_gate(view, known, banner)
        if known.alike:
            card.column.addWidget(self._numbers(number, known))
        VialSheet(self._screen.words, theme).into(card, view, known)
        return card

    def _numbers(self, place: int, vial: Vial) -> QWidget:
        """Ask which of the vials with this label it is: the number somebody wrote on it."""
        holder = QWidget()
        line = FlowLayout(self._screen.theme, holder)
        for each in vial.alike:
            said = self._screen.say("vial.is_number", number=each)
            tapped = partial(self._renumber, vial.code, each)
            line.addWidget(Button(self._screen.theme, Action(f"vial.alike_{place}.{each}", said, tapped)))
        return holder

    def _alone(self, action: Action) -> QWidget:
        """Return a button at its own width."""
        holder = QWidget()
        line = FlowLayout(self._screen.theme, holder)
        line.addWidget(Button(self._screen.theme, action))
        return holder

    def _tell_gate(self, view: View, vial: Vial, banner: Banner) -> None:
        say, words = self._screen.say, self._screen.words
        failing = saying.vial_reasons(words, view, vial)
        if not failing:
            banner.tell("ok", say("vial.passes"))
            return
        lines = [f"{reason} {mend}" for reason, mend in failing]
        banner.tell("danger", "\n".join((say("vial.fails"), *lines)))

    # -- all of them ----------------------------------------------------------------------------
    def _order(self, view: View) -> Card:
        """Say how much of the order is on the table: "5 + 5 of 10 million"."""
        theme, say = self._screen.theme, self._screen.say
        card = Card(theme, "vial.order")
        decision = view.visit.decision
        ordered = decision.strength_million if decision else None
        there = [vial.strength_million or 0 for vial in view.visit.vials]
        banner = Banner(theme, "vial.order.said")
        card.column.addWidget(banner)
        parts = " + ".join(str(million) for million in there) or "0"
        if ordered is None:
            banner.tell("notice", say("vial.no_order"))
        elif sum(there) == ordered:
            banner.tell("ok", say("vial.as_ordered", parts=parts, ordered=ordered))
        else:
            key = "vial.less_than_ordered" if sum(there) < ordered else "vial.more_than_ordered"
            banner.tell("warn", say(key, parts=parts, ordered=ordered))
        return card

    def _supplier(self, view: View) -> Card:
        """Ask the supplier is a state one can see, with since when."""
        theme, say, tell = self._screen.theme, self._screen.say, self._screen.tell
        card = Card(theme, "vial.supplier")
        asked = view.visit.waits.get("supplier")
        if asked is None:
            codes = ", ".join(view.visit.codes)
            action = Action(
                "vial.ask_supplier", say("vial.ask_supplier"), lambda: tell(WaitBegan("supplier", codes))
            )
        else:
            banner = Banner(theme, "vial.supplier.since")
            card.column.addWidget(banner)
            at = saying.moment(self._screen.words, asked.stamp.utc, view.zone)
            banner.tell("notice", say("vial.supplier_asked", at=at))
            action = Action(
                "vial.supplier_answered", say("vial.supplier_answered"), lambda: tell(WaitEnded("supplier"))
            )
        card.column.addWidget(self._alone(action))
        return card

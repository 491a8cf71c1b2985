"""A sheet staff fill in: one card an item, whatever its kind; for the vial step also what the gate says."""

from __future__ import annotations

from chairside.domain.facts import Answered, StepClosed
from chairside.domain.form import Item, Step
from chairside.domain.replies import Coded, Reply
from chairside.domain.steps import ORDERED, PREMEDICATION, VIAL_STEP, owner_of
from chairside.session.view import Tell, View
from chairside.ui.screens import saying
from chairside.ui.screens.handled import CodeRow
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.vial_sheet import VialSheet
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.frames import Card, empty
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words


class Sheet(Screen):
    """Premedication, the opening data, the staff part of the vial."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell) -> None:
        super().__init__(step, words, theme, tell)
        self._rows: list[Row] = []
        self._vial: object = None

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        desk = Desk(self.words, self.theme, self._answer, lambda: self.view.when.now, view.zone)
        self.body.addWidget(Heading(self.theme, self.form.prose[view.language].title))
        self._ordered = Text(self.theme, "", "staff_strong")
        self.body.addWidget(self._ordered)
        self._summary = self.banner(f"{self.step.id}.lacking")
        self._rows, self._vial = [], None
        for item in self.form.items:
            prose = self.form.words(item.id, view.language)
            row = row_for(desk, item, prose) if owner_of(item, self.step) == self.step.owner else None
            if row is None or not self._wanted(view, item):
                continue
            card = Card(self.theme, f"{item.id}.card")
            card.column.addWidget(row)
            self._rows.append(row)
            self.body.addWidget(card)
            if isinstance(row, CodeRow) and self.step.id == VIAL_STEP:
                self._sheet = Stack(self.theme, "room")
                self.body.addLayout(self._sheet)

    def layout_of(self, view: View) -> object:
        form = view.book.forms[self.step.form]
        return (view.visit.id, tuple(item.id for item in form.items if self._wanted(view, item)))

    def _wanted(self, view: View, item: Item) -> bool:
        """Tell whether an item is asked here: a part of a mitigation only where it was ordered."""
        parts = {part: order for order, all_parts in ORDERED.items() for part in all_parts}
        ordered = view.visit.decision.premedication if view.visit.decision else ()
        if self.step.id != PREMEDICATION or item.id not in parts or parts[item.id] in ordered:
            return True
        return (self.step.form, item.id) in view.visit.told

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        for row in self._rows:
            row.show_reply(view.visit.replies.get((self.form.id, row.item.id)))
        self._say_order(view)
        if self.step.id == VIAL_STEP:
            self._show_vial(view)
        if self._summary.isVisibleTo(self):
            self._say_lacking()
        key = "button.close_with_pin" if self.step.closes == "pin" else "button.close_step"
        primary = self.action("close", key, self._close, "primary")
        self.offer(None, primary, (), saying.lacking(self.words, self._lacks()))

    def _say_order(self, view: View) -> None:
        decision = view.visit.decision
        ordered = [self.say(f"premedication.{each}") for each in decision.premedication] if decision else []
        said = self.say("dose.ordered", premedication=", ".join(ordered)) if ordered else ""
        self._ordered.setText(said)
        self._ordered.setVisible(bool(said) and self.step.id != VIAL_STEP)

    def _show_vial(self, view: View) -> None:
        """Show the sheet and the gate's word once there is a code to look up."""
        code = view.visit.replies.get((self.form.id, "vial_code"))
        lacks = view.state(self.step.id).lacks
        shown = (code, view.visit.vial, lacks) if isinstance(code, Coded) else None
        if shown == self._vial:
            return
        self._vial = shown
        empty(self._sheet)
        if shown is None:
            return
        sheet = VialSheet(self.words, self.theme)
        if all(lack.why != "needs" for lack in lacks):  # a step that waits has not asked the gate yet
            banner = Banner(self.theme, "vial.gate")
            self._sheet.addWidget(banner)
            sheet.tell_reasons(banner, lacks)
        if view.visit.vial is not None:
            self._sheet.addWidget(sheet.card(view, view.visit.vial))
            self._sheet.addWidget(Text(self.theme, self.say("vial.shown"), "staff_strong"))

    def _lacks(self) -> list[str]:
        lacks = self.view.state(self.step.id).lacks
        return [saying.lack(self.words, self.view, lack) for lack in lacks if lack.why != "unclosed"]

    def _say_lacking(self) -> None:
        lacks = self._lacks()
        if lacks:
            self._summary.tell("warn", "\n".join(lacks))
        else:
            self._summary.silence()

    # -- taps -----------------------------------------------------------------------------------
    def take_scan(self, scanned: str) -> bool:
        """Give a scanned code to the first item that waits for one; tell whether there is one."""
        for row in self._rows:
            if isinstance(row, CodeRow) and (self.form.id, row.item.id) not in self.view.visit.told:
                row.take_scan(scanned)
                return True
        return False

    def _answer(self, item: Item, reply: Reply) -> None:
        if self.view.visit.replies.get((self.form.id, item.id)) != reply:
            self.tell(Answered(self.form.id, item.id, reply))

    def _close(self) -> None:
        self.finish_typing()
        if self._lacks():
            self._say_lacking()
            self.content.verticalScrollBar().setValue(0)
        else:
            self.tell(StepClosed(self.step.id))

"""A sheet staff fill in: one card an item, whatever its kind; for the vial step also what the gate says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from chairside.domain import premedication
from chairside.domain.answering import unsigned_until
from chairside.domain.facts import Answered
from chairside.domain.form import Dose, Item, Step
from chairside.domain.premedication import DRAWN
from chairside.domain.replies import Reply
from chairside.domain.steps import PREMEDICATION, VIAL_STEP, owner_of
from chairside.session.view import Tell, View
from chairside.ui.screens import saying
from chairside.ui.screens.codes import CodesRow
from chairside.ui.screens.handled import CodeRow, DoseRow
from chairside.ui.screens.missing import Missing, in_one_line, missing
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import MomentRow, row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.vial_part import VialPart
from chairside.ui.theme import Theme
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words

Pick: TypeAlias = Callable[[str, str], None]  # lets a photo be chosen for an item of a form


class Sheet(Screen):
    """Premedication, the opening data, the staff part of the vial."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell, pick: Pick | None = None) -> None:
        super().__init__(step, words, theme, tell)
        self._pick = pick
        self._rows: list[Row] = []
        self._vials: VialPart | None = None

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        pick = self._pick
        photo: Callable[[Item], None] | None = (
            (lambda item: pick(self.form.id, item.id)) if pick is not None else None
        )
        desk = Desk(self.words, self.theme, self._answer, lambda: self.view.when.now, view.zone, photo)
        self.body.addWidget(Heading(self.theme, self.form.told_in(view.language).title))
        self._ordered = Text(self.theme, "", "staff_strong")
        self.body.addWidget(self._ordered)
        self._summary = self.summary(f"{self.step.id}.lacking")
        self._rows, self._vials = [], None
        for item in self.form.items:
            prose = self.form.words(item.id, view.language)
            row = row_for(desk, item, prose) if owner_of(item, self.step) == self.step.owner else None
            if row is None or not self._wanted(view, item):
                continue
            card = Card(self.theme, f"{item.id}.card")
            card.column.addWidget(row)
            self._rows.append(row)
            self.body.addWidget(card)
            if isinstance(row, CodesRow) and self.step.id == VIAL_STEP:
                self._vials = VialPart(self, row.remove, row.renumber)
                self.body.addWidget(self._vials)

    def layout_of(self, view: View) -> object:
        form = view.book.forms[self.step.form]
        return (view.visit.id, tuple(item.id for item in form.items if self._wanted(view, item)))

    def _wanted(self, view: View, item: Item) -> bool:
        """Tell whether an item is asked here: a medicine and its questions only where it was ordered."""
        if self.step.id != PREMEDICATION or not premedication.nobody_ordered(view.visit, item.id):
            return True
        return (self.step.form, item.id) in view.visit.told

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        for row in self._rows:
            row.show_reply(view.visit.replies.get((self.form.id, row.item.id)))
            if isinstance(row, DoseRow):
                self._show_allowed(view, row)
            if isinstance(row, DoseRow) or (isinstance(row, MomentRow) and row.item.id == DRAWN):
                row.show_since(unsigned_until(view.book, view.visit, view.when))
        self._say_order(view)
        if self._vials is not None:
            self._vials.show_view(view)
        if self._summary.isVisibleTo(self):
            self.say_lacks(self._summary, self._lacks())
        key = "button.close_with_pin" if self.step.closes == "pin" else "button.close_step"
        primary = self.action("close", key, self._close, "primary")
        self.offer(None, primary, (), in_one_line(self.words, self._lacks()))

    def _show_allowed(self, view: View, row: DoseRow) -> None:
        """Offer only doses that the rule would take; where it takes none, say its reason in their place."""
        item = row.item
        assert isinstance(item, Dose)
        asked = [(dose, form) for dose in item.doses for form in item.forms]
        rule, today = premedication.allowed, view.when.today
        found = {(dose, form): rule(view.visit, item.id, dose, form, today) for dose, form in asked}
        why = next((code for code in found.values() if code), "")
        allowed = [offer for offer, code in found.items() if code is None]
        row.show_allowed(allowed, self.say(f"trouble.{why}") if why else "")
        reply = view.visit.replies.get((self.form.id, item.id))
        row.show_doubt(saying.dose_doubt(self.words, view, self.form, item.id, reply))

    def _say_order(self, view: View) -> None:
        decision = view.visit.decision
        ordered = [self.say(f"premedication.{each}") for each in decision.premedication] if decision else []
        said = self.say("dose.ordered", premedication=", ".join(ordered)) if ordered else ""
        said = f"{said}\n{decision.doses}" if decision and decision.doses else said
        self._ordered.setText(said)
        self._ordered.setVisible(bool(said) and self.step.id != VIAL_STEP)

    def _lacks(self) -> list[Missing]:
        lacks = self.view.state(self.step.id).lacks
        return missing(self.words, self.view, [lack for lack in lacks if lack.why != "unclosed"])

    # -- taps -----------------------------------------------------------------------------------
    def take_scan(self, scanned: str) -> bool:
        """Give a scanned code to the first item that waits for one; tell whether there is one."""
        for row in self._rows:
            if isinstance(row, CodesRow):
                row.take_scan(scanned)
                return True
            if isinstance(row, CodeRow) and (self.form.id, row.item.id) not in self.view.visit.told:
                row.take_scan(scanned)
                return True
        return False

    def _answer(self, item: Item, reply: Reply) -> None:
        if self.view.visit.replies.get((self.form.id, item.id)) != reply:
            self.tell(Answered(self.form.id, item.id, reply))

    def _close(self) -> None:
        self.close_step(self._summary, self._lacks)

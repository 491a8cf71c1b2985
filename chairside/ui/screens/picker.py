"""Medicines: none of these, a tile, or a name; then when last, and for some who prescribed it.

A drug becomes a row only with its last dose, so that nothing stands there half told. What is asked
about a prescribed medicine is who prescribed it; nothing here tells anyone to leave one off.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Literal, TypeAlias

from msgspec import structs
from PySide6.QtWidgets import QWidget

from chairside.domain import washout
from chairside.domain.drugs import folded
from chairside.domain.facts import Answered
from chairside.domain.finding import Finding
from chairside.domain.form import Drugs, Item, Step
from chairside.domain.replies import NOBODY_NAMED, DrugsTaken, DrugTaken, LastDose, Prescriber, Reply
from chairside.session.view import Tell, View
from chairside.ui.screens import saying
from chairside.ui.screens.drug_rows import DrugCard, DrugQuestion, Hands, HourQuestion, Setting
from chairside.ui.screens.drug_search import DrugSearch
from chairside.ui.screens.missing import Missing, in_one_line, missing
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import TickRow
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.washout import DoseMark, WashoutPicture, WindowWords
from chairside.ui.widgets.words import Words

Question: TypeAlias = Literal["", "day", "hour"]


class Picker(Screen):
    """Rows of drugs; an empty list is told only by "None of these"."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell) -> None:
        super().__init__(step, words, theme, tell)
        self._about, self._question = "", ""  # what is being asked about which drug; not an answer yet

    # -- what is stored -------------------------------------------------------------------------
    @property
    def drugs(self) -> Drugs:
        """The item this screen is about."""
        return next(item for item in self.form.items if isinstance(item, Drugs))

    @property
    def taken(self) -> tuple[DrugTaken, ...] | None:
        """The rows that are stored; None where the patient has not been asked."""
        reply = self.view.visit.replies.get((self.form.id, self.drugs.id))
        return reply.rows if isinstance(reply, DrugsTaken) else None

    def layout_of(self, view: View) -> object:
        rows = self.taken  # whom to call is written into a card that stays
        told = rows and tuple(structs.replace(row, prescriber=NOBODY_NAMED) for row in rows)
        return (view.visit.id, self._about, self._question, told)

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        prose, setting = self.form.words(self.drugs.id, view.language), Setting(self.words, self.theme, view)
        self.body.addWidget(Heading(self.theme, self.form.told_in(view.language).title))
        self._summary = self.summary("medicines.lacking")
        self._cards = {row.name: DrugCard(setting, row, self._hands(row)) for row in self.taken or ()}
        for made in self._cards.values():
            self.body.addWidget(made)
        self._lay_out_window(view)
        if self._question:
            self._lay_out_question(setting)
        else:
            self._lay_out_choice(setting, prose.title)
        self._lay_out_rest(view)
        card = Card(self.theme, "medicines.help")
        for line in prose.help:
            card.column.addWidget(Text(self.theme, line, "staff", "ink2"))
        self.body.addWidget(card)

    def _lay_out_choice(self, setting: Setting, title: str) -> None:
        name, card = self.drugs.id, Card(self.theme, "medicines.choice")
        card.column.addWidget(
            Text(self.theme, self.say("screens.another_drug") if self.taken else title, "strong")
        )
        before = saying.before(self.words, self.view, self.form, name)
        if before:
            card.column.addWidget(Text(self.theme, before, "staff", "ink2"))
        if not self.taken:
            none = TickRow(self.theme, self.action(f"{name}.none", "button.no_drugs", self._say_none))
            none.show_checked(self.taken == ())
            card.column.addWidget(none)
        holder = QWidget()
        tiles = FlowLayout(self.theme, holder)
        for tile in self.drugs.tiles:
            action = Action(f"{name}.{folded(tile).replace(' ', '_')}", tile, self._asker(tile), "tile")
            tiles.addWidget(Button(self.theme, action))
        card.column.addWidget(holder)
        card.column.addWidget(DrugSearch(setting, name, self._ask))
        if self.view.book.drugs.status == "sample":
            sample = Text(self.theme, self.say("drugs.lists_sample"), "caption", "ink2")
            sample.setObjectName("medicines.lists_sample")
            card.column.addWidget(sample)
        self.body.addWidget(card)

    def _lay_out_question(self, setting: Setting) -> None:
        known = next((row for row in self.taken or () if row.name == self._about), None)
        if self._question == "hour" and known is not None:
            self.body.addWidget(HourQuestion(setting, known, self._keep))
        else:
            self.body.addWidget(DrugQuestion(setting, self._about, self._keep))
        self.body.addWidget(self.button(self.action("drug.cancel", "button.cancel", self._close_question)))

    def _lay_out_window(self, view: View) -> None:
        """Draw the window for what the rule is about; an antithrombotic alone is not."""
        marks = [mark for row in self.taken or () if (mark := self._mark(view, row)) is not None]
        if not marks:
            return
        hours = washout.washout_hours(self.drugs)
        start = saying.moment(self.words, view.when.injection - timedelta(hours=hours), view.zone)
        end = saying.moment(self.words, view.when.injection, view.zone)
        met = "drugs.window_not_met" if any(mark.inside for mark in marks) else "drugs.window_met"
        card = Card(self.theme, "washout.card")
        picture = WashoutPicture(self.theme, "washout")
        spoken = self.say(met, hours=hours)
        picture.show_window(hours, marks, WindowWords(start, self.say("screens.injection", at=end), spoken))
        resume = washout.resume_on(self.drugs, view.when)
        card.column.addWidget(Text(self.theme, spoken, "strong"))
        card.column.addWidget(picture)
        on = saying.local_day(resume, view.zone)
        card.column.addWidget(
            Text(self.theme, self.say("drugs.resume", day=saying.day(self.words, on)), "staff")
        )
        if any(row.prescribed for row in self.taken or ()):
            card.column.addWidget(Text(self.theme, self.say("drugs.resume_prescribed"), "staff_strong"))
        self.body.addWidget(card)

    def _mark(self, view: View, row: DrugTaken) -> DoseMark | None:
        drug, at = view.book.drugs.find(row.name), washout.last_dose_at(row.last_dose, view.when)
        if drug is None or drug.is_nsaid != "yes" or at is None:
            return None
        before = view.when.injection - at
        inside = before < timedelta(hours=washout.washout_hours(self.drugs))
        return DoseMark(row.name, before.total_seconds() / 3600, inside)

    def _lay_out_rest(self, view: View) -> None:
        desk = Desk(self.words, self.theme, self._answer, lambda: self.view.when.now, view.zone)
        self._rows: list[Row] = []
        for item in self.form.items:
            row = row_for(desk, item, self.form.words(item.id, view.language))
            if row is not None:
                card = Card(self.theme, f"{item.id}.card")
                card.column.addWidget(row)
                self._rows.append(row)
                self.body.addWidget(card)

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        for row in self._rows:
            row.show_reply(view.visit.replies.get((self.form.id, row.item.id)))
        for drug in self.taken or ():
            self._cards[drug.name].show_prescriber(drug.prescriber)
        lacks = self._lacks()
        if self._summary.isVisibleTo(self):
            self.say_lacks(self._summary, self._lacks())
        primary = self.action("continue", "button.close_step", self._continue, "primary")
        self.offer(None, primary, (), in_one_line(self.words, lacks))

    def _lacks(self) -> list[Missing]:
        lacks = missing(self.words, self.view, self.view.state(self.step.id).lacks)
        if self._question == "day" and all(row.name != self._about for row in self.taken or ()):
            lacks.append(Missing(self.say("screens.last_dose_of", name=self._about), "drug.question"))
        unasked = [found for found in self.view.findings if found.id == "prescription_not_asked"]
        return [*lacks, *(self._unasked(found) for found in unasked)]

    def _unasked(self, found: Finding) -> Missing:
        said = saying.finding(self.words, self.view, found)
        return Missing(said, f"drug.{folded(found.about).replace(' ', '_')}")

    def place(self, name: str) -> QWidget | None:
        """The patient's medicines as a whole are told where one is chosen."""
        return super().place("medicines.choice" if name == self.drugs.id else name)

    # -- taps -----------------------------------------------------------------------------------
    def _hands(self, row: DrugTaken) -> Hands:
        return Hands(
            change=lambda: self._open(row.name, "day"),
            hour=lambda: self._open(row.name, "hour"),
            remove=lambda: self._remove(row.name),
            last=len(self.taken or ()) == 1,
            prescribed=lambda told: self._prescribe(row.name, told),
            prescriber=lambda who: self._prescriber(row.name, who),
        )

    def _asker(self, name: str) -> Callable[[], None]:
        return lambda: self._ask(name)

    def _ask(self, name: str) -> None:
        if name:
            known = next((row.name for row in self.taken or () if folded(row.name) == folded(name)), name)
            self._open(known, "day")

    def _open(self, about: str, question: Question) -> None:
        self._about, self._question = about, question
        self.refresh()

    def _close_question(self) -> None:
        self._open("", "")

    def _say_none(self) -> None:
        if self.taken is None:
            self._store(())

    def _keep(self, dose: LastDose) -> None:
        rows, about = self.taken or (), self._about
        if not about:
            return
        known = next((row for row in rows if row.name == about), None)
        kept = structs.replace(known, last_dose=dose) if known else DrugTaken(about, dose)
        others = tuple(kept if row is known else row for row in rows)
        self._about, self._question = "", ""
        self._store(others if known else (*rows, kept))
        self.refresh()

    def _remove(self, name: str) -> None:
        """Take a row away; the last one says in its words that the patient then took none."""
        self._store(tuple(row for row in self.taken or () if row.name != name))

    def _prescribe(self, name: str, told: bool) -> None:
        def changed(row: DrugTaken) -> DrugTaken:
            return structs.replace(row, prescribed=told, prescriber=row.prescriber if told else NOBODY_NAMED)

        self._change(name, changed)

    def _prescriber(self, name: str, who: Prescriber) -> None:
        self._change(name, lambda row: structs.replace(row, prescriber=who))

    def _change(self, name: str, changed: Callable[[DrugTaken], DrugTaken]) -> None:
        self._store(tuple(changed(row) if row.name == name else row for row in self.taken or ()))

    def _store(self, rows: tuple[DrugTaken, ...]) -> None:
        if rows != self.taken:
            self.tell(Answered(self.form.id, self.drugs.id, DrugsTaken(rows)))

    def _answer(self, item: Item, reply: Reply) -> None:
        self.tell(Answered(self.form.id, item.id, reply))

    def holds(self) -> bool:
        """A name that is typed and not added holds the step too: the patient said it."""
        if super().holds():
            return True
        name = f"{self.drugs.id}.search"
        search = self.place(name)
        if not isinstance(search, DrugSearch) or not search.waits():
            return False
        self.go_to(name)
        return True

    def _continue(self) -> None:
        self.close_step(self._summary, self._lacks)

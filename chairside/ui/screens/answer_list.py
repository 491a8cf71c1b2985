"""Check your answers: the questions of a form, each with the answer that is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from chairside.domain.form import Choice, Drugs, Form, Item
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words


@dataclass(frozen=True)
class AnswerList:
    """Draws questions and answers one below the other, so that it reads the same at every text size."""

    words: Words
    theme: Theme
    kind: str = "body"  # the type of the question; the answer stands in bold below it

    def card(self, view: View, form: Form, items: Sequence[Item] = ()) -> Card:
        """Return a form's questions with their answers."""
        card = Card(self.theme, f"answers.{form.id}")
        card.column.addWidget(Heading(self.theme, form.told_in(view.language).title, 2))
        for item in items or form.items:
            if isinstance(item, (Choice, Drugs)):
                card.column.addWidget(self._row(view, form, item))
        return card

    def _row(self, view: View, form: Form, item: Item) -> QWidget:
        row = QWidget()
        column = Stack(self.theme, "hair", row)
        reply = view.visit.replies.get((form.id, item.id))
        said = (
            saying.answer(self.words, view, form, item.id, reply)
            if reply
            else self.words.say("screens.no_answer")
        )
        column.addWidget(Text(self.theme, form.words(item.id, view.language).title, self.kind))
        column.addWidget(Text(self.theme, said, "strong" if self.kind == "body" else "staff_strong"))
        before = saying.before(self.words, view, form, item.id)
        if before:
            column.addWidget(Text(self.theme, before, "caption", "ink2"))
        return row

"""Check your answers: the questions of a form, each with the answer that is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chairside.domain.evidence import BESIDE
from chairside.domain.form import Choice, Drugs, Form, Item
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words

Wrong: TypeAlias = Callable[[Form, Item, Stack], None]  # told the column of the row, to say what follows


ROWS = "answers."  # how the name of every row begins


def row_name(form: str, item: str) -> str:
    """Return the name of an answer's row."""
    return f"{ROWS}{form}.{item}"


@dataclass(frozen=True)
class AnswerList:
    """Draws questions and answers one below the other, so that it reads the same at every text size.

    `wrong`, where it is given, stands on every row as "Change".
    """

    words: Words
    theme: Theme
    wrong: Wrong | None = None
    kind: str = "body"  # the type of the question; the answer stands in bold below it

    def card(self, view: View, form: Form, items: Sequence[Item] = (), title: str = "") -> Card:
        """Return a form's questions with their answers: these, or every one that has a row."""
        card = Card(self.theme, f"{ROWS}{form.id}")
        card.column.addWidget(Heading(self.theme, title or form.told_in(view.language).title, 2))
        for item in items or [each for each in form.items if self._is_listed(view, form, each)]:
            card.column.addWidget(self._row(view, form, item))
        return card

    def _is_listed(self, view: View, form: Form, item: Item) -> bool:
        """Tell whether an item has a row: a question that is asked, and whatever was told beside one."""
        told = (form.id, item.id) in view.visit.replies
        return isinstance(item, (Choice, Drugs)) if item.id not in BESIDE else told

    def _row(self, view: View, form: Form, item: Item) -> QWidget:
        row, line = QWidget(), QHBoxLayout()
        row.setObjectName(row_name(form.id, item.id))
        row.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        column = Stack(self.theme, "hair")
        line.addLayout(column, 1)
        reply = view.visit.replies.get((form.id, item.id))
        said = (
            saying.answer(self.words, view, form, item.id, reply)
            if reply
            else self.words.say("screens.no_answer")
        )
        title = form.words(item.id, view.language).title
        column.addWidget(Text(self.theme, title, self.kind))
        column.addWidget(Text(self.theme, said, "strong" if self.kind == "body" else "staff_strong"))
        before = saying.before(self.words, view, form, item.id)
        if before:
            column.addWidget(Text(self.theme, before, "caption", "ink2"))
        if self.wrong is not None:
            line.addWidget(self._change(form, item, title, column), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _change(self, form: Form, item: Item, title: str, column: Stack) -> Button:
        said, wrong = self.words.say("screens.change"), self.wrong
        assert wrong is not None
        name = f"change.{form.id}.{item.id}"
        tapped = partial(wrong, form, item, column)
        return Button(self.theme, Action(name, said, tapped, "quiet", f"{said}: {title}"))

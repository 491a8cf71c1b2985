"""An absolute answer asked again: the new one, who says so and why, confirmed by the physician's PIN (Q2).

What was measured or tested beside a question is asked again in the same way: it stops as surely.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from chairside.domain.checklist import HEALTH_CHECK, stands
from chairside.domain.facts import Corrected
from chairside.domain.finding import Finding
from chairside.domain.form import Choice, Item
from chairside.domain.replies import Chosen, Reply
from chairside.session.view import View
from chairside.ui.screens.illness import IllnessWarning
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Stack, Text

IMMUNE = "immunocompromised"  # asked as a category; a name in free words would stand in every copy (Q18)


def to_ask_again(view: View, found: Finding) -> list[Item]:
    """Return the questions whose replies a finding rests on, and that stop the visit themselves."""
    told = {name: view.visit.replies.get((HEALTH_CHECK, name)) for name in found.items}
    items = (view.book.item(HEALTH_CHECK, name) for name in found.items)
    asked = [(item, told[item.id]) for item in items if item is not None]
    return [item for item, reply in asked if reply is not None and stands(item, reply)]


class AskAgain(QWidget):
    """One question: a button, and below it the correction in the making."""

    def __init__(self, review: Screen, item: Item) -> None:
        super().__init__()
        self._review, self._item = review, item
        self._reply: Reply | None = None
        self._options: Options | None = None
        self._row: Row | None = None
        column, name = Stack(review.theme, "small", self), f"again.{item.id}"
        said, holder = review.say("button.ask_again"), QWidget()
        line = FlowLayout(review.theme, holder)
        line.addWidget(Button(review.theme, Action(f"{name}.open", said, self._open, "secondary")))
        column.addWidget(holder)
        self._card = Card(review.theme, name)
        self._build(name)
        self._card.hide()
        column.addWidget(self._card)

    def _build(self, name: str) -> None:
        review, say, theme = self._review, self._review.say, self._review.theme
        self._build_answer(name)
        self._source = FieldRow(theme, f"{name}.source", say("health.source"), self._on_written)
        self._why = FieldRow(theme, f"{name}.reason", say("health.reason"), self._on_written)
        for row in (self._source, self._why):
            IllnessWarning(review.words, theme, row)
        self._lacking = Banner(theme, f"{name}.lacking")
        said = review.say("screens.confirm_answer")
        confirm = Button(theme, Action(f"{name}.confirm", said, self._confirm, "primary"))
        if self._item.id == IMMUNE:
            self._card.column.addWidget(Text(theme, say("screens.no_illness_by_name"), "staff", "ink2"))
        for part in (self._source, self._why, self._lacking, confirm):
            self._card.column.addWidget(part)

    def _build_answer(self, name: str) -> None:
        review, item = self._review, self._item
        prose = review.view.book.forms[HEALTH_CHECK].words(item.id, review.view.language)
        if isinstance(item, Choice):
            self._card.column.addWidget(Text(review.theme, prose.title, "strong"))
            labels = [(option, prose.options.get(option, option)) for option in item.options]
            self._options = Options(review.theme, name, labels, self._choose, chips=True)
            self._options.entitle(prose.title)
            self._card.column.addWidget(self._options)
            return
        desk = Desk(review.words, review.theme, self._hold, lambda: review.view.when.now, review.view.zone)
        self._row = row_for(desk, item, prose)
        if self._row is not None:
            self._card.column.addWidget(self._row)

    def _open(self) -> None:
        self._card.setVisible(self._card.isHidden())

    def _choose(self, option: str) -> None:
        """Hold the new answer here until the PIN: it is a correction in the making, not an answer."""
        self._reply = Chosen(option)
        if self._options is not None:
            self._options.show_choice(option)

    def _hold(self, _: Item, reply: Reply) -> None:
        self._reply = reply
        if self._row is not None:
            self._row.show_reply(reply)

    def _on_written(self, _: str) -> None:
        self._lacking.silence()

    def _confirm(self) -> None:
        self._review.finish_typing()
        source, why = self._source.text, self._why.text
        if self._reply is None or not (source and why):
            self._lacking.tell("warn", self._review.say("screens.correction_lacks"))
            return
        self._review.tell(Corrected(HEALTH_CHECK, self._item.id, self._reply, source, why))

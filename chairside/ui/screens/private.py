"""The patient alone with the private questions: their own tap, seen by nobody beside them (product.md P2).

Nothing here is forced: who would rather say it aloud gives the tablet back.
"""

from __future__ import annotations

from collections.abc import Callable

from chairside.domain.evidence import is_asked
from chairside.domain.facts import Answered
from chairside.domain.form import Item, Step, is_private
from chairside.domain.replies import Reply
from chairside.session.view import Tell, View
from chairside.ui.screens.in_reach import InReach
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words


class Private(Screen):
    """Each private question of a form on one page; done gives the tablet back."""

    column = "text"

    def __init__(
        self,
        step: Step,
        words: Words,
        theme: Theme,
        tell: Tell,
        ways: tuple[Callable[[], None], Callable[[], None]],
    ) -> None:
        """`ways` are: done; the patient does not go on."""
        super().__init__(step, words, theme, tell)
        self._done, leave = ways
        self._rows: list[tuple[Row, Card]] = []
        self._reach = InReach(self, leave, self._on_show)

    def layout_of(self, view: View) -> object:
        return (view.visit.id, self._reach.left)

    def lay_out(self, view: View) -> None:
        self._rows = []
        if self._reach.lay_out():
            return
        self.body.addWidget(Heading(self.theme, self.say("private.title")))
        self.body.addWidget(Text(self.theme, self.say("private.help")))
        desk = Desk(
            self.words, self.theme, self._answer, lambda: self.view.when.now, view.zone, whole_rows=True
        )
        for item in self.form.items:
            row = row_for(desk, item, self.form.words(item.id, view.language)) if is_private(item) else None
            if row is not None:
                card = Card(self.theme, f"{item.id}.card")
                card.column.addWidget(row)
                self.body.addWidget(card)
                self._rows.append((row, card))

    def fill(self, view: View) -> None:
        for row, card in self._rows:
            row.show_reply(view.visit.replies.get((self.form.id, row.item.id)))
            card.setVisible(is_asked(self.form.id, row.item, view.visit.replies))
        if self._reach.fill():
            return
        done = self.action("private.done", "private.done", self._done, "primary")
        self.offer(None, done, self._reach.ways())

    def _on_show(self) -> str:
        """Return the first question that is asked: what the patient asks back is told with it."""
        asked = (
            row.item for row, _ in self._rows if is_asked(self.form.id, row.item, self.view.visit.replies)
        )
        return next(asked).id

    def _answer(self, item: Item, reply: Reply) -> None:
        """Tell an answer; the same again by the patient's own tap is an answer in private, too."""
        told = self.view.visit.told.get((self.form.id, item.id), ())
        fact = told[-1].by.fact if told else None
        if not (told and told[-1].reply == reply and isinstance(fact, Answered) and fact.private):
            self.tell(Answered(self.form.id, item.id, reply, private=True))

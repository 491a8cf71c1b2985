"""The patient's open questions as staff see them: on the physician's page, or where a step waits for them.

What is asked after the decision stands on no page of a decision any more: whoever answers it says so here,
and the tablet can go on to the patient.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import QuestionSettled
from chairside.domain.form import Step
from chairside.domain.visit import Key
from chairside.session.view import Tell, View
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Column
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words


class OpenQuestions:
    """A card with each question and the button that settles it; one that is settled goes out of its place."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._asked: set[Key] = set()
        self._parts: dict[Key, tuple[QWidget, ...]] = {}

    def asked(self, view: View) -> tuple[Key, ...]:
        """Return what was open since the page came: no more goes out of the layout than comes into it."""
        self._asked |= set(view.visit.questions)
        return tuple(sorted(self._asked))

    def card(self, view: View) -> Card:
        """Return the card."""
        screen = self._screen
        self._card = Card(screen.theme, "review.questions")
        self._card.column.addWidget(Heading(screen.theme, screen.say("review.questions"), 2))
        self._parts = {}
        for key in self.asked(view):
            title = view.book.forms[key[0]].words(key[1], view.language).title
            said, name = screen.say("button.settle_question"), f"settle.{key[0]}.{key[1]}"
            settle = Action(name, said, self._settler(key), "secondary", f"{said}: {title}")
            self._parts[key] = (Text(screen.theme, title, "strong"), screen.button(settle))
            for part in self._parts[key]:
                self._card.column.addWidget(part)
        return self._card

    def fill(self, view: View) -> None:
        """Show those that are still open."""
        for key, parts in self._parts.items():
            for part in parts:
                part.setVisible(key in view.visit.questions)
        self._card.setVisible(bool(view.visit.questions))

    def _settler(self, key: Key) -> Callable[[], None]:
        return lambda: self._screen.tell(QuestionSettled(*key))


class Asked(Screen):
    """A step waits for nothing but the answer to what the patient asked there."""

    column: Column = "text"

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell, home: Callable[[], None]) -> None:
        super().__init__(step, words, theme, tell)
        self._home = home
        self._open = OpenQuestions(self)

    def layout_of(self, view: View) -> object:
        return (view.visit.id, self._open.asked(view))

    def lay_out(self, view: View) -> None:
        self.body.addWidget(Heading(self.theme, self.say("trouble.question_open")))
        self.body.addWidget(Text(self.theme, self.say("next.question_open")))
        self.body.addWidget(self._open.card(view))

    def fill(self, view: View) -> None:
        self._open.fill(view)
        self.offer(self.action("asked.home", "screens.back_to_visits", self._home), None)

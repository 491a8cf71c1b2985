"""The first page of the staff side: visits that can be taken up again, and the way to a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from chairside.errors import ChairsideError
from chairside.session.view import OpenVisit
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words


class Home(Page):
    """The visits that are not over, oldest first, and the way to a new one."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        rows: Sequence[OpenVisit],
        enter: Callable[[str], None],
        new: Callable[[], None],
    ) -> None:
        super().__init__(theme, words, "home", "form")
        self.words, self._enter = words, enter
        self.body.addWidget(Heading(theme, words.say("screens.home_title")))
        if not rows:
            self.body.addWidget(Text(theme, words.say("screens.home_empty"), "body"))
        for row in rows:
            self.body.addWidget(self._row(theme, row))
        self.footer.show_actions(None, Action("new", words.say("screens.new_visit"), new, "primary"))

    def _row(self, theme: Theme, row: OpenVisit) -> QWidget:
        card = Card(theme, f"visit.{row.visit}")
        card.column.addWidget(Text(theme, row.name, "strong"))
        card.column.addWidget(Text(theme, self._state(row), "staff"))
        said = self.words.say("screens.resume")
        resume = Action(
            f"resume.{row.visit}", said, self._resumer(row.visit), "secondary", f"{said}: {row.name}"
        )
        card.column.addWidget(Button(theme, resume))
        return card

    def _state(self, row: OpenVisit) -> str:
        """Say who it is and what comes next, or why the visit cannot be opened and what to do."""
        if row.trouble:
            return " ".join(self.words.trouble(ChairsideError(row.trouble)))
        step = self.words.say("screens.next_step", step=self.words.say(f"step.{row.step}"))
        if row.born is None:
            return step
        return f"{self.words.say('screens.born', day=saying.day(self.words, row.born))} · {step}"

    def _resumer(self, visit: str) -> Callable[[], None]:
        return lambda: self._enter(visit)

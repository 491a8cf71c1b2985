"""A step that cannot begin yet: what it waits for, since when, and who mends it, with the way there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chairside.domain.steps import Lack
from chairside.session.view import View
from chairside.ui.screens import saying, standing
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card, empty
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.time_bar import TimeBar
from chairside.words import Words

NO_VIAL = "vial_none_accepted"


@dataclass(frozen=True)
class WaitDoors:
    """The way to what mends a wait; `vials` only where receiving has a page."""

    board: Callable[[], None]
    more: Callable[[], None]
    vials: Callable[[], None] | None


class Waiting(Page):
    """Says it calmly; nothing can be filled in here."""

    def __init__(self, words: Words, theme: Theme, step: str, doors: WaitDoors) -> None:
        super().__init__(theme, words, "waiting", "form")
        self._words, self._step, self._doors = words, step, doors
        self._title = Heading(theme, "")
        self.body.addWidget(self._title)
        card = Card(theme, "waiting.card")
        self._lines = Stack(theme, "gap")
        card.column.addLayout(self._lines)
        self.body.addWidget(card)

    def show_view(self, view: View) -> None:
        """Show what this step waits for now."""
        state = view.state(self._step)
        title = saying.step_title(self._words, view, self._step)
        self._title.setText(self._words.say("waits.title", step=title))
        empty(self._lines)
        for wait in view.status.waits:
            self._add(standing.waiting(self._words, wait, view.when.now), "strong")
            lasted = standing.wait_picture(self._words, wait, view.when.now)
            if lasted is not None:
                self._lines.addWidget(TimeBar(self._theme, f"waiting.{wait.what}", lasted))
        for lack in state.lacks:
            self._add(saying.lack(self._words, view, lack), "strong")
            if mended := self._mended_by(view, lack):
                self._add(mended, "staff")
        dry = any(lack.item == NO_VIAL for lack in state.lacks)
        more = Action("waiting.more", self._words.say("waits.say_so"), self._doors.more)
        back = self._words.say("screens.back_to_visits")
        board = Action("waiting.board", back, self._doors.board, "primary")
        if dry and self._doors.vials is not None:
            vials = Action("waiting.vials", self._words.say("board.to_vials"), self._doors.vials, "primary")
            board = Action("waiting.board", back, self._doors.board)
            self.footer.show_actions(board, vials, (more,))
        else:
            self.footer.show_actions(None, board, (more,))
        self.arrange()

    def _add(self, said: str, kind: str) -> None:
        self._lines.addWidget(Text(self._theme, said, kind))

    def _mended_by(self, view: View, lack: Lack) -> str:
        if lack.item == NO_VIAL:
            return self._words.say("waits.vial_mended")
        known = {step.id: step for step in view.book.plan.steps}
        if lack.why != "needs" or lack.item not in known:
            return ""
        owner = self._words.say(f"owner.{known[lack.item].owner}")
        return self._words.say("waits.mended_by", owner=owner)

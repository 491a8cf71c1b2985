"""The pages a patient has in hand between two steps: who are you, and give the tablet back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chairside.ui.screens.leaving import Leaving
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words


class _BetweenSteps(Page):
    """A page the patient has in hand between two steps: who does not want to go on says so here too (Q16)."""

    def __init__(self, theme: Theme, words: Words, name: str, leave: Callable[[], None] | None) -> None:
        super().__init__(theme, words, name, "text")
        self._words = words
        self.stand_in_the_middle()
        self._card = Card(theme)
        self.body.addWidget(self._card)
        self._leaving = Leaving(words, theme, leave, self._turn) if leave is not None else None
        self._panel: Card | None = None
        self._ways_on: tuple[Action | None, Action | None] = (None, None)

    def _lead(self, back: Action, primary: Action | None = None) -> None:
        """Offer what the page is for, and beside it not to go on."""
        self._ways_on = (back, primary)
        self.footer.show_actions(back, primary, () if self._leaving is None else (self._leaving.stop(),))

    def _turn(self) -> None:
        """Put the panel in the place of the card, or the card back."""
        assert self._leaving is not None  # nothing else offers it
        self._card.setVisible(not self._leaving.open)
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None
        if not self._leaving.open:
            back, primary = self._ways_on
            self.footer.show_actions(back, primary, (self._leaving.stop(),))
            return
        self._panel = self._leaving.panel()
        self.body.insertWidget(self.body.indexOf(self._card), self._panel)
        self._panel.show()  # now: its words are spoken, and its button counts, at once
        self.footer.show_actions(self._leaving.stay(), None)


@dataclass(frozen=True)
class Ways:
    """What the person may do: say yes, that is me; have the staff take the tablet; not go on at all.

    `leave` is None for who does not decide: an interpreter, a witness.
    """

    yes: Callable[[], None]
    take_back: Callable[[], None]
    leave: Callable[[], None] | None = None


class WhoAreYou(_BetweenSteps):
    """The patient says whether the tablet is in the right hands; a no shows only how to give it back."""

    def __init__(self, theme: Theme, words: Words, patient: str, ways: Ways, told: str = "") -> None:
        """`told`: what they are to do."""
        super().__init__(theme, words, "door.who_are_you", ways.leave)
        self._ways = ways
        self._banner = Banner(theme, "who_are_you.banner")
        self._title = Heading(theme, words.say("hand_over.are_you", name=patient))
        self._help = Text(theme, words.say("hand_over.are_you_help"))
        self._told = Text(theme, told, "strong")
        if not told:
            self._told.hide()
        for part in (self._title, self._told, self._help, self._banner):
            self._card.column.addWidget(part)
        self._lead(
            Action("who_are_you.no", words.say("button.not_me"), self._on_no),
            Action("who_are_you.yes", words.say("button.yes_that_is_me"), ways.yes, "primary"),
        )

    def _on_no(self) -> None:
        for part in (self._title, self._told, self._help):
            part.setText("")  # the name of somebody else's visit does not stay on the glass
            part.hide()
        self._banner.tell("notice", self._words.say("hand_over.not_me"))
        staff = Action("who_are_you.staff", self._words.say("door.staff_here"), self._ways.take_back)
        self.footer.show_actions(staff, None)


class HandBack(_BetweenSteps):
    """The patient's part is done; only a staff PIN goes on from here."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        staff_here: Callable[[], None],
        leave: Callable[[], None] | None = None,
    ) -> None:
        """`leave`: the patient does not go on; None for who does not decide."""
        super().__init__(theme, words, "door.hand_back", leave)
        self._card.column.addWidget(Heading(theme, words.say("hand_over.back_to_staff")))
        self._lead(Action("hand_back.staff", words.say("door.staff_here"), staff_here))

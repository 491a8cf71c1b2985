"""What stands on the page when a patient does not want to go on: nothing is lost, hand the tablet back."""

from __future__ import annotations

from collections.abc import Callable

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Paragraphs
from chairside.ui.widgets.words import Words


class Leaving:
    """Whether the panel is open, what leads to it and back, and what its button does.

    To refuse is a fact only staff attest. `turned` lets the page be shown anew, with the panel or without.
    """

    def __init__(
        self, words: Words, theme: Theme, leave: Callable[[], None], turned: Callable[[], None]
    ) -> None:
        self._words, self._theme = words, theme
        self.leave, self._turned = leave, turned
        self.open = False

    def panel(self) -> Card:
        """Return the panel."""
        card, say = Card(self._theme, "leaving"), self._words.say
        lines = (say("hand_over.stop_help"), say("screens.leaving_next"))
        card.column.addWidget(Paragraphs(self._theme, "leaving.text", say("hand_over.stop_title"), lines))
        action = Action("leave", say("button.hand_to_staff"), self.leave, "primary")
        card.column.addWidget(Button(self._theme, action))
        return card

    def stop(self) -> Action:
        """Return what opens the panel."""
        return Action("stop", self._words.say("button.stop"), self._stop, "quiet")

    def stay(self) -> Action:
        """Return what closes it and goes on."""
        return Action("stay", self._words.say("button.go_on"), self._stay)

    def _stop(self) -> None:
        self.open = True
        self._turned()

    def _stay(self) -> None:
        self.open = False
        self._turned()

"""What stands on the page when a patient does not want to go on: nothing is lost, hand the tablet back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Paragraphs
from chairside.ui.widgets.words import Words


@dataclass(frozen=True)
class Leaving:
    """The panel and what its button does; to refuse is a fact only staff attest."""

    words: Words
    theme: Theme
    leave: Callable[[], None]
    stay: Callable[[], None]

    def panel(self) -> Card:
        """Return the panel."""
        card = Card(self.theme, "leaving")
        lines = (self.words.say("hand_over.stop_help"), self.words.say("screens.leaving_next"))
        card.column.addWidget(
            Paragraphs(self.theme, "leaving.text", self.words.say("hand_over.stop_title"), lines)
        )
        action = Action("leave", self.words.say("button.hand_to_staff"), self.leave, "primary")
        card.column.addWidget(Button(self.theme, action))
        return card

"""After a patient said "I do not want to go on": staff attest it with what the patient said, or go on.

The PIN that took the tablet back led straight onto this page and counts as its PIN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chairside.domain.visit import Visit
from chairside.ui.screens.still_open import StillOpen
from chairside.ui.screens.why import Offered, Reason
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words

SAID = ("changed_mind", "more_time", "not_said")


def ending_of(visit: Visit) -> Literal["refused", "withdrawn"]:
    """Return what not going on is: before the patient's signature a refusal, after it a withdrawal."""
    return "withdrawn" if visit.consented else "refused"


@dataclass(frozen=True)
class Choices:
    """What staff can do: record the stop with a reason, or go on with the visit."""

    ending: Literal["refused", "withdrawn"]
    attest: Callable[[str], None]
    go_on: Callable[[], None]


class Stopping(Page):
    """One page, one reason, one attestation."""

    def __init__(self, theme: Theme, words: Words, choices: Choices) -> None:
        super().__init__(theme, words, "stopping", "form")
        self._choices = choices
        self.body.addWidget(Heading(theme, words.say("stop.title")))
        open_ = StillOpen(words, theme, self)
        open_.put("stopping.lacking")
        self.body.addWidget(Text(theme, words.say(f"stop.{choices.ending}")))
        self.body.addWidget(Text(theme, words.say("stop.reason"), "strong"))
        labels = [(key, words.say(f"stop.{key}")) for key in SAID]
        offered = Offered(labels, "stop.own_words", "stop.reason_first", rows=True)
        self._said = Reason(words, theme, "said", offered)
        self._said.tell_of(open_)
        self.body.addWidget(self._said)
        self.body.addWidget(Text(theme, words.say("stop.attest"), "staff"))
        self.footer.show_actions(
            Action("go_on", words.say("stop.go_on"), choices.go_on),
            Action("attest", words.say("button.attest_stop"), self._attest, "primary"),
        )

    def _attest(self) -> None:
        if self._said.given():
            self._choices.attest(self._said.text)

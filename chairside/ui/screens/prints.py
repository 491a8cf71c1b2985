"""Papers that need no visit: the poster of the notices and the blank pack of every form (P8)."""

from __future__ import annotations

from collections.abc import Callable

from chairside.ui.theme import Theme
from chairside.ui.widgets.across import Across, at_end
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.words import Words

PAPERS = ("poster", "blank_pack")


class Prints(Page):
    """One tap prints; what came of it is said here."""

    def __init__(
        self, words: Words, theme: Theme, print_: Callable[[str], str], back: Callable[[], None]
    ) -> None:
        """`print_` returns what came of it, or nothing where the window has said why not."""
        super().__init__(theme, words, "prints", "form")
        self._print = print_
        self.body.addWidget(Heading(theme, words.say("prints.title")))
        self._said = Banner(theme, "prints.said")
        self.body.addWidget(self._said)
        for kind in PAPERS:
            card, lines = Card(theme, f"prints.{kind}.card"), Stack(theme, "small")
            lines.addWidget(Text(theme, words.say(f"prints.{kind}"), "strong"))
            lines.addWidget(Text(theme, words.say(f"prints.{kind}_help"), "staff"))
            lines.addStretch(1)
            said = words.say("button.print")
            spoken = f"{said}: {words.say(f'prints.{kind}')}"
            act = Action(f"prints.{kind}", said, self._printer(kind), "secondary", spoken)
            card.column.addWidget(Across(theme, lines, at_end(theme, act)))
            self.body.addWidget(card)
        self.footer.show_actions(Action("back", words.say("button.back"), back), None)

    def _printer(self, kind: str) -> Callable[[], None]:
        return lambda: self._do(kind)

    def _do(self, kind: str) -> None:
        said = self._print(kind)
        if said:
            self._said.tell("ok", said)
        else:
            self._said.silence()

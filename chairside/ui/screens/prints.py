"""Papers that need no visit: the poster of the notices and the blank pack of every form (P8)."""

from __future__ import annotations

from collections.abc import Callable

from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
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
            card = Card(theme, f"prints.{kind}.card")
            card.column.addWidget(Text(theme, words.say(f"prints.{kind}"), "strong"))
            card.column.addWidget(Text(theme, words.say(f"prints.{kind}_help"), "staff"))
            line = FlowLayout(theme)
            said = words.say("button.print")
            spoken = f"{said}: {words.say(f'prints.{kind}')}"
            line.addWidget(
                Button(theme, Action(f"prints.{kind}", said, self._printer(kind), "secondary", spoken))
            )
            card.column.addLayout(line)
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

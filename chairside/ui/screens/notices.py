"""The notices of the law as the administrator sees them: which are shown, which are left out, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from chairside.ui.screens.asking import Ask
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words

DOCUMENT = (Ask("basis", "choice", ("ind", "counsel_memo")), Ask("reference"), Ask("reference_on"))


@dataclass(frozen=True)
class Notice:
    """A row: the notice's item, its title, and why it is left out (nothing: it is shown)."""

    item: str
    title: str
    why: str


class Notices(Page):
    """Every notice that may be left out at all."""

    def __init__(
        self,
        dress: tuple[Theme, Words],
        notices: Sequence[Notice],
        ways: tuple[Callable[[], None], Callable[[str], None], Callable[[str], None]],
    ) -> None:
        """`ways` are: back, leave a notice out, show it again."""
        self._theme, self._words = dress
        super().__init__(self._theme, self._words, "notices", "form")
        back, self._waive, self._restore = ways
        self.body.addWidget(Heading(self._theme, self._words.say("notices.title")))
        self.body.addWidget(Text(self._theme, self._words.say("notices.help")))
        for notice in notices:
            self.body.addWidget(self._card(notice))
        self.footer.show_actions(Action("notices.back", self._words.say("button.back"), back), None)

    def _card(self, notice: Notice) -> Card:
        card = Card(self._theme, f"notices.{notice.item}")
        card.column.addWidget(Text(self._theme, notice.title, "strong"))
        state = notice.why or self._words.say("notices.shown")
        card.column.addWidget(Text(self._theme, state, "staff", "ink2"))
        name, act = ("restore", self._restore) if notice.why else ("waive", self._waive)
        said = self._words.say(f"notices.{name}")
        tapped = Action(
            f"notices.{name}.{notice.item}",
            said,
            lambda: act(notice.item),
            "quiet",
            f"{said}: {notice.title}",
        )
        card.column.addWidget(Button(self._theme, tapped), 0, Qt.AlignmentFlag.AlignLeft)
        return card

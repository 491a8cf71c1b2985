"""One item on a page staff fill in: its words, its place, and how a reply is told up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from chairside.domain.form import Item
from chairside.domain.form import Words as Prose
from chairside.domain.replies import Reply
from chairside.ui.theme import Theme
from chairside.ui.widgets import text
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.words import Words


@dataclass(frozen=True)
class Desk:
    """What every row needs: words, look, where an answer goes, and the view's own now and zone.

    `pick` lets a photo be chosen for an item, where the page can show that. `whole_rows`: a patient's own
    finger answers, so each option is a whole row.
    """

    words: Words
    theme: Theme
    answer: Callable[[Item, Reply], None]
    now: Callable[[], datetime]
    zone: str
    pick: Callable[[Item], None] | None = None
    whole_rows: bool = False


class Row(QWidget):
    """An item on the page."""

    def __init__(self, desk: Desk, item: Item, prose: Prose) -> None:
        super().__init__()
        self.setObjectName(item.id)
        self.desk, self.item, self.prose = desk, item, prose
        self.column = text.Stack(desk.theme, "small", self)
        self.title = text.Text(desk.theme, prose.title, "strong")
        self.column.addWidget(self.title)
        for line in (*prose.body, *prose.help):
            self.column.addWidget(text.Text(desk.theme, line, "staff", "ink2"))
        self.build()

    def build(self) -> None:
        """Add the control to the column."""
        raise NotImplementedError

    def show_reply(self, reply: Reply | None) -> None:
        """Show what is stored of this item, or that nothing is."""
        raise NotImplementedError

    @property
    def unread(self) -> bool:
        """Whether something stands in the row that could not be taken as a reply."""
        return False

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence."""
        return self.desk.words.say(key, **facts)

    def tell(self, reply: Reply) -> None:
        """Tell a whole reply."""
        self.desk.answer(self.item, reply)

    def not_before(self, since: datetime | None, minutes: Sequence[int]) -> tuple[int, ...]:
        """Return those of these minutes ago that do not lead before an instant, where there is one."""
        now = self.desk.now()
        return tuple(each for each in minutes if since is None or now - timedelta(minutes=each) >= since)

    def chips(self, actions: list[Action]) -> dict[str, Button]:
        """Add a line of chips; return them by name. Spoken with the row: many have a "Change"."""
        holder = QWidget()
        line = FlowLayout(self.desk.theme, holder)
        made = {action.name: Button(self.desk.theme, action) for action in actions}
        for button in made.values():
            if not button.action.spoken:
                button.setAccessibleName(f"{self.prose.title}: {button.text()}")
            line.addWidget(button)
        self.column.addWidget(holder)
        return made

    def line(self, kind: str = "strong", colour: str = "ink") -> text.Text:
        """Add a line of text that is empty for now."""
        made = text.Text(self.desk.theme, "", kind, colour)
        made.hide()
        self.column.addWidget(made)
        return made


def show_line(line: text.Text, said: str) -> None:
    """Show this sentence, or nothing."""
    line.setText(said)
    line.setVisible(bool(said))

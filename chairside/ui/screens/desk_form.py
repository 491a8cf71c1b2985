"""A page of the desk that staff fill in: what is lacking is said at the top, and once more at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chairside.ui.screens import saying
from chairside.ui.screens.row import show_line
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options, Ticks
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.jump import Jump, asked_above
from chairside.ui.widgets.page import Column, Page
from chairside.ui.widgets.pair import Pair
from chairside.ui.widgets.summary import Summary
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words

# A question's key on the page, its options with their words, and what a tap does.
_Asked: TypeAlias = tuple[str, Sequence[tuple[str, str]], Callable[[str], None]]


@dataclass(frozen=True)
class Dress:
    """What every page of the vials needs: look, words, the clinic's zone and its now."""

    theme: Theme
    words: Words
    zone: str
    now: datetime

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence."""
        return self.words.say(key, **facts)


@dataclass(frozen=True)
class Blank:
    """A field to write in: its name on the page, what it is called, how much it holds, what it looks like."""

    key: str
    label: str
    most: int = 80
    hint: str = ""


class DeskForm(Page):
    """Fields and rows on cards; subclasses say what is lacking and what happens then."""

    def __init__(self, dress: Dress, name: str, title: str, column: Column = "form") -> None:
        super().__init__(dress.theme, dress.words, name, column)
        self.dress, self.theme, self.words = dress, dress.theme, dress.words
        self.say = dress.say
        self._name = name
        self._offered: object = None
        self._errors: dict[str, Text] = {}
        self._fields: dict[str, FieldRow] = {}
        self.body.addWidget(Heading(self.theme, title))
        self._jump = Jump(self.theme, self)
        self.summary = Summary(self.theme, f"{name}.lacking")
        self.body.addWidget(self.summary)

    # -- layout ---------------------------------------------------------------------------------
    def card(self, key: str, title: str = "", help_: str = "") -> Card:
        """Add a card with its question."""
        made = Card(self.theme, f"{self._name}.{key}.card")
        if title:
            made.column.addWidget(Text(self.theme, title, "strong"))
        if help_:
            made.column.addWidget(Text(self.theme, help_, "staff", "ink2"))
        self.body.addWidget(made)
        return made

    def field(self, card: Card, blank: Blank, written: str = "") -> FieldRow:
        """Add a field with what was written so far."""
        name = f"{self._name}.{blank.key}"
        made = FieldRow(self.theme, name, blank.label, self._on_written, blank.hint)
        made.line.setMaxLength(blank.most)
        made.show_text(written)
        self._fields[blank.key] = made
        card.column.addWidget(made)
        return made

    def rows(
        self, card: Card, key: str, options: Sequence[tuple[str, str]], choose: Callable[[str], None]
    ) -> Options:
        """Add answers as rows, one below the other."""
        return self._rows_of(Options, card, (key, options, choose))

    def ticks(
        self, card: Card, key: str, options: Sequence[tuple[str, str]], choose: Callable[[str], None]
    ) -> Options:
        """Add answers as rows of which any may be chosen."""
        return self._rows_of(Ticks, card, (key, options, choose))

    def _rows_of(self, kind: type[Options], card: Card, of: _Asked) -> Options:
        key, options, choose = of
        made = kind(self.theme, f"{self._name}.{key}", options, choose)
        card.column.addWidget(made)
        self.error(card, key)
        return made

    def pair(self, card: Card, key: str, title: str, choose: Callable[[str], None]) -> Pair:
        """Add yes and no side by side."""
        options = [("yes", self.say("vials.yes")), ("no", self.say("vials.no"))]
        made = Pair(self.theme, f"{self._name}.{key}", title, options, choose)
        card.column.addWidget(made)
        self.error(card, key)
        return made

    def error(self, card: Card, key: str) -> None:
        """Keep a place beside the question for what is wrong with it."""
        line = Text(self.theme, "", "staff_strong", "danger")
        line.setObjectName(f"{self._name}.{key}.error")
        line.hide()
        self._errors[key] = line
        card.column.addWidget(line)

    def written(self, key: str) -> str:
        """Return what stands in a field now."""
        return self._fields[key].text

    # -- state ----------------------------------------------------------------------------------
    def show_state(self) -> None:
        """Show what was put in so far."""
        raise NotImplementedError

    def lacks(self) -> dict[str, str]:
        """Return what is still to fill in: its key on the page, and what would be accepted."""
        raise NotImplementedError

    def refilled(self) -> None:
        """Once what is lacking was said, go on saying it until it is there."""
        if self.summary.isVisibleTo(self):
            self.say_lacking(steady=True)

    def say_lacking(self, steady: bool = False) -> None:
        """Say it at the top and at each place; `steady`: what was listed shortens and keeps its room."""
        lacks = self.lacks()
        for key, field in self._fields.items():
            field.show_error(lacks.get(key, ""))
        for key, line in self._errors.items():
            show_line(line, lacks.get(key, ""))
        lines = [(said, self._way_to(key)) for key, said in lacks.items()]
        self.summary.list_lines(self.say("screens.still_open", count=len(lines)), lines, steady)

    def _way_to(self, key: str) -> Callable[[], None] | None:
        """Return a way to the field, or to the card of the question."""
        place: QWidget | None = self._fields.get(key)
        if place is None and key in self._errors:
            place = asked_above(self._errors[key])
        return None if place is None else lambda: self._jump.to(lambda: place)

    def whole(self) -> bool:
        """Tell whether nothing is lacking; if something is, say it and go to the top."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit) and self.isAncestorOf(focus):
            focus.clearFocus()
        self.say_lacking()
        if self.lacks():
            self._jump.to_list(self.summary)
            return False
        return True

    def offer(
        self, back: Action | None, primary: Action | None, others: Sequence[Action] = (), lacking: bool = True
    ) -> None:
        """Say the footer; the same again leaves its buttons, and the keyboard's place, alone."""
        said = saying.lacking(self.words, list(self.lacks().values())) if lacking else ""
        offered = (back, primary, tuple(others), said)
        if offered != self._offered:
            self._offered = offered
            self.footer.show_actions(back, primary, others, said)
            self.arrange()

    def act(self, name: str, key: str, tapped: Callable[[], None], kind: str = "secondary") -> Action:
        """Return something to tap on this page."""
        return Action(f"{self._name}.{name}", self.say(key), tapped, kind)

    def _on_written(self, _: str) -> None:
        self.show_state()

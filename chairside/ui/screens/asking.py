"""A page of plain questions before there is a visit: fields and choices by a table, nothing preset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt

from chairside.domain.phones import is_phone
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.jump import Jump
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.summary import Summary
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words

MOST_LETTERS = 200
PHONE_DIGITS = 7  # a number without its area code; fewer reach nobody


@dataclass(frozen=True)
class Ask:
    """One question: a text, a secret, a phone, a whole number between two limits, or one of some options.

    `when` names an answer (key, value) without which the question is not asked.
    """

    key: str
    kind: Literal["text", "secret", "number", "phone", "choice"] = "text"
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    when: tuple[str, str] | None = None
    why: bool = True  # the rule stands below where something is chosen, not where it is asked back

    def asked(self, said: dict[str, str]) -> bool:
        """Tell whether this is asked, given what was said."""
        return self.when is None or said.get(self.when[0]) == self.when[1]

    def wrong(self, said: dict[str, str]) -> str:
        """Return the key of the sentence that says what is wrong with the answer, or nothing."""
        told = said.get(self.key, "").strip()
        if not told:
            return "common.required"
        if self.kind == "number":
            fits = told.isdecimal() and len(told) < 5 and self.least <= int(told) <= self.most
            return "" if fits else "setup.number"
        if self.kind == "phone":
            return _phone(told)
        return ""


def _phone(told: str) -> str:
    if sum(letter.isdigit() for letter in told) < PHONE_DIGITS:
        return "setup.phone_short"
    return "" if is_phone(told) else "setup.phone_letters"


class Asking(Page):
    """Asks, and goes on once everything is answered; what was said stays in `said` on the way back."""

    def __init__(
        self,
        dress: tuple[Theme, Words],
        name: str,
        asks: Sequence[Ask],
        said: dict[str, str],
        actions: tuple[Callable[[], None] | None, Callable[[], None]],
        others: Sequence[Action] = (),
    ) -> None:
        """`actions` are: back, on; `others` stand beside them."""
        theme, words = dress
        super().__init__(theme, words, f"setup.{name}", "form")
        self.theme, self.words, self.said, self._asks = theme, words, said, asks
        self._back, self._on = actions
        self._others = tuple(others)
        self.body.addWidget(Heading(theme, words.say(f"setup.{name}_title")))
        if words.has(f"setup.{name}_help"):
            self.body.addWidget(Text(theme, words.say(f"setup.{name}_help")))
        self.banner = Summary(theme, f"setup.{name}.banner")
        self._jump = Jump(theme, self)
        self.body.addWidget(self.banner)
        self._cards: dict[str, Card] = {}
        self._fields: dict[str, FieldRow] = {}
        self._choices: dict[str, Options] = {}
        self._errors: dict[str, Text] = {}
        for ask in asks:
            self._add(ask)
        self.show_said()

    def _add(self, ask: Ask) -> None:
        card = Card(self.theme, f"setup.{ask.key}.card")
        title = self.words.say(f"setup.{ask.key}")
        if ask.kind == "choice":
            card.column.addWidget(Text(self.theme, title, "strong"))
            labels = [(option, self.words.say(f"setup.{ask.key}_{option}")) for option in ask.options]
            tell = self._teller(ask.key)
            self._choices[ask.key] = Options(self.theme, ask.key, labels, tell)
            self._choices[ask.key].entitle(title)
            card.column.addWidget(self._choices[ask.key])
            self._errors[ask.key] = Text(self.theme, "", "staff_strong", "danger")
            self._errors[ask.key].hide()
            card.column.addWidget(self._errors[ask.key])
        else:
            field = FieldRow(self.theme, f"setup.{ask.key}", title, self._teller(ask.key))
            field.line.setMaxLength(MOST_LETTERS)
            field.line.returnPressed.connect(lambda: self._enter(ask))
            if ask.kind == "secret":
                field.set_secret()
            self._fields[ask.key] = field
            card.column.addWidget(field)
        if ask.why and self.words.has(f"setup.{ask.key}_why"):
            why = self.words.say(f"setup.{ask.key}_why", least=ask.least, most=ask.most)
            card.column.addWidget(Text(self.theme, why, "staff", "ink2"))
        self._cards[ask.key] = card
        self.body.addWidget(card)

    def _teller(self, key: str) -> Callable[[str], None]:
        return lambda told: self._tell(key, told)

    def _tell(self, key: str, told: str) -> None:
        self.said[key] = told
        if key in self._errors:
            self._errors[key].hide()
        self.show_said()

    def _enter(self, ask: Ask) -> None:
        """Go where Enter leads from a field: to the next question, from the last one on."""
        shown = [each for each in self._asks if each.asked(self.said)]
        after = shown[shown.index(ask) + 1 :]
        if not after:
            self._go()
            return
        if (key := after[0].key) in self._fields:
            self._fields[key].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._choices[key].take_focus()
        self._jump.show_whole(lambda: self._cards[key])

    def name(self, about: str) -> None:
        """Say below the heading whom or what the questions are about."""
        self.body.insertWidget(1, Text(self.theme, about, "strong"))

    def warn(self, sentence: str) -> None:
        """Say what is wrong above the questions, in view also where the page was scrolled down."""
        self.banner.tell("warn", sentence)
        self.content.verticalScrollBar().setValue(0)

    def refuse(self, key: str, sentence: str) -> None:
        """Say beside a question what is wrong with its answer, and lead there."""
        self.banner.silence()
        self._fields[key].show_error(sentence)
        self._jump.to(lambda: self._cards[key])

    def show_said(self) -> None:
        """Show what was said so far, and which questions there are because of it."""
        for ask in self._asks:
            self._cards[ask.key].setVisible(ask.asked(self.said))
        for key, field in self._fields.items():
            field.show_text(self.said.get(key, ""))
        for key, choice in self._choices.items():
            choice.show_choice(self.said.get(key))
        back = Action("setup.back", self.words.say("button.back"), self._back) if self._back else None
        self.footer.show_actions(
            back,
            Action("setup.continue", self.words.say("button.continue"), self._go, "primary"),
            self._others,
        )

    def take_fields(self) -> None:
        """Take what stands in the fields, whether or not they were left."""
        for key, field in self._fields.items():
            self.said[key] = field.text

    def _go(self) -> None:
        self.take_fields()
        wrong = {ask.key: ask.wrong(self.said) for ask in self._asks if ask.asked(self.said)}
        for ask in self._asks:
            said = wrong.get(ask.key, "")
            self._show_error(ask, self.words.say(said, least=ask.least, most=ask.most) if said else "")
        lacking = [key for key, said in wrong.items() if said]
        if lacking:
            lines = [(self.words.say(f"setup.{key}"), self._way_to(key)) for key in lacking]
            self.banner.list_lines(self.words.say("screens.still_open", count=len(lines)), lines)
            self._jump.to_list(self.banner)
        else:
            self._on()

    def _way_to(self, key: str) -> Callable[[], None]:
        return lambda: self._jump.to(lambda: self._cards[key])

    def _show_error(self, ask: Ask, sentence: str) -> None:
        if ask.key in self._fields:
            self._fields[ask.key].show_error(sentence)
            return
        self._errors[ask.key].setText(sentence)
        self._errors[ask.key].setVisible(bool(sentence))

"""The cards on which a person is named: fields and choices, one deed, and what still lacks said in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import get_args

from PySide6.QtWidgets import QWidget

from chairside.domain import people
from chairside.domain.facts import PeopleFact, Signer, Way
from chairside.domain.facts.kinds import Beside, InterpreterMode, Relation
from chairside.domain.facts.people import (
    AssentNotAsked,
    InterpreterNamed,
    MinorMaySign,
    PersonLeft,
    RepresentativeNamed,
    WayChosen,
    WitnessNamed,
)
from chairside.session.view import View
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words

Tell = Callable[[PeopleFact], None]


class NamingCard(Card):
    """One part of who is here; what is typed is held until the deed is tapped."""

    def __init__(self, words: Words, theme: Theme, part: str, tell: Tell) -> None:
        super().__init__(theme, f"beside.{part}")
        self.words, self.theme, self.part, self.tell = words, theme, part, tell
        self._fields: dict[str, FieldRow] = {}
        self._picked: dict[str, str] = {}
        self._options: dict[str, Options] = {}
        self.column.addWidget(Heading(theme, words.say(f"beside.part_{part}"), 2))
        help_ = f"beside.{part}_help"
        if words.has(help_):
            self.column.addWidget(Text(theme, words.say(help_), "staff"))

    def field(self, key: str) -> None:
        """Add a line to write on."""
        name = f"beside.{self.part}.{key}"
        self._fields[key] = FieldRow(self.theme, name, self.words.say(f"beside.{key}"), lambda _: None)
        self.column.addWidget(self._fields[key])

    def pick(self, key: str, options: Sequence[str]) -> None:
        """Add a choice of which none is preset."""
        title = self.words.say(f"beside.{key}")
        self.column.addWidget(Text(self.theme, title, "strong"))
        labels = [(each, self.words.say(f"beside.{key}_{each}")) for each in options]
        name = f"beside.{self.part}.{key}"
        made = Options(self.theme, name, labels, lambda option: self._pick(key, option), chips=True)
        made.entitle(title)
        self._options[key] = made
        self.column.addWidget(made)

    def _pick(self, key: str, option: str) -> None:
        self._picked[key] = option
        self._options[key].show_choice(option)

    def deeds(self, *deeds: tuple[str, Callable[[], PeopleFact | None]], kind: str = "secondary") -> None:
        """Add the buttons of this kind; each tells what its maker returns, if that is whole."""
        holder = QWidget()
        line = FlowLayout(self.theme, holder)
        for key, make in deeds:
            said = self.words.say(f"beside.{key}")
            deed = Action(f"beside.{self.part}.{key}", said, partial(self._do, make), kind)
            line.addWidget(Button(self.theme, deed))
        self._lacking = Text(self.theme, "", "staff_strong", "danger")
        self._lacking.hide()
        self.column.addWidget(self._lacking)
        self.column.addWidget(holder)

    def _do(self, make: Callable[[], PeopleFact | None]) -> None:
        fact = make()
        if fact is not None:
            self.tell(fact)

    # -- what was put in --------------------------------------------------------------------------
    def text(self, key: str) -> str:
        """Return what is written on a line now."""
        return self._fields[key].text if key in self._fields else ""

    def choice(self, key: str) -> str:
        """Return what is chosen, or nothing."""
        return self._picked.get(key, "")

    def whole(self, *keys: str) -> bool:
        """Tell whether all of these were given; name the first that was not."""
        for key in keys:
            given = self.text(key) if key in self._fields else self.choice(key)
            if not given:
                said = f"{self.words.say('beside.first')} {self.words.say(f'beside.{key}')}"
                self._lacking.setText(said)
                self._lacking.show()
                return False
        self._lacking.hide()
        return True


def representative(card: NamingCard, view: View) -> None:
    """Fill the card on which who decides for the patient is named."""
    adult = not people.minor(view.visit, view.when)
    if adult:
        card.column.addWidget(Text(card.theme, card.words.say("beside.adult_help"), "staff"))
    card.field("name")
    card.pick("relation", get_args(Relation))
    card.field("authority")
    wanted = ["name", "relation", "authority"]
    if adult:
        card.field("incapacity")
        wanted.append("incapacity")

    def make() -> PeopleFact | None:
        if not card.whole(*wanted):
            return None
        relation = next(each for each in get_args(Relation) if each == card.choice("relation"))
        return RepresentativeNamed(
            card.text("name"), relation, card.text("authority"), card.text("incapacity")
        )

    card.deeds(("do_name", make))


def interpreter(card: NamingCard, _: View) -> None:
    """Fill the card on which an interpreter is named."""
    card.field("name")
    card.field("spoken")
    card.pick("mode", get_args(InterpreterMode))
    card.field("identifier")
    card.pick("sight", ("no", "yes"))
    card.pick("qualified", ("yes", "no"))
    card.field("exception")

    def make() -> PeopleFact | None:
        away = ("identifier",) if card.choice("mode") not in ("", "in_person") else ()
        why = ("exception",) if card.choice("qualified") == "no" else ()
        if not card.whole("name", "spoken", "mode", *away, "sight", "qualified", *why):
            return None
        mode = next(each for each in get_args(InterpreterMode) if each == card.choice("mode"))
        said = (card.text("name"), card.text("identifier"), card.text("spoken"), mode)
        return InterpreterNamed(*said, card.choice("sight") == "yes", card.text("exception") if why else "")

    card.deeds(("do_name", make))


def witness(card: NamingCard, _: View) -> None:
    """Fill the card on which a witness is named."""
    card.field("name")
    card.deeds(("do_name", lambda: WitnessNamed(card.text("name")) if card.whole("name") else None))


def way(card: NamingCard, view: View) -> None:
    """Fill the card on which another way of signing is chosen."""
    signers: list[Signer] = ["patient"]
    if view.visit.people.representative is not None:
        signers.insert(0, "representative")
    card.pick("signer", signers)
    card.pick("way", get_args(Way))
    card.field("reason")

    def make() -> PeopleFact | None:
        why = ("reason",) if card.choice("way") != "drawn" else ()
        if not card.whole("signer", "way", *why):
            return None
        signer = next(each for each in signers if each == card.choice("signer"))
        chosen: Way = next(each for each in get_args(Way) if each == card.choice("way"))
        return WayChosen(signer, chosen, card.text("reason"))

    card.deeds(("do_way", make))


def assent(card: NamingCard, _: View) -> None:
    """Fill the card on which the physician leaves a child's yes out, or lets a minor decide alone."""
    card.field("reason")

    def not_asked() -> PeopleFact | None:
        return AssentNotAsked(card.text("reason")) if card.whole("reason") else None

    def alone() -> PeopleFact | None:
        return MinorMaySign(card.text("reason")) if card.whole("reason") else None

    card.deeds(("do_not_asked", not_asked), ("do_may_sign", alone))


def left(card: NamingCard, view: View) -> None:
    """Fill the card on which somebody is taken out who is no longer here."""
    here = [who for who in get_args(Beside) if people.named(view.visit, who)]
    card.pick("left", here)
    card.field("reason")

    def make() -> PeopleFact | None:
        if not card.whole("left", "reason"):
            return None
        return PersonLeft(next(each for each in here if each == card.choice("left")), card.text("reason"))

    card.deeds(("do_left", make))

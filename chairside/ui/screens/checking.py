"""The second person compares every entry with label and paper, part by part, then it is their PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from chairside.ui.screens.desk_form import DeskForm, Dress
from chairside.ui.widgets.answers import TickRow
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.columns import Columns
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.pairs import Pairs
from chairside.ui.widgets.photo import Photo
from chairside.ui.widgets.text import Heading, Text


@dataclass(frozen=True)
class Part:
    """What is compared at one look: its name, its entries, and the photo of the paper where there is one."""

    key: str
    title: str
    entries: tuple[tuple[str, str], ...]
    photo: QImage | None = None


@dataclass(frozen=True)
class CheckWays:
    """Where the page leads; `differs` is where an entry is put right.

    `compared` outlives the page: what was ticked off, with the entries it was ticked for.
    """

    prove: Callable[[], None]
    differs: Callable[[], None] | None
    back: Callable[[], None]
    compared: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


class Compare(DeskForm):
    """Entries in large type; the paper is in the hand, its photo stands beside them."""

    def __init__(self, dress: Dress, title: str, told: str, parts: Sequence[Part], ways: CheckWays) -> None:
        beside = len(parts) > 1 or any(part.photo is not None for part in parts)
        super().__init__(dress, "check", title, "whole" if beside else "form")
        self._ways, self._parts = ways, parts
        self.body.addWidget(Text(self.theme, told, "body"))
        self._ticks: dict[str, TickRow] = {}
        columns = Columns(self.theme, "check.parts")
        columns.show_widgets([card for part in parts for card in self._cards(part)])
        self.body.addWidget(columns)
        self.show_state()

    def _cards(self, part: Part) -> list[Card]:
        card = Card(self.theme, f"check.{part.key}.card")
        card.column.addWidget(Heading(self.theme, part.title, 2))
        card.column.addWidget(entries_table(self.dress, part.entries))
        said = self.say(f"vials.compared_{part.key}")
        tick = TickRow(self.theme, Action(f"check.{part.key}", said, self._ticker(part.key)))
        self._ticks[part.key] = tick
        card.column.addWidget(tick)
        self.error(card, part.key)
        if part.photo is None:
            return [card]
        beside = Card(self.theme, f"check.{part.key}.photo.card")
        photo = Photo(self.theme, f"check.{part.key}.photo", self.say("vials.photo"))
        photo.show_image(part.photo)
        beside.column.addWidget(Heading(self.theme, self.say("vials.photo"), 2))
        beside.column.addWidget(photo)
        return [card, beside]

    def show_state(self) -> None:
        open_ = self.lacks()
        for key, tick in self._ticks.items():
            tick.show_checked(key not in open_)
        self.refilled()
        others = []
        if self._ways.differs is not None:
            others.append(self.act("differs", "vials.differs", self._ways.differs))
        primary = self.act("prove", "vials.check_prove", self._prove, "primary")
        self.offer(self.act("back", "button.back", self._ways.back), primary, others)

    def lacks(self) -> dict[str, str]:
        return {
            part.key: self.say("vials.say_compared", part=part.title)
            for part in self._parts
            if self._ways.compared.get(part.key) != part.entries
        }

    def _ticker(self, key: str) -> Callable[[], None]:
        return lambda: self._tick(key)

    def _tick(self, key: str) -> None:
        part = next(each for each in self._parts if each.key == key)
        if key in self.lacks():
            self._ways.compared[key] = part.entries
        else:
            del self._ways.compared[key]
        self.show_state()

    def _prove(self) -> None:
        if self.whole():
            self._ways.prove()


def entries_table(dress: Dress, entries: Sequence[tuple[str, str]], large: bool = True) -> Pairs:
    """Return entries as two columns: what it is, and what was entered."""
    gap, kind = ("snug", "compared") if large else ("small", "staff")
    return Pairs(dress.theme, entries, gap, "ink2", kind, share=(1, 1))


def entries_card(dress: Dress, name: str, title: str, entries: Sequence[tuple[str, str]]) -> Card:
    """Return a card of entries that are only shown."""
    card = Card(dress.theme, name)
    card.column.addWidget(Heading(dress.theme, title, 2))
    card.column.addWidget(entries_table(dress, entries, large=False))
    return card

"""The vials at the desk by how they stand, what is in hand first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chairside.domain.facts import Stamp
from chairside.session.board import Fate, VialCard
from chairside.ui.screens import standing, vial_words
from chairside.ui.screens.desk_form import Dress
from chairside.ui.widgets.across import Across, at_end
from chairside.ui.widgets.banner import Tone
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.columns import Columns
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.tag import Tag
from chairside.ui.widgets.text import Heading, Stack, Text

# What is in hand stands first; what is over is put away at the end.
GROUPS: dict[str, tuple[Fate, ...]] = {
    "in_use": ("thawed", "opened"),
    "expected": ("expected",),
    "received": ("received", "checked"),
    "accepted": ("accepted",),
    "assigned": ("assigned",),
    "quarantined": ("quarantined",),
    "over": ("used", "partly_used", "returned", "discarded", "rejected"),
}
OVER = "over"
MOST_LACKS = 3


@dataclass(frozen=True)
class Running:
    """How long a vial in use has been so: ready words, and how much that matters."""

    said: str
    tone: Tone = "notice"


@dataclass(frozen=True)
class Stock:
    """Every vial, and for those in use how long."""

    cards: tuple[VialCard, ...]
    running: dict[str, Running] = field(default_factory=dict)


@dataclass(frozen=True)
class VialsDoors:
    """Where the page leads."""

    look: Callable[[str], None]
    receive: Callable[[], None]
    expect: Callable[[], None]
    sheets: Callable[[], None]
    suppliers: Callable[[], None]
    home: Callable[[], None]


class VialTile(Card):
    """One vial: its code, how it stands, what it lacks, one tap to its page."""

    def __init__(
        self, dress: Dress, card: VialCard, running: Running | None, look: Callable[[str], None]
    ) -> None:
        super().__init__(dress.theme, f"vial.{card.stream}")
        self._dress, self._card, self._look = dress, card, look
        theme, words = dress.theme, dress.words
        name = self._name()
        self._head(name)
        if running is not None:
            colour = "ink" if running.tone in ("ok", "notice") else running.tone
            self.column.addWidget(Text(theme, running.said, "strong", colour))
        lines = Stack(theme, "small")
        beside = vial_words.beside(words, card, dress.zone)
        lines.addWidget(Text(theme, beside, "staff", "ink2"))
        if card.patient:
            whose = dress.say("vials.for_patient", name=card.patient)
            lines.addWidget(Text(theme, whose, "staff_strong"))
        for said in self._lacks():
            lines.addWidget(Text(theme, said, "staff", "warn"))
        lines.addStretch(1)
        act = dress.say("vials.look")
        told = [name] if card.code else [name, card.patient, beside]
        called = ", ".join(each for each in told if each)
        spoken = dress.say("board.spoken", act=act, name=called)
        way = Action(f"look.{card.stream}", act, self._tapped, "secondary", spoken)
        self.column.addWidget(Across(theme, lines, at_end(theme, way)))

    def _name(self) -> str:
        card = self._card
        return vial_words.shown_code(card.code) if card.code else self._dress.say("vials.not_here_yet")

    def _head(self, name: str) -> None:
        holder, line = QWidget(), QHBoxLayout()
        holder.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Heading(self._dress.theme, name, 2), 1)
        said = vial_words.fate(self._dress.words, self._card, self._dress.now)
        tag = Tag(self._dress.theme, said, vial_words.tone(self._card))
        line.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(holder)

    def _lacks(self) -> list[str]:
        lacks = vial_words.lacks(self._dress.words, self._card)
        if len(lacks) > MOST_LACKS:
            more = self._dress.say("vials.more_lacks", count=len(lacks) - MOST_LACKS + 1)
            return [*lacks[: MOST_LACKS - 1], more]
        return lacks

    def _tapped(self) -> None:
        self._look(self._card.stream)


class Vials(Page):
    """Every vial the clinic expects or has."""

    def __init__(self, dress: Dress, doors: VialsDoors) -> None:
        super().__init__(dress.theme, dress.words, "vials", "whole")
        self._doors, self._words = doors, dress.words
        self._shown: object = None
        self._over_open = False
        self.body.addWidget(Heading(dress.theme, dress.say("vials.title")))
        self._calm = Text(dress.theme, dress.say("vials.empty"), "body")
        self.body.addWidget(self._calm)
        self._groups: dict[str, tuple[Heading, Columns]] = {}
        for name in GROUPS:
            heading, columns = (
                Heading(dress.theme, dress.say(f"vials.group_{name}"), 2),
                Columns(dress.theme, name),
            )
            self._groups[name] = (heading, columns)
            self.body.addWidget(heading)
            if name == OVER:
                self._fold = Button(dress.theme, Action("vials.over", " ", self._on_fold, "chip"))
                self.body.addWidget(self._fold)
                self.body.setAlignment(self._fold, Qt.AlignmentFlag.AlignLeft)
            self.body.addWidget(columns)
        self._offer(dress)

    def _offer(self, dress: Dress) -> None:
        say, doors = dress.say, self._doors
        back = Action("back", say("button.back"), doors.home)
        receive = Action("vials.receive", say("vials.receive"), doors.receive, "primary")
        others = (
            Action("vials.expect", say("vials.expect"), doors.expect),
            Action("vials.sheets", say("vials.sheets"), doors.sheets),
            Action("vials.suppliers", say("vials.suppliers"), doors.suppliers),
        )
        self.footer.show_actions(back, receive, others)

    def show_stock(self, dress: Dress, stock: Stock) -> None:
        """Show this; the same again, a minute later, leaves the place on the page alone."""
        shown = (dress.now.replace(second=0, microsecond=0), stock, self._over_open)
        if shown == self._shown:
            return
        self._shown, self._dress, self._stock = shown, dress, stock
        self._calm.setVisible(not stock.cards)
        for name, fates in GROUPS.items():
            cards = [card for fate in fates for card in stock.cards if card.fate == fate]
            self._show_group(name, cards)

    def _show_group(self, name: str, cards: Sequence[VialCard]) -> None:
        heading, columns = self._groups[name]
        heading.setVisible(bool(cards))
        if name == OVER:
            said = self._words.say(
                "vials.over_hide" if self._over_open else "vials.over_show", count=len(cards)
            )
            self._fold.setText(said)
            self._fold.setAccessibleName(said)
            self._fold.setVisible(bool(cards))
            cards = cards if self._over_open else []
        tiles = [
            VialTile(self._dress, card, self._stock.running.get(card.stream), self._doors.look)
            for card in cards
        ]
        columns.show_widgets(tiles)

    def _on_fold(self) -> None:
        self._over_open = not self._over_open
        self.show_stock(self._dress, self._stock)


def running(dress: Dress, card: VialCard, since: Stamp | None, limit: int | None) -> Running | None:
    """Return how long a vial has been thawed or opened; `since` unknown says nothing."""
    at = since.utc if since is not None else None
    if at is None:
        return None
    if card.fate == "thawed":
        tone, said = standing.thawed(dress.words, at, limit, dress.now)
        return Running(said, tone)
    return Running(dress.say("vials.opened_since", since=standing.lasted(dress.words, at, dress.now)))

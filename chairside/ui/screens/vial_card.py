"""One vial: how it stands, what it lacks, what its label and sheet say, its life, what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from chairside.session.board import Fate, VialCard
from chairside.ui.screens import saying, vial_words
from chairside.ui.screens.checking import entries_card
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.vial_words import Event
from chairside.ui.screens.vials import Running
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.pairs import Pairs
from chairside.ui.widgets.tag import Tag
from chairside.ui.widgets.text import Heading, Text

# The main action of each state, and what else may be tapped; the rules are asked about every one.
MAIN = frozenset({"arrived", "check", "accept", "set_aside"})
ACTS: dict[Fate, tuple[str, ...]] = {
    "expected": ("arrived", "not_coming"),
    "received": ("check", "quarantine", "reject", "correct"),
    "checked": ("accept", "quarantine", "reject", "correct"),
    "quarantined": ("accept", "check", "reject", "return", "discard", "correct"),
    "accepted": ("set_aside", "quarantine", "reject", "return", "discard"),
    "assigned": ("free", "quarantine", "reject", "return", "discard"),
    "opened": ("free", "quarantine", "reject", "return", "discard"),
    "thawed": ("quarantine", "discard"),
    "discarded": ("take_back",),
    "rejected": ("accept", "return", "discard"),
}


@dataclass(frozen=True)
class Shown:
    """All the page says; `entries` are (title, rows) of label and sheet, ready words."""

    card: VialCard
    entries: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    life: tuple[Event, ...]
    acts: tuple[str, ...]
    running: Running | None = None


class VialPage(Page):
    """A vial that is here, or on its way."""

    def __init__(
        self, dress: Dress, shown: Shown, ways: tuple[Callable[[str], None], Callable[[], None]]
    ) -> None:
        """`ways` are: do this act, back."""
        super().__init__(dress.theme, dress.words, "vial.page", "form")
        self._dress, self._shown = dress, shown
        self._do, back = ways
        # A vial that was compared and is not in order has one likely way: apart.
        apart = shown.card.fate == "checked" and shown.acts[:1] == ("quarantine",)
        self._leads = apart or (shown.acts[:1] != () and shown.acts[0] in MAIN)
        self._head()
        self._say_lacks()
        self._offer_more()
        for number, (title, rows) in enumerate(shown.entries):
            self.body.addWidget(entries_card(dress, f"vial.entries.{number}", title, rows))
        if shown.life:
            self._tell_life(shown.life)
        main = self._action(shown.acts[0], "primary") if self._leads else None
        self.footer.show_actions(Action("back", dress.say("button.back"), back), main)

    def _head(self) -> None:
        dress, card = self._dress, self._shown.card
        holder, line = QWidget(), QHBoxLayout()
        holder.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        name = vial_words.shown_code(card.code) if card.code else dress.say("vials.not_here_yet")
        line.addWidget(Heading(dress.theme, name), 1)
        line.addWidget(
            Tag(dress.theme, vial_words.fate(dress.words, card, dress.now), vial_words.tone(card)), 0
        )
        self.body.addWidget(holder)
        self.body.addWidget(Text(dress.theme, vial_words.beside(dress.words, card, dress.zone), "body"))
        if card.patient:
            said = dress.say("vials.for_patient", name=card.patient)
            self.body.addWidget(Text(dress.theme, said, "strong"))
        running = self._shown.running
        if running is not None:
            banner = Banner(dress.theme, "vial.running")
            self.body.addWidget(banner)
            banner.tell(running.tone, running.said)

    def _say_lacks(self) -> None:
        banner = Banner(self._dress.theme, "vial.lacks")
        self.body.addWidget(banner)
        lacks = vial_words.lacks(self._dress.words, self._shown.card)
        if lacks:
            banner.tell("warn", "\n".join((self._dress.say("vials.lacks"), *lacks)))

    def _action(self, act: str, kind: str = "secondary") -> Action:
        return Action(f"vial.{act}", self._dress.say(f"vials.act_{act}"), lambda: self._do(act), kind)

    def _offer_more(self) -> None:
        """Offer what else can be done, away from the main action."""
        acts = self._shown.acts[1:] if self._leads else self._shown.acts
        if not acts:
            return
        card = Card(self._dress.theme, "vial.acts")
        title = "vials.acts_more" if self._leads else "vials.acts"
        card.column.addWidget(Heading(self._dress.theme, self._dress.say(title), 2))
        holder = QWidget()
        line = FlowLayout(self._dress.theme, holder)
        for act in acts:
            line.addWidget(Button(self._dress.theme, self._action(act)))
        card.column.addWidget(holder)
        self.body.addWidget(card)

    def _tell_life(self, life: Sequence[Event]) -> None:
        dress = self._dress
        card = Card(dress.theme, "vial.life")
        card.column.addWidget(Heading(dress.theme, dress.say("vials.life"), 2))
        told = [
            (f"{saying.moment(dress.words, event.at, dress.zone)}\n{event.who}", event.said) for event in life
        ]
        card.column.addWidget(Pairs(dress.theme, told, "snug", "ink2"))
        self.body.addWidget(card)

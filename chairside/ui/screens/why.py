"""A panel that asks why before something is told: short reasons as chips, one's own words, then what to do.

What is chosen here is held until an action is tapped: it is a fact in the making, not an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text


@dataclass(frozen=True)
class Deed:
    """What may follow once there is a reason: its name, its words, and what is told with the reason."""

    name: str
    key: str
    tapped: Callable[[str], None]
    kind: str = "secondary"


@dataclass(frozen=True)
class Asking:
    """What a panel asks: title and lines as sentences, chips by name and sentence; `leave` gives it up."""

    name: str
    title: str
    lines: Sequence[str] = ()
    chips: Sequence[tuple[str, str]] = ()
    leave: Callable[[], None] | None = None


class WhyCard(Card):
    """One reason, then one of its deeds; a tap on another chip only changes the reason."""

    def __init__(self, screen: Screen, asking: Asking, deeds: Sequence[Deed]) -> None:
        super().__init__(screen.theme, asking.name)
        self._screen, self._name, self._chosen = screen, asking.name, ""
        theme, say = screen.theme, screen.say
        self.column.addWidget(Heading(theme, asking.title, 2))
        for line in asking.lines:
            self.column.addWidget(Text(theme, line, "staff"))
        self._lacking = Banner(theme, f"{self._name}.lacking")
        self.column.addWidget(self._lacking)
        self._chips = self._line(
            [Action(f"{self._name}.{key}", said, self._chooser(said), "chip") for key, said in asking.chips]
        )
        self._own = FieldRow(theme, f"{self._name}.own", say("screens.own_words"), self._on_written)
        self.column.addWidget(self._own)
        acts = [self._act(deed) for deed in deeds]
        if asking.leave is not None:
            acts.append(Action(f"{self._name}.leave", say("button.cancel"), asking.leave, "quiet"))
        self._line(acts)

    def _act(self, deed: Deed) -> Action:
        return Action(
            f"{self._name}.{deed.name}", self._screen.say(deed.key), lambda: self._do(deed), deed.kind
        )

    def _line(self, actions: Sequence[Action]) -> list[Button]:
        if not actions:
            return []
        holder = QWidget()
        line = FlowLayout(self._screen.theme, holder)
        made = [Button(self._screen.theme, action) for action in actions]
        for button in made:
            line.addWidget(button)
        self.column.addWidget(holder)
        return made

    def _chooser(self, said: str) -> Callable[[], None]:
        return lambda: self._choose(said)

    def _choose(self, said: str) -> None:
        self._own.show_text("")
        self._on_written(said)

    def _on_written(self, text: str) -> None:
        self._chosen = text
        for button in self._chips:
            button.show_chosen(button.text() == text)
        self._lacking.silence()

    def _do(self, deed: Deed) -> None:
        self._screen.finish_typing()
        if self._chosen:
            deed.tapped(self._chosen)
        else:
            self._lacking.tell("warn", self._screen.say("screens.reason_first"))

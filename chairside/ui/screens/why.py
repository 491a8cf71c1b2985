"""Why: likely reasons to tap and a line for any other; a page has the reason alone or a panel with its deeds.

What is chosen here is held until an action is tapped: it is a fact in the making, not an answer.
Of what was tapped and what was written, whichever came last counts; the other is cleared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from chairside.ui.screens.illness import IllnessWarning
from chairside.ui.screens.missing import Missing
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.still_open import StillOpen
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words


@dataclass(frozen=True)
class Offered:
    """What a reason offers: likely ones by key and sentence, the line's label, what is said where none is."""

    likely: Sequence[tuple[str, str]] = ()
    own: str = "reasons.own"
    first: str = "reasons.first"
    rows: bool = False  # each likely reason on a row of its own


class Reason(QWidget):
    """A reason; `text` is empty until one is chosen or written."""

    changed = Signal()

    def __init__(self, words: Words, theme: Theme, name: str, offered: Offered) -> None:
        super().__init__()
        self.setObjectName(name)
        self._first = words.say(offered.first)
        self._open: StillOpen | None = None
        self._chosen, self._said = "", dict(offered.likely)
        column = Stack(theme, "small", self)
        likely = list(offered.likely)
        self._options = Options(theme, f"{name}.likely", likely, self._choose, chips=not offered.rows)
        self._own = FieldRow(theme, f"{name}.own", words.say(offered.own), self._written)
        self._own.line.textEdited.connect(self._on_edited)
        if likely:
            column.addWidget(self._options)
        IllnessWarning(words, theme, self._own)
        column.addWidget(self._own)

    @property
    def text(self) -> str:
        """The reason as it will be stored."""
        return self._own.text or self._said.get(self._chosen, "")

    def _choose(self, key: str) -> None:
        self._own.line.clear()
        self._own.show_text("")  # the same words written once more count again
        self._take(key)

    def _written(self, text: str) -> None:
        if text:
            self._take("")
        else:
            self.changed.emit()

    @Slot(str)
    def _on_edited(self, _: str) -> None:
        """What still lacks is said with every letter, not only once the field is left."""
        self.changed.emit()

    def _take(self, key: str) -> None:
        self._chosen = key
        self._options.show_choice(key or None)
        self._own.show_error("")
        self.changed.emit()

    def tell_of(self, open_: StillOpen) -> None:
        """Have a page's list of what lacks say it too, until there is a reason."""
        self._open = open_
        self.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        if self._open is not None:
            self._open.again(self.lacks())

    def lacks(self) -> list[Missing]:
        """Return what is lacking, and that it is mended here."""
        return [] if self.text else [Missing(self._first, self.objectName())]

    def given(self) -> bool:
        """Tell whether there is a reason; where there is none, say so beside the line and in the list."""
        if not self.text:
            self.say_lacking(self._first)
        if self._open is not None:
            self._open.refuse(self.lacks())
        return bool(self.text)

    def say_lacking(self, sentence: str) -> None:
        """Say beside the line what is lacking."""
        self._own.show_error(sentence)


def shared(words: Words, *keys: str) -> Offered:
    """Return reasons that several pages offer, with their sentences."""
    return Offered([(key, words.say(f"reasons.{key}")) for key in keys])


NOTE = Offered(own="reasons.note")


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
        self._screen, self._name = screen, asking.name
        theme, say = screen.theme, screen.say
        self.column.addWidget(Heading(theme, asking.title, 2))
        for line in asking.lines:
            self.column.addWidget(Text(theme, line, "staff"))
        open_ = StillOpen(screen.words, theme, screen)
        open_.put(f"{asking.name}.lacking")
        self._reason = Reason(screen.words, theme, asking.name, Offered(asking.chips))
        self._reason.tell_of(open_)
        self.column.addWidget(self._reason)
        acts = [self._act(deed) for deed in deeds]
        if asking.leave is not None:
            acts.append(Action(f"{self._name}.leave", say("button.cancel"), asking.leave, "quiet"))
        flow = FlowLayout(theme)
        for act in acts:
            flow.addWidget(Button(theme, act))
        self.column.addLayout(flow)

    def _act(self, deed: Deed) -> Action:
        return Action(
            f"{self._name}.{deed.name}", self._screen.say(deed.key), lambda: self._do(deed), deed.kind
        )

    def _do(self, deed: Deed) -> None:
        self._screen.finish_typing()
        if self._reason.given():
            deed.tapped(self._reason.text)

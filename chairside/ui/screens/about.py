"""About this tablet: versions and digests in force, a self-check of store and keys, and the look."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import qVersion

from chairside.errors import ChairsideError
from chairside.session.about import About as Told
from chairside.session.about import InOrder
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.header import contrast
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.pairs import Pairs
from chairside.ui.widgets.progress import Progress
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words

GROUPED = 4  # a digest is read aloud in fours
SHOWN = 16  # letters of a digest: enough to compare two tablets by phone; the record prints it whole


@dataclass(frozen=True)
class AboutDoors:
    """Where this page leads; `check` does the self-check beside the glass and tells how it ended."""

    check: Callable[[Callable[[object], None]], None]
    back: Callable[[], None]


def spaced(digest: str) -> str:
    """Return the beginning of a digest in groups of four."""
    return " ".join(digest[at : at + GROUPED] for at in range(0, SHOWN, GROUPED))


class About(Page):
    """One page for whoever looks after the tablet."""

    def __init__(self, words: Words, theme: Theme, told: Told, doors: AboutDoors) -> None:
        super().__init__(theme, words, "about", "form")
        self._words, self._theme, self._doors = words, theme, doors
        self.body.addWidget(Heading(theme, words.say("about.title")))
        self.body.addWidget(self._product(told))
        self.body.addWidget(self._check_card())
        self.body.addWidget(self._look())
        self.body.addWidget(self._forms(told))
        self.footer.show_actions(Action("back", words.say("button.back"), doors.back), None)

    def _card(self, name: str, title: str, help_: str = "") -> Card:
        card = Card(self._theme, f"about.{name}")
        card.column.addWidget(Heading(self._theme, self._words.say(title), 2))
        if help_:
            card.column.addWidget(Text(self._theme, self._words.say(help_), "staff"))
        return card

    def _product(self, told: Told) -> Card:
        say, card = self._words.say, self._card("product", "app.name")
        rows = [
            (say("about.version"), told.version),
            (say("about.clinic"), told.clinic),
            (say("about.profile"), say(f"setup.profile_{told.profile}")),
            (say("about.tablet"), told.tablet),
            (say("about.plan"), spaced(told.plan)),
            (say("about.runs_on"), f"Python {platform.python_version()} · Qt {qVersion()}"),
        ]
        card.column.addWidget(Pairs(self._theme, rows))
        return card

    def _check_card(self) -> Card:
        say, card = self._words.say, self._card("check", "about.check", "about.check_help")
        self._progress = Progress(self._theme, self._words, "about.progress")
        self._found = Banner(self._theme, "about.found")
        card.column.addWidget(self._progress)
        card.column.addWidget(self._found)
        line = FlowLayout(self._theme)
        self._start = Button(self._theme, Action("about.start", say("about.check_now"), self._check))
        line.addWidget(self._start)
        card.column.addLayout(line)
        return card

    def _look(self) -> Card:
        card = self._card("look", "about.look", "about.look_help")
        line = FlowLayout(self._theme)
        change = contrast(self._theme, self._words, "about.contrast", "secondary")
        line.addWidget(Button(self._theme, change))
        card.column.addLayout(line)
        return card

    def _forms(self, told: Told) -> Card:
        say, card = self._words.say, self._card("forms", "about.forms", "about.forms_help")
        rows = [
            (form.title, say("about.form", version=form.version, digest=spaced(form.digest)))
            for form in told.forms
        ]
        card.column.addWidget(Pairs(self._theme, rows))
        return card

    # -- the self-check -------------------------------------------------------------------------
    def _check(self) -> None:
        self._start.setEnabled(False)
        self._found.silence()
        self._progress.begin(self._words.say("about.checking"))
        self._doors.check(self._checked)

    def _checked(self, value: object) -> None:
        """Say what was found; a trouble with what to do about it."""
        self._progress.done()
        self._start.setEnabled(True)
        if isinstance(value, ChairsideError):
            self._found.tell("danger", "\n".join(self._words.trouble(value)))
        elif isinstance(value, InOrder):
            said = self._words.say(
                "about.in_order", facts=value.facts, signatures=value.signatures, keys=value.keys
            )
            self._found.tell("ok", said)

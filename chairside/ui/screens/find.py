"""Who it is: found on file while the name is typed, or added anew; two people of one name are told apart.

Looking somebody up twice costs less than treating the wrong person: a second person of the same name
and birth date is only added after somebody says that it is another person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from chairside.session.board import FoundPatient
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import AnswerRow, TickRow
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.text import Heading, Stack, Text, keep_place
from chairside.ui.widgets.words import Words

LEAST_LETTERS = 2
MOST_ROWS = 6


@dataclass(frozen=True)
class Finder:
    """Looks people up, and is told who was picked, what is typed, and that it is another person."""

    find: Callable[[str], tuple[FoundPatient, ...]]
    picked: Callable[[FoundPatient | None], None]
    typed: Callable[[str], None]
    another: Callable[[], None]
    last: str = ""  # what was looked for the last time; offered, never put in by itself


def same_person(found: Sequence[FoundPatient], name: str, born: date | None) -> FoundPatient | None:
    """Return who is on file under this very name and birth date, if anybody is."""
    wanted = " ".join(name.casefold().split())
    return next(
        (
            each
            for each in found
            if each.told.born == born and " ".join(each.told.name.casefold().split()) == wanted
        ),
        None,
    )


class PersonFinder(QWidget):
    """The name, and below it who is on file; once somebody is picked, who that is."""

    def __init__(self, words: Words, theme: Theme, finder: Finder) -> None:
        super().__init__()
        self.setObjectName("find")
        self._words, self._theme, self._finder = words, theme, finder
        self._found: tuple[FoundPatient, ...] = ()
        column = Stack(theme, "small", self)
        self.name = FieldRow(theme, "open.name", words.say("open.name"), finder.typed)
        self.name.line.textEdited.connect(self._on_edited)
        column.addWidget(self.name)
        again = words.say("find.again", text=finder.last)
        self._again = Button(theme, Action("find.again", again, self._look_again, "quiet"))
        self._nobody = Text(theme, words.say("find.nobody"), "staff")
        under = QGridLayout()  # one place for both, kept while it is empty: what stands below never moves
        under.addWidget(self._again, 0, 0, Qt.AlignmentFlag.AlignLeft)
        under.addWidget(self._nobody, 0, 0)
        column.addLayout(under)
        self._again.setVisible(bool(finder.last))  # not before it is in the page: it would be a window
        self._nobody.hide()
        keep_place(self._nobody)
        self._rows = Stack(theme, "small")
        column.addLayout(self._rows)
        self._same = Banner(theme, "find.same")
        column.addWidget(self._same)
        self._another = TickRow(theme, Action("find.another", words.say("find.another"), finder.another))
        column.addWidget(self._another)
        self._another.hide()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        written = text.strip()
        self._again.hide()
        asked = len(written) >= LEAST_LETTERS
        found = self._finder.find(written) if asked else ()
        if found != self._found:
            self._found = found
            self._show_rows()
        self._nobody.setVisible(asked and not found)
        self._finder.typed(written)

    def _show_rows(self) -> None:
        empty(self._rows)
        if not self._found:
            return
        self._rows.addWidget(Text(self._theme, self._words.say("find.on_file"), "staff", "ink2"))
        for each in self._found[:MOST_ROWS]:
            self._rows.addWidget(AnswerRow(self._theme, self._row(each)))
        if len(self._found) > MOST_ROWS:
            self._rows.addWidget(Text(self._theme, self._words.say("find.type_more"), "staff", "ink2"))

    def _row(self, each: FoundPatient) -> Action:
        said = [each.told.name, self._words.say("screens.born", day=saying.day(self._words, each.told.born))]
        said += [each.told.phone] if each.told.phone else []
        said += [self._words.say("find.same_name")] if each.same_name else []
        return Action(f"find.{each.patient}", " · ".join(said), lambda: self._finder.picked(each))

    def show_state(self, picked: FoundPatient | None, born: date | None, another: bool) -> bool:
        """Show who was picked, or a warning; return whether the person typed in is on file already."""
        self.name.setVisible(picked is None)
        keep_place(self._nobody, picked is None)
        if picked is not None:
            self._show_picked(picked)
            return False
        twin = same_person(self._found, self.name.text, born)
        if twin is None or another:
            self._same.silence()
        else:
            take = Action(
                "find.take", self._words.say("find.take"), lambda: self._finder.picked(twin), "secondary"
            )
            self._same.tell("warn", self._words.say("find.same_person", name=twin.told.name), take)
        self._another.setVisible(twin is not None)
        self._another.show_checked(another)
        return twin is not None and not another

    def _show_picked(self, picked: FoundPatient) -> None:
        told = picked.told
        self._again.hide()
        self._nobody.hide()
        empty(self._rows)
        self._same.silence()
        self._another.hide()
        self._rows.addWidget(Heading(self._theme, told.name, 2))
        born = self._words.say("screens.born", day=saying.day(self._words, told.born))
        for line in (born, told.phone, told.address, self._history(picked)):
            if line:
                self._rows.addWidget(Text(self._theme, line, "staff"))
        if picked.same_name:
            self._rows.addWidget(Text(self._theme, self._words.say("find.same_name"), "staff_strong", "warn"))
        change = Action(
            "find.change", self._words.say("find.change"), lambda: self._finder.picked(None), "quiet"
        )
        self._rows.addWidget(Button(self._theme, change), 0, Qt.AlignmentFlag.AlignLeft)

    def _history(self, picked: FoundPatient) -> str:
        if picked.last_given is None:
            return self._words.say("find.never_given")
        day = saying.day(self._words, picked.last_given)
        return self._words.say("find.given_before", count=picked.sessions, day=day)

    def _look_again(self) -> None:
        self.look(self._finder.last)
        self._finder.typed(self._finder.last)

    def look(self, name: str) -> None:
        """Look a name up that was typed before (after a lock)."""
        self._again.hide()
        self.name.line.setText(name)
        self._found = self._finder.find(name) if len(name) >= LEAST_LETTERS else ()
        self._show_rows()

"""A drug's name as it is typed, and below it the listed names that may be meant.

A name is taken by itself only where it is the list's own, case and accents aside. What is one letter off
is offered and waits for a tap: one letter turns one drug into another (Q20).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from chairside.domain.drugs import Drug, folded
from chairside.ui.screens.drug_rows import Setting, kind_of
from chairside.ui.spoken import announce
from chairside.ui.widgets.answers import AnswerRow
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.text import Stack, Text

LEAST_LETTERS = 2


class DrugSearch(QWidget):
    """The field, the names that are close to what stands in it, and the button that adds it as written."""

    def __init__(self, setting: Setting, name: str, taken: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName(f"{name}.search")
        self._setting, self._key, self._taken = setting, name, taken
        self._close: tuple[Drug, ...] = ()
        say, theme = setting.words.say, setting.theme
        column = Stack(theme, "small", self)
        self._field = FieldRow(theme, f"{name}.name", say("drugs.search"), self._on_left)
        self._field.line.textEdited.connect(self._on_edited)
        self._field.line.returnPressed.connect(self._on_return)
        self._rows = Stack(theme, "small")
        column.addWidget(self._field)
        column.addLayout(self._rows)
        self._adder = Button(theme, Action(f"{name}.add", say("button.add_drug"), self._add))
        column.addWidget(self._adder)

    # -- what is offered ------------------------------------------------------------------------
    @Slot(str)
    def _on_edited(self, text: str) -> None:
        typed = text.strip()
        drugs = self._setting.view.book.drugs
        close = drugs.search(typed) if len(typed) >= LEAST_LETTERS else ()
        if close != self._close:
            self._close = close
            self._show_rows()
        self._say_what_add_does(typed)

    def _say_what_add_does(self, typed: str) -> None:
        """Name what would be added over what is offered: a name the list does not know."""
        say, listed = self._setting.words.say, self._setting.view.book.drugs.find(typed)
        as_written = bool(self._close) and listed is None
        said = say("drugs.add_as_written", name=typed) if as_written else say("button.add_drug")
        self._adder.setText(said)
        self._adder.setAccessibleName(said)

    def _show_rows(self) -> None:
        empty(self._rows)
        if not self._close:
            return
        say, theme = self._setting.words.say, self._setting.theme
        self._rows.addWidget(Text(theme, say("drugs.did_you_mean"), "staff", "ink2"))
        for drug in self._close:
            self._rows.addWidget(AnswerRow(theme, self._row(drug)))
        announce(self._field.line, say("drugs.offered_count", count=len(self._close)))

    def _row(self, drug: Drug) -> Action:
        say = self._setting.words.say
        same = folded(drug.name) == folded(drug.ingredient)
        said = drug.name if same else say("drugs.offered", name=drug.name, ingredient=drug.ingredient)
        kind = say(f"drugs.{kind_of(drug)}")
        spoken = say("drugs.offered_spoken", name=drug.name, ingredient=drug.ingredient, kind=kind)
        key = folded(drug.name).replace(" ", "_")
        return Action(f"{self._key}.close.{key}", said, lambda: self._taken(drug.name), "secondary", spoken)

    # -- what is taken --------------------------------------------------------------------------
    def _listed(self, text: str) -> str:
        """Return the list's own spelling of a name that is in it, else the name as it is written."""
        known = self._setting.view.book.drugs.find(text)
        return known.name if known is not None else text

    def _on_left(self, text: str) -> None:
        """Take a name that is the list's own, or that nothing in the list is close to."""
        if text and (not self._close or self._setting.view.book.drugs.find(text) is not None):
            self._taken(self._listed(text))

    @Slot()
    def _on_return(self) -> None:
        """Bring the keyboard to the first name that is offered; where nothing is, the name was taken."""
        rows = self.findChildren(AnswerRow)
        first = next((row for row in rows if row.isVisibleTo(self)), None)
        if first is not None and self._setting.view.book.drugs.find(self._field.text) is None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def waits(self) -> bool:
        """Tell whether a name stands there that was not added, and say so beside it."""
        waiting = bool(self._field.text)
        self._field.show_error(self._setting.words.say("screens.drug_not_added") if waiting else "")
        return waiting

    def _add(self) -> None:
        """Add the name as it stands there, whatever else it may have been."""
        text = self._field.text
        self._field.show_error("" if text else self._setting.words.say("screens.name_the_drug"))
        if text:
            self._taken(self._listed(text))

"""A code typed twice in two fields: what is typed once is never a code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.text import Stack
from chairside.ui.widgets.words import Words


class TypedTwice(QWidget):
    """Tells the code once both fields say the same; where they differ it says so beside the second."""

    def __init__(
        self, words: Words, theme: Theme, name: str, title: str, typed: Callable[[str], None]
    ) -> None:
        """`title` is what the code is of: both fields are spoken with it."""
        super().__init__()
        self._words, self._typed = words, typed
        self._first = FieldRow(theme, f"{name}.typed", words.say("code.type"), self._on_written)
        self._again = FieldRow(theme, f"{name}.again", words.say("code.again"), self._on_written)
        for field in (self._first, self._again):
            field.line.setAccessibleName(f"{title}: {field.line.accessibleName()}")
        column = Stack(theme, "small", self)
        column.addWidget(self._first)
        column.addWidget(self._again)

    def _on_written(self, _: str) -> None:
        first, again = self._first.text, self._again.text
        if not first or not again:
            return
        same = first == again
        self._again.show_error("" if same else self._words.say("code.differs"))
        if same:
            self._typed(first)

    def open(self, opened: bool) -> None:
        """Offer both fields, empty, or put them away."""
        for field in (self._first, self._again):
            field.show_text("")
            field.line.clear()
        self.setVisible(opened)

"""Why: a few likely reasons as chips, and a line for any other; whichever was said last counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.text import Stack
from chairside.ui.widgets.words import Words


class Reason(QWidget):
    """A reason; `text` is empty until one is chosen or written."""

    def __init__(self, words: Words, theme: Theme, name: str, likely: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words, self._chosen = words, ""
        column = Stack(theme, "small", self)
        self._said = {key: words.say(f"reasons.{key}") for key in likely}
        self._options = Options(theme, f"{name}.likely", list(self._said.items()), self._choose, chips=True)
        label = words.say("reasons.own" if likely else "reasons.note")
        self._own = FieldRow(theme, f"{name}.own", label, self._written)
        if likely:
            column.addWidget(self._options)
        column.addWidget(self._own)

    @property
    def text(self) -> str:
        """The reason as it will be stored."""
        return self._own.text or self._said.get(self._chosen, "")

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._own.line.clear()
        self._options.show_choice(key)
        self._own.show_error("")

    def _written(self, text: str) -> None:
        if text:
            self._chosen = ""
            self._options.show_choice(None)
            self._own.show_error("")

    def given(self) -> bool:
        """Tell whether there is a reason; where there is none, say so beside the line."""
        if not self.text:
            self.say_lacking(self._words.say("reasons.first"))
        return bool(self.text)

    def say_lacking(self, sentence: str) -> None:
        """Say beside the line what is lacking."""
        self._own.show_error(sentence)

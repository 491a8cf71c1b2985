"""A button that says one thing or its opposite, and keeps its place: both have the same room."""

from __future__ import annotations

from PySide6.QtCore import QSize

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button


class TwoWords(Button):
    """Says its action's words, or the second ones."""

    def __init__(self, theme: Theme, action: Action, second: str) -> None:
        self._second = second
        super().__init__(theme, action)

    def show_second(self, second: bool) -> None:
        """Say the second words, or the first again."""
        said = self._second if second else self.action.text
        if said != self.text():
            self.setText(said)
            self.setAccessibleName(said)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(said) for said in (self.action.text, self._second))
        return super().sizeHint() + QSize(widest - metrics.horizontalAdvance(self.text()), 0)

"""Two or three short answers as whole rows side by side: yes and no, each its own half."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import AnswerRow
from chairside.ui.widgets.button import Action


class Pair(QWidget):
    """Answers of equal width; `title` goes before each for whoever only hears them."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        title: str,
        options: Sequence[tuple[str, str]],
        choose: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme, self._choose = theme, choose
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self.rows: dict[str, AnswerRow] = {}
        for key, text in options:
            action = Action(f"{name}.{key}", text, self._chooser(key), spoken=f"{title} {text}")
            self.rows[key] = AnswerRow(theme, action)
            self._line.addWidget(self.rows[key], 1)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        self._line.setSpacing(self._theme.space("snug"))

    def _chooser(self, key: str) -> Callable[[], None]:
        return lambda: self._choose(key)

    def show_choice(self, chosen: str | None) -> None:
        """Show which answer was given, if any."""
        for key, row in self.rows.items():
            row.show_checked(key == chosen)

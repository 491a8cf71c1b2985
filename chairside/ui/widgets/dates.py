"""A day chosen from pads for day, month and year: no typing, no calendar to page through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.words import Words

YEARS_AS_TILES = 12  # more years than this are entered as four digits


@dataclass(frozen=True)
class Span:
    """The days that may be chosen, both ends included."""

    earliest: date
    latest: date


class DateRow(QWidget):
    """Three parts; touching one opens its pad; a whole, allowed day is handed up."""

    def __init__(
        self, theme: Theme, words: Words, name: str, span: Span, picked: Callable[[date], None]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme, self._words, self._span, self._picked = theme, words, span, picked
        self._parts: dict[str, str] = {"day": "", "month": "", "year": ""}
        self._open = ""
        column, line = Stack(theme, "small", self), QHBoxLayout()
        self._buttons: dict[str, Button] = {}
        for part in self._parts:
            button = Button(
                theme, Action(f"{name}.{part}", words.say(f"widgets.{part}"), self._opener(part), "chip")
            )
            self._buttons[part] = button
            line.addWidget(button, 1)
        column.addLayout(line)
        self._pad = QWidget()
        self._grid = QGridLayout(self._pad)
        self._grid.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pad)
        self._error = Text(theme, "", "staff_strong", "danger")
        self._error.setObjectName(f"{name}.error")
        column.addWidget(self._error)
        self._show()

    def show_date(self, chosen: date | None) -> None:
        """Show the written day, if any."""
        if chosen is not None:
            self._parts = {"day": str(chosen.day), "month": str(chosen.month), "year": str(chosen.year)}
        elif not self._open:
            self._parts = dict.fromkeys(self._parts, "")
        self._show()

    def _opener(self, part: str) -> Callable[[], None]:
        return lambda: self._open_part("" if self._open == part else part)

    def _open_part(self, part: str) -> None:
        self._open = part
        empty(self._grid)
        if part == "day":
            self._tiles("day", [(str(day), str(day)) for day in range(1, 32)], 7)
        elif part == "month":
            names = [(str(month), self._words.say(f"widgets.month_{month}")) for month in range(1, 13)]
            self._tiles("month", names, 4)
        elif part == "year" and self._few_years():
            years = range(self._span.latest.year, self._span.earliest.year - 1, -1)
            self._tiles("year", [(str(year), str(year)) for year in years], 4)
        elif part == "year":
            self._parts["year"] = ""
            self._tiles("digit", [(digit, digit) for digit in "1234567890"], 5)
        self._show()

    def _few_years(self) -> bool:
        return self._span.latest.year - self._span.earliest.year < YEARS_AS_TILES

    def _tiles(self, part: str, tiles: Sequence[tuple[str, str]], columns: int) -> None:
        self._grid.setSpacing(8)
        if self._theme.scale >= 1.5:
            columns = min(columns, 5) if part != "month" else 3
        for number, (value, text) in enumerate(tiles):
            action = Action(f"{self.objectName()}.{part}.{value}", text, self._chooser(part, value), "key")
            tile = Button(self._theme, action)
            tile.setFont(self._theme.font("control"))
            self._grid.addWidget(tile, number // columns, number % columns)

    def _chooser(self, part: str, value: str) -> Callable[[], None]:
        return lambda: self._choose(part, value)

    def _choose(self, part: str, value: str) -> None:
        if part == "digit":
            self._parts["year"] += value
            if len(self._parts["year"]) < 4:
                self._show()
                return
        else:
            self._parts[part] = value
        self._open_part(next((name for name, said in self._parts.items() if not said), ""))
        self._hand_up()

    def _hand_up(self) -> None:
        if not all(self._parts.values()):
            return
        day = self._whole()
        if day is not None and self._span.earliest <= day <= self._span.latest:
            self._picked(day)

    def _whole(self) -> date | None:
        try:
            return date(*(int(self._parts[part]) for part in ("year", "month", "day")))
        except ValueError:
            return None

    def _trouble(self) -> str:
        if self._open or not all(self._parts.values()):
            return ""
        day = self._whole()
        if day is None:
            return self._words.say("widgets.no_such_day")
        if day > self._span.latest:
            return self._words.say("widgets.day_too_late")
        return self._words.say("widgets.day_too_early") if day < self._span.earliest else ""

    def _show(self) -> None:
        for part, button in self._buttons.items():
            said = self._parts[part]
            if part == "month" and said:
                said = self._words.say(f"widgets.month_{said}")
            title = self._words.say(f"widgets.{part}")
            button.setText(f"{title}: {said}" if said else title)
            button.setAccessibleName(button.text())
            button.show_chosen(part == self._open)
        self._pad.setVisible(bool(self._open))
        trouble = self._trouble()
        self._error.setText(trouble)
        self._error.setVisible(bool(trouble))

"""Who prescribed a medicine that nobody stops: name, phone, and whether that doctor was asked (Q22)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs
from PySide6.QtWidgets import QWidget

from chairside.domain.replies import NOBODY_NAMED, Prescriber
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.words import Words

_ASKED = {"yes": True, "no": False}


class PrescriberRows(QWidget):
    """Two fields and one question; nothing of it holds the step, and nothing is preset."""

    def __init__(self, words: Words, theme: Theme, name: str, tell: Callable[[Prescriber], None]) -> None:
        super().__init__()
        self._who, self._tell = NOBODY_NAMED, tell
        column = Stack(theme, "small", self)
        self._name = FieldRow(theme, f"{name}.prescriber", words.say("drugs.prescriber_name"), self._on_name)
        self._phone = FieldRow(
            theme, f"{name}.prescriber_phone", words.say("drugs.prescriber_phone"), self._on_phone
        )
        asked = words.say("drugs.prescriber_asked")
        labels = [(key, words.say(f"option.{key}")) for key in _ASKED]
        self._asked = Options(theme, f"{name}.prescriber_asked", labels, self._on_asked, chips=True)
        self._asked.entitle(asked)
        for part in (self._name, self._phone, Text(theme, asked, "strong"), self._asked):
            column.addWidget(part)

    def show_who(self, who: Prescriber) -> None:
        """Show what is stored; a field that is being typed in keeps its letters."""
        self._who = who
        self._name.show_text(who.name)
        self._phone.show_text(who.phone)
        self._asked.show_choice(next((key for key, told in _ASKED.items() if told is who.asked), None))

    def _on_name(self, name: str) -> None:
        self._tell(structs.replace(self._who, name=name))

    def _on_phone(self, phone: str) -> None:
        self._tell(structs.replace(self._who, phone=phone))

    def _on_asked(self, key: str) -> None:
        self._tell(structs.replace(self._who, asked=_ASKED[key]))

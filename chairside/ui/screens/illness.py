"""A word under a line of free text that names an illness the law keeps private: it is taken all the same.

The record needs a category and no name (Q18, C5), and each copy shows what staff wrote as a reason. HIV and
AIDS alone are looked for, in English and in Spanish: any other illness may be what a reason has to name.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Slot

from chairside.domain.drugs import folded
from chairside.ui.theme import Theme
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.note_field import NoteField
from chairside.ui.widgets.text import Text
from chairside.ui.widgets.words import Words

_NAMED = re.compile(r"(?<![^\W\d_])(?:h\.?i\.?v|v\.?i\.?h|sida)(?![^\W\d_])")
_AIDS = re.compile(r"\bA\.?I\.?D\.?S\b")  # in capitals: a hearing aid is none


def names_illness(text: str) -> bool:
    """Tell whether a text says HIV or AIDS."""
    return bool(_NAMED.search(folded(text)) or _AIDS.search(text))


class IllnessWarning(Text):
    """Stands under a field while what is in it names such an illness."""

    def __init__(self, words: Words, theme: Theme, field: FieldRow | NoteField) -> None:
        super().__init__(theme, words.say("screens.illness_named"), "staff_strong", "warn")
        lines = field.line if isinstance(field, FieldRow) else field.lines
        self.setObjectName(f"{lines.objectName()}.illness")
        self._field = field
        field.column.addWidget(self)
        lines.textChanged.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        self.setVisible(names_illness(self._field.text))

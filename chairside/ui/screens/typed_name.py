"""A name that is typed in place of ink, where a hand cannot draw one (Q15): the name is the signature."""

from __future__ import annotations

from chairside.ui.theme import Theme
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.text import Text


class TypedName(FieldRow):
    """The name as it is to stand, and the field; nothing is told before Sign is tapped.

    The name stands above the field and not pale within it, where it would look typed already.
    """

    def __init__(self, theme: Theme, name: str, label: str, expected: str) -> None:
        super().__init__(theme, name, label, lambda _: None)
        self.column.insertWidget(1, Text(theme, expected))
        self._expected = expected

    @property
    def fits(self) -> bool:
        """Tell whether it is the name, whatever its capitals and spaces."""
        return self.text.casefold().split() == self._expected.casefold().split()

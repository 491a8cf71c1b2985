"""A name that is typed in place of ink, where a hand cannot draw one (Q15): the name is the signature."""

from __future__ import annotations

from chairside.ui.theme import Theme
from chairside.ui.widgets.fields import FieldRow


class TypedName(FieldRow):
    """The field; nothing is told before Sign is tapped."""

    def __init__(self, theme: Theme, name: str, label: str, expected: str) -> None:
        super().__init__(theme, name, label, lambda _: None, expected)
        self._expected = expected

    @property
    def fits(self) -> bool:
        """Tell whether it is the name, whatever its capitals and spaces."""
        return self.text.casefold().split() == self._expected.casefold().split()

"""One page of reading: what stands on it, how the law's words look, and the digest of what was shown."""

from __future__ import annotations

from dataclasses import dataclass

from chairside.domain.form import Choice, Initial, Item, Statement
from chairside.domain.source import SOURCE
from chairside.ui.theme import Theme
from chairside.ui.widgets.text import Text

FORTY_POINT = frozenset({"s684"})  # Source: R13; the Medical Board's notice asks for 14 pt (Q8)
DISPLAY_IS_FORTY_POINT = 2.0  # at this text size a display line is 51 pt; twice 40 pt would not fit a word


class LawText(Text):
    """The law's own words: 40 pt where it asks for that, at every text size, else large and bold."""

    language = SOURCE  # whatever the page's is

    def __init__(self, theme: Theme, line: str, forty_point: bool) -> None:
        self._forty_point = forty_point
        super().__init__(theme, line, "section")

    def _restyle(self) -> None:
        if self._forty_point:
            self._kind = "statutory" if self._theme.scale < DISPLAY_IS_FORTY_POINT else "display"
        super()._restyle()


@dataclass(frozen=True)
class Leaf:
    """What one page holds: a statement with its initials, or one question."""

    item: Item
    initial: Initial | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of the page."""
        return (self.item, self.initial) if self.initial else (self.item,)


def leaves(items: tuple[Item, ...]) -> tuple[Leaf, ...]:
    """Return the patient's pages of a form in order."""
    initials = {item.covers: item for item in items if isinstance(item, Initial)}
    return tuple(
        Leaf(item, initials.get(item.id))
        for item in items
        if isinstance(item, (Statement, Choice)) and item.owner in ("patient", "any")
    )

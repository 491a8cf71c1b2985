"""A voice that reads aloud, as the glass sees it; the tablet's own is Qt's, and need not be there.

The extra `speech` brings Qt's speech library (440 MB) and the machine brings an engine and its voices.
Where one of them is absent nothing is offered. The library is imported when the first page that could be
read aloud is shown, never at the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Heard:
    """What a voice tells while it speaks; once stopped it tells nothing more.

    Units: `word` is told the first letter and the number of letters of the word being said.
    """

    word: Callable[[int, int], None]
    ended: Callable[[], None]


class Speech(Protocol):
    """A voice."""

    tells_words: bool  # whether it says which word it is at; otherwise the whole paragraph is marked

    def speaks(self, language: str) -> bool:
        """Tell whether there is a voice of this language ("en", "es")."""
        ...

    def say(self, text: str, language: str, heard: Heard) -> None:
        """Say this, in place of what is being said."""
        ...

    def stop(self) -> None:
        """Be silent at once."""
        ...

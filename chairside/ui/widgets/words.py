"""What a widget needs of the interface's words: one sentence by its key."""

from __future__ import annotations

from typing import Protocol


class Words(Protocol):
    """Says a sentence of the interface in the language on screen."""

    def say(self, key: str, /, **facts: object) -> str: ...

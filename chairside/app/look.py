"""What every window of a run shares: look and sentences. It knows no window, so that a start is short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chairside.settings import Settings
from chairside.ui.theme import Theme, load_tokens
from chairside.words import Words


@dataclass(frozen=True)
class Look:
    """What every window of a run shares: the theme on the application, and the sentences."""

    theme: Theme
    words: Words
    spoken: Callable[[str], Words]

    @classmethod
    def of(cls, settings: Settings, words: Words, application: QApplication) -> Look:
        """Dress the application, have every sample of pen and finger delivered, and return the look."""
        # Only now: on X11 Qt turns this on while the application is made, and merges moves when it is late.
        application.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
        theme = Theme(load_tokens(settings.resources / "theme" / "tokens.toml"))
        theme.dress(application)
        return cls(theme, words, cache(lambda language: _spoken(settings, words, language)))


def _spoken(settings: Settings, words: Words, language: str) -> Words:
    """Return the sentences of a language; English where there are none."""
    known = (settings.resources / "words" / f"{language}.toml").is_file()
    return Words.load(settings.resources / "words", language) if known else words

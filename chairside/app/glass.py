"""The window on an open clinic, with its look, its lock and its list of bugs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chairside.session.clinic import Clinic
from chairside.session.desk import Desk
from chairside.session.staff import Staff
from chairside.settings import Settings, battery_percent
from chairside.ui.bugs import Bugs
from chairside.ui.glass import Parts
from chairside.ui.speech import tablet_voice
from chairside.ui.theme import Theme, load_tokens
from chairside.ui.window import Window
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


def glass_on(
    clinic: Clinic, settings: Settings, look: Look, start: tuple[tuple[str, str, str], ...], *, kiosk: bool
) -> Window:
    """Return the window on a clinic; `start` lists (name, role, PIN) on a demo's first page."""
    staff = Staff(clinic)
    parts = Parts(
        staff=staff,
        desk=Desk(clinic, staff),
        words=look.words,
        theme=look.theme,
        start=start,
        kiosk=kiosk,
        battery=battery_percent,
        prints=settings.home / "print",
        spoken=look.spoken,
        speech=tablet_voice,
    )
    glass = Window(parts)
    glass.bugs = Bugs(settings.home / "bugs.log", glass.say_bug)
    glass.bugs.watch()
    return glass

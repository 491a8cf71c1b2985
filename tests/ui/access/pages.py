"""Every page of the gallery, hung for who walks it by key, hears it or reads it from the right."""

from __future__ import annotations

from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.looks.dress import ENGLISH, Set
from tests.looks.gallery import PIECES
from tests.ui.screens.touch import settle, tap

PAGES = tuple(PIECES)
ROUNDS = 5


@dataclass(frozen=True)
class Dress:
    """What every page is made with."""

    qtbot: QtBot
    theme: Theme
    words: Words


def on_glass(dress: Dress, name: str, size: tuple[int, int] = (1366, 1024)) -> Page:
    """Show one page in its state, as the window would, with nothing touched last."""
    piece = PIECES[name]
    dress.theme.read_by("gallery", patient=piece.reader == "patient")
    page = piece.make(Set(dress.theme, ENGLISH, dress.words))
    dress.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    settle()
    for target in piece.taps:
        tap(page, target)
    page.setFocus()
    settle()
    return page


def is_still(page: Page) -> bool:
    """Tell whether a page that nobody touches comes to keep its layout."""
    ranged: list[int] = []
    page.content.verticalScrollBar().rangeChanged.connect(lambda _least, most: ranged.append(most))
    for _ in range(ROUNDS):
        ranged.clear()
        settle()
        if not ranged:
            return True
    return False

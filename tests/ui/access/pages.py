"""Every page of the gallery (tests/looks), by name: what is asked of one page is asked of all."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.looks.dress import ENGLISH, Set
from tests.looks.gallery import PIECES
from tests.ui.screens.touch import settle, tap

PAGES = tuple(PIECES)


@dataclass(frozen=True)
class Dress:
    """What every page is made with."""

    qtbot: QtBot
    theme: Theme
    words: Words


def on_glass(dress: Dress, name: str, size: tuple[int, int] = (1366, 1024)) -> Page:
    """Show one page as the window would, in the state it has in the gallery."""
    piece = PIECES[name]
    page = piece.make(Set(dress.theme, ENGLISH, dress.words))
    dress.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    settle()
    application = QApplication.instance()
    assert application is not None
    for target in piece.taps:
        tap(page, target)
    return page

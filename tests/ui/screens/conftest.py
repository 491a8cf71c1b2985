"""A stage: a screen of a step, shown at a tablet's size on a room's visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from pytestqt.qtbot import QtBot

from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import Room, book
from tests.ui.screens.touch import settle

Stage: TypeAlias = Callable[[type[Screen], str, Room], Screen]


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, words: Words) -> Stage:
    """Put a screen on show; what it tells goes to the room."""

    def put(kind: type[Screen], step: str, room: Room) -> Screen:
        screen = kind(book().plan.step(step), words, theme, room.tell)
        qtbot.addWidget(screen)
        room.screen = screen
        room.show()
        screen.resize(1366, 1024)
        screen.show()
        settle()
        return screen

    return put

"""A stage: a screen of a step, shown at a tablet's size on a room's visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from pytestqt.qtbot import QtBot

from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.procedure import Chairside, Procedure
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import Room, book
from tests.ui.screens.stock import dressed
from tests.ui.screens.touch import show

Stage: TypeAlias = Callable[[type[Screen], str, Room], Screen]


def made(kind: type[Screen], words: Words, theme: Theme, room: Room, step: str) -> Screen:
    """Return a new screen of this kind; the procedure also knows the phone and the time."""
    of = book().plan.step(step)
    if issubclass(kind, Procedure):
        return kind(of, words, theme, room.tell, Chairside("555-0199", lambda: room.now, room.late))
    return kind(of, words, theme, room.tell)


@pytest.fixture
def dress(theme: Theme, words: Words) -> Dress:
    return dressed(theme, words)


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, words: Words) -> Stage:
    """Put a screen on show; what it tells goes to the room."""

    def put(kind: type[Screen], step: str, room: Room) -> Screen:
        screen = made(kind, words, theme, room, step)
        room.screen = screen
        room.show()
        show(qtbot, screen)
        return screen

    return put

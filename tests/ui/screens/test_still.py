"""Nothing moves under a finger: what a tap makes appear has its room already, or stands where nothing is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chairside.ui.screens.procedure import Procedure
from chairside.ui.theme import Theme
from tests.ui.screens.conftest import Stage
from tests.ui.screens.stories import sealed
from tests.ui.screens.touch import settle, tap

SIZES = [(1366, 1024, 1.0), (800, 1280, 1.0), (1280, 800, 2.0)]
MARKS = ("thawed", "mixed", "first_injection", "last_injection")


def places(page: QWidget, names: list[str]) -> dict[str, QRect]:
    """Where each of these stands within what scrolls, which is where a finger goes that is on its way."""
    content = page.findChild(QWidget, "content").widget()  # type: ignore[union-attr]
    found = {name: page.findChild(QWidget, name) for name in names}
    return {name: QRect(each.mapTo(content, QPoint()), each.size()) for name, each in found.items() if each}


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_the_marks_stand_still_when_the_clock_begins(
    stage: Stage, theme: Theme, width: int, height: int, scale: float
) -> None:
    """The supplier's limit appears with Thawed; a gloved finger is on its way to Mixed."""
    theme.set_scale(scale)
    screen = stage(Procedure, "procedure", sealed())
    screen.resize(width, height)
    settle()
    names = [f"procedure.{mark}" for mark in MARKS]
    before = places(screen, names)
    assert len(before) == 4
    tap(screen, "procedure.thawed")
    assert places(screen, names) == before
    tap(screen, "procedure.mixed")
    assert places(screen, names) == before

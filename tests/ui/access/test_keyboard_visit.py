"""An ordinary visit, from the first sign-in to the sealed record, in the real window, by keyboard alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from chairside.demo.stage import Stage
from chairside.demo.stories import STORIES
from tests.ui.access.heard import Ear
from tests.ui.access.keys import Keys, Watcher
from tests.ui.access.tree import walk

pytestmark = pytest.mark.a11y
SIGNATURES = 3  # the patient's twice, the physician's


@pytest.fixture
def stage(tmp_path: Path, qapp: QApplication) -> Iterator[Stage]:
    made = Stage(tmp_path, "ordinary", 1)
    yield made
    made.strike()


class Reader:
    """Walks the glass once a page, as a screen reader does, and keeps what was wrong with it."""

    def __init__(self, keys: Keys) -> None:
        self._keys, self._walked = keys, set[str]()
        self.wrong: list[str] = []

    def look(self, control: QWidget) -> None:
        keys = self._keys
        if not keys.ringed():
            self.wrong.append(f"{keys.page()}: no ring around {control.objectName()}")
        if keys.place() in self._walked:
            return
        self._walked.add(keys.place())
        nodes = [each for each in walk(keys.window) if each.focusable and each.kind != keys.page()]
        count = Counter(each.name for each in nodes if each.control != keys.page())
        self.wrong += [f"{keys.page()}: {each.told}" for each in nodes if not each.name]
        self.wrong += [f"{keys.page()}: twice {name!r}" for name, often in count.items() if often > 1]

    @property
    def pages(self) -> int:
        return len(self._walked)


def test_an_ordinary_visit_by_keyboard_alone(stage: Stage, qapp: QApplication, ear: Ear) -> None:
    """Nothing is pointed at but the pads; every control met is ringed and named once. Proves: F30."""
    keys = Keys(stage.window, None, 1, heard=stage.heard)
    reader, watcher = Reader(keys), Watcher()
    keys.arrived = reader.look
    stage.robot = keys
    pointed: list[int] = []
    qapp.installEventFilter(watcher)
    try:
        STORIES["ordinary"].act(stage)
        pointed.append(watcher.pointed)
    finally:
        qapp.removeEventFilter(watcher)
    stage.refuse_bugs()
    assert keys.page() == "record" and keys.sees("record.print")
    assert keys.signed == SIGNATURES
    assert pointed[0] <= SIGNATURES * 40, "more than the strokes of the signatures and their wheel"
    assert reader.wrong == [] and reader.pages > 20
    assert {"Key_Tab", "Key_Backtab", "Key_Space", "Key_Return", "Key_Down"} <= set(keys.pressed)
    assert "Stored." in ear.said and len(set(ear.said)) > reader.pages

"""A key typed into the search for medicines until its offers are painted, beside a field that only types."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from chairside.ui.screens.drug_search import LEAST_LETTERS
from tests.bench.glass import glass_in
from tests.bench.measure import Bar, Row, interleaved, row

ROUNDS = 200
NAMES = ("ibuprofen", "aspirin", "naproxeno", "tylenol")


def rows(folder: Path) -> list[Row]:
    """Measure every key of several names typed one after another, the offered rows laid out and painted."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    glass = glass_in(folder / "picker", app)
    glass.window.choose("medicines")
    QApplication.processEvents()
    field, bare = glass.find("nsaids.name"), QLineEdit()
    assert isinstance(field, QLineEdit)
    bare.resize(field.size())
    bare.show()
    typed = [(name[:end], name[end]) for name in NAMES for end in range(LEAST_LETTERS - 1, len(name))]
    keys, others = cycle(typed), cycle(typed)

    def key(line: QLineEdit, before: str, letter: str) -> None:
        if line.text() != before:  # the next name begins
            line.setText(before)
        QTest.keyClick(line, letter)
        QApplication.processEvents()

    times = interleaved(lambda: key(field, *next(keys)), lambda: key(bare, *next(others)), ROUNDS)
    bare.close()
    glass.close()
    return [row("picker, key to rows", times, "a bare field", Bar(p99_ms=16))]

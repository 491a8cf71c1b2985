"""One answer from the tap to the redrawn page, beside the append inside it and beside a bare tap."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chairside.domain.facts import Answered
from chairside.domain.replies import Chosen
from tests.bench.glass import glass_in
from tests.bench.measure import Bar, Row, interleaved, row

ROUNDS = 200


def rows(folder: Path) -> list[Row]:
    """Measure taps that change a relative answer to and fro, each stored and shown."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    glass = glass_in(folder / "redraw", app)
    glass.tap("continue")
    item = "food_or_drug_allergy"
    options, others = cycle(("yes", "no")), cycle(("unsure", "no"))
    room = glass.window.room
    assert room is not None
    times = interleaved(
        lambda: glass.tap(f"{item}.{next(options)}"),
        lambda: room.take(Answered("health_check", item, Chosen(next(others)))),
        ROUNDS,
    )
    glass.close()
    return [row("tap to redrawn page", times, "the same fact stored, no glass", Bar(p99_over_ms=16))]

"""A second start, from the command to the first page painted, beside an empty window of Qt's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.measure import Bar, Row, interleaved, row

ROUNDS = 8
OURS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from chairside import app
application = QApplication([])
demo = app.demo_clinic(app.demo_settings(Path(sys.argv[1])))
window = app.window(demo, application)
window.show()
application.processEvents()
assert window.page is not None and window.page.isVisible()
"""
EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.show()
application.processEvents()
"""


def rows(folder: Path) -> list[Row]:
    """Measure whole processes; the clinic is founded in the first warm-up round, later ones open it."""
    times = interleaved(lambda: _run(OURS, str(folder)), lambda: _run(EMPTY), ROUNDS)
    return [row("start to first page, clinic opened", times, "an empty Qt window", Bar(p50_over_ms=250))]


def _run(program: str, *words: str) -> None:
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True)

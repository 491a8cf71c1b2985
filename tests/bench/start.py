"""A second start, from the command to the first page painted, beside the import of Qt's widgets alone.

What Python compiles is kept, as it is where the program is installed: the warm-up rounds write it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.measure import Bar, Row, interleaved, row
from tests.session.clinics import clinic_in

ROUNDS = 8
RUN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from chairside.app.run import Run
from chairside.settings import settle
application = QApplication([])
started = Run(settle(Path(sys.argv[1])), application)
started.entry.show()
application.processEvents()
assert started.entry.page.isVisible()
"""
READY = RUN + "started.make_ready()\n"
DEMO = """
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
WIDGETS = "import PySide6.QtWidgets"


def rows(folder: Path) -> list[Row]:
    """Measure whole processes: a clinic's own start, and the demo's, which opens its clinic first."""
    clinic_in(folder / "clinic").clinic.ledger.close()
    found = []
    for what, program, home in (
        ("start to first page", RUN, "clinic"),
        ("start to ready for a passphrase", READY, "clinic"),
        ("start to first page, demo's clinic opened", DEMO, "demo"),
    ):
        times = interleaved(lambda: _run(program, str(folder / home)), lambda: _run(WIDGETS), ROUNDS)  # noqa: B023  run at once
        bar = None if program is READY else Bar(p50_over_ms=250)
        found.append(row(what, times, "import QtWidgets", bar))
    return found


def _run(program: str, *words: str) -> None:
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True, env=told)

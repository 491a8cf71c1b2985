"""A kiosk on a real screen: the patient's page fills it, and nobody closes it or takes its place."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[3]
PLAY = """
import sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtGui import QCloseEvent
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QThread
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.window.glass import shown_in
application = QApplication([])
assert application.platformName() == "xcb", application.platformName()
shown = shown_in(Path(sys.argv[1]), application)
window = shown.window
window.parts = replace(window.parts, kiosk=True)
shown.sign_in()
assert not window.isFullScreen(), "staff keep their window"
shown.visitors.open()
shown.visitors.hand_over("read")
shown.enter()
def comes(so):
    end = QDeadlineTimer(20_000)
    while not so() and not end.hasExpired():
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        QThread.msleep(2)
    return so()
def fills():
    return window.isFullScreen() and window.geometry() == window.screen().geometry()
assert comes(fills), window.geometry()
other = QWidget()
other.resize(300, 200)
other.show()
other.activateWindow()
assert comes(other.isActiveWindow)
assert fills() and window.view.mode == "patient", "another window's focus changes nothing"
event = QCloseEvent()
application.sendEvent(window, event)  # what a window manager's close, or Alt+F4, becomes
assert not event.isAccepted() and window.isVisible() and fills()
print("held", flush=True)
"""


@pytest.fixture
def screen() -> Iterator[str]:
    """An X screen of its own, without a window manager, as a kiosk runs; its number is told when it is up."""
    told, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1366x1024x24", "-nolisten", "tcp"]
    running = subprocess.Popen(
        command, pass_fds=(tell,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(tell)
    with os.fdopen(told) as pipe:
        up, _, _ = select.select([pipe], [], [], 60)  # ends at once where the screen does not come up
        number = pipe.readline().strip() if up else ""
    try:
        if not number:
            pytest.skip("no screen comes up here")
        yield f":{number}"
    finally:
        running.kill()
        running.wait()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no screen without a screen here")
def test_a_kiosk_fills_the_screen_while_a_patient_holds_it(screen: str, tmp_path: Path) -> None:
    """Under X11; what Qt cannot hold, the operating system does (README). Proves: T1."""
    own = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": screen, "PYTHONPATH": str(TOP)}
    command = [sys.executable, "-c", PLAY + "import os; os._exit(0)\n", str(tmp_path)]
    told = subprocess.run(command, cwd=TOP, env=own, capture_output=True, text=True, timeout=240, check=False)
    if "no Qt platform plugin could be initialized" in told.stderr:
        pytest.skip("Qt finds no X libraries here")
    assert told.returncode == 0 and told.stdout.strip() == "held", told.stderr[-2000:]

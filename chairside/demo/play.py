"""Plays a visit without a screen and leaves what came of it; or opens the demo on a screen.

Everything the play knows comes from the glass, the files it finds and the kinds of facts the window
reports; it reads no ledger. The data folder of a headless play is temporary and removed.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from chairside import app
from chairside.demo.effort import Effort, effort
from chairside.demo.script import STORIES
from chairside.demo.stage import HEIGHT_PX, WIDTH_PX, Stage
from chairside.errors import SettingsError


def show(home: Path | None) -> int:
    """Open the demo on this machine's screen and return the exit code."""
    application = QApplication([])
    demo = app.demo_clinic(app.demo_settings(home))
    window = app.window(demo, application)
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    return application.exec()


class Pictures:
    """Keeps one picture of every page a person sees: as it looked when they left it."""

    def __init__(self, folder: Path, grab: Callable[[], QPixmap]) -> None:
        self._folder, self._grab = folder, grab
        self._place, self._page = "", ""
        self._picture: QPixmap | None = None
        self._count = 0

    def look(self, page: str, place: str) -> None:
        """Take a picture; save the one before where this is another page."""
        if place != self._place:
            self.keep()
        self._page, self._place, self._picture = page, place, self._grab()

    def keep(self) -> None:
        """Save the last picture."""
        if self._picture is None:
            return
        self._count += 1
        name = "".join(letter if letter.isalnum() else "-" for letter in self._page) or "page"
        self._picture.save(str(self._folder / f"{self._count:02}-{name}.png"))
        self._picture = None


def play(out: Path, story: str, seed: int) -> str:
    """Play a story into a folder and return the summary as text."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        (out / "screens").mkdir(parents=True, exist_ok=True)
        for old in (out / "screens").glob("*.png"):
            old.unlink()
    except OSError as trouble:
        raise SettingsError("folder_unusable", folder=str(out), reason=trouble.strerror) from trouble
    with tempfile.TemporaryDirectory(prefix="chairside-demo-") as home:
        summary, rows = _play(out, story, seed, Path(home))
    text = json.dumps(summary, indent=1, ensure_ascii=False)
    (out / "summary.json").write_text(text + "\n", "utf-8")
    efforts = json.dumps([{**asdict(row), "met": row.met} for row in rows], indent=1)
    (out / "effort.json").write_text(efforts + "\n", "utf-8")
    return _told(summary, rows)


def _play(out: Path, story: str, seed: int, home: Path) -> tuple[dict[str, object], list[Effort]]:
    times = [time.monotonic()]
    stage: Stage | None = None
    pictures = Pictures(out / "screens", lambda: stage.window.grab() if stage else QPixmap())
    stage = Stage(home, story, seed, pictures.look)
    times.append(time.monotonic())
    robot = stage.robot
    try:
        STORIES[story](stage)
        pictures.keep()
        times.append(time.monotonic())
        stage.refuse_bugs()
        made = app.leave_record(stage.window, out)
    finally:
        stage.strike()
    judged = time.monotonic()
    verdict = app.judge(out / "record.pdf", stage.demo)
    seconds = _seconds(times, made.build_seconds, made.seal_seconds, time.monotonic() - judged)
    played = {"story": story, "gate": made.gate, "ending": made.ending, "verify": json.loads(verdict.line())}
    inputs = [asdict(each) for each in robot.done]
    rows = effort(robot.done, robot.parts, robot.typed)
    return {**played, "seconds": seconds, "counts": robot.counts(), "inputs": inputs}, rows


def _seconds(times: list[float], build: float, seal: float, verify: float) -> dict[str, float]:
    began, founded, visited = times
    parts = {"found": founded - began, "visit": visited - founded}
    parts |= {"build": build, "seal": seal, "verify": verify}
    return {name: round(took, 3) for name, took in parts.items()}


def _told(summary: dict[str, object], rows: list[Effort]) -> str:
    lines = [f"{summary['story']}: gate {summary['gate']}, ending {summary['ending']}"]
    lines += [row.told() for row in rows]
    verify = summary["verify"]
    assert isinstance(verify, dict)
    demo = " (DEMO, not a clinic's record)" if verify["demo"] else ""
    return "\n".join([*lines, f"  verify: {verify['verdict']}{demo}", f"  seconds: {summary['seconds']}"])

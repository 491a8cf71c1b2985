"""Plays a story without a screen and leaves what came of it; or opens the demo on a screen.

Everything the play knows comes from the glass, the files it finds and the kinds of facts the window
reports; it reads no ledger. The data folder of a headless play is temporary and removed.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from chairside import app
from chairside.demo.effort import Effort, effort, unbarred
from chairside.demo.pictures import Pictures
from chairside.demo.stage import HEIGHT_PX, WIDTH_PX, Stage
from chairside.demo.stories import STORIES
from chairside.errors import SettingsError

NO_RECORD: dict[str, object] = {
    "file": None, "verdict": "no_record", "demo": True, "proven": [], "not_proven": []
}  # fmt: skip
LEFT = ("*.pdf", "summary.json", "effort.json", "screens/*.png")


@dataclass(frozen=True)
class Played:
    """A play that is over: `verdicts` has a line for every file it left."""

    summary: dict[str, object]
    rows: list[Effort]
    verdicts: list[dict[str, object]]


def show(home: Path | None) -> int:
    """Open the demo on this machine's screen and return the exit code."""
    application = QApplication([])
    demo = app.demo_clinic(app.demo_settings(home))
    window = app.window(demo, application)
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    return application.exec()


def play(out: Path, story: str, seed: int, language: str | None = None, pictures: bool = True) -> str:
    """Play a story into a folder and return the summary as text; `language` is the patient's in it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        (out / "screens").mkdir(parents=True, exist_ok=True)
        for pattern in LEFT:
            for old in out.glob(pattern):
                old.unlink()
    except OSError as trouble:
        raise SettingsError("folder_unusable", folder=str(out), reason=trouble.strerror) from trouble
    with tempfile.TemporaryDirectory(prefix="chairside-demo-") as home:
        played = _play(out, (story, seed, language), Path(home), pictures)
    text = json.dumps(played.summary, indent=1, ensure_ascii=False)
    (out / "summary.json").write_text(text + "\n", "utf-8")
    efforts = json.dumps([{**asdict(row), "met": row.met} for row in played.rows], indent=1)
    (out / "effort.json").write_text(efforts + "\n", "utf-8")
    return _told(played)


def _play(out: Path, told: tuple[str, int, str | None], home: Path, wanted: bool) -> Played:
    story, seed, language = told
    times = [time.monotonic()]
    stage: Stage | None = None
    pictures = Pictures(out / "screens", lambda: stage.window.grab() if stage else QPixmap())
    look = pictures.look if wanted else None
    stage = Stage(home, story, seed, look, STORIES[story].vials, language)
    times.append(time.monotonic())
    robot = stage.robot
    try:
        STORIES[story].act(stage)
        pictures.keep()
        times.append(time.monotonic())
        stage.refuse_bugs()
        made = app.leave_record(stage.demo, stage.window, out)
    finally:
        stage.strike()
    judged = time.monotonic()
    verdicts = app.judge(tuple(out / name for name in made.files), stage.demo)
    lines = [json.loads(verdict.line()) for verdict in verdicts]
    seconds = _seconds(times, made.build_seconds, made.seal_seconds, time.monotonic() - judged)
    verify = lines[0] if app.RECORD in made.files else NO_RECORD
    about = {"story": story, "gate": made.gate, "ending": made.ending, "verify": verify}
    inputs = [asdict(each) for each in robot.done]
    summary = {**about, "seconds": seconds, "counts": robot.counts(), "inputs": inputs}
    rows = effort(robot.done, robot.parts, robot.typed)
    return Played(summary, rows if story == "ordinary" else unbarred(rows), lines)


def _seconds(times: list[float], build: float, seal: float, verify: float) -> dict[str, float]:
    began, founded, visited = times
    parts = {"found": founded - began, "visit": visited - founded}
    parts |= {"build": build, "seal": seal, "verify": verify}
    return {name: round(took, 3) for name, took in parts.items()}


def _told(played: Played) -> str:
    summary = played.summary
    lines = [f"{summary['story']}: gate {summary['gate']}, ending {summary['ending']}"]
    lines += [row.told() for row in played.rows]
    verdicts = played.verdicts or [NO_RECORD]
    for each in verdicts:
        demo = " (DEMO, not a clinic's record)" if each["demo"] else ""
        named = f" {Path(str(each['file'])).name}" if len(verdicts) > 1 else ""
        lines.append(f"  verify{named}: {each['verdict']}{demo}")
    return "\n".join([*lines, f"  seconds: {summary['seconds']}"])

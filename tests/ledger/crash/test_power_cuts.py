"""Power cuts at a thousand instants of a real run: nothing acknowledged is lost as shipped.

The same replay must convict the two settings that are known to lose commits: a test that finds
nothing anywhere proves nothing. Model and its limits: `replay`.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chairside.errors import LedgerError
from chairside.ledger import Ledger, connection
from tests.ledger.crash.replay import Disk, Event, read_log
from tests.ledger.crash.work import WEAKENED
from tests.ledger.scribe import KEY

HOME = Path(__file__).parents[3]
COUNT = 60


def record(place: Path, mode: str) -> tuple[Disk, list[Event]]:
    """Run the child under the recorder; return the disk before it and what it did."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler for the recorder")
    library, log, folder = place / "recorder.so", place / "log", place / "clinic"
    source = Path(__file__).with_name("recorder.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    Ledger.create(folder, KEY).close()
    disk = Disk(folder)
    extra = {"LD_PRELOAD": str(library), "CRASH_FOLDER": str(folder), "CRASH_LOG": str(log)}
    arguments = [sys.executable, "-m", "tests.ledger.crash.work", str(folder), str(COUNT), mode]
    said = subprocess.run(
        arguments, cwd=HOME, env={**os.environ, **extra}, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == [str(number) for number in range(3, COUNT + 3)]
    return disk, read_log(log)


def losses(place: Path, mode: str, states: int) -> list[str]:
    """Cut the power at random instants, half of them close after an acknowledgement, where it hurts most.

    Returns what each bad state lost or broke.
    """
    disk, events = record(place, mode)
    chance = random.Random(f"{mode} 1")
    said = [place for place, event in enumerate(events) if event.kind == "a"]
    last = len(events) - 1
    near = [min(place + chance.randrange(4), last) for place in chance.choices(said, k=states // 2)]
    instants = sorted(near + chance.choices(range(len(events)), k=states - len(near)))
    bad, at = [], 0
    for number, instant in enumerate(instants):
        while at <= instant:
            disk.take(events[at])
            at += 1
        to = place / f"state-{number}"
        disk.cut(to, chance)
        if trouble := examine(to, disk.acknowledged):
            bad.append(f"{number} at {instant}: {trouble}")
        shutil.rmtree(to)
    return bad


def examine(folder: Path, acknowledged: int) -> str:
    """Open the state as the product does, check all of it, look for the last acknowledged fact."""
    try:
        ledger = Ledger.open(folder, KEY)
    except LedgerError as refused:
        return str(refused)
    try:
        had = ledger.check().facts
    except LedgerError as refused:
        return str(refused)
    finally:
        ledger.close()
    return "" if had >= acknowledged else f"{acknowledged} acknowledged, {had} there"


def test_no_power_cut_loses_an_acknowledged_fact(tmp_path: Path) -> None:
    """Proves: T26, F1: a thousand states of the store as shipped."""
    assert losses(tmp_path, "as_shipped", 1000) == []


@pytest.mark.parametrize("mode", ["wal_normal", "delete_full"])
def test_weaker_settings_are_convicted(tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive controls: this very test would find the loss."""
    weak = {name: (name, value, found) for name, value, found in WEAKENED[mode]}
    settings = tuple(weak.get(each[0], each) for each in connection._SETTINGS)
    monkeypatch.setattr(connection, "_SETTINGS", settings)
    assert len(losses(tmp_path, mode, 250)) >= 10

"""Every story once: the ordinary one and a stop by the command itself, the others in two troupes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chairside.demo.stories import STORIES
from tests.visits.left import Left

TOP = Path(__file__).parents[2]
BY_COMMAND = ("ordinary", "stop")
TROUPES = 2
LONGEST_SECONDS = 900


def played_by_command(out: Path, story: str, *options: str) -> Left:
    """Play a story with `chairside demo` in a process of its own."""
    command = [sys.executable, "-m", "chairside", "demo", "--headless", "--out", str(out)]
    command += ["--story", story, *options]
    said = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=300, check=False)
    assert said.returncode == 0, said.stderr[-3000:]
    return Left(out, (said.stdout, said.stderr))


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Left]:
    """What each story left."""
    out = tmp_path_factory.mktemp("stories")
    others = [name for name in STORIES if name not in BY_COMMAND]
    command = [sys.executable, "-m", "tests.visits.troupe", str(out)]
    troupes = [
        subprocess.Popen([*command, *others[number::TROUPES]], cwd=TOP, stderr=subprocess.DEVNULL)
        for number in range(TROUPES)
    ]
    try:
        played = {name: played_by_command(out / name, name) for name in BY_COMMAND}
        for troupe in troupes:
            troupe.wait(LONGEST_SECONDS)
    finally:
        for troupe in troupes:
            troupe.kill()
    return {**played, **{name: Left(out / name) for name in others}}

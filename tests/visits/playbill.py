"""Plays each story once for the whole run: by the command itself, or by this process's troupe.

Pytest's processes share one folder; a lock a story keeps two of them from playing the same one.
"""

from __future__ import annotations

import fcntl
import json
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chairside.demo.stories import STORIES
from tests.visits.left import Left

TOP = Path(__file__).parents[2]
BY_COMMAND = ("ordinary", "stop")
LONGEST_SECONDS = 900


def played_by_command(out: Path, story: str, *options: str) -> Left:
    """Play a story with `chairside demo` in a process of its own."""
    command = [sys.executable, "-m", "chairside", "demo", "--headless", "--out", str(out)]
    command += ["--story", story, *options]
    said = subprocess.run(
        command, cwd=TOP, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
    )
    assert said.returncode == 0, said.stderr[-3000:]
    return Left(out, (said.stdout, said.stderr))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # given back when the file closes, also by a process that dies
        yield


class Playbill:
    """What the stories left, by name; `close` sends the troupe home."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._troupe: subprocess.Popen[str] | None = None
        self._left: dict[str, Left] = {}

    def __getitem__(self, story: str) -> Left:
        assert story in STORIES
        if story not in self._left:
            with _alone(self._folder / f"{story}.lock"):
                said = self._folder / f"{story}.said.json"  # there once the story is over
                if not said.exists():
                    told = self._play(story)
                    said.write_text(json.dumps(told), "utf-8")
                out, err = json.loads(said.read_text("utf-8"))
            self._left[story] = Left(self._folder / story, (out, err))
        return self._left[story]

    def _play(self, story: str) -> tuple[str, str]:
        if story not in BY_COMMAND:
            self._ask_the_troupe(story)
            return "", ""
        return played_by_command(self._folder / story, story).said

    def _ask_the_troupe(self, story: str) -> None:
        if self._troupe is None:
            command = [sys.executable, "-m", "tests.visits.troupe", str(self._folder)]
            pipe, none = subprocess.PIPE, subprocess.DEVNULL
            self._troupe = subprocess.Popen(command, cwd=TOP, stdin=pipe, stdout=pipe, stderr=none, text=True)
        assert self._troupe.stdin is not None and self._troupe.stdout is not None
        print(story, file=self._troupe.stdin, flush=True)
        ready, _, _ = select.select([self._troupe.stdout], [], [], LONGEST_SECONDS)
        assert ready, f"{story} does not end"
        assert self._troupe.stdout.readline() == f"{story}\n", "the troupe died"

    def close(self) -> None:
        """End the troupe's process."""
        if self._troupe is not None:
            self._troupe.communicate()  # no more stories: it ends by itself

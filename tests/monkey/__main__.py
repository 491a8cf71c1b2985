"""`python -m tests.monkey --minutes 60 --seed 1`: patients left alone with the tablet, until time is up.

After every doing the rules are looked at; at the first that is broken the doings of that round are left in
a file, and `--replay FILE` does them again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

os.environ.setdefault(  # before Qt is imported: a screen as large as the largest window, not 800 x 800
    "QT_QPA_PLATFORM", f"offscreen:configfile={Path(__file__).with_name('screen.json')}"
)

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.monkey.doings import Doing, doings
from tests.monkey.hands import Hands
from tests.monkey.rounds import Rounds
from tests.monkey.rules import Broken, Troubles

MOST_IN_A_ROUND = 4_000
LEFT = Path("build/monkey")


class Monkey:
    """Plays rounds and counts what it did."""

    def __init__(self, rounds: Rounds, left: Path = LEFT) -> None:
        self.rounds, self._left = rounds, left
        self.kinds: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()
        self.stored = 0

    @property
    def done(self) -> int:
        """How many doings there were."""
        return self.kinds.total()

    def play(self, seed: str, number: int, what: Iterable[Doing], start: str = "") -> None:
        """Play one round. Raises: Broken, after the replay file was written."""
        played: list[Doing] = []
        round_ = self.rounds.begin(number, Random(seed), start)
        hands = Hands(self.rounds.shown.window)
        begun = len(self.rounds.shown.window.room.visit.facts)  # type: ignore[union-attr]  # one is open
        try:
            for doing in what:
                played.append(doing)
                hands.do(doing)
                round_.rules.after(doing)
                self.kinds[doing.kind] += 1
                self.pages[self.rounds.shown.page()] += 1
                if round_.over():
                    break
            hands.rest()
            round_.rules.search()
        except Exception as broken:  # told again with its replay, whatever it was
            told = self._leave(seed, number, start, played)
            where = f"after {len(played)} doings of round {number}; replay: {told}"
            raise Broken(f"{broken}\n{where}") from broken
        self.stored += len(self.rounds.shown.window.room.visit.facts) - begun  # type: ignore[union-attr]  # as above
        self.rounds.end()

    def _leave(self, seed: str, number: int, start: str, played: list[Doing]) -> Path:
        self._left.mkdir(parents=True, exist_ok=True)
        file = self._left / f"{seed.replace(' ', '-')}.json"
        told: dict[str, Any] = {"seed": seed, "round": number, "start": start}
        file.write_text(json.dumps(told | {"doings": [each.told() for each in played]}) + "\n", "utf-8")
        return file

    def say(self, began: float) -> None:
        """Print how far it is."""
        minutes = (time.monotonic() - began) / 60
        facts = f"{self.stored} facts stored, 0 rules broken"
        print(f"{minutes:6.1f} min  {self.done:8d} events  {facts}", flush=True)


def _rounds(monkey: Monkey, seed: int, until: float) -> Iterator[int]:
    """Play round after round until the time is up."""
    number = 0
    while time.monotonic() < until:
        name = f"{seed} {number}"
        monkey.play(name, number, _timed(islice(doings(name), MOST_IN_A_ROUND), until))
        yield number
        number += 1


def _timed(what: Iterable[Doing], until: float) -> Iterator[Doing]:
    for doing in what:
        if time.monotonic() > until:
            return
        yield doing


def replay(monkey: Monkey, file: Path) -> None:
    """Do again what a file tells."""
    told = json.loads(file.read_text("utf-8"))
    monkey.play(told["seed"], told["round"], [Doing(*each) for each in told["doings"]], told["start"])


def main() -> int:
    """Play for so many minutes, or a replay, and print the figures."""
    reader = argparse.ArgumentParser(prog="python -m tests.monkey")
    reader.add_argument("--minutes", type=float, default=60)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--replay", type=Path)
    asked = reader.parse_args()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    QAccessible.setActive(True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="monkey-") as folder, Troubles() as troubles:
        monkey = Monkey(Rounds(Path(folder) / "clinic", application, troubles))
        try:
            if asked.replay:
                replay(monkey, asked.replay)
            for number in () if asked.replay else _rounds(monkey, asked.seed, began + 60 * asked.minutes):
                if number % 5 == 0:
                    monkey.say(began)
        except Broken as broken:
            print(f"seed {asked.seed}: BROKEN: {broken}", flush=True)
            return 1
        finally:
            monkey.rounds.shown.close()
    monkey.say(began)
    print(f"seed {asked.seed}; by kind {dict(monkey.kinds.most_common())}")
    print(f"pages {dict(monkey.pages.most_common())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

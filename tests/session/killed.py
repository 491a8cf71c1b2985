"""Plays a visit in children that are killed at a given fact; run as a program by test_kills.

`python -m tests.session.killed FOLDER POINT...` founds one clinic, and for each point plays the same
visit on a copy of it, until that fact is on disk: then the process kills itself, as a flat battery
would. What was acknowledged before goes to `POINT.acknowledged`, one line a fact.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from chairside.session.visit import VisitRoom
from tests.session.clinics import PINS, SteppingClock, Visitors, clinic_in, opened


class Teller:
    """Writes down what the session acknowledged, as soon as it did."""

    def __init__(self, visitors: Visitors, out: Path) -> None:
        self.visitors, self.out = visitors, out
        self.known = 0

    def note(self) -> None:
        room = self.visitors.room
        facts = room.visit.facts if isinstance(room, VisitRoom) else ()
        with self.out.open("a") as file:
            for stamped in facts[self.known :]:
                file.write(f"{room.visit.id} {stamped.hash}\n" if room else "")
            file.flush()
        self.known = len(facts)


def play(folder: Path, out: Path, point: int) -> int:
    """Play a visit and its procedure, killed once so many facts are on disk; return how many there were."""
    visitors = opened(folder, _clock())
    visitors.staff.sign_in("nurse-1", PINS["nurse-1"])
    teller, count = Teller(visitors, out), 0

    def heard(_fact: object) -> None:
        nonlocal count
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)
        teller.note()  # everything before this fact was acknowledged

    visitors.clinic.scribe.heard = heard
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    visitors.sign_procedure()
    visitors.seal_addendum()
    teller.note()
    return count


def _clock() -> SteppingClock:
    clock = SteppingClock(boot="boot-2")
    clock.ticks = 1000
    return clock


def main(folder: Path, points: list[int]) -> None:
    clinic_in(folder / "clinic").clinic.ledger.close()
    for point in points:
        own = shutil.copytree(folder / "clinic", folder / str(point))
        child = os.fork()
        if child == 0:
            count = play(own, folder / f"{point}.acknowledged", point)
            (folder / "whole").write_text(str(count))
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(point) for point in sys.argv[2:]])

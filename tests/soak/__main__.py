"""`python -m tests.soak --visits 1000`: what so many whole visits leave behind in one process.

Counted from the hundredth visit on, when every page has been there and every cache is warm.
Bar: at most 10 MiB more memory; no more open files, threads, temporary files or Qt objects; pages as quick.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chairside.ui.sealing import SOON_MS
from chairside.ui.work import _Ticket
from tests.bench.measure import ninety_ninth
from tests.soak.guests import OnGlass, guests_in, visit

WARM = 100
A_DAY = 10
MOST_MIB = 10
RESTS_MS = SOON_MS + 250  # as between two patients: the tablet gives back what the record took


@dataclass(frozen=True)
class Left:
    """What is in the process: memory in MiB, the others counted; times of a page in ms."""

    visits: int
    mib: float
    files: int
    threads: int
    temporary: int
    objects: int
    p50_ms: float
    p99_ms: float

    def told(self) -> str:
        """One line."""
        counts = f"{self.files} files, {self.threads} threads, {self.temporary} temporary"
        times = f"page p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms"
        return f"{self.visits:5d} visits  {self.mib:7.1f} MiB, {counts}, {self.objects} Qt objects; {times}"

    def misses(self, base: Left) -> list[str]:
        """What passes the bar since `base`; times are read, not judged: the machine is shared."""
        kept = {"files": 0, "threads": 0, "temporary": 0, "objects": 0, "mib": MOST_MIB}
        grown = {name: getattr(self, name) - getattr(base, name) for name in kept}
        return [f"{name} +{grown[name]:g}" for name, most in kept.items() if grown[name] > most]


def left(guests: OnGlass, number: int, temporary: Path) -> Left:
    """Count what is there now; the times told so far begin anew."""
    gc.collect()
    guests.shown.hands.settle()
    QTest.qWait(RESTS_MS)
    while guests.shown.window.work.findChildren(_Ticket):  # a busy core: what rests is counted, not what runs
        QTest.qWait(10)
    times, guests.times_ms = guests.times_ms or [0.0], []
    pages = [line for line in Path("/proc/self/status").read_text("ascii").splitlines() if "VmRSS" in line]
    return Left(
        number,
        int(pages[0].split()[1]) / 1024,
        len(os.listdir("/proc/self/fd")),
        len(os.listdir("/proc/self/task")),
        sum(len(names) for _, _, names in os.walk(temporary)),
        len(guests.shown.window.findChildren(QObject)) + len(QApplication.allWidgets()),
        statistics.median(times),
        ninety_ninth(times),
    )


def soak(folder: Path, application: QApplication, visits: int, warm: int, a_day: int = A_DAY) -> list[Left]:
    """Let the visits come; return what was there after the warm ones, at every hundredth and at the end."""
    temporary = folder / "tmp"
    temporary.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    guests, seen, began = guests_in(folder / "clinic", application), [], time.monotonic()
    try:
        for number in range(1, visits + 1):
            visit(guests, number)
            if number % a_day == 0:
                guests.clock.until_tomorrow()  # the board shows a day's visits
                guests.shown.window.home()
            if number in (warm, visits) or number % WARM == 0:
                seen.append(left(guests, number, temporary))
                print(f"{(time.monotonic() - began) / 60:6.1f} min  {seen[-1].told()}", flush=True)
    finally:
        tempfile.tempdir = before
        guests.shown.close()
    return [each for each in seen if each.visits >= warm]


def main() -> int:
    """Run it, print the lines, and say whether the bar is met."""
    reader = argparse.ArgumentParser(prog="python -m tests.soak")
    reader.add_argument("--visits", type=int, default=1000)
    reader.add_argument("--warm", type=int, default=WARM, help="visits that do not count yet")
    asked = reader.parse_args()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        base, *_, last = soak(Path(folder), application, asked.visits, min(asked.warm, asked.visits - 1))
    misses = last.misses(base)
    print(f"since visit {base.visits}: {last.mib - base.mib:+.1f} MiB; {', '.join(misses) or 'bar met'}")
    return bool(misses)


if __name__ == "__main__":
    sys.exit(main())

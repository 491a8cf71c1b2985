"""`python -m tests.real_ink`: 1,600 made-up signatures on the pad (F22), judged (T15), replayed (F23)."""

from __future__ import annotations

import argparse
import sys
from statistics import median, quantiles

from PySide6.QtWidgets import QApplication

from tests.real_ink.delivered import deliver
from tests.real_ink.judged import lines


def main() -> int:
    """Print what was measured; fail where a sample was lost or altered."""
    asked = argparse.ArgumentParser(prog="python -m tests.real_ink", description=__doc__)
    asked.add_argument("--signatures", type=int, default=1_600)
    count = asked.parse_args().signatures
    application = QApplication.instance() or QApplication([])
    told = deliver(count)
    times = told.times_ms
    p99 = quantiles(times, n=100)[98]
    print(f"{told.signatures} signatures: {told.sent} points sent, {told.stored} stored, {told.lost} lost,")
    print(f"  {told.altered} signatures altered; an event until painted: p50 {median(times):.2f} ms,")
    print(f"  p99 {p99:.2f} ms, worst {max(times):.2f} ms of {len(times)}")
    for line in lines(count):
        print(line)
    del application
    return 1 if told.lost or told.altered else 0


if __name__ == "__main__":
    sys.exit(main())

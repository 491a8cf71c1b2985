"""The recorded child: python -m tests.ledger.crash.work FOLDER COUNT MODE; appends and acknowledges.

MODE weakens the settings of this process only (`as_shipped`, `wal_normal`, `delete_full`), because a
crash test that convicts nothing proves nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from chairside.domain import facts
from chairside.ledger import Ledger, connection
from tests.ledger.scribe import KEY, Scribe

WEAKENED = {
    "as_shipped": (),
    "wal_normal": (("journal_mode", "wal", "wal"), ("synchronous", "normal", 1)),
    "delete_full": (("journal_mode", "delete", "delete"), ("synchronous", "full", 2)),
}


def main(folder: Path, count: int, mode: str) -> None:
    """Append one fact at a time, the checkpoints near, and say each number once it is stored."""
    weak = dict((name, (name, value, found)) for name, value, found in WEAKENED[mode])
    connection._SETTINGS = tuple(weak.get(each[0], each) for each in connection._SETTINGS)
    scribe = Scribe(Ledger.open(folder, KEY))
    writer = scribe.ledger._open_writer()
    writer.set_authorizer(None)
    writer.execute("PRAGMA wal_autocheckpoint = 60")
    connection.guard(writer)
    scribe.found()
    for number in range(3, count + 3):
        if number % 9 == 0:
            stored = scribe.ledger.conclude(scribe.draft(f"visit:v{number}", facts.Concluded("refused")))[0]
        else:
            stored = scribe.write("visit:v1", facts.BreakTaken("read"))
        os.write(1, f"{stored.stamp.number}\n".encode())
    os._exit(0)  # no tidy closing: the last state is a crash, too


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

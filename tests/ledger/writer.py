"""A child process that appends facts and says so after each: python -m tests.ledger.writer FOLDER COUNT."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from chairside.errors import LedgerError
from chairside.ledger import Ledger
from tests.ledger.scribe import KEY, Scribe

CANARY = "Canaryname Q7ZK4"


def main(folder: Path, count: int) -> int:
    """Append until told or killed; print each acknowledged number, or the refusal's code."""
    scribe = Scribe(Ledger.open(folder, KEY))
    scribe.found()  # each process brings its own keys
    for _ in range(count):
        number = scribe.ledger.last_number("t1") + 1
        try:
            if number % 7 == 0:
                scribe.visit(f"v{number}")
                number = scribe.ledger.last_number("t1")
            else:
                scribe.patient(f"pt{number}", f"{CANARY} {number}")
        except LedgerError as refused:
            os.write(1, f"refused {refused.code}\n".encode())
            return 3
        os.write(1, f"{number}\n".encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))

"""`python -m tests.naughty`: every taken string in every field of typed text of a whole record, one by one.

Prints what a record lost, and ends with 1 where it lost anything. Minutes; every string goes once through a
record in the tests.
"""

from __future__ import annotations

import sys

from chairside.session.texts import LONGEST_LINE
from tests.naughty.records import lost, taken, whole_record

NUMBERED = 12  # letters that the number beside the string takes of a line


def main() -> int:
    """Build a record a string, and read each back."""
    strings = taken(LONGEST_LINE - NUMBERED)
    fields = len(whole_record("plain")[1])
    missed = {told: marks for told in strings if (marks := lost(told))}
    for told, marks in missed.items():
        print(f"{told!a}: {len(marks)} of {fields} fields lost", file=sys.stderr)
    print(f"{len(strings)} strings x {fields} fields of a record: {len(missed)} strings lost")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

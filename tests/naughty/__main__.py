"""`python -m tests.naughty`: every taken string in every field of a record, and a million random labels.

Prints what a record lost and which label was read with a fault, and ends with 1 where there was anything.
Minutes; the tests run a part of it.
"""

from __future__ import annotations

import sys

from chairside.session.texts import LONGEST_LINE
from tests.naughty.labels import faults, labels
from tests.naughty.records import lost, taken, whole_record

SEED, MILLION = 20_261_202, 1_000_000
NUMBERED = 12  # letters that the number beside the string takes of a line


def main() -> int:
    """Build a record a string, and read each back."""
    strings = taken(LONGEST_LINE - NUMBERED)
    fields = len(whole_record("plain")[1])
    missed = {told: marks for told in strings if (marks := lost(told))}
    for told, marks in missed.items():
        print(f"{told!a}: {len(marks)} of {fields} fields lost", file=sys.stderr)
    print(f"{len(strings)} strings x {fields} fields of a record: {len(missed)} strings lost", flush=True)
    wrong = [label for label in labels(SEED, MILLION) if faults(label)]
    print(f"{MILLION:,} random labels: {len(wrong)} read with a fault", *map(ascii, wrong[:9]), sep="\n")
    return 1 if missed or wrong else 0


if __name__ == "__main__":
    sys.exit(main())

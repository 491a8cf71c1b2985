"""Random labels: bytes as a scanner sends them, alone, behind a standard's beginning, or in a true code."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from chairside.domain.codes import LONGEST, parse
from chairside.domain.codes.identity import identity

_DATA = Path(__file__).parents[1] / "domain/data/barcode-cases.json"
TRUE_CODES = tuple(str(case["input"]) for case in json.loads(_DATA.read_text("utf-8"))["cases"])
_BEGINNINGS = ("", "]C0=", "]C1", "]d2", "=", "&", "+", "(01)", "01", "\x1d")
_MOST_BYTES = 150


def labels(seed: int, count: int) -> Iterator[str]:
    """Yield so many labels; the same seed yields the same ones."""
    chance = random.Random(seed)
    for number in range(count):
        if number % 3 == 0:
            yield _broken(chance, chance.choice(TRUE_CODES))
        else:
            tail = chance.randbytes(chance.randrange(_MOST_BYTES)).decode("latin-1")
            yield chance.choice(_BEGINNINGS) + tail if number % 3 == 1 else tail


def _broken(chance: random.Random, code: str) -> str:
    """Return a true code with up to three bytes changed, put in or taken out."""
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(code) + 1)
        keep = place + chance.randrange(2)
        code = code[:place] + chr(chance.randrange(256)) * chance.randrange(2) + code[keep:]
    return code


def faults(text: str) -> tuple[str, ...]:
    """Return what is wrong with how a label was read; an exception is the worst of all and goes on."""
    reading = parse(text)
    found = []
    if parse(text) != reading or identity(text) != identity(text):
        found.append("read otherwise the second time")
    if len(reading.text) > LONGEST + 5:  # what a scanner puts around it is judged with it
        found.append("longer than a label is")
    if not reading.valid and not reading.double_entry:
        found.append("broken, and typed once")
    json.dumps(reading.told())
    return tuple(found)

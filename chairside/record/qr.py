"""QR codes as filled squares."""

from __future__ import annotations

from functools import lru_cache

import segno

from chairside.record.blocks import Figure
from chairside.record.colour import INK

QUIET = 4  # modules of white around the code, as the standard asks


@lru_cache(maxsize=4)
def _squares(data: str, side: float) -> str:
    rows = [bytes(row) for row in segno.make(data, error="m", micro=False).matrix]
    unit = side / (len(rows) + 2 * QUIET)
    drawn = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:  # one rectangle for a run of dark modules
                up = side - (y + 1 + QUIET) * unit
                drawn.append(f"{(start + QUIET) * unit:.3f} {up:.3f} {(x - start) * unit:.3f} {unit:.3f} re")
            x += 1
    return " ".join(drawn) + " f"


def code(data: str, told: str, side: float = 96) -> Figure:
    """Return the QR code of some text. Units: points."""
    return Figure(side, side, ((INK, _squares(data, side)),), told)

"""What a visit costs the people in it: taps, inks, PINs and typed characters, beside the bars of P11."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chairside.demo.robot import Done

COUNTED = {"tap": "taps", "ink": "inks", "pin": "pins"}


@dataclass(frozen=True)
class Effort:
    """One row: who, in which part of the day, what it took, and the most it may take where P11 says."""

    who: str
    part: str
    taps: int
    inks: int
    pins: int
    typed: int
    bar: dict[str, int]

    @property
    def met(self) -> bool | None:
        """Tell whether no count passes its bar; None where there is none."""
        counts = {"taps": self.taps, "inks": self.inks, "pins": self.pins, "typed": self.typed}
        return all(counts[name] <= most for name, most in self.bar.items()) if self.bar else None

    def told(self) -> str:
        """Return the row in words."""
        said = f"  {self.who:<10}{self.part:<34}{self.taps:>4} taps {self.inks:>2} inks {self.pins:>2} PINs"
        said += f" {self.typed:>4} typed"
        if self.met is None:
            return said
        most = ", ".join(f"{name} {count}" for name, count in self.bar.items())
        return f"{said}   bar: {most}   {'met' if self.met else 'MISSED'}"


# Source: product.md P11. The nurse's bar holds from Health check to Countersign.
BARS: dict[tuple[str, str], dict[str, int]] = {
    ("patient", "whole visit"): {"taps": 35, "inks": 2},
    ("nurse", "Health check to Countersign"): {"taps": 30, "typed": 20},
    ("physician", "whole visit"): {"taps": 8, "pins": 2, "inks": 1},
}
PARTS = {"open": "Open", "visit": "Health check to Countersign", "vials": "Receiving", "record": "Record",
         "procedure": "Procedure", "day": "Board and the day"}  # fmt: skip


def effort(done: Sequence[Done], parts: Sequence[str], typed: dict[tuple[str, str], int]) -> list[Effort]:
    """Return what everybody did; `parts` names the part of the day of each input, `typed` counts by both.

    The bars are those of the ordinary visit; `unbarred` takes them off another story's rows.
    """
    rows = [_row(role, "whole visit", role, None, (done, parts, typed)) for role in ("patient", "physician")]
    for part, name in PARTS.items():
        row = _row("nurse", name, "nurse", part, (done, parts, typed))
        if row.taps or row.typed:
            rows.append(row)
    return rows


def unbarred(rows: Sequence[Effort]) -> list[Effort]:
    """Return the rows without bars."""
    return [replace(row, bar={}) for row in rows]


def _row(
    who: str,
    name: str,
    role: str,
    part: str | None,
    played: tuple[Sequence[Done], Sequence[str], dict[tuple[str, str], int]],
) -> Effort:
    done, parts, typed = played
    own = [each for each, at in zip(done, parts, strict=True) if each.role == role and part in (None, at)]
    counts = {COUNTED[kind]: sum(each.kind == kind for each in own) for kind in COUNTED}
    letters = sum(count for (whose, at), count in typed.items() if whose == role and part in (None, at))
    return Effort(who, name, **counts, typed=letters, bar=BARS.get((who, name), {}))

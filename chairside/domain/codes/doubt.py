"""What is doubtful about a code that was read: said beside it, and never in its way (Q33)."""

from __future__ import annotations

from typing import Literal, TypeAlias

from chairside.domain.codes.identity import read, split

Doubt: TypeAlias = Literal["", "check", "case", "courier", "no_vial", "broken"]


def doubt(code: str) -> Doubt:
    """Return in a word what to look at again, or nothing; a private label has no rule to break."""
    reading = read(split(code)[0])
    if "caps lock" in str(reading.parts.get("hint", "")) or reading.error == "not_hibc":
        return "case"
    if reading.error == "not_gs1":
        return "courier"
    if "check" in reading.error:
        return "check"
    if not reading.valid:
        return "broken"
    return "" if reading.accept_for_vial else "no_vial"

"""Names that could be taken for one another on one day's board (product.md, Board)."""

from __future__ import annotations

from chairside.ledger import folded, name_key


def similar(one: str, other: str) -> bool:
    """Tell whether two names are easily mixed up.

    The same words in any order, a letter's difference, or one surname with the same first letter before it.
    """
    first, second = folded(one), folded(other)
    if not first or not second:
        return False
    if name_key(one) == name_key(other) or _one_edit(" ".join(first), " ".join(second)):
        return True
    return first[-1] == second[-1] and first[0][0] == second[0][0]


def _one_edit(one: str, other: str) -> bool:
    """Tell whether one letter more, less or changed makes one text of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    rest = short[at:] if len(short) < len(long) else short[at + 1 :]
    return rest == long[at + 1 :]


def short_name(name: str) -> str:
    """Return first name and initial: all that patient mode shows of anybody (product.md, Patient mode)."""
    parts = name.split()
    return parts[0] if len(parts) < 2 else f"{parts[0]} {parts[-1][0]}."

"""What a code was found to say, and the one exception its parsers use among themselves."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct, field

Standard: TypeAlias = Literal[
    "isbt128", "isbt128_udi", "isbt128_keyed", "isbt128_basic_udi", "gs1", "hibc", "private"
]
Part: TypeAlias = str | bool | int | list[str] | dict[str, str | int]
Parts: TypeAlias = dict[str, Part]
_IDENTITIES = ("din", "serial", "lot")
_NO_LABEL = ("empty", "too_long", "bad_character")  # nobody could read such a thing off a vial
SLIDING_YEAR = 77  # two-digit years from here on are 19yy: fifty years around 2026, and no clock is asked


class Reading(Struct, frozen=True):
    """One parse: the standard it was judged by, what was read, and the code of what is wrong (or nothing)."""

    standard: Standard
    text: str
    parts: Parts = field(default_factory=dict)
    error: str = ""

    @property
    def valid(self) -> bool:
        """Whether the text holds to its standard; a private label has none to break."""
        return not self.error

    @property
    def double_entry(self) -> bool:
        """Whether nothing inside the code protects it, so that a typed one is typed twice (Q33)."""
        return self.standard == "private" or not self.valid

    @property
    def accept_for_vial(self) -> bool:
        """Whether it can name one vial or lot. Unknown formats can: no supplier is shut out (V21)."""
        if self.standard == "private":
            return self.error not in _NO_LABEL
        return any(part in self.parts for part in _IDENTITIES)

    def told(self) -> dict[str, object]:
        """Return everything as plain values for JSON, the parts beside the judgement."""
        judged: dict[str, object] = {
            "standard": self.standard,
            "text": self.text,
            "valid": self.valid,
            "double_entry": self.double_entry,
            "accept_for_vial": self.accept_for_vial,
        }
        return {**judged, **({"error": self.error} if self.error else {}), **self.parts}


class Wrong(Exception):
    """A code breaks its standard; caught by the entry of each parser, never seen outside."""

    def __init__(self, error: str, **parts: Part) -> None:
        super().__init__(error)
        self.error = error
        self.parts: Parts = parts


def day(year: int, month: int, day_of_month: int) -> date:
    """Return a calendar day. Raises: Wrong `bad_date`."""
    try:
        return date(year, month, day_of_month)
    except ValueError as trouble:
        raise Wrong("bad_date") from trouble


def month_end(year: int, month: int) -> date:
    """Return the last day of a month. Raises: Wrong `bad_date`."""
    first = day(year, month, 1)
    return first.replace(day=monthrange(year, month)[1])


def day_of_year(year: int, number: int) -> date:
    """Return the n-th day of a year, from 1. Raises: Wrong `bad_date`."""
    found = date(year, 1, 1) + timedelta(days=number - 1)
    if found.year != year:
        raise Wrong("bad_date")
    return found


def full_year(two_digits: str) -> int:
    """Return the year meant by its last two digits."""
    short = int(two_digits)
    return 1900 + short if short >= SLIDING_YEAR else 2000 + short

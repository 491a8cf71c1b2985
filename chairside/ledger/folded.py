"""Names as they are searched and compared: without case, accents and punctuation."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

# Letters that carry no separable mark, as a clerk types them.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
_STRANGE = str.maketrans(_PLAIN)


def folded(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation, as they are searched."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_STRANGE)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in bare).split()


def name_key(name: str) -> str:
    """Return what two spellings of one name share, whatever the order of its words."""
    return " ".join(sorted(folded(name)))


def instant(at: datetime) -> str:
    """Return an instant as the tables keep it: UTC, so that text sorts as time does."""
    return at.astimezone(UTC).isoformat()

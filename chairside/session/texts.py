"""What a line of typed text may be: there, not endless, and all of it printable on a record."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TypeVar

import msgspec
from msgspec import Struct, structs

from chairside.errors import NotAllowed

LONGEST_LINE, LONGEST_TEXT = 200, 2000  # Units: characters
GROUP_SEPARATOR = "\x1d"  # between the parts of a scanned code
_LINES = frozenset({"name", "dose", "form", "unit", "value"})
_CODE = ("Coded", "text")
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")  # Unicode's classes of what leaves no mark on paper


def text_trouble(text: str, most: int = LONGEST_LINE) -> str:
    """Return what is wrong with a line of text ("missing", "long" or "not_printable"), or nothing."""
    from chairside.record import faces  # here: 50 ms of start-up that only typed text needs

    if not text.strip():
        return "missing"
    if len(text) > most:
        return "long"
    strange = any(unicodedata.category(letter) in _UNSEEN for letter in text)
    return "not_printable" if strange or not faces.covered(text) else ""


def trouble_within(value: object) -> str:
    """Return what is wrong with any text in a fact or a reply, however deep it lies, or nothing.

    A name, a dose or a code is a line; everything else may be a page, over several lines. What a
    scanner sends between the parts of a code is no trouble.
    """
    return next(filter(None, _troubles(msgspec.to_builtins(value), "", "")), "")


def _troubles(value: object, field: str, kind: str) -> Iterator[str]:
    match value:
        case dict():
            for name, each in value.items():
                yield from _troubles(each, name, str(value.get("as", "")))
        case list() | tuple():
            for each in value:
                yield from _troubles(each, field, kind)
        case str() if value.strip():
            line = field in _LINES or (kind, field) == _CODE
            text = value.replace(GROUP_SEPARATOR, "") if (kind, field) == _CODE else " ".join(value.split())
            if len(value) > (LONGEST_LINE if line else LONGEST_TEXT):
                yield "long"
            elif text and (trouble := text_trouble(text, LONGEST_TEXT)):
                yield trouble


Facts = TypeVar("Facts", bound=Struct)


def stripped(fact: Facts) -> Facts:
    """Return the fact without the blanks that a keyboard or a scanner left around its texts."""
    texts = {name: said.strip() for name, said in structs.asdict(fact).items() if isinstance(said, str)}
    return structs.replace(fact, **texts)


def refuse_strange(fact: Struct, *left_out: str) -> None:
    """Refuse a fact in which a line of text is endless or cannot be printed; an empty one is another rule's.

    `left_out` are fields that hold what a label says, whatever that is. Raises: NotAllowed("text_long" |
    "text_not_printable").
    """
    for name, value in structs.asdict(fact).items():
        trouble = text_trouble(value) if isinstance(value, str) and value and name not in left_out else ""
        if trouble in ("long", "not_printable"):
            raise NotAllowed(f"text_{trouble}", field=name)

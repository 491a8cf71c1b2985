"""A whole record in which every field of typed text holds a string, each with a number of its own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from msgspec.structs import replace

from chairside.domain.facts import Fact
from chairside.record.build import build
from chairside.session.texts import text_trouble
from tests.naughty import STRINGS
from tests.naughty.fields import typed_fields, with_text
from tests.record.printed import squeezed, text
from tests.record.visits import NAME, Story, ordinary_story

# The patient's name and a label's code must be the same wherever they stand.
_SAME = frozenset({("Signed", "name"), ("VialReceived", "code"), ("Answered", "text")})


def composed(told: str) -> str:
    """Return a text as it is kept: NFC."""
    return unicodedata.normalize("NFC", told)


def taken(most: int) -> tuple[str, ...]:
    """Return the strings that may be typed into a field of so many letters."""
    return tuple(each for each in STRINGS if not text_trouble(each, most))


@dataclass
class Naughty(Story):
    """A story whose every typed text is the same string, numbered."""

    string: str = ""
    marks: list[str] = field(default_factory=list)

    def tell(self, fact: Fact, by: str = "", proved: bool = False) -> None:
        for name in typed_fields(fact):
            if (type(fact).__name__, name) in _SAME:
                continue
            mark = f"{composed(self.string)} #{len(self.marks)}#"
            told = with_text(fact, mark, name, filled=True)
            if told != fact:
                self.marks.append(mark)
                fact = told
        super().tell(fact, by, proved)


def whole_record(string: str) -> tuple[bytes, tuple[str, ...]]:
    """Return an ordinary visit's record with the string in every field, and what must stand in it."""
    story = Naughty(string=string)
    content, _ = ordinary_story(NAME, "", story)
    clinic = replace(content.clinic, name=f"{string} #clinic#", address=f"{string} #address#")
    marks = (*story.marks, clinic.name, clinic.address)
    return build(replace(content, clinic=clinic)), marks


def lost(string: str) -> list[str]:
    """Return what of it poppler does not read in the record, letter for letter but for blanks."""
    data, marks = whole_record(string)
    drawn = squeezed(text(data))
    return [mark for mark in marks if squeezed(composed(mark)) not in drawn]

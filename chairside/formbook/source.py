"""Reads one file of a form folder as clean text, or says what is wrong with it and on which line.

A form folder may come from a stick: nothing outside it is opened, nothing huge is read, and no
character is let through that shows a person something else than what is stored.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

LARGEST_BYTES = 256 * 1024
MOST_ITEMS = 200
DEEPEST = 8
LONGEST_LINE = 2000  # of TOML: the time to read a dotted key grows with the square of its length
# Format (bidi overrides, zero-width), control, private use, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_TOML_LINE = re.compile(r"at line (\d+)")


class Complaint(NamedTuple):
    """What is wrong, and where; the line counts from 1."""

    file: str
    line: int
    text: str


class Complaints(list[Complaint]):
    """Every complaint so far: a folder is judged to the end, then refused once."""

    def add(self, file: str, line: int, text: str) -> None:
        """Note one more complaint."""
        self.append(Complaint(file, line, text))


class Source(Struct, frozen=True):
    """The text of one file by its name inside the folder; NFC, lines end in LF."""

    name: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.split("\n")


def _inside(folder: Path, name: str) -> str:
    """Return why this file may not be opened, or nothing."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return "lies outside the forms folder"
    if not path.exists():
        return "is missing"
    if not path.is_file():
        return "is not a file"
    if path.stat().st_size > LARGEST_BYTES:
        return f"is larger than {LARGEST_BYTES // 1024} KiB"
    return ""


def _unseen(source: Source, complaints: Complaints) -> None:
    """Name the lines with a character that cannot be seen, up to a number nobody reads to the end of."""
    told = 0
    for number, line in enumerate(source.lines, 1):
        if line.isprintable():  # none of _UNSEEN is; looking at each letter would be half the time of a load
            continue
        hidden = next((c for c in line if c != "\t" and unicodedata.category(c) in _UNSEEN), None)
        if hidden is not None:
            complaints.add(
                source.name, number, f"holds a character that cannot be seen (U+{ord(hidden):04X})"
            )
            told += 1
        if told == MOST_ITEMS:
            return


def read(folder: Path, name: str, complaints: Complaints) -> Source | None:
    """Return the file's text, or None after a complaint."""
    if trouble := _inside(folder, name):
        complaints.add(name, 1, trouble)
        return None
    stored = (folder / name).read_bytes()
    try:
        text = stored.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = stored.count(b"\n", 0, error.start) + 1
        complaints.add(name, line, "is not UTF-8 text")
        return None
    source = Source(name, unicodedata.normalize("NFC", text))
    _unseen(source, complaints)
    return source


def parsed(source: Source, complaints: Complaints) -> dict[str, object] | None:
    """Return what a TOML file says, or None after a complaint."""
    long = next((n for n, line in enumerate(source.lines, 1) if len(line) > LONGEST_LINE), None)
    if long is not None:
        complaints.add(source.name, long, f"holds a line of more than {LONGEST_LINE} characters")
        return None
    try:
        told = tomllib.loads(source.text)
        if _depth(told) > DEEPEST:
            complaints.add(source.name, 1, f"is nested deeper than {DEEPEST} levels")
        elif not all(map(is_seen, _texts(told))):
            complaints.add(source.name, 1, "spells a character that cannot be seen")
        else:
            return told
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) if found else len(source.lines)
        complaints.add(source.name, line, f"is not TOML: {error}")
    except RecursionError:
        complaints.add(source.name, 1, "is nested too deeply")
    return None


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a parsed file, keys too: an escape can spell what the file does not hold."""
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)
    if isinstance(value, str):
        yield value


def is_seen(text: str) -> bool:
    """Tell whether a person sees every character of a text, each spelled one way."""
    shown = text.isprintable() or all(unicodedata.category(c) not in _UNSEEN for c in text)
    return shown and unicodedata.is_normalized("NFC", text)


def line_of(source: Source, table: str = "", index: int = 0, key: str = "") -> int:
    """Return a key's line, in the index-th table of a name or at the top; else its table's line."""
    at, seen = 1, -1
    within = not table
    for number, line in enumerate(source.lines, 1):
        if line.lstrip().startswith("["):
            seen += line.strip().startswith((f"[[{table}]]", f"[{table}]"))
            was, within = within, bool(table) and seen == index
            if within and not was:
                at = number
        elif within and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return at

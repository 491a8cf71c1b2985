"""Setting type: words into lines of runs, with the same widths the page will show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from chairside.record.colour import INK, SECOND, TEAL, Colour
from chairside.record.faces import FaceName, drawable, face_for, measured_em, width_em
from chairside.record.sheet import Run

Rich: TypeAlias = "str | tuple[tuple[str, bool], ...]"  # plain text, or (text, bold) pieces


@dataclass(frozen=True)
class Style:
    """How text looks. Units: points; `before` and `after` are the white around it."""

    size: float = 10.5
    leading: float = 14.5
    bold: bool = False
    colour: Colour = INK
    before: float = 0
    after: float = 6
    indent: float = 0
    most: float = 470  # measure: about 85 characters at 10.5 pt; wider lines are hard to read
    kind: str = "P"

    @property
    def around(self) -> float:
        """The white above and below together. Units: points."""
        return self.before + self.after


TITLE = Style(22, 28, bold=True, colour=TEAL, after=4, kind="H1", most=504)
SECTION = Style(16, 21, bold=True, colour=TEAL, before=14, after=5, kind="H2", most=504)
TOPIC = Style(12.5, 17, bold=True, before=10, after=4, kind="H3", most=504)
BODY = Style()
LEAD = Style(12.5, 17, after=6, most=380)
STAFF = Style(10.5, 14, after=6, most=504)
NOTE = Style(10.5, 14, colour=SECOND, after=6)
CELL = Style(10.5, 14, after=0)
SMALL = Style(9, 11.5, after=0)  # the audit trail and the margins only
NOTICE = Style(14, 19, after=9)  # text that must be at least 14 pt
STATUTORY = Style(40, 46, after=0, most=540)  # R13, R14: 40 pt Regular, leading 1.15


@dataclass(frozen=True)
class Line:
    """One set line: its runs and its width at the style's size. Units: points."""

    runs: tuple[Run, ...]
    width: float


def _pieces(word: str, *, bold: bool, size: float, most: float) -> list[str]:
    """Cut a word that is wider than the line, such as a digest, into pieces that fit."""
    name = face_for(word, bold=bold)
    if width_em(word, name) * size <= most:
        return [word]
    pieces, piece = [], ""
    for char in word:
        if piece and measured_em(piece + char, name) * size > most:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


def _words(text: Rich, style: Style, most: float) -> list[tuple[str, bool]]:
    spans = ((text, style.bold),) if isinstance(text, str) else text
    return [
        (piece, bold)
        for span, bold in spans
        for word in drawable(span).split()
        for piece in _pieces(word, bold=bold, size=style.size, most=most)
    ]


def _line(words: list[tuple[str, bool]], style: Style, *, last: bool) -> Line:
    runs: list[Run] = []
    width = 0.0
    before: FaceName | None = None
    for word, bold in words:
        name = face_for(word, bold=bold)
        if before is None:
            runs.append((name, word))
        elif name == before:
            runs[-1] = (name, f"{runs[-1][1]} {word}")
        else:
            runs[-1] = (before, runs[-1][1] + " ")
            runs.append((name, word))
        width += width_em(word, name) + (width_em(" ", before) if before else 0)
        before = name
    if runs and not last:  # read aloud, the last word of a line stays apart from the next line's first
        runs[-1] = (runs[-1][0], runs[-1][1] + " ")
    return Line(tuple(runs), width * style.size)


def lines(text: Rich, style: Style, width: float) -> tuple[Line, ...]:
    """Return the text as lines no wider than `width`. Units: points."""
    most = min(width, style.most) - style.indent
    set_lines: list[list[tuple[str, bool]]] = []
    taken = 0.0
    for word, bold in _words(text, style, most):
        name = face_for(word, bold=bold)
        wide = width_em(word, name) * style.size
        blank = width_em(" ", name) * style.size
        if set_lines and taken + blank + wide <= most:
            set_lines[-1].append((word, bold))
            taken += blank + wide
        else:
            set_lines.append([(word, bold)])
            taken = wide
    last = len(set_lines) - 1
    return tuple(_line(words, style, last=index == last) for index, words in enumerate(set_lines))

"""The embedded faces and which characters they can draw, word by word.

Atkinson Hyperlegible is the face; a word with a character it lacks is set whole in Noto Sans
(default instance: Latin extended, Vietnamese, Greek, Cyrillic), so that no name is refused.
What neither face has is written as its code point, because a missing glyph breaks PDF/A and a
reversing character could make the page say something else than the data.
reportlab's own character maps name U+0000 (PDF/UA 7.21.7); `_character_map` replaces them.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
from reportlab.pdfbase import pdfmetrics, ttfonts

FaceName: TypeAlias = Literal[
    "Chairside-Regular", "Chairside-Bold", "Chairside-Fallback", "Chairside-Fallback-Bold"
]  # fmt: skip
REGULAR: FaceName = "Chairside-Regular"
BOLD: FaceName = "Chairside-Bold"
FALLBACK: FaceName = "Chairside-Fallback"
FALLBACK_BOLD: FaceName = "Chairside-Fallback-Bold"  # the same face, its outlines thickened by the sheet
_FILES = {
    REGULAR: (fontpkg_atkinson_hyperlegible, "AtkinsonHyperlegible-Regular.ttf"),
    BOLD: (fontpkg_atkinson_hyperlegible, "AtkinsonHyperlegible-Bold.ttf"),
    FALLBACK: (fontpkg_noto_sans, "NotoSans[wdth,wght].ttf"),
}
WORDS, TEXTS = 4096, 1024  # kept for the next record: some hundreds of each are of one patient only
_BLOCK = 100  # PDF 32000-1, 9.10.3: at most 100 lines in one bfchar block


def _character_map(name: str, subset: list[int]) -> str:
    """Return a ToUnicode map that leaves padding codes out and knows characters beyond 16 bits."""
    pairs = [
        (code, chr(value).encode("utf-16-be").hex().upper()) for code, value in enumerate(subset) if value
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines.extend(f"<{code:02X}> <{value}>" for code, value in block)
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@cache
def face(name: FaceName) -> Any:
    """Return the loaded face; parsed once per process, its subsets are kept per document."""
    if name == FALLBACK_BOLD:
        return face(FALLBACK)
    if ttfonts.makeToUnicodeCMap is not _character_map:
        ttfonts.makeToUnicodeCMap = _character_map
    package, file_name = _FILES[name]
    path = files(package).joinpath("files", file_name)
    loaded = ttfonts.TTFont(name, str(path), asciiReadable=0, shapable=False)
    pdfmetrics.registerFont(loaded)
    return loaded


def warm() -> None:
    """Parse all faces now, so that the first record does not wait for them."""
    for name in _FILES:
        face(name)


def _has(name: FaceName, char: str) -> bool:
    return ord(char) in face(name).face.charToGlyph


def _drawable_char(char: str) -> str:
    if char.isspace() or unicodedata.category(char) == "Cc":
        return " "
    invisible = unicodedata.category(char) in ("Cf", "Cs", "Co", "Cn")
    if not invisible and (_has(REGULAR, char) or _has(FALLBACK, char)):
        return char
    return f"[U+{ord(char):04X}]"


@lru_cache(maxsize=TEXTS)
def drawable(text: str) -> str:
    """Return the text as it can be drawn: composed, and with code points for what no face has."""
    composed = unicodedata.normalize("NFC", text)
    return (
        composed if composed.isascii() and composed.isprintable() else "".join(map(_drawable_char, composed))
    )


def covered(text: str) -> bool:
    """Tell whether every character of the text can be drawn as itself."""
    composed = unicodedata.normalize("NFC", text)
    return all(char.isspace() or _drawable_char(char) == char for char in composed)


@lru_cache(maxsize=WORDS)
def face_for(word: str, *, bold: bool) -> FaceName:
    """Return the face that draws this word whole."""
    wanted = BOLD if bold else REGULAR
    glyphs = face(wanted).face.charToGlyph
    if all(ord(char) in glyphs for char in word):
        return wanted
    return FALLBACK_BOLD if bold else FALLBACK


def measured_em(word: str, name: FaceName) -> float:
    """Return the width of what comes only once, such as part of a digest. Units: the font size."""
    loaded = face(name).face
    return float(sum(loaded.charWidths.get(ord(char), loaded.defaultWidth) for char in word)) / 1000


@lru_cache(maxsize=WORDS)
def width_em(word: str, name: FaceName) -> float:
    """Return the width of a word set in a face. Units: the font size."""
    return measured_em(word, name)

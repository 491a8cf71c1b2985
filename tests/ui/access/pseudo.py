"""A language nobody speaks: English, accented, 40 % longer and read from the right; it is in tests only.

A page that keeps its promises in it has no sentence written into its code, no box its words just fit into
and no picture that was painted for readers from the left.
"""

from __future__ import annotations

import re
from functools import cache

from chairside.words import Words
from tests.ui.look import sentences

LANGUAGE = "qps"
LONGER = 0.4
_PLACE = re.compile(r"(\{[a-z_0-9]+\})")
_ACCENTS = str.maketrans("aeiouyncszAEIOUYNCSZ", "äëïöüÿñçšžÄËÏÖÜŸÑÇŠŽ")
_PADDING = ("ôm", "ûsta", "îl", "âren", "êto")


def pseudo(sentence: str) -> str:
    """Return a sentence in that language; its places stay as they are."""
    said = "".join(
        part if _PLACE.fullmatch(part) else part.translate(_ACCENTS) for part in _PLACE.split(sentence)
    )
    letters = len(_PLACE.sub("", sentence))
    more = ""
    while len(more) < LONGER * letters:
        more += " " + _PADDING[len(more) % len(_PADDING)]
    ending = said[-1:] if said.endswith((".", "?", ":")) else ""
    return said[: len(said) - len(ending)] + more + ending


@cache
def spoken() -> Words:
    """Every shipped sentence in it."""
    return Words(LANGUAGE, {key: pseudo(said) for key, said in sentences().sentences.items()})

"""The shipped words and tokens, read once a process: neither ever changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from chairside.ui.theme import Tokens, load_tokens
from chairside.words import Words

RESOURCES = Path(__file__).parents[2] / "resources"


@cache
def tokens() -> Tokens:
    """The shipped look."""
    return load_tokens(RESOURCES / "theme" / "tokens.toml")


@cache
def sentences(language: str = "en") -> Words:
    """The shipped sentences of a language, English unless told."""
    return Words.load(RESOURCES / "words", language)

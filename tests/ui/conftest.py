"""The look and the words that every test of the glass uses: the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chairside.ui.theme import Theme, load_tokens
from chairside.words import Words

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The shipped look at text size 1, worn by the application."""
    made = Theme(load_tokens(RESOURCES / "theme" / "tokens.toml"))
    made.dress(qapp)
    return made


@pytest.fixture
def words() -> Words:
    """The shipped English sentences."""
    return Words.load(RESOURCES / "words", "en")

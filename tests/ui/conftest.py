"""The look and the words that every test of the glass uses: the shipped ones."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.look import sentences, tokens


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The shipped look at text size 1, worn by the application."""
    made = Theme(tokens())
    made.dress(qapp)
    return made


@pytest.fixture
def words() -> Words:
    """The shipped English sentences."""
    return sentences()

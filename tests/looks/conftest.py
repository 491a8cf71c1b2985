"""The look the gallery is hung in."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from chairside.ui.theme import Theme
from tests.ui.look import tokens


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The shipped look at text size 1, worn by the application."""
    made = Theme(tokens())
    made.dress(qapp)
    return made

"""A window on a clinic for every test of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chairside.demo import eyes
from tests.ui.window.glass import Shown, shown_in


@pytest.fixture
def glass(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    """A window with nobody signed in."""
    monkeypatch.setattr(eyes, "WAIT_SECONDS", 10.0)
    shown = shown_in(tmp_path / "clinic", qapp)
    yield shown
    shown.close()

"""What every window of a run shares."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chairside.app.look import Look
from chairside.settings import settle
from chairside.words import Words
from tests.session.clinics import TOP

MERGED = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents


def test_no_sample_of_a_finger_or_a_mouse_is_merged(tmp_path: Path, qapp: QApplication) -> None:
    """X11 merges moves when the program is late, a pen's never. Proves: screens.md 4, field.md 3."""
    qapp.setAttribute(MERGED, True)
    settings = settle(tmp_path, TOP / "forms")
    Look.of(settings, Words.load(settings.resources / "words", "en"), qapp)
    assert not qapp.testAttribute(MERGED)
    assert not qapp.testAttribute(Qt.ApplicationAttribute.AA_CompressTabletEvents)

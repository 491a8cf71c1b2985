"""No letter of a text or of a hard name is an empty box on the glass."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from chairside.ui.theme import Theme, load_fallback
from tests.looks.dress import CASTS
from tests.ui.screens.room import book


def letters(language: str) -> str:
    """Return every letter the forms use in a language, and those of the people in the gallery."""
    used: set[str] = set()
    for form in book().forms.values():
        for item in form.items:
            words = form.words(item.id, language)
            used |= set(words.title) | set("".join((*words.body, *words.help)))
    for cast in CASTS.values():
        used |= set(cast.patient + cast.nurse + cast.physician)
    return "".join(sorted(letter for letter in used if letter.isprintable()))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_letter_on_the_glass_has_a_shape_of_its_own(theme: Theme, language: str) -> None:
    """In the face a page is painted in, with the wide one beside it. Complaint 26."""
    used = letters(language)
    load_fallback(used)
    metrics = QFontMetrics(theme.font("body"))
    assert [letter for letter in used if not metrics.inFontUcs4(ord(letter))] == []
    assert len(used) > 60 and not metrics.inFontUcs4(0x10FFFD)

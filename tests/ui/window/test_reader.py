"""Text size and colours belong to whoever reads: they come back with the reader and stay with nobody else."""

from __future__ import annotations

from chairside.ui.theme import Theme
from tests.session.clinics import PINS
from tests.ui.window.glass import Shown
from tests.ui.window.reach import at_the_patient


def _theme(glass: Shown) -> Theme:
    return glass.window.parts.theme


def test_a_patients_large_text_is_not_left_to_staff_and_comes_back_with_the_patient(glass: Shown) -> None:
    """Proves: screens.md 1 and 5; the next person finds their own size."""
    step = at_the_patient(glass)
    for _ in range(3):
        glass.hands.tap("header.larger")
    glass.hands.tap("header.contrast")
    assert _theme(glass).scale == 2.0 and _theme(glass).high_contrast
    glass.window.hand_back()
    glass.hands.settle()
    glass.hands.pin(PINS["nurse-1"])
    assert _theme(glass).scale == 1.0 and not _theme(glass).high_contrast
    glass.window.hand_over(step)
    glass.hands.settle()
    assert _theme(glass).scale == 2.0 and _theme(glass).high_contrast


def test_staff_find_their_own_size_again_and_another_person_does_not(glass: Shown) -> None:
    """Proves: screens.md 1."""
    glass.sign_in()
    glass.hands.tap("header.larger")
    assert _theme(glass).scale == 1.25
    glass.hands.tap("header.lock")
    assert _theme(glass).scale == 1.0, "nobody is signed in"
    glass.sign_in("physician-1")
    assert _theme(glass).scale == 1.0
    glass.hands.tap("header.lock")
    glass.sign_in()
    assert _theme(glass).scale == 1.25


def test_what_a_patient_reads_is_never_small(glass: Shown) -> None:
    """Header, steps and captions too. Proves: screens.md 1, qt.md 10.2."""
    at_the_patient(glass)
    assert _theme(glass).font("caption").pixelSize() == 20

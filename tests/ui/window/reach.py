"""Ways to a place of a visit that more than one file of tests begins at."""

from __future__ import annotations

from chairside.demo.acts import to_patient
from tests.session.clinics import PINS
from tests.ui.window.glass import Shown


def at_the_patient(glass: Shown) -> str:
    """Bring a visit to its patient's first page; return the step."""
    visitors = glass.visitors
    glass.sign_in()
    visitors.open()
    visitors.health()
    glass.enter()
    glass.hands.tap("close")
    glass.hands.pin(PINS["nurse-1"])
    glass.hands.tap("nsaids.none")
    glass.hands.tap("fluids_and_breakfast.both")
    glass.hands.tap("continue")
    glass.hands.tap("paper_copy.handed")
    to_patient(glass.hands)
    assert glass.window.view is not None and glass.window.view.mode == "patient"
    return glass.window.view.visit.at_step

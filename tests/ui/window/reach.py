"""Ways to a place of a visit that more than one file of tests begins at."""

from __future__ import annotations

from chairside.demo.acts import to_patient
from tests.session.clinics import PINS
from tests.ui.window.glass import Shown


def at_premedication(glass: Shown) -> None:
    """Bring a visit to the nurse's page after the signature."""
    glass.sign_in()
    glass.visitors.until_decision()
    glass.visitors.decide()
    glass.visitors.sign_consent()
    glass.enter()
    assert glass.page() == "premedication"


def from_the_desk(glass: Shown) -> None:
    """Close the health check, ask the medicines and give the tablet to the patient."""
    glass.hands.tap("close")
    glass.hands.pin(PINS["nurse-1"])
    for name in ("nsaids.none", "fluids_and_breakfast.both", "continue", "paper_copy.handed"):
        glass.hands.tap(name)
    to_patient(glass.hands)


def at_the_patient(glass: Shown) -> str:
    """Bring a visit to its patient's first page; return the step."""
    visitors = glass.visitors
    glass.sign_in()
    visitors.open()
    visitors.health()
    glass.enter()
    from_the_desk(glass)
    assert glass.window.view is not None and glass.window.view.mode == "patient"
    return glass.window.view.visit.at_step

"""From the list of answers back to one of them: only who owns it changes it, and the place is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from chairside.domain.replies import Chosen
from tests.session.clinics import PINS
from tests.ui.window.glass import Shown

ROW = "change.health_check.cancer_within_5_years"


def _checking(glass: Shown) -> None:
    """The patient looks through the answers before signing."""
    glass.sign_in()
    glass.visitors.until_decision()
    glass.visitors.decide()
    glass.visitors.hand_over("sign")
    glass.enter()
    assert glass.page() == "sign" and glass.hands.sees(ROW)


def _answer(glass: Shown, item: str) -> object:
    assert glass.window.view is not None
    return glass.window.view.visit.replies[("health_check", item)]


def _focused() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_a_patient_who_finds_a_wrong_answer_gives_the_tablet_back_and_staff_find_the_question(
    glass: Shown,
) -> None:
    """Proves: screens.md 8, qt.md 10.8; T2: the staff's page only after a PIN of theirs."""
    _checking(glass)
    glass.hands.tap(ROW)
    assert "tell them what is not right" in glass.words() and glass.page() == "sign"
    way = glass.hands.find("give_back.cancer_within_5_years")
    assert way.visibleRegion().boundingRect() == way.rect(), "turned so far that it is seen"
    glass.hands.tap("give_back.cancer_within_5_years")
    assert glass.window.view is not None and glass.window.view.mode == "patient"
    glass.sign_in()
    assert glass.page() == "health_check" and _focused().startswith("cancer_within_5_years.")
    glass.hands.tap("cancer_within_5_years.yes")
    assert _answer(glass, "cancer_within_5_years") == Chosen("yes")
    assert glass.hands.sees("close")


def test_returning_from_an_answer_that_was_right_keeps_the_place(glass: Shown) -> None:
    """Proves: qt.md 10.8: back to the row that was left, after the tablet was handed over again."""
    _checking(glass)
    glass.hands.tap(ROW)
    glass.hands.tap("give_back.cancer_within_5_years")
    glass.sign_in()
    assert not glass.hands.sees("close"), "nothing changed, and closed it is"
    glass.hands.tap("to_answers")
    glass.hands.tap("hand_over.given")
    glass.hands.tap("who_are_you.yes")
    assert glass.page() == "sign"
    assert _focused() == ROW
    assert _answer(glass, "cancer_within_5_years") == Chosen("no")


def test_a_private_answer_is_the_patients_own_to_change(glass: Shown) -> None:
    """It is asked again in its row; what was closed over it is then open again for staff. Proves: Q18."""
    _checking(glass)
    glass.hands.tap("change.health_check.pregnant_or_trying")
    assert not glass.hands.sees("give_back.pregnant_or_trying")
    glass.hands.tap("again.pregnant_or_trying.unsure")
    assert _answer(glass, "pregnant_or_trying") == Chosen("unsure")
    assert glass.page() == "door.hand_back"


def test_the_physician_goes_from_the_decision_to_an_answer_under_the_pin_of_who_asked(glass: Shown) -> None:
    """Proves: qt.md 10.8, T6: who did not ask a question does not change its answer."""
    glass.sign_in()
    glass.visitors.until_decision()
    glass.enter()
    glass.hands.pin(PINS["physician-1"])
    assert glass.page() == "decision"
    glass.hands.tap(ROW)
    assert glass.hands.sees("pin.1") or glass.hands.sees("staff.nurse-1")
    glass.sign_in()
    assert glass.page() == "health_check" and _focused().startswith("cancer_within_5_years.")
    glass.hands.tap("to_answers")
    glass.hands.pin(PINS["physician-1"])
    assert glass.page() == "decision" and _focused() == ROW

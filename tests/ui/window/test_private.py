"""The patient answers a private question by their own tap, and gives the tablet back (product.md P2)."""

from __future__ import annotations

from chairside.domain.facts import Answered
from chairside.domain.replies import Chosen
from tests.session.clinics import PINS
from tests.ui.window.glass import Shown

FORM = "health_check"


def _alone(glass: Shown) -> None:
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    assert glass.page() == FORM
    glass.hands.tap("pregnant_or_trying.alone")
    glass.hands.tap("hand_over.given")
    glass.hands.tap("who_are_you.yes")


def _told(glass: Shown) -> list[Answered]:
    assert glass.window.room is not None
    facts = (each.fact for each in glass.window.room.visit.facts)
    return [fact for fact in facts if isinstance(fact, Answered) and fact.form == FORM]


def test_the_patient_sees_the_private_questions_and_no_other(glass: Shown) -> None:
    """Proves: P2 (sensitive items are answered silently), Q39."""
    _alone(glass)
    assert glass.page() == FORM
    assert glass.hands.sees("pregnant_or_trying.yes") and glass.hands.sees("pregnancy_capacity.possible")
    assert not glass.hands.sees("transplant.yes") and not glass.hands.sees("temperature.number")
    assert not glass.hands.sees("immune_categories.other"), "asked after a yes or not sure only"


def test_the_own_tap_is_stored_as_private_and_staff_take_over_with_a_pin(glass: Shown) -> None:
    _alone(glass)
    glass.hands.tap("pregnant_or_trying.no")
    glass.hands.tap("pregnancy_capacity.other")
    assert _told(glass) == [
        Answered(FORM, "pregnant_or_trying", Chosen("no"), private=True),
        Answered(FORM, "pregnancy_capacity", Chosen("other"), private=True),
    ]
    glass.hands.tap("private.done")
    assert glass.page() == "door.hand_back"
    glass.hands.tap("hand_back.staff")
    glass.hands.pin(PINS["nurse-1"])
    assert glass.page() == FORM and glass.hands.sees("transplant.yes")


def test_nobody_has_to_answer_alone(glass: Shown) -> None:
    _alone(glass)
    glass.hands.tap("private.done")
    assert glass.page() == "door.hand_back" and _told(glass) == []


def test_who_is_alone_with_the_questions_may_stop_there_and_when_giving_back(glass: Shown) -> None:
    """Staff ask what the patient wants, under the PIN that takes the tablet back. Proves: Q16."""
    _alone(glass)
    glass.hands.tap("stop")
    glass.hands.tap("stay")
    assert glass.hands.sees("pregnant_or_trying.yes")
    glass.hands.tap("private.done")
    glass.hands.tap("stop")
    assert glass.hands.sees("leave") and not glass.hands.sees("hand_back.staff")
    glass.hands.tap("leave")
    glass.hands.pin(PINS["nurse-1"])
    assert glass.page() == "stopping"


def test_a_hand_over_that_was_not_meant_leads_back_to_the_questions(glass: Shown) -> None:
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    glass.hands.tap("pregnant_or_trying.alone")
    glass.hands.tap("hand_over.not_now")
    assert glass.page() == FORM and glass.hands.sees("transplant.yes")

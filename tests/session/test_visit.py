"""A visit through the one door, without any glass."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain.facts import (
    Answered,
    Concluded,
    Decided,
    HeadSigned,
    Replanned,
    RuledOn,
    StepClosed,
    Stopped,
)
from chairside.domain.form import Verdict
from chairside.domain.replies import Chosen
from chairside.errors import NotAllowed
from chairside.session.visit import VisitRoom
from tests.record.printed import text
from tests.session.clinics import SECOND, Visitors


def test_an_ordinary_visit_goes_from_open_to_concluded(visitors: Visitors) -> None:
    """Proves: P2, P4, Q1."""
    visitors.whole()
    view = visitors.here().view()
    states = {state.step.id: state.state for state in view.steps}
    assert {step: state for step, state in states.items() if state != "done"} == {
        "record": "open",
        "procedure": "waiting",
    }
    assert isinstance(view.visit.facts[-1].fact, Concluded)
    assert view.visit.facts[-1].fact.ending == "countersigned"
    assert view.verdict is Verdict.CLEAR
    visitors.seal()
    view = visitors.here().view()
    assert view.state("procedure").state == "open" and view.status.state == "released"


def test_the_visit_reads_back_as_it_was(visitors: Visitors) -> None:
    """What is folded from the store equals what was folded on the way. Proves: T26."""
    visitors.whole()
    room = visitors.here()
    again = VisitRoom(visitors.clinic, visitors.staff, room.visit.id)
    assert again.visit == room.visit
    assert visitors.clinic.ledger.check().facts > 60


def test_an_absolute_yes_goes_straight_to_the_decision(visitors: Visitors) -> None:
    """Proves: Q2, Q3."""
    visitors.open()
    visitors.choose("health_check", transplant="yes")
    states = {state.step.id: state.state for state in visitors.here().view().steps}
    assert states["decision"] == "open"
    assert states["sign"] == states["premedication"] == states["vial"] == "stopped"
    with pytest.raises(NotAllowed, match="finding_stands"):
        visitors.decide("proceed")
    visitors.decide("do_not_treat")
    visitors.countersign()
    concluded = visitors.here().visit.concluded
    assert concluded is not None
    assert concluded.fact == Concluded("do_not_treat")


def test_an_absolute_yes_is_not_taken_back_by_the_nurse(visitors: Visitors) -> None:
    """Proves: Q2."""
    visitors.open()
    visitors.choose("health_check", pregnant_or_trying="yes")
    before = visitors.here().visit
    with pytest.raises(NotAllowed, match="absolute_needs_physician"):
        visitors.tell(Answered("health_check", "pregnant_or_trying", Chosen("no")))
    assert visitors.here().visit is before


def test_the_health_check_is_closed_by_pin_only(visitors: Visitors) -> None:
    """Proves: T6."""
    visitors.open()
    visitors.health()
    with pytest.raises(NotAllowed, match="pin_needed"):
        visitors.tell(StepClosed("health_check"))
    visitors.tell(StepClosed("health_check"), "nurse-1")
    closed = visitors.here().visit.closed["health_check"]
    assert closed.signature is not None


def test_in_patient_mode_nobody_is_signed_in(visitors: Visitors) -> None:
    """Proves: T1, Q39."""
    visitors.open()
    visitors.hand_over("notices")
    assert visitors.staff.here is None
    with pytest.raises(NotAllowed, match="patient_has_the_tablet"):
        visitors.tell(Answered("health_check", "transplant", Chosen("no")))
    outcome, proof = visitors.staff.prove("nurse-1", "000000")
    assert outcome.code == "pin_wrong" and proof is None
    assert outcome.tries_left == 4


def test_five_wrong_pins_make_the_next_wait_even_after_a_restart(visitors: Visitors) -> None:
    """Proves: T1, F20."""
    for _ in range(5):
        visitors.staff.prove("nurse-2", "000000")
    outcome, proof = visitors.staff.prove("nurse-2", "730164")
    assert (outcome.code, proof) == ("pin_wait", None)
    fresh = type(visitors.staff)(visitors.clinic)
    outcome, proof = fresh.prove("nurse-2", "730164")
    assert (outcome.code, proof) == ("pin_wait", None)
    visitors.clock.ticks += 40
    outcome, proof = fresh.prove("nurse-2", "730164")
    assert outcome.right and proof is not None


def test_a_clock_set_back_stops_every_proved_act(visitors: Visitors) -> None:
    """Proves: T8."""
    visitors.open()
    visitors.health()
    visitors.clock.ticks -= 3600
    with pytest.raises(NotAllowed, match="clock_behind_last_fact"):
        visitors.tell(StepClosed("health_check"), "nurse-1")
    visitors.staff.correct_clock(visitors.proof("physician-1"), "the battery was flat")
    visitors.tell(StepClosed("health_check"), "nurse-1")
    assert not any(isinstance(fact.fact, HeadSigned) for fact in visitors.here().visit.facts)


def test_without_an_accepted_vial_premedication_waits(visitors: Visitors) -> None:
    """The only vial was set aside for another visit: no medicine, no blood draw. Proves: P2, P10."""
    visitors.whole()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.until_decision()
    visitors.decide()
    visitors.sign_consent()
    with pytest.raises(NotAllowed, match="step_waits"):
        visitors.premedicate()
    visitors.receive("CORD-5M-000118")
    visitors.premedicate()


@pytest.mark.parametrize(("reason", "code"), [("\u5f20\u4f1f", "not_printable"), ("so " * 2000, "long")])
def test_a_reason_that_no_record_can_print_is_refused(visitors: Visitors, reason: str, code: str) -> None:
    """Said while it can still be written otherwise, not when the record is made."""
    visitors.open()
    before = visitors.here().visit
    with pytest.raises(NotAllowed, match=f"text_{code}"):
        visitors.tell(Stopped("refused", reason), "nurse-1")
    assert visitors.here().visit is before
    visitors.tell(Stopped("refused", "the patient said:\nnot today"), "nurse-1")


def test_no_replan_puts_two_open_visits_of_a_patient_on_one_day(visitors: Visitors) -> None:
    """Proves: P2 (one visit a day that is not over)."""
    now = visitors.clock.now()
    first = visitors.open()
    patient = first.visit.opened.patient if first.visit.opened else ""
    visitors.open(at=now + timedelta(days=5), again=patient)
    with pytest.raises(NotAllowed, match="visit_open_already"):
        visitors.tell(Replanned(now + timedelta(hours=1), "came early"))
    visitors.tell(Replanned(now + timedelta(days=6), "later"))


def test_a_mitigation_is_ordered_with_its_doses(visitors: Visitors) -> None:
    """How much of each and which way is the physician's, under PIN, in the record. Proves: Q27, C24."""
    visitors.until_decision(food_or_drug_allergy="yes")
    visitors.staff.arrive(visitors.proof("physician-1"))
    ruled = RuledOn("food_or_drug_allergy", "mild, once", "h1_h2_steroid")
    decided = Decided("proceed", "in_person", 5, ("h1_h2_steroid",), (ruled,))
    with pytest.raises(NotAllowed, match="doses_needed"):
        visitors.tell(decided, "physician-1")
    doses = "dexamethasone 8 mg into a vein"
    visitors.tell(structs.replace(decided, doses=doses), "physician-1")
    visitors.tell(Stopped("refused", "the patient changed their mind"), "nurse-1")
    said = " ".join(text(visitors.seal("nurse-1").data).split())
    assert f"Doses, and which way {doses}" in said


def test_nobody_is_given_the_treatment_twice_on_one_day(visitors: Visitors) -> None:
    """No second visit is opened beside a release; one of yesterday thaws no second vial. Proves: P2."""
    visitors.receive(SECOND)
    yesterdays = visitors.open()
    assert yesterdays.visit.opened is not None
    visitors.clock.until_tomorrow()
    visitors.again = yesterdays.visit.opened.patient
    visitors.whole()
    released = visitors.here()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    with pytest.raises(NotAllowed, match="visit_open_already"):
        visitors.open(again=visitors.again)
    visitors.mark("thawed")
    visitors.room = visitors.desk.room(yesterdays.visit.id)
    visitors.before_decision()
    visitors.decide()
    visitors.sign_consent()
    visitors.premedicate()
    visitors.show_vial(SECOND)
    visitors.countersign()
    visitors.seal()
    second = visitors.here()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    with pytest.raises(NotAllowed, match="thawed_in_another_visit"):
        visitors.mark("thawed")
    visitors.room = released
    visitors.mark("mixed", "first_injection")
    visitors.room = second
    with pytest.raises(NotAllowed, match="given_today"):
        visitors.mark("thawed")


def test_a_vial_that_expired_on_the_shelf_opens_no_premedication(visitors: Visitors) -> None:
    """Good through its last day, and then not in the building at all. Proves: P2, P10, V23."""
    visitors.clock.wait(timedelta(days=182))
    room = visitors.open()
    assert room.view().when.today == date(2027, 6, 1) and room.visit.stock
    visitors.clock.until_tomorrow()
    lacks = room.view().state("premedication").lacks
    assert not room.visit.stock and "vial_none_accepted" in [lack.item for lack in lacks]

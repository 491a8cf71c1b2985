"""What a donor's sheet asks of the physician: CMV is ruled on, what keeps the cells cold is told."""

from __future__ import annotations

import pytest

from chairside.domain import fitness, gate, seen, steps, vial
from chairside.domain.facts import Answered, RuledOn
from chairside.domain.folding import with_vials
from chairside.domain.form import Verdict
from chairside.domain.panel import TESTS
from chairside.domain.replies import Chosen, Coded, PanelRead, TestLine, TestResult
from chairside.domain.steps import Lack
from chairside.domain.vial import Vial
from tests.domain.made_up import NOON, PHYSICIAN, Story, vial_facts

FOUND = "donor_cmv_found:V-1"


def _vial(cmv: TestResult = "reactive", **replies: Chosen) -> Vial:
    lines = tuple(TestLine(test, cmv if test == "cmv" else "nonreactive") for test in TESTS)
    return vial.fold(vial_facts(donor_tests=PanelRead(lines), **replies))


def _at_the_chair(shown: Vial) -> Story:
    """The vial's code was read; nothing else of its step is told yet."""
    story = Story().until_decision().decide().sign().premedicate()
    story.tell(Answered("vial", "vial_code", Coded("V-1", "scanned")))
    story.visit = with_vials(story.visit, (shown,))
    return story


@pytest.mark.parametrize("cmv", ["reactive", "indeterminate"])
def test_cmv_stops_no_vial_and_waits_for_the_physician(cmv: TestResult) -> None:
    """The step of the vial stays open until a decision made after it rules on it. Proves: Q30, V23."""
    shown = _vial(cmv)
    assert fitness.gate(shown, "one", 5, NOON.date()) == ()
    story = _at_the_chair(shown)
    (found,) = seen.donor(story.visit)
    assert found.weight is Verdict.PHYSICIAN and gate.key_of(found) == FOUND
    asked = Lack("finding", "vial", FOUND)
    state = steps.state_of(story.book, story.book.plan.step("vial"), story.visit, (found,), story.scene.when)
    assert asked in state.lacks
    assert story.refusal(story.decision(), PHYSICIAN) == "finding_stands"
    story.decide("proceed", RuledOn(FOUND, "not pregnant, immune system well; the patient was told"))
    story.show_vial(shown)
    assert story.refusal(story.countersignature(), PHYSICIAN) is None


def test_another_vial_is_read_instead_without_a_new_decision() -> None:
    """What a vial brings up holds up its own step only: its code can be taken off."""
    story = _at_the_chair(_vial())
    assert story.refusal(Answered("vial", "vial_code", Coded("V-2", "scanned"))) is None
    story.show_vial(_vial("nonreactive"))
    assert story.refusal(story.countersignature(), PHYSICIAN) is None


def test_a_nonreactive_cmv_asks_for_nothing() -> None:
    assert seen.donor(_at_the_chair(_vial("nonreactive")).visit) == ()


@pytest.mark.parametrize("what", ["glycerol", "dmso", "other", "not_stated"])
def test_the_cold_keeper_is_told_where_the_patient_may_react_to_glycerol(what: str) -> None:
    """Of this vial, as its sheet says; a patient who does not react needs no note. Proves: X17, C26."""
    story = _at_the_chair(_vial("nonreactive", cryoprotectant=Chosen(what)))
    assert seen.notes(story.visit) == ()
    story.visit = Story().until_decision(glycerol_sensitivity="yes").visit
    story.visit = with_vials(story.visit, (_vial("nonreactive", cryoprotectant=Chosen(what)),))
    (note,) = seen.notes(story.visit)
    assert (note.id, note.weight, note.about) == (f"cryoprotectant_{what}", Verdict.CLEAR, "V-1")

"""Whose turn it is: opened by what a step needs, closed again when that no longer holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain import steps
from chairside.domain.facts import (
    Concluded,
    Corrected,
    Explained,
    QuestionRaised,
    RuledOn,
    StepClosed,
    Stopped,
)
from chairside.domain.folding import with_stock, with_vials
from chairside.domain.form import Drugs, Initial, Ink, Statement, Step, VisitPlan
from chairside.domain.replies import Chosen
from chairside.domain.steps import Lack
from tests.domain.made_up import BOOK, HEALTH, PHYSICIAN, PLAN, Story, a_vial, book_with, form


def _states(story: Story) -> dict[str, str]:
    return {each.step.id: each.state for each in steps.states(story.book, story.visit, story.scene.when)}


def _lacks(story: Story, step: str) -> tuple[Lack, ...]:
    states = steps.states(story.book, story.visit, story.scene.when)
    return next(each.lacks for each in states if each.step.id == step)


def _in_state(story: Story, *wanted: str) -> list[str]:
    return [step for step, state in _states(story).items() if state in wanted]


def test_the_steps_of_an_ordinary_visit_open_one_after_the_other() -> None:
    """Proves: P2."""
    story = Story()
    assert _in_state(story, "open") == ["open"]
    assert _in_state(story.open(), "open") == ["health_check", "medicines", "notices", "read"]
    assert _in_state(story.health().medicines().notices(), "open") == ["read"]
    assert _in_state(story.read(), "open", "lacking") == ["decision"]
    assert _in_state(story.decide(), "open") == ["sign"]
    assert _in_state(story.sign(), "open") == ["premedication", "vial"]
    assert _in_state(story.premedicate(), "open") == ["vial"]
    assert _in_state(story.show_vial(), "open") == ["countersign"]
    assert _in_state(story.countersign(), "open") == ["record"]
    assert _in_state(story, "waiting", "lacking", "stopped") == []


def test_a_step_opens_by_its_needs_and_not_by_its_number() -> None:
    """Medicines before the health check, reading before both. Proves: P2."""
    story = Story().open().read().medicines()
    assert _in_state(story, "done") == ["open", "medicines", "read"]
    turned = VisitPlan(PLAN.digest, tuple(reversed(PLAN.steps)))
    story.book = structs.replace(story.book, plan=turned)
    assert sorted(_in_state(story, "done")) == ["medicines", "open", "read"]


def test_a_begun_step_says_what_it_lacks() -> None:
    story = Story().open()
    assert _states(story)["health_check"] == "open"
    story.choose("health_check", transplant="no")
    assert _states(story)["health_check"] == "lacking"
    assert _lacks(story, "health_check") == tuple(
        Lack("unanswered", "health_check", item) for item in HEALTH[1:]
    )
    assert _lacks(story, "decision") == tuple(
        Lack("needs", "decision", need) for need in ("health_check", "medicines", "read", "notices")
    )
    assert {lack.why for lack in _lacks(story, "read")} == {"unread", "not_initialled", "unanswered"}


def test_a_wrong_answer_is_explained_twice_and_then_left_to_the_physician() -> None:
    """It never fails the patient. Proves: Q13, R36."""
    story = Story().until_decision().hand_over()
    for _ in range(2):
        story.choose("consent", ask_risks="none")
        assert _lacks(story, "read") == (Lack("explain_again", "consent", "ask_risks"),)
        story.tell(Explained("consent", "ask_risks"))
    assert _states(story)["read"] == "done"
    story.hand_back()
    assert story.refusal(story.decision(), PHYSICIAN) == "finding_stands"
    story.decide("proceed", RuledOn("understanding_raised:ask_risks", "explained by me, understood"))


@pytest.mark.parametrize("item", HEALTH[:4])
def test_an_absolute_yes_opens_the_decision_at_once_and_stops_what_comes_later(item: str) -> None:
    """Proves: P3 (Stops), Q2, Q3."""
    story = Story().open()
    story.choose("health_check", **{item: "yes"})
    states = _states(story)
    assert states["decision"] == "open"
    assert states["countersign"] == states["record"] == "waiting"
    stopped = {"health_check", "medicines", "notices", "read", "sign", "premedication", "vial"}
    assert {step for step, state in states.items() if state == "stopped"} == stopped
    story.decide("do_not_treat")
    assert _in_state(story, "open") == ["countersign"]
    story.countersign()
    assert _in_state(story, "open") == ["record"]


def test_an_absolute_not_sure_is_a_stop_until_it_is_asked_again() -> None:
    """Proves: P3, Q2."""
    story = Story().open()
    story.choose("health_check", pregnant_or_trying="unsure")
    assert _states(story)["decision"] == "open"
    story.tell(Corrected("health_check", "pregnant_or_trying", Chosen("no"), "test", "negative"), PHYSICIAN)
    assert _states(story)["decision"] == "waiting"


def test_a_refusal_needs_no_decision_for_its_record() -> None:
    """Proves: Q17, P4."""
    story = Story().open()
    story.tell(Stopped("refused", "said so"))
    assert _in_state(story, "stopped") == [step.id for step in PLAN.steps[1:] if step.id != "record"]
    assert _states(story)["record"] == "open"


def test_a_finding_after_the_decision_opens_it_again_and_says_which() -> None:
    """Proves: Q1."""
    story = Story().until_countersign()
    story.choose("health_check", glycerol_sensitivity="yes")
    assert _lacks(story, "decision") == (Lack("needs", "decision", "health_check"),)
    story.tell(StepClosed("health_check"))
    assert _lacks(story, "decision") == (Lack("finding", "", "glycerol_sensitivity"),)
    assert _lacks(story, "sign") == (Lack("needs", "sign", "decision"),)
    assert _lacks(story, "countersign") == (Lack("needs", "countersign", "sign"),)
    assert _states(story)["sign"] == "waiting"  # the answer signed over has changed


def test_an_absolute_yes_after_a_decision_to_proceed_is_a_stop() -> None:
    story = Story().until_decision().decide()
    story.choose("health_check", flu_like_symptoms="yes")
    assert _states(story)["decision"] == "open"
    assert _states(story)["sign"] == "stopped"
    assert _lacks(story, "decision") == (Lack("finding", "", "flu_like_symptoms"),)


def test_an_answer_after_the_closing_opens_a_step_again_but_a_correction_does_not() -> None:
    story = Story().open().health()
    story.choose("health_check", food_or_drug_allergy="yes")
    assert _states(story)["health_check"] == "open"
    story.tell(StepClosed("health_check"))
    story.tell(Corrected("health_check", "transplant", Chosen("no"), "asked", "to be sure"), PHYSICIAN)
    assert _states(story)["health_check"] == "done"


def test_health_answers_of_yesterday_are_unanswered_today_but_an_absolute_yes_stands() -> None:
    """Waiting for midnight makes nothing laxer. Proves: P2 (Health check), P3."""
    story = Story().open().health(food_or_drug_allergy="yes")
    story.now += timedelta(days=1)
    assert {lack.item for lack in _lacks(story, "health_check")} == set(HEALTH)
    story = Story().open()
    story.choose("health_check", transplant="unsure", immunocompromised="no")
    story.now += timedelta(days=1)
    assert _states(story)["decision"] == "open"


def test_a_finished_visit_stays_as_it_ended() -> None:
    """The next day changes nothing in it."""
    story = Story().until_countersign().countersign()
    from_then = _states(story)
    story.take(Concluded("countersigned"))
    story.now += timedelta(days=400)
    assert _states(story) == from_then


def test_a_vial_that_no_longer_passes_opens_its_step_again() -> None:
    """Proves: Q29, Q34."""
    story = Story().until_countersign()
    for vials, reason in (
        ((), "vial_unknown"),
        ((a_vial("two"),), "vial_of_another_visit"),
        ((structs.replace(a_vial(), accepted=False),), "vial_not_accepted"),
        ((structs.replace(a_vial(), code="V-2"),), "vial_unknown"),
    ):
        story.visit = with_vials(story.visit, vials)
        assert _lacks(story, "vial") == (Lack("vial", "vial", reason),)
        assert _states(story)["countersign"] == "waiting"
    story.visit = with_vials(story.visit, (a_vial(visit=""),))
    assert (_states(story)["vial"], _lacks(story, "vial")) == ("open", ())


def test_without_an_accepted_vial_in_the_building_nothing_is_given_or_drawn() -> None:
    """Premedication and vial wait, and say for what. Proves: P2, P10."""
    story = Story().until_decision().decide().sign()
    story.visit = with_stock(story.visit, False)
    assert _in_state(story, "open", "lacking") == []
    none = (Lack("vial", "vial", "vial_none_accepted"),)
    assert _lacks(story, "premedication") == none
    assert _lacks(story, "vial") == none
    story.visit = with_stock(story.visit, True)
    assert _in_state(story, "open") == ["premedication", "vial"]


def test_an_open_question_is_lacking_where_it_stands_in_the_way() -> None:
    """Proves: R31."""
    story = Story().until_decision().hand_over()
    story.tell(QuestionRaised("consent", "risks"))
    assert _lacks(story, "decision") == (Lack("question_open", "consent", "risks"),)
    decided = Story().until_decision().decide().hand_over()
    decided.tell(QuestionRaised("consent", "risks"))
    assert Lack("question_open", "consent", "risks") in _lacks(decided, "sign")


def test_initials_belong_to_the_patient_and_optional_ink_is_not_demanded() -> None:
    nurse = Step("s", "nurse", "sheet", "f", (), "tap")
    assert steps.owner_of(Initial(id="i", covers="s"), nurse) == "patient"
    assert steps.owner_of(Drugs(id="d"), nurse) == "nurse"
    assert steps.owner_of(Drugs(id="d", owner="physician"), nurse) == "physician"
    whole = form("sign", Statement(id="text"), Ink(id="ink", signer="patient", required=False))
    story = Story(book_with(whole)).until_decision().decide()
    assert _lacks(story, "sign") == (Lack("unread", "sign", "text"),)


def test_every_step_has_at_most_one_pad_a_signer() -> None:
    assert steps.pad_for(BOOK, "countersign", "physician") == "countersign.physician_signature"
    assert steps.pad_for(BOOK, "countersign", "patient") == ""
    assert steps.pad_for(BOOK, "record", "physician") == ""

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
    PageRead,
    QuestionRaised,
    RuledOn,
    StepClosed,
    Stopped,
    VisitOpened,
)
from chairside.domain.finding import Finding
from chairside.domain.folding import with_stock, with_vials
from chairside.domain.form import Drugs, Initial, Ink, Statement, Step, Verdict, VisitPlan
from chairside.domain.replies import Chosen
from chairside.domain.steps import Lack
from tests.domain.later import Later
from tests.domain.made_up import BOOK, HEALTH, NOON, NURSE, PHYSICIAN, PLAN, Story, a_vial, book_with, form


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


def test_a_page_that_was_read_begins_a_step_too() -> None:
    """Proves: P2."""
    story = Story().open().hand_over("notices")
    assert _states(story)["notices"] == "open"
    story.tell(PageRead("notices", "notice", "shown"))
    assert (_states(story)["notices"], _lacks(story, "notices")) == (
        "lacking",
        (Lack("unanswered", "notices", "paper_copy"),),
    )


def test_what_is_not_asked_in_this_visit_waits_for_what_it_needs() -> None:
    """Nobody reaffirms on the day of the signature. Proves: P6."""
    story = Later().until_decision().decide().sign()
    step = story.book.plan.step("reaffirm")
    state = steps.state_of(story.book, step, story.visit, (), story.scene.when)
    assert (state.state, state.lacks) == ("waiting", (Lack("needs", "reaffirm", "sign"),))


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
    """It never fails the patient; staff explain it in person before anybody signs. Proves: Q13, R36."""
    story = Story().until_decision().hand_over()
    for _ in range(2):
        story.choose("consent", ask_risks="none")
        assert _lacks(story, "read") == (Lack("explain_again", "consent", "ask_risks"),)
        story.tell(Explained("consent", "ask_risks"))
    assert _states(story)["read"] == "done"
    story.hand_back()
    assert story.refusal(story.decision(), PHYSICIAN) == "finding_stands"
    ruled = RuledOn("understanding_raised:ask_risks", "explained by me, understood")
    assert story.refusal(ruled, PHYSICIAN) == "explain_in_person_first"
    assert story.refusal(story.decision("proceed", ruled), PHYSICIAN) == "explain_in_person_first"
    story.tell(Explained("consent", "ask_risks"), NURSE)
    assert story.refusal(Explained("consent", "ask_risks"), NURSE) == "nothing_to_explain"
    story.decide("proceed", ruled)


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
    early = Story().until_decision().decide()
    early.visit = with_stock(early.visit, False)
    assert _lacks(early, "vial") == (Lack("needs", "vial", "sign"), *none)
    story.visit = with_stock(story.visit, True)
    assert _in_state(story, "open") == ["premedication", "vial"]


def test_a_vial_that_was_not_shown_is_not_seen() -> None:
    """Proves: Q29."""
    story = Story().until_countersign()
    story.choose("vial", opened="none")
    assert _lacks(story, "vial") == (
        Lack("unsigned", "vial", "patient_saw"),
        Lack("vial", "vial", "vial_not_shown"),
    )


def test_an_open_question_is_lacking_where_it_stands_in_the_way() -> None:
    """Proves: R31."""
    story = Story().until_decision().hand_over()
    story.tell(QuestionRaised("consent", "risks"))
    assert _lacks(story, "decision") == (Lack("question_open", "consent", "risks"),)
    decided = Story().until_decision().decide().hand_over()
    decided.tell(QuestionRaised("consent", "risks"))
    assert Lack("question_open", "consent", "risks") in _lacks(decided, "sign")
    seeing = Story().until_decision().decide().sign().premedicate().hand_over("vial")
    seeing.tell(QuestionRaised("vial", "seen"))
    assert Lack("question_open", "vial", "seen") in _lacks(seeing, "vial")


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


def test_what_was_ordered_and_not_given_is_lacking_at_the_approval() -> None:
    """Only where the physician goes on with the treatment. Proves: Q27."""
    ruled = RuledOn("food_or_drug_allergy", "mild", "h1_h2_steroid")
    story = Story().until_decision(food_or_drug_allergy="yes")
    story.take(story.decision("proceed", ruled, given=("loratadine", "h1_h2_steroid")), PHYSICIAN)
    story.sign()
    missing = ("h1_given", "h2_given", "steroid_given")
    found = steps._before_approval(steps._now(story.scene, ()))
    assert found[-3:] == tuple(Lack("unanswered", "premedication", item) for item in missing)
    story.take(story.decision("defer", given=("loratadine", "h1_h2_steroid")), PHYSICIAN)
    assert steps._before_approval(steps._now(story.scene, ())) == ()
    assert steps._before_approval(steps._now(Story().scene, ())) == ()


def test_an_open_question_is_lacking_at_the_approval() -> None:
    """Proves: R31."""
    story = Story().until_countersign()
    story.take(QuestionRaised("consent", "risks"))
    step = story.book.plan.step("countersign")
    asked = Lack("question_open", "consent", "risks")
    assert steps._closing_lacks(steps._now(story.scene, ()), step) == (asked,)


def test_a_step_without_anything_to_answer_is_done_with_its_closing_only() -> None:
    story = Story(book_with(form("open")))
    forms = {each.id: each.digest for each in story.book.forms.values()}
    story.tell(VisitOpened("patient", 1, NOON, ("name", "born"), forms, "digest-of-plan"))
    step = story.book.plan.step("open")
    assert not steps.is_done(story.book, step, story.visit)
    story.tell(StepClosed("open"))
    assert steps.is_done(story.book, step, story.visit)


def test_what_nobody_decided_on_yet_is_not_to_be_decided_again() -> None:
    story = Story().open()
    story.choose("health_check", transplant="yes")
    assert _lacks(story, "decision") == ()


def test_the_vials_step_lacks_its_own_answers_too() -> None:
    story = Story().until_decision().decide().sign().premedicate()
    unanswered = {lack.item for lack in _lacks(story, "vial") if lack.why == "unanswered"}
    assert unanswered == {"vial_code", "opened"}


def _with(story: Story, step: str, *found: str) -> str:
    """How the step stands when these findings wait for the physician."""
    weighed = tuple(Finding(each, Verdict.PHYSICIAN, ()) for each in found)
    whole = story.book.plan.step(step)
    return steps.state_of(story.book, whole, story.visit, weighed, story.scene.when).state


def test_what_came_up_at_a_dose_or_a_vial_holds_up_its_own_step_only() -> None:
    """There it can be set right. Proves: Q26, Q30."""
    story = Story().until_countersign()
    assert _with(story, "decision", *steps._AT_ITS_STEP) == "done"
    assert _with(story, "decision", "glycerol_sensitivity") == "open"


def test_what_was_approved_stays_done_whatever_comes_up_later() -> None:
    """The record is of what was known. Proves: P9."""
    story = Story().until_countersign().countersign()
    story.visit = with_vials(story.visit, (a_vial("two"),))
    assert _with(story, "decision", "glycerol_sensitivity") == "done"
    assert _with(story, "vial", "glycerol_sensitivity") == "done"


def test_nothing_is_read_or_signed_before_the_visit_is_open() -> None:
    """Also where there is nothing to read or to sign."""
    story = Story(book_with(form("consent"), form("sign")))
    for step in ("read", "sign"):
        assert not steps.is_done(story.book, story.book.plan.step(step), story.visit)
        assert steps.is_done(story.book, story.book.plan.step(step), Story().open().visit)


def test_of_two_vials_both_are_set_aside() -> None:
    """Proves: Q34."""
    story = Story().until_countersign()
    two = (a_vial(), structs.replace(a_vial(), code="V-2", visit=""))
    story.visit = with_vials(story.visit, two)
    assert _states(story)["vial"] == "open"


def test_no_vial_in_the_building_stops_nothing_but_what_needs_one() -> None:
    """Proves: P10."""
    story = Story()
    story.visit = with_stock(story.visit, False)
    assert _in_state(story, "open") == ["open"]
    story.open()
    assert _lacks(story, "sign") == (Lack("needs", "sign", "decision"),)


def test_what_follows_the_approval_is_stopped_by_no_finding() -> None:
    """The procedure's own step waits for the record; it is withdrawn, or ends, by its own marks."""
    story = Later()
    story.until_countersign().countersign()
    found = (Finding("transplant", Verdict.DO_NOT_TREAT, ()),)
    step = story.book.plan.step("procedure")
    assert steps.state_of(story.book, step, story.visit, found, story.scene.when).state == "waiting"

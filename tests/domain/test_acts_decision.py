"""The decision and the endings: what lifts a finding, what does not, and how a visit may be over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from chairside.domain import ending as ending_rules
from chairside.domain import gate
from chairside.domain.facts import (
    Answered,
    Concluded,
    Corrected,
    Decided,
    Ending,
    HandedOver,
    QuestionRaised,
    QuestionSettled,
    Replanned,
    RuledOn,
    Ruling,
    Sealed,
    StepClosed,
    Stopped,
    VisitOpened,
)
from chairside.domain.replies import Chosen, DrugsTaken, DrugTaken, NotSure
from tests.domain.later import Later
from tests.domain.made_up import ADMINISTRATOR, HEALTH, NOON, NURSE, PHYSICIAN, PHYSICIAN_PAD, Story, unproved

RULED = RuledOn("food_or_drug_allergy", "mild, long ago")


def _proceed(*rulings: RuledOn) -> Decided:
    return Story().decision("proceed", *rulings)


@settings(deadline=None, max_examples=150)
@given(
    answers=st.dictionaries(st.sampled_from(HEALTH), st.sampled_from(["yes", "unsure"]), max_size=4),
    asked=st.booleans(),
    reasons=st.sampled_from(["because", "  "]),
    left_out=st.sets(st.integers(0, 5)),
)
def test_no_ruling_lifts_an_absolute_and_each_relative_needs_its_own(
    answers: dict[str, str], asked: bool, reasons: str, left_out: set[int]
) -> None:
    """Proceed is open exactly when every finding is liftable and ruled on with a reason. Proves: Q1, Q2."""
    story = Story().open()
    for item in HEALTH:
        story.take(Answered("health_check", item, Chosen(answers.get(item, "no"))))
    story.take(StepClosed("health_check"))
    if asked:
        story.take(Answered("medicines", "nsaids", DrugsTaken((DrugTaken("Advil", NotSure()),))))
    story.take(StepClosed("medicines"))
    story.notices().read()
    found = gate.findings(story.book, story.visit, story.scene.when)
    rulings = [RuledOn(gate.key_of(each), reasons) for n, each in enumerate(found) if n not in left_out]
    absolute = any(item in HEALTH[:4] for item in answers)
    whole = len(rulings) == len(found) and (reasons.strip() or not found)
    refused = story.refusal(_proceed(*rulings), PHYSICIAN)
    assert refused == (None if asked and whole and not absolute else "finding_stands")


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("item", HEALTH[:4])
def test_an_absolute_takes_proceed_away_until_it_is_asked_again(item: str, answer: str) -> None:
    """Proves: Q2, Q3, P3."""
    story = Story().until_decision(**{item: answer})
    finding = item if answer == "yes" else f"{item}_not_sure"
    ruling = RuledOn(finding, "any reason at all", "any mitigation")
    assert story.refusal(ruling, PHYSICIAN) == "nothing_to_rule_on"
    assert story.refusal(_proceed(ruling), PHYSICIAN) == "finding_stands"
    for other in ("defer", "do_not_treat"):
        assert story.refusal(story.decision(other), PHYSICIAN) is None  # type: ignore[arg-type]
    story.tell(Corrected("health_check", item, Chosen("no"), "asked again", "misheard"), PHYSICIAN)
    assert story.refusal(_proceed(), PHYSICIAN) is None


def test_nothing_is_decided_while_a_question_is_open() -> None:
    """Proves: R31."""
    story = Story().until_decision().hand_over()
    story.tell(QuestionRaised("consent", "risks"))
    story.hand_back()
    for ruling in ("proceed", "defer", "do_not_treat"):
        assert story.refusal(story.decision(ruling), PHYSICIAN) == "question_open"  # type: ignore[arg-type]
    assert story.refusal(QuestionSettled("consent", "ask_risks")) == "question_not_open"
    story.tell(QuestionSettled("consent", "risks"), PHYSICIAN)
    story.decide()


def test_proceed_waits_for_what_it_needs_and_orders_a_strength() -> None:
    """Proves: Q1."""
    steps: dict[str, Callable[[Story], Story]] = {
        "health": Story.health,
        "medicines": lambda story: story.medicines(),
        "notices": Story.notices,
        "read": Story.read,
    }
    for missing in steps:
        story = Story().open()
        for name, tell in steps.items():
            if name != missing:
                tell(story)
        assert story.refusal(_proceed(), PHYSICIAN) in ("step_waits", "finding_stands")
    ready = Story().until_decision()
    for strength in (None, 0, -5):
        assert (
            ready.refusal(structs.replace(_proceed(), strength_million=strength), PHYSICIAN)
            == "strength_needed"
        )


def test_a_ruling_names_a_finding_and_has_a_reason() -> None:
    story = Story().until_decision(food_or_drug_allergy="yes")
    assert story.refusal(RULED, NURSE) == "not_this_role"
    assert story.refusal(structs.replace(RULED, reason=" "), PHYSICIAN) == "reason_needed"
    assert story.refusal(structs.replace(RULED, finding="nothing"), PHYSICIAN) == "nothing_to_rule_on"
    story.tell(RULED, PHYSICIAN)
    assert story.visit.ruled == {RULED.finding: RULED}


def test_a_decision_is_not_repeated_or_softened_without_cause() -> None:
    story = Story().until_decision().decide()
    assert story.refusal(_proceed(), PHYSICIAN) == "already_decided"
    story.decide("defer")
    for ruling in ("proceed", "defer"):
        assert story.refusal(story.decision(ruling), PHYSICIAN) == "already_decided"  # type: ignore[arg-type]
    story.decide("do_not_treat")
    assert story.refusal(story.decision("defer"), PHYSICIAN) == "already_decided"


def test_asking_the_patient_again_allows_a_new_decision() -> None:
    """A deferral for a "not sure" that was cleared up; without it the visit could never go on. Proves: P3."""
    story = Story().until_decision(pregnant_or_trying="unsure").decide("defer")
    story.tell(
        Corrected("health_check", "pregnant_or_trying", Chosen("no"), "test", "hCG negative"), PHYSICIAN
    )
    story.decide().sign().premedicate().show_vial().countersign()


def test_an_absolute_yes_after_the_decision_stops_the_visit() -> None:
    """It ends in a deferral, whatever had been decided and signed. Proves: Q1, Q2, Q3."""
    story = Story().until_countersign()
    story.choose("health_check", flu_like_symptoms="yes")
    story.take(RuledOn("flu_like_symptoms", "only a cold"), PHYSICIAN)
    assert story.refusal(_proceed(RuledOn("flu_like_symptoms", "only a cold")), PHYSICIAN) == "finding_stands"
    story.decide("defer").countersign()
    story.conclude("deferred")


def test_a_new_strength_needs_the_patients_new_signature() -> None:
    """Proves: P10."""
    story = Story().until_decision().decide().sign()
    story.decide(strength=10)
    assert story.visit.signed == {} and story.visit.pads == {}
    assert story.refusal(StepClosed("premedication")) == "step_waits"
    story.sign()
    story.decide(strength=10, given=("none",))
    assert list(story.visit.signed) == ["sign.signature"]


def test_ink_under_one_decision_does_not_sign_the_next() -> None:
    """Proves: Q38."""
    story = Story().until_countersign()
    story.ink(PHYSICIAN_PAD, PHYSICIAN)
    story.decide("defer")
    assert PHYSICIAN_PAD not in story.visit.pads


# -- opening, hand-over, endings --------------------------------------------------------------
def test_a_visit_opens_once_with_two_identifiers() -> None:
    """Proves: E6 (two identifiers), P2 (Open)."""
    story = Story()
    opened = VisitOpened("p", 1, NOON, ("name", "name"), {}, "")
    assert story.refusal(opened) == "identifiers_missing"
    assert story.refusal(structs.replace(opened, identifiers=("name", "born")), PHYSICIAN) == "not_this_role"
    story.open()
    assert story.refusal(opened) == "already_open"


def test_the_tablet_goes_to_the_other_side_only() -> None:
    """Proves: Q39."""
    story = Story().open()
    assert story.refusal(HandedOver("staff", "read")) == "tablet_is_there_already"
    assert story.refusal(HandedOver("patient", "nowhere")) == "step_unknown"
    story.hand_over()
    assert story.refusal(HandedOver("patient", "read")) == "tablet_is_there_already"
    assert story.refusal(HandedOver("staff", "read"), unproved(NURSE)) == "pin_needed"


def test_a_step_is_closed_once_by_its_owner_when_nothing_is_missing() -> None:
    """Proves: T6, Q38."""
    story = Story().open()
    assert story.refusal(StepClosed("nowhere")) == "step_unknown"
    for step in ("decision", "sign", "read", "countersign", "record"):
        assert story.refusal(StepClosed(step), PHYSICIAN) == "step_unknown"
    assert story.refusal(StepClosed("health_check")) == "step_lacks"
    assert story.refusal(StepClosed("premedication")) == "step_waits"
    story.health()
    assert story.refusal(StepClosed("health_check")) == "already_closed"
    story.choose("health_check", food_or_drug_allergy="yes")
    story.tell(StepClosed("health_check"))


def test_a_checklist_that_led_to_a_stop_is_still_closed_by_who_asked() -> None:
    """Proves: Q3, T6."""
    story = Story().open()
    story.choose("health_check", transplant="yes")
    assert story.refusal(StepClosed("health_check")) == "step_lacks"
    for item in HEALTH[1:]:
        story.choose("health_check", **{item: "no"})
    story.tell(StepClosed("health_check"))
    assert story.refusal(StepClosed("health_check")) == "already_closed"
    story = Story().until_countersign()
    story.choose("health_check", transplant="yes")
    story.choose("health_check", food_or_drug_allergy="yes")
    assert story.refusal(Answered("premedication", "h1_given", Chosen("x"))) is not None


@pytest.mark.parametrize("ending", get_args(Ending))
def test_an_ending_fits_what_happened(ending: Ending) -> None:
    """Proves: P4, Q3, Q16, Q17."""
    made: dict[Ending, Callable[[], Story]] = {
        "countersigned": lambda: Story().until_countersign().countersign(),
        "deferred": lambda: Story().until_decision().decide("defer").countersign(),
        "do_not_treat": lambda: Story().until_decision(transplant="yes").decide("do_not_treat").countersign(),
        "refused": lambda: _stopped(Story().until_decision(), "refused"),
        "withdrawn": lambda: _stopped(Story().until_countersign(), "withdrawn"),
        "no_show": lambda: _stopped(Story().open(), "no_show"),
    }
    story = made[ending]()
    assert {each for each in get_args(Ending) if story.refusal(Concluded(each), PHYSICIAN) is None} == {
        ending
    }
    staff = ending in ("refused", "withdrawn", "no_show")  # certified by who attests, else by the physician
    assert (story.refusal(Concluded(ending)) is None) is staff
    assert story.refusal(Concluded(ending), ADMINISTRATOR) == "not_this_role"
    story.conclude(ending)


def _stopped(story: Story, ending: str) -> Story:
    story.tell(Stopped(ending, "changed their mind"))  # type: ignore[arg-type]
    return story


def test_what_staff_fill_in_alone_makes_nobody_present() -> None:
    """An ending that does not fit is no way out. Proves: P4."""
    story = Story().open()
    story.take(Answered("decision", "discussed", Chosen("phone")), PHYSICIAN)
    assert not ending_rules.was_here(story.scene)
    story.tell(Stopped("no_show", "said so"))
    assert story.refusal(Concluded("refused")) == "ending_does_not_fit"
    assert story.refusal(Sealed("0" * 64, 0)) == "not_concluded"


@pytest.mark.parametrize("ruling", ["proceed", "defer", "do_not_treat"])
def test_no_visit_is_over_by_a_decision_that_nobody_signed(ruling: Ruling) -> None:
    """Nor is one sealed twice. Proves: P4."""
    story = Story().until_decision().decide(ruling)
    for ending in get_args(Ending):
        assert story.refusal(Concluded(ending), PHYSICIAN) == "not_countersigned"
    sealed = Later().sealed()
    assert sealed.refusal(Sealed("0" * 64, 0)) == "already_sealed"


def test_nobody_who_was_here_did_not_come() -> None:
    """Proves: P4."""
    asked = Story().open()
    asked.choose("health_check", transplant="no")
    handed = Story().open().hand_over().hand_back()
    no_show = Stopped("no_show", "said so")
    assert asked.refusal(no_show) == handed.refusal(no_show) == "patient_was_here"
    assert Story().open().refusal(no_show, unproved(NURSE)) == "pin_needed"
    assert Story().open().refusal(no_show, ADMINISTRATOR) == "not_this_role"
    assert Story().open().refusal(Concluded("no_show")) == "not_countersigned"
    asked.now += timedelta(days=1)  # asked about it the day after, the visit of yesterday still stands
    assert asked.refusal(no_show) == "patient_was_here"
    ahead = Story().open().hand_over().hand_back()
    ahead.tell(Replanned(ahead.now + timedelta(days=3), "a cold"))
    ahead.now += timedelta(days=3)
    assert ahead.refusal(no_show) is None
    early = Story().open()
    early.injection = early.now + timedelta(days=1)
    assert early.refusal(no_show) == "before_the_injection_day"


def test_refused_is_before_the_signature_and_withdrawn_after_it() -> None:
    """Also when a new strength has outdated the signature. Proves: Q16, Q17."""
    before, after = Story().until_decision().decide(), Story().until_decision().decide().sign()
    assert (
        before.refusal(Stopped("withdrawn", "said so"))
        == after.refusal(Stopped("refused", "said so"))
        == "ending_does_not_fit"
    )
    after.decide(strength=10)
    assert after.refusal(Stopped("withdrawn", "said so")) is None
    assert before.refusal(Stopped("refused", "said so"), unproved(NURSE)) == "pin_needed"
    assert before.hand_over().refusal(Stopped("refused", "said so")) == "patient_has_the_tablet"


@pytest.mark.parametrize("reason", ["", "  \n"])
@pytest.mark.parametrize("ending", ["refused", "withdrawn", "no_show"])
def test_no_visit_stops_without_a_reason(
    ending: Literal["refused", "withdrawn", "no_show"], reason: str
) -> None:
    """It is what the certifier's signature says over the record. Proves: P4."""
    story = Story().until_countersign() if ending == "withdrawn" else Story().open()
    assert story.refusal(Stopped(ending, reason)) == "reason_needed"
    assert story.refusal(Stopped(ending, "said so")) is None


def test_a_stop_opens_the_physicians_own_page() -> None:
    """How it was discussed can be told at once; before a stop the page waits. Proves: P3 (Stops)."""
    story = Story().open()
    discussed = Answered("decision", "discussed", Chosen("in_person"))
    assert story.refusal(discussed, PHYSICIAN) == "step_waits"
    story.choose("health_check", transplant="yes")
    story.tell(discussed, PHYSICIAN)


def test_after_a_stop_nothing_but_the_ending_follows() -> None:
    """Proves: P4."""
    story = _stopped(Story().until_countersign(), "withdrawn")
    for fact in (Stopped("withdrawn", "said so"), _proceed(), StepClosed("vial"), RULED):
        assert story.refusal(fact, PHYSICIAN) == "visit_stopped"
    assert story.refusal(Concluded("withdrawn")) is None


@pytest.mark.parametrize("ruling", ["defer", "do_not_treat"])
def test_putting_off_and_not_treating_have_their_reason(ruling: str) -> None:
    """The physician signs "for the reasons written here"; a decision to proceed rests on its rulings."""
    story = Story().until_decision()
    decided = story.decision(ruling)  # type: ignore[arg-type]
    for blank in ("", " \n"):
        assert story.refusal(structs.replace(decided, reason=blank), PHYSICIAN) == "reason_needed"
    assert story.refusal(decided, PHYSICIAN) is None
    assert story.decision("proceed").reason == ""
    story.decide()

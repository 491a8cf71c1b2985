"""Who answers, when, and until which instant: the edges that `test_acts_answers` does not reach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain.answering import in_the_future
from chairside.domain.book import Book
from chairside.domain.facts import (
    Answered,
    Corrected,
    HandedOver,
    IdentityConfirmed,
    PaperChosen,
    QuestionRaised,
    StepClosed,
)
from chairside.domain.form import Choice, Form, Moment, Text
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    DoseGiven,
    DrugsTaken,
    DrugTaken,
    Never,
    NotSure,
    OnDate,
    Reply,
    Written,
)
from tests.domain.made_up import ADMINISTRATOR, BOOK, NOON, NURSE, PHYSICIAN, Story, book_with, when
from tests.domain.test_people import MOTHER, decided

DAY, SOON = NOON.date(), NOON + timedelta(seconds=1)
TOMORROW = DAY + timedelta(days=1)


def _with(form_id: str, *items: Choice | Moment | Text) -> Book:
    form: Form = BOOK.forms[form_id]
    return book_with(structs.replace(form, items=(*form.items, *items)))


# -- who --------------------------------------------------------------------------------------
def test_a_sensitive_question_waits_for_the_patient_to_say_who_they_are() -> None:
    """The tablet may be in the wrong hands. Proves: T1, Q39."""
    story = Story().open()
    story.tell(HandedOver("patient", "health_check"))
    fact = Answered("health_check", "pregnant_or_trying", Chosen("no"))
    assert story.refusal(fact) == "identity_not_confirmed"
    story.tell(IdentityConfirmed())
    assert story.refusal(fact) is None


def test_a_child_answers_for_themselves_and_nobody_else_does() -> None:
    """What they want, and what is nobody else's business; the parent reads the rest. Proves: Q14, R32."""
    story = decided("representative", MOTHER)
    wants = Answered("assent", "wants", Chosen("yes"))
    private = Answered("health_check", "pregnant_or_trying", Chosen("unsure"))
    story.hold("representative")
    assert story.refusal(wants) == "identity_not_confirmed"
    story.hold("patient")
    assert (story.refusal(wants), story.refusal(private)) == (None, None)
    assert story.refusal(Answered("consent", "ask_risks", Chosen("some"))) == "identity_not_confirmed"


def test_a_child_asks_back_where_they_answer_and_the_parent_where_they_read() -> None:
    """Who is alone with the private questions has nobody else to ask for them. Proves: Q13, Q14."""
    story = decided("representative", MOTHER)
    private, read = QuestionRaised("health_check", "pregnant_or_trying"), QuestionRaised("consent", "risks")
    story.hold("representative")
    assert story.refusal(read) is None
    story.hold("patient")
    assert (story.refusal(private), story.refusal(read)) == (None, "identity_not_confirmed")
    shared = QuestionRaised("health_check", "transplant")
    assert story.refusal(shared) == "identity_not_confirmed", "the nurse asks that one aloud"


def test_on_paper_only_clinical_staff_record_what_the_patient_ticked() -> None:
    """Proves: P8, T6."""
    story = Story().open()
    story.tell(PaperChosen("prefers"))
    fact = Answered("consent", "ask_risks", Chosen("some"))
    assert story.refusal(fact, ADMINISTRATOR) == "not_this_role"
    assert story.refusal(fact, NURSE) is None


def test_a_step_of_the_patients_own_is_closed_by_the_patient() -> None:
    """Proves: T1."""
    plan = BOOK.plan
    own = tuple(structs.replace(each, closes="tap") if each.id == "notices" else each for each in plan.steps)
    story = Story(structs.replace(BOOK, plan=structs.replace(plan, steps=own))).open()
    story.tell(Answered("notices", "paper_copy", Chosen("handed")))
    assert story.refusal(StepClosed("notices")) == "patient_must_hold_the_tablet"


def test_a_step_without_a_form_has_nothing_to_answer() -> None:
    assert Story().open().refusal(Answered("", "box_intact", Chosen("yes"))) == "item_unknown"


# -- when -------------------------------------------------------------------------------------
def test_a_stop_lets_nothing_before_the_decision_jump_its_turn() -> None:
    """What still waits for an unfinished checklist waits in a stop too. Proves: P3 (Stops)."""
    steps = tuple(
        structs.replace(each, needs=("health_check",)) if each.id == "notices" else each
        for each in BOOK.plan.steps
    )
    story = Story(structs.replace(BOOK, plan=structs.replace(BOOK.plan, steps=steps))).open()
    story.choose("health_check", transplant="yes")
    assert story.refusal(Answered("notices", "paper_copy", Chosen("handed"))) == "step_waits"
    assert story.refusal(Answered("health_check", "immunocompromised", Chosen("no"))) is None


FUTURE: list[tuple[Reply, bool]] = [
    (AtMoment(NOON), False),
    (AtMoment(SOON), True),
    (OnDate(DAY), False),
    (OnDate(TOMORROW), True),
    (DoseGiven(NOON, "10 mg", "tablet"), False),
    (DoseGiven(SOON, "10 mg", "tablet"), True),
    (DrugsTaken((DrugTaken("Advil", AtMoment(NOON)), DrugTaken("Aleve", OnDate(DAY)))), False),
    (DrugsTaken((DrugTaken("Advil", Never()), DrugTaken("Aleve", NotSure()))), False),
    (DrugsTaken((DrugTaken("Advil", AtMoment(NOON)), DrugTaken("Aleve", OnDate(TOMORROW)))), True),
    (DrugsTaken((DrugTaken("Advil", AtMoment(SOON)), DrugTaken("Aleve", OnDate(DAY)))), True),
    (Chosen("yes"), False),
]


@pytest.mark.parametrize(("reply", "ahead"), FUTURE)
def test_now_and_today_are_not_ahead_one_second_and_tomorrow_are(reply: Reply, ahead: bool) -> None:
    """Proves: P5, T9."""
    assert in_the_future(reply, when()) is ahead


def test_only_a_question_about_a_plan_takes_a_day_to_come() -> None:
    """Proves: P5."""
    story = Story(
        _with("open", Moment(id="planned", required=False, future=True), Moment(id="seen", required=False))
    )
    story.open()
    assert story.refusal(Answered("open", "planned", OnDate(TOMORROW))) is None
    assert story.refusal(Answered("open", "seen", OnDate(TOMORROW))) == "moment_in_the_future"


def test_a_labels_date_outlasts_the_planned_injection() -> None:
    """Proves: Q26."""
    story = Story(_with("open", Text(id="kit", required=False, expires=True))).open()
    kit = Answered("open", "kit", Written((TOMORROW + timedelta(days=1)).isoformat()))
    assert story.refusal(kit) is None
    story.injection = NOON + timedelta(days=3)
    assert story.refusal(kit) == "expired"


def test_a_dose_may_have_been_given_in_the_minute_of_the_signature() -> None:
    """A time that somebody types has no seconds. Proves: Q26."""
    story = Story().until_decision().decide().sign()
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    minute = story.visit.signed["sign.signature"].stamp.utc.replace(second=0, microsecond=0)
    for at, code in ((minute, None), (minute - timedelta(minutes=1), "before_the_signature")):
        dose = Answered("premedication", "loratadine", DoseGiven(at, "10 mg", "tablet"))
        assert story.refusal(dose) == code


# -- what only the physician takes back -------------------------------------------------------
def test_outside_the_health_check_no_answer_is_absolute() -> None:
    """Its owner takes it back; there is nothing for the physician to correct. Proves: Q2."""
    story = Story(_with("open", Choice(id="needle_fear", required=False, weight="do_not_treat"))).open()
    story.choose("open", needle_fear="yes")
    corrected = Corrected("open", "needle_fear", Chosen("no"), "asked again", "misheard")
    assert story.refusal(corrected, PHYSICIAN) == "nothing_to_correct"
    assert story.refusal(Answered("open", "needle_fear", Chosen("no"))) is None


def test_a_date_beside_a_question_is_no_absolute_answer() -> None:
    """Proves: Q2."""
    story = Story(_with("health_check", Moment(id="cancer_last_on", required=False))).open()
    story.tell(Answered("health_check", "cancer_last_on", OnDate(DAY)))
    corrected = Corrected("health_check", "cancer_last_on", OnDate(DAY), "asked again", "misheard")
    assert story.refusal(corrected, PHYSICIAN) == "nothing_to_correct"


def test_what_is_no_answer_says_so_before_it_says_whose_it_is() -> None:
    story = Story().open()
    story.choose("health_check", transplant="yes")
    assert story.refusal(Answered("health_check", "transplant", Chosen("perhaps"))) == "option_unknown"


def test_what_a_newer_form_no_longer_asks_is_not_corrected() -> None:
    """Proves: Q46."""
    story = Story().open()
    story.choose("health_check", transplant="yes")
    form = BOOK.forms["health_check"]
    story.book = book_with(structs.replace(form, items=form.items[1:]))
    corrected = Corrected("health_check", "transplant", Chosen("no"), "asked again", "misheard")
    assert story.refusal(corrected, PHYSICIAN) == "nothing_to_correct"


def test_a_correction_is_of_the_form_the_visit_uses() -> None:
    """Proves: Q46."""
    story = Story().open()
    story.choose("health_check", transplant="yes")
    story.book = book_with(structs.replace(BOOK.forms["health_check"], digest="newer"))
    corrected = Corrected("health_check", "transplant", Chosen("no"), "asked again", "misheard")
    assert story.refusal(corrected, PHYSICIAN) == "form_of_another_version"

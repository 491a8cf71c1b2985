"""The gate's own edges: which act settles a visit, what no form leaves out, when a month is whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain import gate, vial
from chairside.domain.facts import Answered, Explained, RuledOn, StepClosed, Stopped
from chairside.domain.finding import Finding
from chairside.domain.form import Choice, Drugs, Verdict
from chairside.domain.replies import Chosen, Measured, OnDate, Reply
from chairside.domain.visit import Told, Visit
from tests.domain.made_up import (
    BOOK,
    BORN,
    NOON,
    PHYSICIAN,
    Story,
    book_with,
    form,
    stamped,
    vial_facts,
    when,
)


def test_a_form_cannot_leave_the_list_of_nsaids_out() -> None:
    """Another list beside it is asked for itself. Proves: Q4."""
    book = book_with(form("medicines", Drugs(id="others")))
    found = [each.id for each in gate.screening(book, {}, BORN, when())]
    assert found[-2:] == ["others_unanswered", "nsaids_unanswered"]
    assert [each.id for each in gate.screening(BOOK, {}, BORN, when())][-1:] == ["nsaids_unanswered"]


def test_what_is_told_late_is_of_the_day_on_which_it_happened() -> None:
    """Proves: P5."""
    told = stamped(StepClosed("open"))
    assert gate.local_day(told) == date(2026, 12, 1)
    late = structs.replace(told, stamp=structs.replace(told.stamp, happened=NOON - timedelta(days=1)))
    assert gate.local_day(late) == date(2026, 11, 30)


def test_a_deferral_is_judged_when_it_was_decided_and_an_approval_when_it_was_signed() -> None:
    """Proves: P3."""
    story = Story().until_decision().decide("defer")
    assert gate.settled_by(story.visit) is None
    story.countersign()
    assert gate.settled_by(story.visit) is story.visit.decided
    alone = structs.replace(story.visit, decided=None)
    assert gate.settled_by(alone) is alone.countersigned
    approved = Story().until_countersign().countersign()
    assert gate.settled_by(approved.visit) is approved.visit.countersigned
    approved.conclude()
    ended = structs.replace(approved.visit, countersigned=None)
    assert gate.settled_by(ended) is ended.concluded
    assert gate.settled_by(Visit("one")) is None


def test_a_stopped_visit_is_judged_when_the_patient_was_last_asked() -> None:
    """Health and medicines only, and the last answer of each. Proves: P4."""
    story = Story().open()
    story.tell(Stopped("refused", "said so"))
    assert gate.settled_by(story.visit) is story.visit.stopped
    story = Story().open()
    story.choose("health_check", transplant="no", immunocompromised="no")
    story.choose("health_check", transplant="unsure")
    last = story.visit.facts[-1]
    story.choose("open", area="scalp")
    story.tell(Stopped("refused", "said so"))
    assert gate.settled_by(story.visit) is last


def test_what_was_settled_is_not_judged_by_a_later_day() -> None:
    """Proves: P2."""
    story = Story().until_countersign().countersign()
    assert gate.current(BOOK, story.visit, when(NOON + timedelta(days=9))) is story.visit
    open_still = Story().open().health()
    assert gate.current(BOOK, open_still.visit, when(NOON)) is open_still.visit
    later = gate.current(BOOK, open_still.visit, when(NOON + timedelta(days=9)))
    assert {key[0] for key in later.told} == {"open"}


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [
        (date(2026, 8, 1), date(2026, 12, 1), 4),
        (date(2026, 8, 2), date(2026, 12, 1), 3),
        (date(2025, 12, 31), date(2026, 1, 30), 0),
        (date(2025, 12, 1), date(2026, 12, 1), 12),
        (date(2026, 11, 30), date(2026, 12, 1), 0),
    ],
)
def test_a_month_is_whole_on_its_day(since: date, on: date, months: int) -> None:
    """Proves: P7."""
    assert gate.months_between(since, on) == months


@pytest.mark.parametrize(
    ("given", "notes"),
    [
        (None, []),
        (date(2026, 11, 2), ["second_session_within_month:"]),
        (date(2026, 11, 1), ["second_session_early:1"]),
        (date(2026, 8, 2), ["second_session_early:3"]),
        (date(2026, 8, 1), []),
    ],
)
def test_a_second_session_within_four_months_is_told(given: date | None, notes: list[str]) -> None:
    """Proves: P7."""
    visit = structs.replace(Story().visit, last_given=given)
    assert [f"{each.id}:{each.about}" for each in gate.interval(visit, when())] == notes


@pytest.mark.parametrize(("times", "raised"), [(0, False), (1, False), (2, True), (3, True)])
def test_understanding_is_raised_after_two_explanations(times: int, raised: bool) -> None:
    """Proves: Q13, R36."""
    story = Story().open()
    story.take(Explained("consent", "ask_risks"))
    visit = structs.replace(story.visit, explained={("consent", "ask_risks"): times} if times else {})
    assert bool(gate.understanding(BOOK, visit)) is raised
    assert gate.understanding(structs.replace(BOOK, forms={}), visit) == ()


@pytest.mark.parametrize(
    ("weight", "stops"),
    [
        (Verdict.CLEAR, False), (Verdict.PHYSICIAN, False), (Verdict.INCOMPLETE, False),
        (Verdict.HOLD, True), (Verdict.DEFER, True), (Verdict.DO_NOT_TREAT, True),
    ],
)  # fmt: skip
def test_a_hold_and_what_is_stricter_goes_straight_to_the_decision(weight: Verdict, stops: bool) -> None:
    """Proves: P3."""
    assert gate.stops((Finding("one", weight, ()),)) is stops


def test_a_visit_without_a_patient_is_incomplete_and_nothing_else() -> None:
    visit = structs.replace(Story().visit, patient=None)
    assert [(each.id, each.weight) for each in gate.findings(BOOK, visit, when())] == [
        ("patient_missing", Verdict.INCOMPLETE)
    ]


@pytest.mark.parametrize(
    ("item", "reply", "stays"),
    [
        ("temperature", Measured("101.0", "°F"), True),
        ("temperature", Measured("98.6", "°F"), False),
        ("hcg_result", Chosen("unclear"), True),
        ("hcg_result", Chosen("negative"), False),
        ("cancer_last_on", OnDate(date(2024, 1, 1)), True),
        ("cancer_last_on", OnDate(date(2010, 1, 1)), False),
        ("transplant", Chosen("unsure"), True),
        ("transplant", Chosen("no"), False),
        ("food_or_drug_allergy", Chosen("yes"), False),
    ],
)
def test_of_what_an_older_text_asked_only_what_asks_for_a_ruling_or_stops_stays(
    item: str, reply: Reply, stays: bool
) -> None:
    """Told today to the text in force, everything stays. Proves: P3, Q46."""
    key = ("health_check", item)
    for outdated, kept in ((True, stays), (False, True)):
        visit = Visit("one", told={key: (Told(reply, stamped(StepClosed("open")), 1, outdated),)})
        assert (key in gate.current(BOOK, visit, when()).told) is kept


def test_a_question_of_the_consent_that_has_no_right_answer_raises_nothing() -> None:
    """Proves: Q13."""
    choice = Choice(id="ask_wish", options=("ring", "write"))
    book = book_with(form("consent", choice))
    visit = structs.replace(Visit("one"), explained={("consent", "ask_wish"): 5})
    assert gate.understanding(book, visit) == ()


def test_the_physician_is_told_all_that_was_found_strictest_first() -> None:
    """A fever and a pill that may hide one, what was not understood, the age, the session before."""
    story = Story(born=date(2010, 3, 14)).open()
    story.health(flu_like_symptoms="yes", cancer_within_5_years="yes", glycerol_sensitivity="yes")
    pill = Told(Chosen("yes"), story.visit.facts[-1], len(story.visit.facts))
    visit = structs.replace(
        story.visit,
        told={**story.visit.told, ("health_check", "antipyretic_6_hours"): (pill,)},
        explained={("consent", "ask_risks"): 2},
        last_given=date(2026, 11, 1),
        vials=(vial.fold(vial_facts(cryoprotectant=Chosen("glycerol"))),),
    )
    assert [each.id for each in gate.findings(BOOK, visit, when())] == [
        "flu_like_symptoms",
        "nsaids_unanswered",
        "cancer_within_5_years",
        "glycerol_sensitivity",
        "understanding_raised",
        "second_session_early",
        "needling_under_22",
        "fever_may_be_masked",
        "cryoprotectant_glycerol",
    ]


def test_what_a_ruling_names_is_ordered_or_lifts_nothing() -> None:
    """Proves: Q27."""
    found = (Finding("allergy", Verdict.PHYSICIAN, ("allergy",), mitigations=("h1_h2_steroid",)),)
    ruled = {"allergy": RuledOn("allergy", "hives once", "h1_h2_steroid")}
    assert gate.standing(found, ruled, ()) == found
    assert gate.standing(found, ruled, ("h1_h2_steroid",)) == ()


@pytest.mark.parametrize("weight", list(Verdict))
def test_a_ruling_lifts_what_is_the_physicians_to_rule_on_and_nothing_else(weight: Verdict) -> None:
    """Proves: P3."""
    found = (Finding("one", weight, ("one",)),)
    left = gate.standing(found, {"one": RuledOn("one", "discussed")}, ())
    assert left == (() if weight is Verdict.PHYSICIAN else found)


def test_a_decision_covers_no_answer_that_was_given_after_it() -> None:
    """Not even the same one again: the physician looks at it anew. Proves: P3."""
    ruled = RuledOn("glycerol_sensitivity", "mild, once")
    story = Story().until_decision(glycerol_sensitivity="yes").decide("proceed", ruled)
    assert gate.uncovered(gate.findings(BOOK, story.visit, when()), story.visit) == ()
    story.choose("health_check", glycerol_sensitivity="yes")
    (left,) = gate.uncovered(gate.findings(BOOK, story.visit, when()), story.visit)
    assert left.id == "glycerol_sensitivity"


@pytest.mark.parametrize(
    ("asked", "anew"),
    [
        (None, False),
        (("health_check", "transplant"), True),
        (("medicines", "nsaids"), True),
        (("consent", "ask_risks"), True),
        (("open", "area"), False),
        (("premedication", "antihistamine_today"), False),
    ],
)
def test_a_deferral_is_decided_again_once_what_the_gate_weighs_was_asked_anew(
    asked: tuple[str, str] | None, anew: bool
) -> None:
    """Proves: P3, Q2."""
    story = Story().until_decision().decide("defer")
    if asked:
        story.take(Answered(*asked, story.visit.replies.get(asked, Chosen("no"))))
    assert gate.screened_since(story.visit) is anew
    assert story.refusal(story.decision("defer"), PHYSICIAN) == (None if anew else "already_decided")

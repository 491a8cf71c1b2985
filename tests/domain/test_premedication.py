"""What is given before the injection: only what was ordered, after two questions, in the dose for the age."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

import pytest
from msgspec import structs

from chairside.domain import expiry, gate, premedication, steps
from chairside.domain.facts import Answered, RuledOn, StepClosed
from chairside.domain.form import Choice, Moment, Text, Verdict
from chairside.domain.replies import AtMoment, Chosen, DoseGiven, DoseNotGiven, OnDate, Written
from chairside.domain.steps import Lack
from chairside.domain.visit import Told, Visit
from tests.domain.made_up import BOOK, NOON, PHYSICIAN, SIGN_PAD, Story, book_with, stamped

GIVEN = Answered("premedication", "loratadine", DoseGiven(NOON, "10 mg", "tablet"))
NOT_GIVEN = Answered("premedication", "loratadine", DoseNotGiven("asked for nothing"))


@cache
def _signed_visit(given: tuple[str, ...]) -> tuple[Visit, datetime]:
    story = Story().until_decision().decide("proceed", given=given).sign()
    return story.visit, story.now


def _signed(*given: str) -> Story:
    story = Story()
    story.visit, story.now = _signed_visit(given)
    return story


def _asked(*given: str, **answers: str) -> Story:
    story = _signed(*(given or ("loratadine",)))
    story.choose("premedication", **(answers or {"loratadine_allergy": "no", "antihistamine_today": "no"}))
    return story


def test_loratadine_comes_after_two_questions() -> None:
    """Proves: Q26."""
    story = _signed("loratadine")
    assert story.refusal(GIVEN) == "loratadine_allergy_first"
    for item, code in (("loratadine_allergy", "loratadine_allergy_first"), ("antihistamine_today", None)):
        story.choose("premedication", **{item: "no"})
        assert story.refusal(GIVEN) == code


def test_nothing_was_given_or_drawn_before_the_signature() -> None:
    """A time before it is refused, to the minute; another time a clinic asks for is not. Proves: Q26, P5."""
    form = BOOK.forms["premedication"]
    times = [Moment(id=item, required=False, precision="minute") for item in ("prp_drawn_at", "last_meal")]
    story = Story(book_with(structs.replace(form, items=(*form.items, *times))))
    story.until_decision().decide("proceed", given=("loratadine",))
    story.now += timedelta(hours=1)
    story.sign().choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    signed = story.visit.signed[SIGN_PAD].stamp.utc
    for at, code in ((signed - timedelta(minutes=1), "before_the_signature"), (signed, None)):
        dose = Answered("premedication", "loratadine", DoseGiven(at, "10 mg", "tablet"))
        assert story.refusal(dose) == code
        assert story.refusal(Answered("premedication", "prp_drawn_at", AtMoment(at))) == code
        assert story.refusal(Answered("premedication", "last_meal", AtMoment(at))) is None
    typed = signed.replace(second=0, microsecond=0)
    assert story.refusal(Answered("premedication", "prp_drawn_at", AtMoment(typed))) is None


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("loratadine_allergy", "loratadine_not_after_allergy"),
        ("antihistamine_today", "antihistamine_already_today"),
    ],
)
def test_a_yes_or_not_sure_keeps_it_from_being_given_and_opens_the_step_again(
    item: str, code: str, answer: str
) -> None:
    """Before it: not given, and why. After it: the step does not close over it. Proves: Q26."""
    story = _signed("loratadine")
    story.choose("premedication", **{item: answer})
    assert story.refusal(GIVEN) == code
    assert story.refusal(NOT_GIVEN) is None
    told = Story().until_countersign()
    told.choose("premedication", **{item: answer})
    lacks = steps.state_of(told.book, told.book.plan.step("premedication"), told.visit, (), told.scene.when)
    assert lacks.lacks == (Lack("finding", "premedication", code),)
    assert told.refusal(StepClosed("premedication")) == "step_lacks"
    told.choose("premedication", **{item: "no"})
    told.tell(StepClosed("premedication"))


@pytest.mark.parametrize("ordered", [(), ("none",), ("h1_h2_steroid",)])
def test_what_the_physician_did_not_order_is_not_given(ordered: tuple[str, ...]) -> None:
    """Proves: Q26, Q27."""
    story = _signed(*ordered)
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    assert story.refusal(GIVEN) == "not_ordered"
    assert story.refusal(NOT_GIVEN) is None


@pytest.mark.parametrize(
    ("ordered", "asked"),
    [
        (("loratadine",), {"loratadine_allergy", "antihistamine_today", "loratadine"}),
        (("loratadine", "h1_h2_steroid"), {"loratadine_allergy", "antihistamine_today", "loratadine"}),
        (("h1_h2_steroid",), {"antihistamine_today"}),
        (("none",), set()),
    ],
)
def test_what_guards_loratadine_is_asked_only_where_it_was_ordered(
    ordered: tuple[str, ...], asked: set[str]
) -> None:
    """The mitigation's own parts keep the countersignature closed, as before. Proves: Q26, Q27."""
    story = _signed(*ordered)
    lacks = steps.lacks_of(story.book, story.book.plan.step("premedication"), story.visit)
    assert {lack.item for lack in lacks} == asked
    assert (story.refusal(StepClosed("premedication")) is None) is (not asked)
    parts = set(premedication.ORDERED["h1_h2_steroid"]) if "h1_h2_steroid" in ordered else set()
    assert set(premedication.not_given(story.visit)) == parts


def test_an_order_changed_to_loratadine_asks_its_questions_then() -> None:
    """Proves: Q26."""
    story = _signed("h1_h2_steroid")
    story.choose("premedication", antihistamine_today="no")
    story.tell(StepClosed("premedication"))
    story.decide("proceed", given=("loratadine",))
    assert story.refusal(GIVEN) == "loratadine_allergy_first"
    (state,) = (
        each
        for each in steps.states(story.book, story.visit, story.scene.when)
        if each.step.id == "premedication"
    )
    assert state.state != "done"


def test_a_part_of_the_mitigation_is_given_only_where_it_was_ordered() -> None:
    """Proves: Q27."""
    steroid = Answered("premedication", "steroid_given", DoseGiven(NOON, "as ordered", "injection"))
    assert _asked("loratadine").refusal(steroid) == "not_ordered"
    assert _asked("loratadine", "h1_h2_steroid").refusal(steroid) is None


H1_GIVEN = Answered("premedication", "h1_given", DoseGiven(NOON, "as ordered", "injection"))
H1_LEFT_OUT = Answered("premedication", "h1_given", DoseNotGiven("none in the house"))


def test_an_h1_blocker_is_an_antihistamine_too() -> None:
    """Whoever had an allergy pill today is given no second one, by whatever order. Proves: Q26, Q27."""
    story = _signed("h1_h2_steroid")
    assert story.refusal(H1_GIVEN) == "antihistamine_first"
    for answer, code in (("no", None), ("yes", "antihistamine_already_today")):
        story.choose("premedication", antihistamine_today=answer)
        assert story.refusal(H1_GIVEN) == code


def test_of_two_antihistamines_that_were_ordered_one_is_given() -> None:
    """The one the mitigation needs; the other where that one was left out. Proves: Q26, Q27."""
    story = _asked("loratadine", "h1_h2_steroid")
    assert story.refusal(GIVEN) == "antihistamine_by_h1"
    assert story.refusal(NOT_GIVEN) is None
    story.tell(H1_GIVEN)
    assert story.refusal(GIVEN) == "antihistamine_given"
    story.tell(H1_LEFT_OUT)
    assert story.refusal(GIVEN) is None
    story.tell(GIVEN)
    assert story.refusal(H1_GIVEN) == "antihistamine_given"


def test_an_answer_after_the_h1_blocker_goes_to_the_physician() -> None:
    """Proves: Q26."""
    story = _signed("h1_h2_steroid")
    story.choose("premedication", antihistamine_today="no")
    story.tell(H1_GIVEN)
    assert premedication.findings(story.visit) == ()
    story.choose("premedication", antihistamine_today="yes")
    assert [each.id for each in premedication.findings(story.visit)] == ["antihistamine_already_today"]


@pytest.mark.parametrize(
    ("born", "full"),
    [(date(2020, 12, 1), None), (date(2020, 12, 2), "dose_not_for_this_age"), (date(1984, 3, 14), None)],
)
def test_under_six_the_dose_is_five_milligrams(born: date, full: str | None) -> None:
    """Proves: Q26 (the day of the sixth birthday is six)."""
    story = _asked().aged(born)
    today = story.scene.when.today
    assert premedication.allowed(story.visit, "loratadine", "10 mg", "tablet", today) == full
    assert premedication.allowed(story.visit, "loratadine", "5 mg", "tablet", today) is None
    nobody = structs.replace(story.visit, patient=None)
    assert premedication.allowed(nobody, "loratadine", "10 mg", "tablet", today) is None


@pytest.mark.parametrize(
    ("born", "refused"), [(date(2024, 12, 1), None), (date(2024, 12, 2), "no_dose_for_this_age")]
)
@pytest.mark.parametrize("dose", ["5 mg", "10 mg"])
def test_under_two_there_is_no_dose(born: date, refused: str | None, dose: str) -> None:
    """The label names none; the day of the second birthday is two. Proves: Q26, C21."""
    story = _asked().aged(born)
    expected = refused or (None if dose == "5 mg" else "dose_not_for_this_age")
    assert (
        premedication.allowed(story.visit, "loratadine", dose, "tablet", story.scene.when.today) == expected
    )


def test_each_part_of_a_mitigation_counts_once_it_was_given() -> None:
    """Proves: Q27."""
    story = _asked("h1_h2_steroid", loratadine_allergy="no", antihistamine_today="no")
    assert premedication.not_given(story.visit) == ("h1_given", "h2_given", "steroid_given")
    story.tell(H1_GIVEN)
    assert premedication.not_given(story.visit) == ("h2_given", "steroid_given")


# -- the date on a label ----------------------------------------------------------------------
TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-12", None), ("2027-05", None), ("2026-12-01", None), (" 2028-02-29 ", None),
        ("2026-11", "expired"), ("2026-11-30", "expired"), ("1999-01", "expired"),
        ("05/2027", "expiry_unreadable"), ("2027-13", "expiry_unreadable"), ("2027-00", "expiry_unreadable"),
        ("2027-02-29", "expiry_unreadable"), ("2027-5", "expiry_unreadable"),
        ("0000-01", "expiry_unreadable"),
        ("soon", "expiry_unreadable"), ("2027-05-", "expiry_unreadable"), ("٢٠٢٧-٠٥", "expiry_unreadable"),
    ],
)  # fmt: skip
def test_a_labels_date_is_read_and_has_not_passed(text: str, code: str | None) -> None:
    """A month is good through its last day."""
    assert expiry.unfit(text, TODAY) == code


def test_a_kit_past_its_date_is_not_entered() -> None:
    """The item says so itself; other text is free."""
    items = (*BOOK.forms["premedication"].items, Text(id="kit", expires=True), Text(id="note"))
    book = book_with(structs.replace(BOOK.forms["premedication"], items=items))
    story = Story(book).until_decision().decide().sign()
    assert story.refusal(Answered("premedication", "kit", Written("2026-11"))) == "expired"
    assert story.refusal(Answered("premedication", "kit", Written("next year"))) == "expiry_unreadable"
    assert story.refusal(Answered("premedication", "kit", Written("2026-12"))) is None
    assert story.refusal(Answered("premedication", "note", Written("2026-11"))) is None


def _with_illnesses() -> Story:
    form = BOOK.forms["premedication"]
    asked = (Choice(id=name, required=False) for name in ("liver_or_kidney", "phenylketonuria"))
    book = book_with(structs.replace(form, items=(*form.items, *asked)))
    story = Story(book)
    story.visit, story.now = _signed_visit(("loratadine",))
    assert story.visit.opened is not None
    newer = {**story.visit.opened.forms, "premedication": book.forms["premedication"].digest}
    story.visit = structs.replace(story.visit, opened=structs.replace(story.visit.opened, forms=newer))
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    return story


ILL = "liver_or_kidney_first"


@pytest.mark.parametrize(("answer", "code"), [("yes", ILL), ("unsure", ILL), ("no", None)])
def test_the_liver_and_the_kidneys_are_heeded_where_they_were_asked_about(
    answer: str, code: str | None
) -> None:
    """The label says to ask a doctor first; not given, with the reason, is always there. Proves: Q26, C21."""
    story = _with_illnesses()
    assert story.refusal(GIVEN) is None, "nobody has to ask"
    story.choose("premedication", liver_or_kidney=answer)
    assert story.refusal(GIVEN) == code
    assert story.refusal(NOT_GIVEN) is None


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_the_physician_may_release_loratadine_in_spite_of_liver_or_kidneys(answer: str) -> None:
    """By a ruling with its reason, decided after the answer; another answer asks again. Proves: C21."""
    story = _with_illnesses()
    story.choose("premedication", liver_or_kidney=answer)
    (found,) = premedication.findings(story.visit)
    assert (gate.key_of(found), found.weight) == (premedication.WITH_ILLNESS, Verdict.PHYSICIAN)
    lacks = steps.lacks_of(story.book, story.book.plan.step("premedication"), story.visit)
    assert Lack("finding", "premedication", premedication.WITH_ILLNESS) in lacks
    assert story.refusal(story.decision(given=("loratadine",)), PHYSICIAN) == "finding_stands"
    ruled = RuledOn(premedication.WITH_ILLNESS, "mild; one tablet, not again for 48 hours")
    story.decide("proceed", ruled, given=("loratadine",))
    assert story.refusal(GIVEN) is None
    story.tell(GIVEN)
    assert premedication.unresolved(story.visit) is None
    story.choose("premedication", liver_or_kidney="unsure" if answer == "yes" else "yes")
    assert premedication.unresolved(story.visit) == premedication.WITH_ILLNESS


def test_what_is_left_out_anyway_asks_no_physician() -> None:
    """Proves: Q26, C21."""
    story = _with_illnesses()
    story.choose("premedication", liver_or_kidney="yes")
    story.tell(NOT_GIVEN)
    assert premedication.findings(story.visit) == () and premedication.unresolved(story.visit) is None


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_a_chewable_tablet_is_not_for_who_has_phenylketonuria(answer: str) -> None:
    """Proves: Q26, C22b."""
    story = _with_illnesses()
    given, today = ("loratadine", "10 mg"), story.scene.when.today
    assert premedication.allowed(story.visit, *given, "chewable", today) is None
    story.choose("premedication", phenylketonuria=answer)
    assert premedication.allowed(story.visit, *given, "chewable", today) == "chewable_holds_aspartame"
    assert premedication.allowed(story.visit, *given, "tablet", today) is None


RULED = RuledOn(premedication.WITH_ILLNESS, "mild; one tablet, not again for 48 hours")
OTHERS = RuledOn("glycerol_sensitivity", "mild, once")


@pytest.mark.parametrize(
    ("rulings", "code"),
    [
        ((RULED,), None),
        ((OTHERS, RULED), None),
        ((), ILL),
        ((OTHERS,), ILL),
        ((structs.replace(RULED, reason=" "),), ILL),
    ],
)
def test_only_a_ruling_on_the_illness_with_its_reason_releases_loratadine(
    rulings: tuple[RuledOn, ...], code: str | None
) -> None:
    """Not one about something else, not one before the answer. Proves: C21, Q26."""
    story = _with_illnesses()
    story.choose("premedication", liver_or_kidney="yes")
    decision = story.decision("proceed", *rulings, given=("loratadine",))
    story.take(decision, PHYSICIAN)
    today = story.scene.when.today
    assert premedication.allowed(story.visit, "loratadine", "10 mg", "tablet", today) == code
    assert premedication.unresolved(story.visit) == (code and premedication.WITH_ILLNESS)
    early = _with_illnesses()
    early.take(decision, PHYSICIAN)
    early.choose("premedication", liver_or_kidney="yes")
    assert premedication.allowed(early.visit, "loratadine", "10 mg", "tablet", today) == ILL


def test_a_no_to_both_illnesses_asks_nobody() -> None:
    """Proves: C21, C22b."""
    story = _with_illnesses()
    story.choose("premedication", liver_or_kidney="no", phenylketonuria="no")
    assert premedication.findings(story.visit) == () and premedication.unresolved(story.visit) is None
    today = story.scene.when.today
    assert premedication.allowed(story.visit, "loratadine", "10 mg", "chewable", today) is None


def test_a_childs_dose_is_of_loratadine_only() -> None:
    """What the mitigation needs the physician orders by its weight. Proves: Q26, Q27."""
    story = _asked("loratadine", "h1_h2_steroid").aged(date(2022, 1, 1))
    today = story.scene.when.today
    assert premedication.allowed(story.visit, "h1_given", "as ordered", "injection", today) is None


def test_without_a_decision_nothing_is_ordered_and_nothing_is_ruled_on() -> None:
    """Also where a dose stands in the visit all the same. Proves: Q26."""
    by = stamped(StepClosed("open"))
    replies = {"loratadine": DoseGiven(NOON, "10 mg", "tablet"), "loratadine_allergy": Chosen("yes")}
    visit = Visit(
        "one", told={("premedication", item): (Told(reply, by, 1),) for item, reply in replies.items()}
    )
    assert premedication.nobody_ordered(visit, "loratadine")
    assert premedication.unresolved(visit) == "loratadine_not_after_allergy"


def test_only_a_moment_says_when_blood_was_drawn() -> None:
    """Proves: Q26, P5."""
    assert premedication.done_at("prp_drawn_at", AtMoment(NOON)) == NOON
    assert premedication.done_at("prp_drawn_at", OnDate(TODAY)) is None
    assert premedication.done_at("last_meal", AtMoment(NOON)) is None
    assert premedication.done_at("loratadine", DoseGiven(NOON, "10 mg", "tablet")) == NOON


@pytest.mark.parametrize("item", ["loratadine_allergy", "antihistamine_today", "liver_or_kidney"])
def test_what_is_told_of_a_dose_holds_up_its_own_step_only(item: str) -> None:
    """An answer before any dose asks nothing of the physician but for the illness. Proves: Q26, C21."""
    story = _with_illnesses()
    story.choose("premedication", **{item: "yes"})
    assert bool(premedication.findings(story.visit)) is (item == "liver_or_kidney")
    story.choose("premedication", **{item: "no"})
    story.tell(GIVEN)
    story.choose("premedication", **{item: "yes"})
    (found,) = premedication.findings(story.visit)
    assert found.items == (item,) and found.id in premedication.AFTER_DOSE


def test_an_illness_asks_nobody_where_loratadine_is_not_ordered() -> None:
    """The label it stands on is loratadine's own. Proves: C21."""
    story = _with_illnesses()
    story.choose("premedication", liver_or_kidney="yes")
    assert [each.id for each in premedication.findings(story.visit)] == [premedication.WITH_ILLNESS]
    story.take(story.decision("proceed", given=("h1_h2_steroid",)), PHYSICIAN)
    assert premedication.findings(story.visit) == () and premedication.unresolved(story.visit) is None

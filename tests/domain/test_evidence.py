"""What a thermometer, a test and a calendar say beside a health question."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from chairside.domain import evidence, gate
from chairside.domain.acts import Actor
from chairside.domain.checklist import FLOOR
from chairside.domain.facts import Answered, Corrected
from chairside.domain.finding import Finding, worst
from chairside.domain.form import STRICTNESS, Choice, Form, Measure, Moment, Several, Verdict, is_private
from chairside.domain.replies import Chosen, ChosenSeveral, Measured, OnDate, Reply
from tests.domain.made_up import BOOK, BORN, Story, book_with, when
from tests.formbook import shipped

HEALTH = "health_check"
INJECTION = when().injection_day
NURSE, PHYSICIAN = Actor("n", "nurse", True), Actor("p", "physician", True)
Replies = dict[tuple[str, str], Reply]


def _form() -> Form:
    return shipped.book().forms[HEALTH]


def _answers(**changed: str) -> Replies:
    return {(HEALTH, item): Chosen(changed.get(item, "no")) for item in FLOOR}


def _found(replies: Replies) -> tuple[Finding, ...]:
    book = book_with(_form())
    return tuple(each for each in gate.screening(book, replies, BORN, when()) if each.items != ("nsaids",))


# -- temperature (C6, Q19) ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "unit", "raised"),
    [
        ("99.9", "°F", False),
        ("99.99", "°F", False),
        ("100", "°F", True),
        ("100.0", "°F", True),
        ("100.04", "°F", True),
        ("37.7", "°C", False),
        ("37.79", "°C", False),
        ("37.8", "°C", True),
        ("37.80", "°C", True),
        ("39", "°C", True),
        ("310.9", "K", True),
    ],
)
def test_a_fever_is_judged_in_the_unit_it_was_read_in(value: str, unit: str, raised: bool) -> None:
    """37.8 °C is 100.04 °F, and 100.0 °F is 37.78 °C: each limit is its own. Proves: Q19."""
    assert evidence.is_fever(Measured(value, unit)) is raised
    replies = {**_answers(), (HEALTH, "temperature"): Measured(value, unit)}
    defer = [Finding("flu_like_symptoms", Verdict.DEFER, ("flu_like_symptoms", "temperature"))]
    assert list(_found(replies)) == (defer if raised else [])


def test_a_raised_temperature_stops_whatever_was_answered_and_also_unanswered() -> None:
    """Proves: Q19, Q4."""
    for option in ("yes", "unsure", "no", None):
        replies = _answers(flu_like_symptoms=option or "no")
        if option is None:
            del replies[HEALTH, "flu_like_symptoms"]
        replies[HEALTH, "temperature"] = Measured("38.1", "°C")
        assert [(each.id, each.weight.word) for each in _found(replies)] == [("flu_like_symptoms", "defer")]


def test_a_normal_temperature_makes_no_answer_laxer() -> None:
    """Proves: Q4, F11."""
    for option in ("yes", "unsure"):
        plain = _answers(flu_like_symptoms=option)
        cool = {**plain, (HEALTH, "temperature"): Measured("98.6", "°F")}
        assert _found(cool) == _found(plain)


@pytest.mark.parametrize(
    ("value", "unit", "both"),
    [("100.0", "°F", "100.0 °F (37.8 °C)"), ("37.8", "°C", "37.8 °C (100.0 °F)"), ("3", "kg", "3 kg")],
)
def test_a_temperature_is_told_in_both_units(value: str, unit: str, both: str) -> None:
    """Proves: Q19."""
    assert evidence.in_words(value, unit) == both


@pytest.mark.parametrize(
    ("value", "unit", "fits"),
    [
        ("90.0", "°F", True),
        ("89.9", "°F", False),
        ("113.0", "°F", True),
        ("113.1", "°F", False),
        ("32.0", "°C", True),
        ("31.9", "°C", False),
        ("45.0", "°C", True),
        ("999", "°C", False),
        ("98.6", "°C", False),
    ],
)
def test_a_temperature_has_limits_in_every_unit(value: str, unit: str, fits: bool) -> None:
    story = _story()
    fact = Answered(HEALTH, "temperature", Measured(value, unit))
    assert (story.refusal(fact, NURSE) is None) is fits


def test_a_pill_that_hides_a_fever_is_a_note_and_stops_nothing() -> None:
    """Proves: Q19 (the antipyretic question)."""
    item = _form().item("antipyretic_6_hours")
    assert isinstance(item, Choice) and not item.required
    for option, noted in (("no", False), ("unsure", True), ("yes", True)):
        notes = evidence.notes({(HEALTH, item.id): Chosen(option)})
        assert [each.id for each in notes] == (["fever_may_be_masked"] if noted else [])
        assert worst(notes) is Verdict.CLEAR


# -- a stop that was measured is taken back like one that was said (Q2) --------------------------------
def _story() -> Story:
    return Story(book_with(_form())).open()


def _told(story: Story, item: str, reply: Reply) -> None:
    story.tell(Answered(HEALTH, item, reply))


FEVER, COOL = Measured("101.3", "°F"), Measured("98.6", "°F")
STOPS: tuple[tuple[str, Reply, Reply], ...] = (
    ("temperature", FEVER, COOL),
    ("hcg_result", Chosen("positive"), Chosen("negative")),
    ("hcg_result", Chosen("unclear"), Chosen("negative")),
    ("hcg_result", Chosen("positive"), Chosen("unclear")),
)


@pytest.mark.parametrize(("item", "was", "now"), STOPS)
def test_only_the_physician_takes_a_reading_that_stops_back(item: str, was: Reply, now: Reply) -> None:
    """Proves: Q2, Q19."""
    story = _story()
    _told(story, item, was)
    assert story.refusal(Answered(HEALTH, item, now), NURSE) == "absolute_needs_physician"
    again = Corrected(HEALTH, item, now, "measured again", "read wrongly")
    assert story.refusal(again, NURSE) == "physician_pin_needed"
    assert story.refusal(again, PHYSICIAN) is None


def test_a_reading_may_get_worse_by_anyone_and_a_harmless_one_may_change() -> None:
    story = _story()
    _told(story, "temperature", COOL)
    _told(story, "temperature", Measured("97.9", "°F"))
    _told(story, "temperature", FEVER)
    assert story.refusal(Answered(HEALTH, "temperature", Measured("102", "°F")), NURSE) is None


def test_a_fever_goes_on_standing_after_midnight_and_a_normal_reading_does_not() -> None:
    """Proves: P2 (answers expire at the end of the day, a stop does not)."""
    for reply, kept in ((FEVER, True), (COOL, False)):
        story = _story()
        _told(story, "temperature", reply)
        tomorrow = when(now=when().now + timedelta(days=1))
        assert ((HEALTH, "temperature") in gate.current(story.book, story.visit, tomorrow).told) is kept


# -- pregnancy (C7) -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("own", "test", "verdict"),
    [
        ("no", "negative", "clear"),
        ("no", "unclear", "hold"),
        ("no", "positive", "defer"),
        ("unsure", "negative", "hold"),
        ("unsure", "positive", "defer"),
        ("yes", "negative", "defer"),
        ("yes", "unclear", "defer"),
    ],
)
def test_a_pregnancy_test_makes_the_answer_stricter_and_never_laxer(
    own: str, test: str, verdict: str
) -> None:
    """Proves: Q3, Q4."""
    replies = {**_answers(pregnant_or_trying=own), (HEALTH, "hcg_result"): Chosen(test)}
    assert worst(_found(replies)).word == verdict


def test_who_cannot_become_pregnant_says_why_without_a_sex_marker() -> None:
    """The reasons are C7's; a test is asked of those only who could be, and of nobody as a duty."""
    item = _form().item("pregnancy_capacity")
    assert isinstance(item, Choice) and item.private and not item.required
    assert item.options == ("possible", "womb_removed", "after_menopause", "born_male", "other")
    for name in ("hcg_result", "hcg_lot", "hcg_at"):
        test = _form().item(name)
        assert test is not None and not test.required
        asked = {
            option: evidence.is_asked(HEALTH, test, {(HEALTH, item.id): Chosen(option)})
            for option in item.options
        }
        assert [option for option, due in asked.items() if due] == ["possible"]
        assert not evidence.is_asked(HEALTH, test, {})


# -- cancer (C9) ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("last", "own", "verdict"),
    [
        (date(INJECTION.year - 5, INJECTION.month, INJECTION.day), "no", "clear"),
        (date(INJECTION.year - 5, INJECTION.month, INJECTION.day) + timedelta(days=1), "no", "physician"),
        (INJECTION, "no", "physician"),
        (date(1990, 1, 1), "no", "clear"),
        (date(1990, 1, 1), "unsure", "physician"),
        (date(1990, 1, 1), "yes", "physician"),
    ],
)
def test_the_five_years_are_counted_from_the_date_and_never_excuse_a_yes(
    last: date, own: str, verdict: str
) -> None:
    """Proves: C9 as the gate counts it."""
    replies = {**_answers(cancer_within_5_years=own), (HEALTH, "cancer_last_on"): OnDate(last)}
    assert worst(_found(replies)).word == verdict


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(2024, 2, 29), date(2029, 2, 28), 4),
        (date(2024, 2, 29), date(2029, 3, 1), 5),
        (date(2021, 12, 1), date(2026, 11, 30), 4),
        (date(2021, 12, 1), date(2026, 12, 1), 5),
    ],
)
def test_whole_years(since: date, on: date, years: int) -> None:
    assert evidence.years_between(since, on) == years


# -- all of it ------------------------------------------------------------------------------------------
READINGS: dict[str, tuple[Reply | None, ...]] = {
    "temperature": (None, COOL, FEVER),
    "hcg_result": (None, Chosen("negative"), Chosen("unclear"), Chosen("positive")),
    "cancer_last_on": (None, OnDate(date(1990, 1, 1)), OnDate(INJECTION)),
}


def test_no_reading_ever_makes_the_verdict_laxer() -> None:
    """Every reading with every answer to its question. Proves: F11."""
    for item, readings in READINGS.items():
        question = evidence.SPEAKS_TO[item]
        for option, reading in product((*("no", "unsure", "yes"), None), readings):
            bare = _answers()
            bare.pop((HEALTH, question))
            if option is not None:
                bare[HEALTH, question] = Chosen(option)
            with_it = {**bare, **({(HEALTH, item): reading} if reading is not None else {})}
            was, now = worst(_found(bare)), worst(_found(with_it))
            assert now >= was, (item, option, reading)


def test_what_stands_beside_a_question_is_optional_and_weighs_nothing_of_its_own() -> None:
    """An ordinary visit asks not one question more. Proves: P11."""
    for name in evidence.BESIDE:
        item = _form().item(name)
        assert item is not None and not item.required and not item.clinic_added
        assert not isinstance(item, Choice) or STRICTNESS[item.weight] == 0
    assert isinstance(_form().item("temperature"), Measure)
    assert isinstance(_form().item("cancer_last_on"), Moment)


# -- immune categories (Q18) ----------------------------------------------------------------------------
def test_categories_are_asked_of_who_said_yes_or_is_not_sure_and_name_no_illness() -> None:
    """Proves: Q18."""
    item = _form().item("immune_categories")
    assert isinstance(item, Several) and is_private(item)
    for option in ("yes", "unsure", "no"):
        told = {(HEALTH, "immunocompromised"): Chosen(option)}
        assert evidence.is_asked(HEALTH, item, told) is (option != "no")
    said = " ".join(_form().words(item.id, "en").options.values()).casefold()
    assert not any(word in said for word in ("hiv", "aids", "lupus", "crohn", "leukemia"))


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (("no_spleen",), True),
        (("no_spleen", "other"), True),
        (("other", "no_spleen"), False),
        (("no_spleen", "no_spleen"), False),
        (("rather_not_say",), True),
        (("no_spleen", "rather_not_say"), False),
        ((), False),
        (("hiv",), False),
    ],
)
def test_several_are_known_each_once_in_order_and_none_stands_alone(
    options: tuple[str, ...], fits: bool
) -> None:
    fact = Answered(HEALTH, "immune_categories", ChosenSeveral(options))
    assert (_story().refusal(fact, NURSE) is None) is fits


# -- clinic-added items (C10) ---------------------------------------------------------------------------
def test_what_a_clinic_may_add_is_shipped_and_off() -> None:
    """Seventeen questions, marked, worded in both languages, asked nowhere. Proves: Q28 (C10)."""
    text = (shipped.FORMS / HEALTH / "1.0.0" / "form.toml").read_text("utf-8")
    assert text.count("\noff = true") == 17
    assert not any(item.clinic_added for item in _form().items)
    assert "keloid_tendency" not in _form().told_in("en").items


def test_the_made_up_book_knows_nothing_of_it() -> None:
    """The table of the gate was made without these items, and stays as it is."""
    assert BOOK.forms[HEALTH].item("temperature") is None


@pytest.mark.parametrize(
    ("item", "reply", "said"),
    [
        ("hcg_result", Chosen("positive"), "yes"),
        ("hcg_result", Chosen("unclear"), "unsure"),
        ("hcg_result", Chosen("negative"), "no"),
        ("hcg_result", OnDate(INJECTION), "no"),
        ("hcg_at", OnDate(INJECTION), "no"),
        ("pregnant_or_trying", Chosen("yes"), "no"),
        ("cancer_last_on", Chosen("positive"), "no"),
        ("temperature", Chosen("positive"), "no"),
    ],
)
def test_only_a_test_a_date_and_a_temperature_speak_beside_a_question(
    item: str, reply: Reply, said: str
) -> None:
    """Each in its own kind of answer; the question's own answer speaks for itself. Proves: Q19 (C7, C9)."""
    assert evidence.says(item, reply, INJECTION) == said


def test_a_test_that_says_no_asks_for_nothing() -> None:
    replies: Replies = {(HEALTH, "hcg_result"): Chosen("negative")}
    assert evidence.raised("pregnant_or_trying", replies, INJECTION) is None
    replies = {(HEALTH, "hcg_result"): Chosen("unclear")}
    found = evidence.raised("pregnant_or_trying", replies, INJECTION)
    assert found == evidence.Raised("unsure", "hcg_result")


@pytest.mark.parametrize(
    ("own", "found", "counts"),
    [
        (None, "unsure", "unsure"), ("no", "unsure", "unsure"), ("unsure", "yes", "yes"),
        ("yes", "unsure", "yes"), ("in another word", "yes", "yes"),
        ("in another word", "unsure", "in another word"),
    ],
)  # fmt: skip
def test_the_stricter_of_answer_and_evidence_counts(own: str | None, found: str, counts: str) -> None:
    """A word that is neither yes nor no is as strict as not sure. Proves: Q4."""
    assert evidence.stricter(own, evidence.Raised(found, "hcg_result")) == counts


def test_a_question_without_a_condition_is_always_asked() -> None:
    asked = Choice(id="b", only_if=("a", "yes", "unsure"))
    assert evidence.is_asked(HEALTH, Choice(id="a"), {})
    for option, due in (("yes", True), ("unsure", True), ("no", False), ("a", False)):
        assert evidence.is_asked(HEALTH, asked, {(HEALTH, "a"): Chosen(option)}) is due
    assert not evidence.is_asked(HEALTH, asked, {})

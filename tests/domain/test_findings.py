"""What a finding says beside its weight: its id, the question it rests on, and the drug or item it is about.

The page beside the question, the ruling and the record are all found by these; each line here was missed by
the other tests when a mutant changed it (tests/mutation).
"""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from chairside.domain import checklist, gate, washout
from chairside.domain.book import Book
from chairside.domain.facts import Answered, Decided, RuledOn
from chairside.domain.finding import Finding
from chairside.domain.form import Choice, Drugs, Form, Verdict
from chairside.domain.replies import AtMoment, Chosen, DrugsTaken, DrugTaken, LastDose, NotSure
from chairside.domain.visit import Told
from tests.domain.made_up import BOOK, BORN, NOON, Story, stamped, when

ITEM = next(item for item in BOOK.forms["medicines"].items if isinstance(item, Drugs))


@pytest.mark.parametrize(
    ("name", "dose", "prescribed", "expected"),
    [
        ("Advil", NotSure(), None, "last_dose_unknown"),
        ("Advil", AtMoment(NOON), None, "washout_not_met"),
        ("nobody knows it", NotSure(), None, "unknown_drug"),
        ("Plavix", AtMoment(NOON), None, "prescription_not_asked"),
        ("Plavix", AtMoment(NOON), False, "antithrombotic_not_prescribed"),
        ("Plavix", AtMoment(NOON), True, "prescribed_antithrombotic"),
    ],
)
def test_a_finding_of_a_medicine_names_the_question_and_the_drug(
    name: str, dose: LastDose, prescribed: bool | None, expected: str
) -> None:
    """So that each drug is ruled on by itself, and stands in the record by name. Proves: Q20, Q21, Q22."""
    reply = DrugsTaken((DrugTaken(name, dose, prescribed),))
    (found,) = washout.findings(ITEM, reply, BOOK.drugs, when())
    assert (found.id, found.items, found.about) == (expected, (washout.NSAIDS,), name)


def test_medicines_that_were_not_asked_about_name_their_question() -> None:
    """Proves: Q4."""
    (found,) = washout.findings(ITEM, None, BOOK.drugs, when())
    assert found == Finding("nsaids_unanswered", Verdict.INCOMPLETE, (washout.NSAIDS,))


def test_who_is_under_twelve_is_found_on_the_day_before_the_birthday_alone() -> None:
    """Proves: Q14."""
    twelfth = date(2026, 12, 1)
    born = date(2014, 12, 1)
    under = (Finding("under_12", Verdict.PHYSICIAN, ("under_12",)),)
    assert checklist.under_age(born, date(2026, 11, 30)) == under
    assert checklist.under_age(born, twelfth) == ()


def _book(form: str, **changed: object) -> Book:
    forms = {**BOOK.forms, form: structs.replace(BOOK.forms[form], **changed)}
    return structs.replace(BOOK, forms=forms)


@pytest.mark.parametrize("kept", [True, False])
def test_medicines_without_their_question_are_incomplete_by_name(kept: bool) -> None:
    """A form that lost the question, or asks it as something else, leaves it unanswered. Proves: Q4, Q21."""
    other = (Choice(id=washout.NSAIDS, options=("yes", "no")),) if kept else ()
    found = gate.screening(_book("medicines", items=other), {}, BORN, when())
    missing = [each for each in found if each.items == (washout.NSAIDS,)]
    assert missing == [Finding("nsaids_unanswered", Verdict.INCOMPLETE, (washout.NSAIDS,))]


BY = stamped(Answered("consent", "ask_call", Chosen("wait")))


def _explained(times: int) -> Story:
    story = Story()
    question = _question(BOOK.forms["consent"])
    wrong = next(option for option in question.options if option != question.right)
    story.visit = structs.replace(
        story.visit,
        told={("consent", question.id): (Told(Chosen(wrong), BY),)},
        explained={("consent", question.id): times} if times else {},
    )
    return story


def _question(form: Form) -> Choice:
    return next(item for item in form.items if isinstance(item, Choice) and item.right)


def test_what_was_not_understood_is_raised_by_its_question_after_two_explanations() -> None:
    """Never before, and in a book without a consent nothing is. Proves: Q13."""
    name = _question(BOOK.forms["consent"]).id
    raised = (Finding("understanding_raised", Verdict.PHYSICIAN, (name,), name),)
    assert [gate.understanding(BOOK, _explained(times).visit) for times in (0, 1)] == [(), ()]
    assert gate.understanding(BOOK, _explained(2).visit) == raised
    without = structs.replace(
        BOOK, forms={name: form for name, form in BOOK.forms.items() if name != "consent"}
    )
    assert gate.understanding(without, _explained(2).visit) == ()


def test_a_teach_back_answered_right_is_not_raised() -> None:
    """What counts is the answer to the consent's own question. Proves: Q13."""
    story, question = _explained(2), _question(BOOK.forms["consent"])
    right = Told(Chosen(question.right), BY)
    story.visit = structs.replace(story.visit, told={("consent", question.id): (right,)})
    assert gate.understanding(BOOK, story.visit) == ()


def test_a_question_the_form_lost_is_unanswered_by_name() -> None:
    """Proves: Q4."""
    health = structs.replace(BOOK.forms["health_check"], items=())
    found = checklist.findings(health, {}, BORN, date(2026, 12, 1))
    assert len(found) == 7 and all(each.id == f"{each.items[0]}_unanswered" for each in found)


def test_a_visit_without_its_patient_says_so_and_nothing_else() -> None:
    story = Story()
    story.visit = structs.replace(story.visit, patient=None)
    assert gate.findings(BOOK, story.visit, when()) == (Finding("patient_missing", Verdict.INCOMPLETE, ()),)


def test_findings_stand_strictest_first() -> None:
    story = Story()
    told = {("health_check", "transplant"): "yes", ("health_check", "food_or_drug_allergy"): "yes"}
    story.visit = structs.replace(
        story.visit, told={key: (Told(Chosen(option), BY),) for key, option in told.items()}
    )
    weights = [each.weight for each in gate.findings(BOOK, story.visit, when())]
    assert weights[0] is Verdict.DO_NOT_TREAT and weights[-1] < weights[0]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, ()),
        (date(2026, 11, 2), (Finding("second_session_within_month", Verdict.CLEAR, ()),)),
        (date(2026, 11, 1), (Finding("second_session_early", Verdict.CLEAR, (), "1"),)),
        (date(2026, 8, 2), (Finding("second_session_early", Verdict.CLEAR, (), "3"),)),
        (date(2026, 8, 1), ()),
        (date(2025, 12, 1), ()),
    ],
)
def test_an_early_second_session_is_counted_in_whole_months(
    last: date | None, expected: tuple[Finding, ...]
) -> None:
    story = Story()
    story.visit = structs.replace(story.visit, last_given=last)
    assert gate.interval(story.visit, when()) == expected


def test_months_are_counted_over_a_new_year() -> None:
    assert gate.months_between(date(2025, 12, 1), date(2026, 1, 1)) == 1
    assert gate.months_between(date(2025, 12, 2), date(2026, 1, 1)) == 0
    assert gate.months_between(date(2024, 1, 31), date(2026, 1, 31)) == 24


@pytest.mark.parametrize(
    ("ordered", "lifted"), [(("h1_h2_steroid",), True), (("loratadine",), False), ((), False)]
)
def test_a_ruling_lifts_only_with_the_mitigation_that_the_decision_orders(
    ordered: tuple[str, ...], lifted: bool
) -> None:
    """A decision in the store that orders something else covers nothing. Proves: Q27."""
    allergy = "food_or_drug_allergy"
    finding = Finding(allergy, Verdict.PHYSICIAN, (allergy,), mitigations=("h1_h2_steroid",))
    ruled = RuledOn(allergy, "hives once", "h1_h2_steroid")
    story = Story()
    decided = stamped(Decided("proceed", "in_person", 5, ordered, (ruled,)))
    story.visit = structs.replace(story.visit, decided=decided, decided_place=9)
    assert gate.uncovered((finding,), story.visit) == (() if lifted else (finding,))

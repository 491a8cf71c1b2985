"""Every way to answer the health check, against a table copied by hand from the specification."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import cycle, product

import pytest
from msgspec import structs

from chairside.domain import gate
from chairside.domain.facts import PatientAdded
from chairside.domain.finding import Finding, worst
from chairside.domain.form import Verdict
from chairside.domain.replies import AtMoment, Chosen, DrugsTaken, DrugTaken, NotSure, Reply
from chairside.domain.visit import Told, Visit
from tests.domain.made_up import BOOK, BORN, NAME, NOON, Story, stamped, when

# Source: product.md P3, facts/regulatory-clinical.md C1, C2, C11, Q2-Q4. One row a question.
TABLE = """
question               no     unsure     yes           absent
transplant             clear  hold       do_not_treat  incomplete
immunocompromised      clear  hold       do_not_treat  incomplete
flu_like_symptoms      clear  hold       defer         incomplete
pregnant_or_trying     clear  hold       defer         incomplete
cancer_within_5_years  clear  physician  physician     incomplete
food_or_drug_allergy   clear  physician  physician     incomplete
glycerol_sensitivity   clear  physician  physician     incomplete
"""
TWELFTH_BIRTHDAY = {"day before": "physician", "that day": "clear", "day after": "clear"}
WASHOUT = {
    "none taken": "clear",
    "72 hours": "clear",
    "71 hours": "physician",
    "not sure": "physician",
    "not asked": "incomplete",
}
RAISED = {"not raised": "clear", "raised": "physician"}
STRICTEST_FIRST = ("do_not_treat", "defer", "hold", "incomplete", "physician", "clear")

WORDS = [verdict.word for verdict in Verdict]
ANSWERS = ("no", "unsure", "yes", "absent")
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
QUESTIONS = [row[0] for row in ROWS]
EXPECTED = {(row[0], answer): row[1 + n] for row in ROWS for n, answer in enumerate(ANSWERS)}
MOMENT = when()
BY = stamped(PatientAdded(NAME, date(1984, 3, 14), "", "", "post", "en"))
INJECTION_DAY = date(2026, 12, 1)
BIRTHS = {
    "day before": date(2014, 12, 2),
    "that day": date(2014, 12, 1),
    "day after": date(2014, 11, 30),
}


def _last(hours: int) -> Reply:
    return DrugsTaken((DrugTaken("Advil", AtMoment(NOON - timedelta(hours=hours))),))


TAKEN: dict[str, Reply | None] = {
    "none taken": DrugsTaken(()),
    "72 hours": _last(72),
    "71 hours": _last(71),
    "not sure": DrugsTaken((DrugTaken("Advil", NotSure()),)),
    "not asked": None,
}
Case = tuple[tuple[str, ...], str, str, str]
Health = dict[tuple[tuple[str, ...], str], tuple[int, int]]  # (answers, birthday) -> (verdict, findings)


@cache
def _row(answers: tuple[str, ...]) -> tuple[int, int]:
    """Return the place of the strictest word in STRICTEST_FIRST, and how many are not clear."""
    words = [EXPECTED[question, answer] for question, answer in zip(QUESTIONS, answers, strict=True)]
    return min(map(STRICTEST_FIRST.index, words)), len(words) - words.count("clear")


@cache
def _rest(birthday: str, washout: str, raised: str) -> tuple[int, int]:
    words = [TWELFTH_BIRTHDAY[birthday], WASHOUT[washout], RAISED[raised]]
    return min(map(STRICTEST_FIRST.index, words)), len(words) - words.count("clear")


def _expected(case: Case) -> tuple[str, int]:
    """Return the verdict the table asks for, and how many findings."""
    (strictest, number), (other, more) = _row(case[0]), _rest(*case[1:])
    return STRICTEST_FIRST[min(strictest, other)], number + more


@cache
def _told(answer: str) -> tuple[Told, ...]:
    return (Told(Chosen(answer), BY, 1),)


def _visit(case: Case) -> Visit:
    answers, birthday, washout, raised = case
    told = {
        ("health_check", question): _told(answer)
        for question, answer in zip(QUESTIONS, answers, strict=True)
        if answer != "absent"
    }
    if (reply := TAKEN[washout]) is not None:
        told["medicines", "nsaids"] = (Told(reply, BY, 1),)
    explained = {("consent", "ask_risks"): 2} if raised == "raised" else {}
    patient = PatientAdded(NAME, BIRTHS[birthday], "", "", "post", "en")
    return Visit("one", patient=patient, told=told, explained=explained)


def _weighed(case: Case) -> tuple[Finding, ...]:
    """Return the findings without the notes, which weigh nothing: everybody here is under 22 (C8)."""
    found = gate.findings(BOOK, _visit(case), MOMENT)
    return tuple(each for each in found if each.weight is not Verdict.CLEAR)


def _vectors() -> Iterator[tuple[str, ...]]:
    return product(ANSWERS, repeat=len(QUESTIONS))


def _health(answers: tuple[str, ...], birthday: str) -> tuple[int, int]:
    case = (answers, birthday, "none taken", "not raised")
    found = gate.screening(BOOK, _visit(case).replies, BIRTHS[birthday], MOMENT)
    return worst(found), len(found)


def _other(washout: str, raised: str) -> tuple[int, int]:
    visit = _visit((("no",) * len(QUESTIONS), "that day", washout, raised))
    found = (*gate.screening(BOOK, visit.replies, BORN, MOMENT), *gate.understanding(BOOK, visit))
    return worst(found), len(found)


@pytest.fixture(scope="module")
def health() -> Health:
    """Verdict and number of findings of every answer vector at every birthday, nothing else being found."""
    return {
        (answers, birthday): _health(answers, birthday)
        for answers, birthday in product(_vectors(), TWELFTH_BIRTHDAY)
    }


def test_every_case_gets_the_verdict_of_the_table(health: Health) -> None:
    """4^7 answers x 3 birthdays x 5 medicines x understanding. Proves: P3, Q1, Q3, Q4, Q21, T16.

    Health and the rest are found apart and joined by `max`, as `findings` does by the next test.
    """
    assert len(health) == 4**7 * 3
    rest = {pair: _other(*pair) for pair in product(WASHOUT, RAISED)}
    wrong = []
    for (answers, birthday), (verdict, number) in health.items():
        for pair, (other, more) in rest.items():
            judged = WORDS[max(verdict, other)], number + more
            if judged != _expected((answers, birthday, *pair)):
                wrong.append((answers, birthday, *pair))
    assert wrong == []


def test_the_whole_road_through_findings_agrees_for_every_answer_vector() -> None:
    """Every vector once, birthday, medicines and understanding in turn. Proves: P3, T16."""
    turns = cycle(product(TWELFTH_BIRTHDAY, WASHOUT, RAISED))
    for answers, rest in zip(_vectors(), turns, strict=False):
        case: Case = (answers, *rest)
        found = _weighed(case)
        assert (worst(found).word, len(found)) == _expected(case), case
        weights = [each.weight for each in found]
        assert weights == sorted(weights, reverse=True)


def test_an_answer_towards_yes_never_makes_the_verdict_laxer(health: Health) -> None:
    """Proves: P3, T16."""
    stricter = {"no": "unsure", "unsure": "yes"}
    for (answers, birthday), (verdict, _) in health.items():
        for n, answer in enumerate(answers):
            if answer in stricter:
                moved = (*answers[:n], stricter[answer], *answers[n + 1 :])
                assert health[moved, birthday][0] >= verdict


def test_a_missing_answer_is_never_clear(health: Health) -> None:
    """Proves: Q4, P3."""
    clear = [case for case, (verdict, _) in health.items() if verdict is Verdict.CLEAR]
    assert clear == [(("no",) * 7, "that day"), (("no",) * 7, "day after")]
    assert _other("not asked", "not raised")[0] is Verdict.INCOMPLETE


def test_each_finding_names_its_question() -> None:
    """A finding of one answer alone says which, and whether it was yes, not sure or unanswered."""
    for question, answer in EXPECTED:
        answers = tuple(answer if question == each else "no" for each in QUESTIONS)
        found = _weighed((answers, "day after", "none taken", "not raised"))
        suffix = {"yes": "", "unsure": "_not_sure", "absent": "_unanswered"}
        expected = [] if answer == "no" else [(question + suffix[answer], (question,))]
        assert [(each.id, each.items) for each in found] == expected


def test_a_visit_without_its_patient_is_incomplete() -> None:
    story = Story()
    story.visit = structs.replace(story.visit, patient=None)
    assert worst(gate.findings(BOOK, story.visit, MOMENT)) is Verdict.INCOMPLETE

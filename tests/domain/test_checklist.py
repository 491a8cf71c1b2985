"""What one health answer weighs, and which answers go on standing: each row of the table, each wrong side."""

from __future__ import annotations

from datetime import date

import pytest

from chairside.domain import checklist
from chairside.domain.evidence import Raised
from chairside.domain.finding import Finding
from chairside.domain.form import Choice, Text, Verdict, Weight
from chairside.domain.replies import Chosen, Reply, Written
from tests.domain.made_up import form

DAY = date(2026, 12, 1)


def _item(name: str = "mine", weight: Weight = "none", required: bool = True) -> Choice:
    return Choice(id=name, weight=weight, required=required)


@pytest.mark.parametrize(
    ("item", "weight", "absolute"),
    [
        (_item("transplant", "none"), "do_not_treat", True),
        (_item("flu_like_symptoms", "none"), "defer", True),
        (_item("flu_like_symptoms", "do_not_treat"), "do_not_treat", True),
        (_item("food_or_drug_allergy", "none"), "relative", False),
        (_item("food_or_drug_allergy", "defer"), "defer", True),
        (_item("mine", "relative"), "relative", False),
        (_item("mine", "defer"), "defer", True),
        (_item("mine"), "none", False),
    ],
)
def test_the_stricter_of_form_and_floor_counts(item: Choice, weight: Weight, absolute: bool) -> None:
    """Proves: Q1, P3."""
    assert checklist.weight_of(item) == weight
    assert checklist.is_absolute(item) is absolute


@pytest.mark.parametrize(
    ("item", "reply", "stands", "rank"),
    [
        (_item("transplant"), Chosen("no"), False, 0),
        (_item("transplant"), Chosen("unsure"), True, 1),
        (_item("transplant"), Chosen("yes"), True, 2),
        (_item("transplant"), Chosen("perhaps"), True, 1),
        (_item("transplant"), Written("no"), True, 1),
        (_item("food_or_drug_allergy"), Chosen("yes"), False, 0),
        (Text(id="mine"), Written("yes"), False, 0),
        (_item("hcg_result"), Chosen("negative"), False, 0),
        (_item("hcg_result"), Chosen("unclear"), True, 1),
        (_item("hcg_result"), Chosen("positive"), True, 2),
    ],
)
def test_only_a_plain_no_takes_an_absolute_away(
    item: Choice | Text, reply: Reply, stands: bool, rank: int
) -> None:
    """Proves: P2, P3, Q2."""
    assert checklist.stands(item, reply) is stands
    assert checklist.stop_rank(item, reply) == rank
    assert checklist.stands(None, reply) is False


@pytest.mark.parametrize(
    ("item", "reply", "found"),
    [
        (_item("mine", "relative"), Chosen("yes"), ("mine", Verdict.PHYSICIAN)),
        (_item("mine", "relative"), Chosen("unsure"), ("mine_not_sure", Verdict.PHYSICIAN)),
        (_item("mine", "relative"), Chosen("no"), None),
        (_item("mine", "defer"), Chosen("unsure"), ("mine_not_sure", Verdict.HOLD)),
        (_item("mine", "relative"), None, ("mine_unanswered", Verdict.INCOMPLETE)),
        (_item("mine", "relative", required=False), None, None),
        (_item("mine", "relative", required=False), Chosen("yes"), ("mine", Verdict.PHYSICIAN)),
        (_item("transplant", required=False), None, ("transplant_unanswered", Verdict.INCOMPLETE)),
        (_item("mine"), Chosen("yes"), None),
        (_item("transplant"), Chosen("yes"), ("transplant", Verdict.DO_NOT_TREAT)),
        (_item("mine"), None, ("mine_unanswered", Verdict.INCOMPLETE)),
    ],
)
def test_one_answer_gives_one_finding_or_none(
    item: Choice, reply: Reply | None, found: tuple[str, Verdict] | None
) -> None:
    """Proves: Q1, Q2."""
    told = checklist.item_finding(item, reply, None)
    assert [(each.id, each.weight, each.items) for each in told] == ([(*found, (item.id,))] if found else [])


def test_evidence_alone_never_clears_a_question_and_may_raise_it() -> None:
    """Proves: Q4."""
    item = _item("flu_like_symptoms")
    raised = Raised("yes", "temperature")
    (found,) = checklist.item_finding(item, Chosen("no"), raised)
    assert (found.id, found.weight, found.items) == (item.id, Verdict.DEFER, (item.id, "temperature"))
    (fever,) = checklist.item_finding(item, None, raised)
    assert (fever.id, fever.weight) == (item.id, Verdict.DEFER)
    (unsure,) = checklist.item_finding(item, Chosen("yes"), Raised("unsure", "hcg_result"))
    assert (unsure.id, unsure.weight) == (item.id, Verdict.DEFER)
    (alone,) = checklist.item_finding(_item("mine"), None, Raised("no", "temperature"))
    assert alone == Finding("mine_unanswered", Verdict.INCOMPLETE, ("mine",))


def test_a_child_under_twelve_is_found_beside_what_was_answered() -> None:
    """Proves: C8."""
    asked = (_item(name, required=False) for name in checklist.FLOOR)
    health = form("health_check", *asked, Text(id="note"))
    no = {("health_check", name): Chosen("no") for name in checklist.FLOOR}
    assert checklist.findings(health, no, date(2014, 12, 1), DAY) == ()
    (young,) = checklist.findings(health, no, date(2014, 12, 2), DAY)
    assert (young.id, young.weight) == ("under_12", Verdict.PHYSICIAN)
    missing = checklist.findings(form("health_check"), {}, date(2014, 12, 2), DAY)
    unanswered = [f"{name}_unanswered" for name in sorted(checklist.FLOOR)]
    assert [each.id for each in missing] == [*unanswered, "under_12"]

"""Mitigations a form asks for, and what an answer after a dose asks of the physician."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from chairside.domain import gate, premedication
from chairside.domain.facts import Answered, RuledOn, StepClosed
from chairside.domain.form import Choice
from chairside.domain.replies import Chosen, DoseGiven
from tests.domain.made_up import BOOK, NOON, PHYSICIAN, Story, book_with

ALLERGY = "food_or_drug_allergy"
MEDICATED = RuledOn(ALLERGY, "hives once", "h1_h2_steroid")


def _story(**answers: str) -> Story:
    """A clinic whose form wants the allergy met with one mitigation."""
    health = BOOK.forms["health_check"]
    items = tuple(
        structs.replace(item, mitigations=("h1_h2_steroid",))
        if isinstance(item, Choice) and item.id == ALLERGY
        else item
        for item in health.items
    )
    return Story(book_with(structs.replace(health, items=items))).until_decision(**answers)


@pytest.mark.parametrize(
    ("ruling", "ordered", "code"),
    [
        (MEDICATED, ("loratadine", "h1_h2_steroid"), None),
        (MEDICATED, ("loratadine",), "finding_stands"),
        (MEDICATED, (), "finding_stands"),
        (structs.replace(MEDICATED, mitigation=""), ("h1_h2_steroid",), "finding_stands"),
        (structs.replace(MEDICATED, mitigation="prayer"), ("h1_h2_steroid", "prayer"), "finding_stands"),
        (structs.replace(MEDICATED, reason=" "), ("h1_h2_steroid",), "finding_stands"),
    ],
)
@pytest.mark.parametrize("option", ["yes", "unsure"])
def test_where_the_form_names_a_mitigation_the_decision_orders_it(
    option: str, ruling: RuledOn, ordered: tuple[str, ...], code: str | None
) -> None:
    """Reason, mitigation and order together, or the finding stands. Proves: Q27."""
    story = _story(**{ALLERGY: option})
    about = ALLERGY if option == "yes" else f"{ALLERGY}_not_sure"
    decision = story.decision("proceed", structs.replace(ruling, finding=about), given=ordered)
    assert story.refusal(decision, PHYSICIAN) == code


def test_a_ruling_names_the_mitigation_the_form_asks_for() -> None:
    story = _story(**{ALLERGY: "yes"})
    assert story.refusal(structs.replace(MEDICATED, mitigation=""), PHYSICIAN) == "mitigation_needed"
    assert story.refusal(structs.replace(MEDICATED, mitigation="prayer"), PHYSICIAN) == "mitigation_needed"
    assert story.refusal(MEDICATED, PHYSICIAN) is None


def test_where_the_form_names_none_the_reason_alone_lifts() -> None:
    """Proves: P2 (Countersign)."""
    story = _story(glycerol_sensitivity="yes")
    story.decide("proceed", RuledOn("glycerol_sensitivity", "mild, once"))


def test_an_order_taken_back_leaves_the_finding_standing() -> None:
    """A new decision without the mitigation does not proceed. Proves: Q27."""
    story = _story(**{ALLERGY: "yes"}).decide("proceed", MEDICATED, given=("h1_h2_steroid",))
    assert story.refusal(story.decision("proceed", MEDICATED, given=()), PHYSICIAN) == "finding_stands"
    found = gate.findings(story.book, story.visit, story.scene.when)
    assert gate.uncovered(found, story.visit) == ()


# -- told after the dose ----------------------------------------------------------------------
LATE = [
    ("loratadine_allergy", "loratadine_not_after_allergy"),
    ("antihistamine_today", "antihistamine_already_today"),
]


def _given_then(item: str, option: str = "yes") -> Story:
    story = Story().until_decision().decide().sign().premedicate()
    story.choose("premedication", **{item: option})
    return story


@pytest.mark.parametrize(("item", "code"), LATE)
def test_an_allergy_told_after_the_dose_is_the_physicians_to_rule_on(item: str, code: str) -> None:
    """It cannot be undone, only ruled on, by a decision that covers it. Proves: Q26."""
    story, ruling = _given_then(item), RuledOn(code, "watched for an hour, nothing came")
    assert story.refusal(StepClosed("premedication")) == "step_lacks"
    assert story.refusal(ruling) == "not_this_role"
    story.tell(ruling, PHYSICIAN)
    assert story.refusal(StepClosed("premedication")) == "step_lacks"  # a ruling alone settles nothing
    assert story.refusal(story.decision(), PHYSICIAN) == "finding_stands"
    story.decide("proceed", ruling)
    story.tell(StepClosed("premedication"))
    story.show_vial().countersign()


@pytest.mark.parametrize(("item", "code"), LATE)
def test_a_ruling_covers_only_what_was_told_before_it(item: str, code: str) -> None:
    story = _given_then(item)
    story.decide("proceed", RuledOn(code, "watched"))
    story.choose("premedication", **{item: "unsure"})
    assert premedication.unresolved(story.visit) == code
    assert story.refusal(StepClosed("premedication")) == "step_lacks"


def test_nobody_rules_on_an_allergy_that_was_told_before_any_dose() -> None:
    story = Story().until_decision().decide().sign()
    story.choose("premedication", loratadine_allergy="yes", antihistamine_today="no")
    assert story.refusal(RuledOn(LATE[0][1], "why"), PHYSICIAN) == "nothing_to_rule_on"


@pytest.mark.parametrize("glycerol", ["no", "yes", "unsure"])
@pytest.mark.parametrize("form", ["tablet", "syrup"])
@pytest.mark.parametrize("dose", ["5 mg", "10 mg"])
@pytest.mark.parametrize("born", [date(1984, 3, 14), date(2021, 6, 1)])
def test_a_chip_is_offered_exactly_where_the_dose_is_taken(
    glycerol: str, form: str, dose: str, born: date
) -> None:
    """Proves: Q26."""
    story = Story()
    about = {"no": "", "yes": "glycerol_sensitivity", "unsure": "glycerol_sensitivity_not_sure"}[glycerol]
    rulings = [RuledOn(about, "discussed")] if about else []
    story.until_decision(glycerol_sensitivity=glycerol).decide("proceed", *rulings).sign()
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    told = Answered("premedication", "loratadine", DoseGiven(NOON, dose, form))
    taken = story.refusal(told)
    assert story.refusal(Answered("premedication", "loratadine", Chosen("yes"))) == "reply_does_not_fit"
    offered = premedication.allowed(story.aged(born).visit, "loratadine", dose, form, story.scene.when.today)
    child = born.year > 2000  # who signs for a child is not built yet: the rule alone is asked
    assert child or taken == offered
    too_much = child and dose == "10 mg"
    assert (offered is None) is not ((form == "syrup" and glycerol != "no") or too_much)

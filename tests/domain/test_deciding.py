"""The physician's decision: what makes it a new one, and what an order must say."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain.facts import Decided
from chairside.domain.form import Text
from chairside.domain.premedication import H1_ORDER
from tests.domain.made_up import BOOK, PHYSICIAN, Story, book_with


def test_the_parts_of_a_mitigation_are_ordered_with_their_doses() -> None:
    """Where the clinic's page of the decision has a place for them. Proves: Q27 (C24)."""
    form = BOOK.forms["decision"]
    doses = Text(id="premedication_doses", required=False)
    asked = Story(book_with(structs.replace(form, items=(*form.items, doses)))).until_decision()
    ordered = asked.decision("proceed", given=(H1_ORDER,))
    for text, code in (("", "doses_needed"), (" ", "doses_needed"), ("25 mg by mouth", None)):
        assert asked.refusal(structs.replace(ordered, doses=text), PHYSICIAN) == code
    assert asked.refusal(asked.decision("proceed", given=("loratadine",)), PHYSICIAN) is None
    assert Story().until_decision().refusal(ordered, PHYSICIAN) is None


@pytest.mark.parametrize(("strength", "code"), [(None, "strength_needed"), (0, "strength_needed"), (1, None)])
def test_an_order_says_how_strong_the_vial_is(strength: int | None, code: str | None) -> None:
    """Proves: Q1."""
    story = Story().until_decision()
    ordered = structs.replace(story.decision("proceed"), strength_million=strength)
    assert story.refusal(ordered, PHYSICIAN) == code


AGAIN = Story().decision("proceed")


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (AGAIN, "already_decided"),
        (structs.replace(AGAIN, reason="said again"), "already_decided"),
        (structs.replace(AGAIN, strength_million=10), None),
        (structs.replace(AGAIN, premedication=("none",)), None),
        (structs.replace(AGAIN, doses="half"), None),
        (structs.replace(AGAIN, ruling="defer", reason="not today"), None),
        (structs.replace(AGAIN, ruling="do_not_treat", reason="not at all"), None),
    ],
)
def test_a_new_order_and_a_stricter_word_are_new_decisions(fact: Decided, code: str | None) -> None:
    """Strength, premedication and doses make the order; the same one is not signed twice."""
    assert Story().until_decision().decide().refusal(fact, PHYSICIAN) == code

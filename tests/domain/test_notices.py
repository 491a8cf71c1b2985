"""The notice of the law comes before the decision and the signature, and its paper copy is logged (Q6)."""

from __future__ import annotations

import pytest

from chairside.domain.facts import PageRead, Signed
from tests.domain.made_up import PHYSICIAN, SIGN_PAD, Story
from tests.formbook import shipped


def test_the_notice_is_read_before_the_consent_is_signed() -> None:
    """Proves: Q6."""
    story = Story().until_countersign()
    read = [
        by.stamp.utc
        for by in story.visit.facts
        if isinstance(by.fact, PageRead) and by.fact.form == "notices"
    ]
    signed = [
        by.stamp.utc for by in story.visit.facts if isinstance(by.fact, Signed) and by.fact.pad == SIGN_PAD
    ]
    assert max(read) < min(signed)


@pytest.mark.parametrize("left_out", ["the notice", "the paper copy"])
def test_without_the_notice_or_its_copy_there_is_no_proceed_and_nothing_to_sign(left_out: str) -> None:
    """Nobody decides to proceed before the copy is logged as handed or owed, by staff. Proves: Q6."""
    story = Story().open().health().medicines().read()
    if left_out == "the notice":
        story.choose("notices", paper_copy="handed")
    else:
        story.hand_over("notices").tell(PageRead("notices", "notice", "shown"))
        story.hand_back()
    assert story.refusal(story.decision("proceed"), PHYSICIAN) == "step_waits"
    story.hand_over("sign")
    assert story.refusal(PageRead("sign", "check_answers", "shown")) == "step_waits"


@pytest.mark.parametrize("profile", ["california", "other"])
def test_the_shipped_plan_has_the_notices_before_the_decision_and_the_decision_before_the_signature(
    profile: str,
) -> None:
    """Proves: Q6 for the forms as they ship."""
    book = shipped.book("california" if profile == "california" else "other")
    assert "notices" in book.plan.step("decision").needs
    assert "decision" in book.plan.step("sign").needs
    copy = book.form_of(book.plan.step("notices")).item("paper_copy")  # type: ignore[union-attr]  # it has one
    assert copy is not None and copy.required and copy.owner == "nurse"

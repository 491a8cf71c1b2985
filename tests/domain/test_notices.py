"""The notice of the law comes before the decision and the signature, and its paper copy is logged (Q6).

A clinic leaves it out on a document only, and the visit keeps which (Q7).
"""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from chairside.domain import notices
from chairside.domain.book import for_session
from chairside.domain.facts import FormsRenewed, NoticeRestored, NoticeWaived, PageRead, Signed, VisitOpened
from chairside.domain.form import Choice, Statement
from chairside.domain.visit import Visit
from tests.domain.made_up import NOON, NURSE, PHYSICIAN, SIGN_PAD, Story, book_with, form, stamped
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


TODAY = date(2026, 12, 1)
WAIVED = NoticeWaived("s684", "ind", "IND 12345", TODAY)


@pytest.mark.parametrize(
    ("fact", "waived", "code"),
    [
        (WAIVED, (), None),
        (NoticeWaived("s684", "counsel_memo", "Memo 7", date(2020, 1, 1)), (), None),
        (WAIVED, ("s684",), "notice_waived_already"),
        (NoticeWaived("s684", "ind", "  ", TODAY), (), "reference_missing"),
        (NoticeWaived("s684", "ind", "IND 1", date(2026, 12, 2)), (), "document_in_the_future"),
        (NoticeWaived("medical_board", "ind", "IND 1", TODAY), (), "notice_not_waivable"),
        (NoticeWaived("electronic_record", "ind", "IND 1", TODAY), (), "notice_not_waivable"),
        (NoticeRestored("s684"), ("s684",), None),
        (NoticeRestored("s684"), (), "notice_shown_already"),
        (NoticeRestored("medical_board"), ("medical_board",), "notice_not_waivable"),
    ],
)
def test_a_notice_is_left_out_on_a_document_only(
    fact: NoticeWaived | NoticeRestored, waived: tuple[str, ...], code: str | None
) -> None:
    """Proves: Q7."""
    assert notices.forbids(shipped.book("california"), waived, fact, TODAY) == code


def test_where_no_statute_is_named_there_is_nothing_to_leave_out() -> None:
    """Proves: Q7."""
    assert notices.waivable(shipped.book("other")) == ()
    assert notices.forbids(shipped.book("other"), (), WAIVED, TODAY) == "notice_not_waivable"


def test_no_item_but_the_notice_itself_is_left_out() -> None:
    """Not even one whose id was written into a visit. Proves: Q7."""
    form = shipped.book("california").forms["notices_california"]
    every = {item.id for item in form.items}
    assert {item.id for item in for_session(form, 1, every).items} == every - {"s684", "medical_board"}
    assert {item.id for item in for_session(form, 1, ["s684"]).items} == every - {"s684"}


def test_a_visit_cannot_begin_without_the_boards_notice() -> None:
    """Proves: Q7, Q8."""
    opened = VisitOpened(
        "p", 1, NOON, ("name", "born"), {}, "", waived={"s684": "a" * 64, "medical_board": "b" * 64}
    )
    assert Story().refusal(opened, NURSE) == "notice_not_waivable"


# -- a visit that left the notice out ---------------------------------------------------------
FORMS = {"notices": "digest-of-notices"}
OPENED = VisitOpened("p", 1, NOON, ("name", "born"), FORMS, "", waived={"s684": "a" * 64})
LEFT_OUT = Visit("one", opened=OPENED)


def test_a_visit_that_goes_on_shows_the_notice_it_left_out() -> None:
    """In the same forms; one that never left it out has nothing to show. Proves: Q7."""
    assert notices.shown_again(LEFT_OUT, "s684") == FormsRenewed(FORMS, shown=("s684",))
    assert notices.shown_again(LEFT_OUT, "medical_board") is None
    assert notices.shown_again(Visit("one"), "s684") is None


@pytest.mark.parametrize("over", ["concluded", "in_error", "stopped"])
def test_a_visit_that_is_over_shows_nothing_anew(over: str) -> None:
    """Proves: Q7."""
    ended = structs.replace(LEFT_OUT, **{over: stamped(OPENED)})
    assert notices.shown_again(ended, "s684") is None


def test_only_the_text_of_the_law_itself_can_be_left_out() -> None:
    """A clinic's own page of the same name is a page like any other. Proves: Q7."""
    law, own = Statement(id="s684", statutory=True), Statement(id="s684")
    assert notices.waivable(book_with(form("notices", law))) == ("s684",)
    assert notices.waivable(book_with(form("notices", own), form("consent", Choice(id="s684")))) == ()

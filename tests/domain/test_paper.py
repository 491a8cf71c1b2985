"""Signatures on paper that are told late, or attested late: they count as they would have then (P8)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec import structs

from chairside.domain import paper
from chairside.domain.acts import forbids
from chairside.domain.facts import (
    Answered,
    HandedOver,
    PageRead,
    PaperAttested,
    QuestionRaised,
    RuledOn,
    SignedOnPaper,
    StepClosed,
)
from chairside.domain.replies import Chosen
from tests.domain.made_up import NAME, NURSE, SECOND_NURSE, SIGN_PAD, VIAL_PAD, Story, stamped
from tests.domain.test_around import PICTURES, on_paper

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def _ready() -> Story:
    """A visit on paper in which the consent may be signed."""
    story = on_paper().decide()
    story.tell(PageRead("sign", "check_answers", "paper"))
    return story


def _told(story: Story, happened: datetime, fact: SignedOnPaper = PICTURES) -> str | None:
    return forbids(structs.replace(story.scene, happened=happened), fact, NURSE)


def test_a_visit_goes_back_to_glass_until_something_is_signed_on_paper() -> None:
    """Proves: P8."""
    assert not paper.may_return(Story().open().visit)
    story = _ready()
    assert paper.may_return(story.visit)
    story.tell(PICTURES)
    assert not paper.may_return(story.visit)
    assert story.refusal(HandedOver("patient", "sign")) == "on_paper"


def test_every_page_of_the_paper_has_its_picture() -> None:
    assert _ready().refusal(structs.replace(PICTURES, pictures=("a" * 64, ""))) == "paper_picture_needed"


def test_a_paper_counts_from_the_day_it_was_signed() -> None:
    """The clinic's thirty days begin there, not where it is told. Proves: P6, P8."""
    story = _ready()
    assert _told(story, story.now - 31 * DAY) == "paper_too_old"
    assert _told(story, story.now) is None


def test_a_papers_day_is_that_of_the_clinics_clock_now() -> None:
    """In the night in which the clocks change the latest fact knows the zone."""
    story = on_paper()
    *earlier, last = story.visit.facts
    stamps = (structs.replace(by.stamp, offset_minutes=720) for by in earlier)
    before = (structs.replace(by, stamp=stamp) for by, stamp in zip(earlier, stamps, strict=True))
    story.visit = structs.replace(story.visit, facts=(*before, last))
    vial = SignedOnPaper(VIAL_PAD, "patient", NAME, "I saw it", ("a" * 64,))
    late_yesterday = structs.replace(story.scene, happened=story.now - timedelta(hours=14))
    assert paper._outlived(late_yesterday, vial) == "paper_too_old"


@pytest.mark.parametrize(
    ("answer", "when_signed", "code"),
    [
        ("yes", -MINUTE, "paper_signed_before_change"),
        ("yes", timedelta(), None),
        ("no", -MINUTE, None),
    ],
)
def test_a_paper_signed_before_an_answer_changed_is_signed_anew(
    answer: str, when_signed: timedelta, code: str | None
) -> None:
    """Told after the change or not; the same answer once more changes nothing. Proves: P8, P10."""
    story = _ready()
    story.now += 2 * MINUTE
    story.tell(Answered("health_check", "food_or_drug_allergy", Chosen(answer)))
    changed = story.now
    story.tell(StepClosed("health_check"))
    if answer == "yes":
        story.decide("proceed", RuledOn("food_or_drug_allergy", "mild, long ago"))
        story.tell(PageRead("sign", "check_answers", "paper"))
    assert _told(story, changed + when_signed) == code


def test_who_attests_looks_at_what_still_holds() -> None:
    """Not at yesterday's vial, nor past a question that was asked since. Proves: P8, P6."""
    story = _ready()
    seen = SignedOnPaper(VIAL_PAD, "patient", NAME, "I saw it", ("a" * 64,))
    yesterday = stamped(seen, utc=story.now - DAY)
    story.visit = structs.replace(story.visit, papers={VIAL_PAD: yesterday})
    assert story.refusal(PaperAttested(VIAL_PAD), SECOND_NURSE) == "paper_too_old"
    story.tell(PICTURES)
    assert story.refusal(PaperAttested(SIGN_PAD), SECOND_NURSE) is None
    story.tell(QuestionRaised("consent", "risks"))
    assert story.refusal(PaperAttested(SIGN_PAD), SECOND_NURSE) == "question_open"

"""What was signed, read and done on one day, and how much of it counts on the next (P6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain import ahead, steps
from chairside.domain.facts import (
    Answered,
    Fact,
    IdentityConfirmed,
    Signed,
    SignedOnPaper,
    Signer,
    StrokeDrawn,
)
from chairside.domain.facts.people import InterpreterNamed
from chairside.domain.form import Ink
from chairside.domain.replies import DoseGiven
from chairside.domain.visit import Pad, Visit
from tests.domain.later import REAFFIRM_PAD, Later, book, read
from tests.domain.made_up import BOOK, NAME, NOON, SIGN_PAD, VIAL_PAD, stamped, when

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IVO = InterpreterNamed("Ivo Example", "", "Tagalog", "in_person", sight=True)
BESIDE_PAD = "sign.interpreter_signature"


def _listed(story: Later) -> dict[str, str]:
    found = steps.states(story.book, story.visit, story.scene.when)
    return {each.step.id: each.state for each in found}


def test_who_signs_beside_the_patient_a_day_later_makes_the_consent_no_younger() -> None:
    """The patient says again on the day what they signed the day before. Proves: P6, Q15."""
    story = Later()
    line = Ink(id="interpreter_signature", owner="patient", signer="interpreter")
    sign = structs.replace(BOOK.forms["sign"], items=(*BOOK.forms["sign"].items, line))
    story.book = structs.replace(story.book, forms={**story.book.forms, "sign": sign})
    story.until_decision().tell(IVO)
    story.decide().sign()
    story.now += timedelta(days=1)
    story.health().medicines()
    story.hand_over("sign").tell(IdentityConfirmed("interpreter"))
    story.tell(StrokeDrawn(BESIDE_PAD, "s"))
    story.tell(Signed(BESIDE_PAD, "interpreter", "Ivo Example", "I left nothing out", ("s",)))
    story.hand_back()
    assert _listed(story)["sign"] == "done"
    assert (_listed(story)["reaffirm"], _listed(story)["premedication"]) == ("open", "waiting")
    story.reaffirm()
    assert _listed(story)["premedication"] == "open"


def _now(story: Later) -> Visit:
    return ahead.current(story.book, story.visit, story.scene.when)


def _signed(pad: str, signer: Signer = "patient") -> Signed:
    return Signed(pad, signer, NAME, "I agree", ("s",))


def test_a_visit_that_is_settled_is_judged_on_its_own_day() -> None:
    story = Later()
    story.until_countersign().countersign()
    story.now += 40 * DAY
    assert ahead.as_of(story.visit, story.scene.when) == NOON.date()


# -- when they agreed -------------------------------------------------------------------------
EARLY = NOON - 3 * HOUR
AGREED: list[tuple[tuple[tuple[Fact, int], ...], int | None]] = [
    ((), None),
    (((_signed(SIGN_PAD), 1), (_signed(REAFFIRM_PAD), 2)), 1),
    (((_signed(SIGN_PAD), -24), (_signed(REAFFIRM_PAD), 2)), 2),
    (((_signed(SIGN_PAD), -24),), None),
    (((_signed(VIAL_PAD), 1),), None),
    (((_signed("sign.interpreter_signature", "interpreter"), 1), (_signed(SIGN_PAD), 2)), 2),
    (((StrokeDrawn(SIGN_PAD, "s"), 1), (_signed(SIGN_PAD), 2)), 2),
    (((SignedOnPaper(SIGN_PAD, "patient", NAME, "I agree", ("a",)), 1),), 1),
]


@pytest.mark.parametrize(("told", "hour"), AGREED)
def test_they_agreed_with_the_first_signature_of_their_own_that_day(
    told: tuple[tuple[Fact, int], ...], hour: int | None
) -> None:
    """Not with the vial's, nor with who signs beside them, nor with yesterday's. Proves: P6, Q26."""
    facts = tuple(stamped(fact, n, utc=EARLY + at * HOUR) for n, (fact, at) in enumerate(told))
    at = ahead.agreed_at(book(), Visit("one", facts=facts), when())
    assert at == (None if hour is None else EARLY + hour * HOUR)


def test_who_signed_on_paper_agreed_when_they_signed_and_not_when_it_was_told() -> None:
    """Proves: P8, Q26."""
    by = stamped(SignedOnPaper(SIGN_PAD, "patient", NAME, "I agree", ("a",)))
    by = structs.replace(by, stamp=structs.replace(by.stamp, happened=EARLY))
    assert ahead.agreed_at(book(), Visit("one", facts=(by,)), when()) == EARLY


@pytest.mark.parametrize(
    ("pad", "days", "counts"),
    [
        (SIGN_PAD, 9, True), (SIGN_PAD, 10, True), (SIGN_PAD, 11, False),
        (REAFFIRM_PAD, 0, True), (REAFFIRM_PAD, 1, False), (VIAL_PAD, 0, True), (VIAL_PAD, 1, False),
        ("notices.signature", 300, True),
    ],
)  # fmt: skip
def test_a_consent_counts_for_the_clinics_days_and_what_is_of_the_day_for_one(
    pad: str, days: int, counts: bool
) -> None:
    """Proves: P6."""
    by = stamped(_signed(pad), utc=NOON - days * DAY)
    assert ahead.counts(book(consent_valid_days=10), Visit("one"), when(), pad, by) is counts


# -- what is done again on the next day -------------------------------------------------------
def _signed_yesterday() -> Later:
    story = Later()
    story.until_decision().decide().sign()
    return story


def test_a_page_of_the_day_that_was_read_and_not_signed_is_read_again() -> None:
    """Proves: P6."""
    story = _signed_yesterday()
    story.now += DAY
    story.health().medicines().hand_over("reaffirm").tell(read("reaffirm", "still_agree"))
    assert ("reaffirm", "still_agree") in _now(story).read
    story.now += DAY
    assert ("reaffirm", "still_agree") not in _now(story).read


def test_ink_under_a_signature_that_counts_no_longer_goes_with_it() -> None:
    """What is signed and holds keeps its ink, of whatever day. Proves: P6, Q38."""
    story = _signed_yesterday()
    story.now += 29 * DAY
    story.health().medicines()
    story.reaffirm()
    assert set(_now(story).pads) == {SIGN_PAD, REAFFIRM_PAD}
    story.now += DAY
    assert set(_now(story).pads) == {SIGN_PAD}
    story.now += DAY
    assert set(_now(story).pads) == set()


def test_ink_that_nobody_signed_yesterday_is_gone_today() -> None:
    """One tap must not sign it; ink of no known day was never so told. Proves: P6, Q38."""
    story = Later()
    story.until_decision().decide().hand_over("sign").tell(StrokeDrawn(SIGN_PAD, "s"))
    assert _now(story) is story.visit
    story.now += DAY
    assert SIGN_PAD not in _now(story).pads
    story.visit = structs.replace(story.visit, pads={SIGN_PAD: Pad(("s",))})
    assert SIGN_PAD in _now(story).pads


def test_what_was_closed_at_the_chair_yesterday_is_closed_again_though_told_again() -> None:
    """Proves: P6, Q26."""
    story = _signed_yesterday()
    story.premedicate()
    assert {"open", "health_check", "premedication"} <= set(_now(story).closed)
    story.now += DAY
    story.health().medicines()
    story.reaffirm()
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    story.tell(Answered("premedication", "loratadine", DoseGiven(story.now, "10 mg", "tablet")))
    assert set(_now(story).closed) == {"open", "health_check", "medicines"}


def test_what_was_only_asked_at_the_chair_yesterday_is_asked_again() -> None:
    """Proves: P6, Q26."""
    story = _signed_yesterday()
    story.choose("premedication", loratadine_allergy="no")
    story.now += DAY
    assert ("premedication", "loratadine_allergy") not in _now(story).told
    assert ("open", "area") in _now(story).told


def test_a_paper_of_yesterdays_vial_waits_for_nobody_to_attest_it() -> None:
    """Proves: P6, P8."""
    story = _signed_yesterday()
    papers = {
        pad: stamped(SignedOnPaper(pad, "patient", NAME, "I saw it", ("a",)), utc=story.now)
        for pad in (SIGN_PAD, VIAL_PAD)
    }
    story.visit = structs.replace(story.visit, papers=papers)
    assert set(_now(story).papers) == {SIGN_PAD, VIAL_PAD}
    story.now += DAY
    assert set(_now(story).papers) == {SIGN_PAD}

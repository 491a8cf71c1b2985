"""Consent ahead of the day, the second session, and the note on a short interval."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain import ahead, gate, steps
from chairside.domain.book import for_session
from chairside.domain.facts import Answered, PageRead, RuledOn, Signed, StepClosed, StrokeDrawn
from chairside.domain.folding import with_history
from chairside.domain.form import Form, Statement, Verdict
from chairside.domain.replies import AtMoment, DoseGiven, DrugTaken
from chairside.domain.steps import Lack
from tests.domain.later import REAFFIRM_PAD, Later
from tests.domain.made_up import HEALTH, NAME, SIGN_PAD, VIAL_PAD, Story, form, when

AGREE = PageRead("reaffirm", "still_agree", "shown")


def _listed(story: Story) -> dict[str, str]:
    found = steps.states(story.book, story.visit, story.scene.when)
    return {each.step.id: each.state for each in found}


def _days_later(days: int, **terms: object) -> Later:
    """Sign, let days pass, and ask about health and medicines anew."""
    story = Later(**terms)
    story.until_decision().decide().sign()
    story.now += timedelta(days=days)
    story.health().medicines()
    return story


def test_on_the_day_of_signing_nobody_reaffirms() -> None:
    """The step is not listed, refused, and nothing waits for it. Proves: P6."""
    story = Later()
    story.until_decision().decide().sign()
    assert "reaffirm" not in _listed(story)
    assert _listed(story)["premedication"] == "open"
    assert story.hand_over("reaffirm").refusal(AGREE) == "step_waits"
    assert story.refusal(StrokeDrawn(REAFFIRM_PAD, "s")) == "step_waits"


def test_where_nobody_reaffirms_the_steps_behind_wait_for_the_consent_itself() -> None:
    story = Later()
    story.until_decision().decide()
    waits = steps.waits_for(story.scene, story.book.plan.step("vial"))
    assert waits == (Lack("needs", "vial", "sign"),)


def test_a_consent_of_an_earlier_day_is_reaffirmed_before_anything_is_given() -> None:
    """Proves: P6."""
    story = _days_later(3)
    assert _listed(story)["reaffirm"] == "open"
    assert _listed(story)["premedication"] == _listed(story)["vial"] == "waiting"
    story.reaffirm()
    assert _listed(story)["reaffirm"] == "done"
    assert _listed(story)["premedication"] == "open"
    story.premedicate().show_vial().countersign()
    assert _listed(story)["reaffirm"] == "done"


def test_a_reaffirmation_holds_for_its_own_day_only() -> None:
    """The next day it is said again, over fresh ink. Proves: P6."""
    story = _days_later(3).reaffirm()
    story.now += timedelta(days=1)
    for item in HEALTH:
        story.choose("health_check", **{item: "no"})
    assert _listed(story)["reaffirm"] != "done"
    story.health().medicines()
    assert _listed(story)["reaffirm"] == "open"
    story.reaffirm()
    assert len(story.visit.pads[REAFFIRM_PAD].strokes) == 1
    assert _listed(story)["reaffirm"] == "done"


# -- medicines ---------------------------------------------------------------------------------
def _medicines_of_yesterday() -> Later:
    story = Later()
    story.until_decision().decide().sign()
    story.now += timedelta(days=1)
    story.health()
    return story


def test_the_medicines_of_an_earlier_day_are_asked_again() -> None:
    """A pill taken since would never be asked about. Proves: P2 (answers expire), P6, Q21."""
    story = _medicines_of_yesterday()
    assert _listed(story)["medicines"] == "open"
    assert [each.id for each in gate.findings(story.book, story.visit, story.scene.when)] == [
        "nsaids_unanswered"
    ]
    assert _listed(story)["reaffirm"] == "waiting" and story.refusal(StepClosed("medicines")) == "step_lacks"
    story.medicines()
    assert SIGN_PAD in story.visit.signed  # the same answer again is no change
    story.reaffirm()
    assert _listed(story)["premedication"] == "open"


def test_a_pill_taken_since_the_consent_goes_back_to_the_physician_and_the_patient() -> None:
    """Proves: P6, Q21, R31."""
    story = _medicines_of_yesterday()
    story.medicines(DrugTaken("Advil", AtMoment(story.now - timedelta(hours=2)), None))
    assert SIGN_PAD not in story.visit.signed
    assert _listed(story)["decision"] == "open"
    story.decide("proceed", RuledOn("washout_not_met:Advil", "the patient knows it may work less"))
    story.sign()
    assert "reaffirm" not in _listed(story) and _listed(story)["premedication"] == "open"


# -- at the chair -----------------------------------------------------------------------------
def _at_the_chair_yesterday() -> Later:
    """Given, drawn, scanned, shown and signed; then nobody countersigned before midnight."""
    story = Later()
    story.until_countersign()
    story.now += timedelta(days=1)
    story.health().medicines().reaffirm()
    return story


def test_what_was_done_at_the_chair_yesterday_is_done_again() -> None:
    """The dose, the tubes, the scan and the ink were of that day. Proves: P6, Q34."""
    story = _at_the_chair_yesterday()
    assert (_listed(story)["premedication"], _listed(story)["vial"]) == ("open", "open")
    now = ahead.current(story.book, story.visit, story.scene.when)
    assert now.codes == () and now.vials == () and VIAL_PAD not in now.signed and VIAL_PAD not in now.pads
    assert not any(key[0] in ("premedication", "vial") for key in now.told)
    assert SIGN_PAD in now.signed and ("consent", "risks") in now.read
    story.premedicate()
    assert _listed(story)["countersign"] == "waiting"
    story.show_vial().countersign()


def test_a_question_asked_yesterday_allows_no_dose_today() -> None:
    """Another antihistamine may have been taken in the morning. Proves: Q26."""
    story = _at_the_chair_yesterday()
    dose = Answered("premedication", "loratadine", DoseGiven(story.now, "10 mg", "tablet"))
    assert story.refusal(dose) == "loratadine_allergy_first"


def test_on_the_day_nothing_is_given_before_the_consent_is_said_again() -> None:
    """The signature of the day before is none for a dose. Proves: P6, Q26."""
    story = _at_the_chair_yesterday()
    said = story.visit.signed[REAFFIRM_PAD].stamp.utc
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    for at, code in ((said - timedelta(minutes=1), "before_the_signature"), (said, None)):
        dose = Answered("premedication", "loratadine", DoseGiven(at, "10 mg", "tablet"))
        assert story.refusal(dose) == code


def test_what_was_done_at_the_chair_today_stays() -> None:
    story = Later()
    story.until_countersign()
    now = ahead.current(story.book, story.visit, story.scene.when)
    assert now is story.visit  # nothing to take away: the same object, not a copy


@pytest.mark.parametrize(("days", "old"), [(10, False), (11, True)])
def test_a_consent_past_the_clinics_days_is_signed_anew(days: int, old: bool) -> None:
    """Proves: P6 (1-90 days, asked at set-up)."""
    story = _days_later(days, consent_valid_days=10)
    state = steps.state_of(story.book, story.book.plan.step("sign"), story.visit, (), story.scene.when)
    assert (Lack("consent_too_old", "sign", "") in state.lacks) is old
    assert (_listed(story)["sign"] == "done") is not old
    assert ("reaffirm" in _listed(story)) is not old
    again = steps._closing_lacks(steps._now(story.scene, ()), story.book.plan.step("reaffirm"))
    assert "consent_too_old" not in {lack.why for lack in again}  # said where the consent is signed
    if old:
        story.sign()
        assert _listed(story)["sign"] == "done"
        assert len(story.visit.pads[SIGN_PAD].strokes) == 1
        assert "reaffirm" not in _listed(story)


def test_old_ink_is_no_new_signature() -> None:
    story = _days_later(11, consent_valid_days=10)
    old = story.visit.pads[SIGN_PAD].strokes
    story.hand_over("sign").tell(PageRead("sign", "check_answers", "shown"))
    story.tell(StrokeDrawn(SIGN_PAD, "new"))
    assert story.refusal(Signed(SIGN_PAD, "patient", NAME, "I agree", old)) == "ink_differs"
    assert story.refusal(Signed(SIGN_PAD, "patient", NAME, "I agree", ("new",))) is None


# -- the second session -----------------------------------------------------------------------
def _tagged() -> Form:
    return form(
        "consent",
        Statement(id="always"),
        Statement(id="first", tags=("first_session_only",)),
        Statement(id="again", tags=("later_sessions", "key")),
    )


@pytest.mark.parametrize(
    ("session", "kept"), [(1, ["always", "first"]), (2, ["always", "again"]), (7, ["always", "again"])]
)
def test_a_session_asks_what_is_meant_for_it(session: int, kept: list[str]) -> None:
    """Proves: P7."""
    whole = _tagged()
    asked = for_session(whole, session)
    assert [item.id for item in asked.items] == kept
    assert asked.digest == whole.digest and len(whole.items) == 3


@pytest.mark.parametrize(
    ("last", "note"),
    [
        (None, None),
        (date(2026, 8, 1), None),
        (date(2026, 8, 2), "second_session_early:3"),
        (date(2026, 11, 30), "second_session_within_month"),
        (date(2024, 12, 1), None),
    ],
)
def test_an_interval_under_four_months_is_a_note_that_stops_nothing(
    last: date | None, note: str | None
) -> None:
    """Proves: P7."""
    story = Story().until_decision()
    story.visit = with_history(story.visit, last)
    found = gate.findings(story.book, story.visit, when())
    told = [gate.key_of(each) for each in found if each.id.startswith("second_session")]
    assert told == ([note] if note else [])
    assert all(each.weight is Verdict.CLEAR for each in found)
    story.decide().sign().premedicate().show_vial().countersign()


def test_a_stopped_visit_is_judged_by_the_day_it_stopped() -> None:
    story = _days_later(3)
    from_then = _listed(story)
    story.visit = structs.replace(story.visit, stopped=story.visit.facts[-1])
    story.now += timedelta(days=40)
    assert _listed(story).keys() == from_then.keys()

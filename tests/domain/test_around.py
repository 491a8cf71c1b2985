"""Around the steps: planning anew, newer forms, texts, waits, paper, errors, ages, working alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from msgspec import structs

from chairside.domain import around
from chairside.domain.facts import (
    Answered,
    FormsRenewed,
    HandedOver,
    OpenedInError,
    PageRead,
    PaperAttested,
    PaperChosen,
    PatientAdded,
    Replanned,
    Signed,
    SignedOnPaper,
    Stopped,
    StrokeDrawn,
    TextGiven,
    VisitFact,
    VisitOpened,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.replies import Chosen, Initialled
from tests.domain.later import Later
from tests.domain.made_up import (
    ADMINISTRATOR,
    BORN,
    NAME,
    NOON,
    NURSE,
    PHYSICIAN,
    SECOND_NURSE,
    SIGN_PAD,
    Story,
    unproved,
    when,
)

FORMS = {name: form.digest for name, form in Story().book.forms.items()}
NEWER = {**FORMS, "consent": "digest-of-a-newer-consent"}
TOMORROW = NOON + timedelta(days=1)
PICTURES = SignedOnPaper(SIGN_PAD, "patient", NAME, "I agree", ("a" * 64,))
# What any nurse or physician may do around an open visit; True: only with a PIN.
AROUND: list[tuple[VisitFact, bool]] = [
    (Replanned(TOMORROW, "the courier was late"), False),
    (FormsRenewed(NEWER), False),
    (TextGiven("consent", "consent", "1.0.0"), False),
    (TextGiven("preparation", "", ""), False),
    (WaitBegan("courier"), False),
    (PaperChosen("prefers"), True),
    (OpenedInError("another patient was meant"), True),
]


@pytest.mark.parametrize(("fact", "pin"), AROUND)
def test_who_may_do_what_around_an_open_visit(fact: VisitFact, pin: bool) -> None:
    """Proves: P4, P6, P8."""
    story = Story().open()
    for actor in (NURSE, PHYSICIAN):
        assert story.refusal(fact, actor) is None
        assert story.refusal(fact, unproved(actor)) == ("pin_needed" if pin else None)
    assert story.refusal(fact, ADMINISTRATOR) == "not_this_role"
    assert Story().refusal(fact) == "visit_not_open"
    assert Story().until_countersign().countersign().refusal(fact) == "already_countersigned"
    held = Story().open().hand_over().refusal(fact)
    assert held == (None if isinstance(fact, PaperChosen) else "patient_has_the_tablet")


def test_an_injection_is_planned_for_today_or_later_with_a_reason() -> None:
    """Proves: P6."""
    story = Story().open()
    assert story.refusal(Replanned(TOMORROW, " ")) == "reason_needed"
    assert story.refusal(Replanned(NOON - timedelta(days=1), "late")) == "injection_in_the_past"
    assert story.refusal(Replanned(NOON - timedelta(hours=12, minutes=1), "late")) == "injection_in_the_past"
    assert story.refusal(Replanned(NOON - timedelta(hours=11), "late")) is None
    assert story.refusal(Replanned(NOON, "late")) == "nothing_changed"
    story.tell(Replanned(TOMORROW, "the courier was late"))
    assert story.visit.injection == TOMORROW


def test_a_newer_consent_is_read_understood_and_signed_anew() -> None:
    """What ink does not stand over keeps it. Proves: P6, Q46."""
    story = Story().until_decision().decide().sign()
    assert story.refusal(FormsRenewed(FORMS)) == "nothing_changed"
    assert story.refusal(FormsRenewed({"consent": "x"})) == "item_unknown"
    assert story.refusal(FormsRenewed({**NEWER, "vial": ""})) == "item_unknown"
    story.take(FormsRenewed({**FORMS, "vial": "newer"}))
    assert SIGN_PAD in story.visit.signed
    story.take(FormsRenewed({**NEWER, "vial": "newer"}))
    visit = story.visit
    assert SIGN_PAD not in visit.signed and SIGN_PAD not in visit.pads
    assert not any(form in ("consent", "sign") for form, _ in (*visit.told, *visit.read))
    assert ("health_check", "transplant") in visit.told


def test_a_text_given_is_of_the_version_the_visit_uses() -> None:
    """Proves: R43."""
    story = Story().open()
    assert story.refusal(TextGiven("consent", "consent", "0.9.0")) == "form_of_another_version"
    assert story.refusal(TextGiven("consent", "unknown", "1.0.0")) == "form_of_another_version"
    story.tell(TextGiven("consent", "consent", "1.0.0"))
    first = story.visit.given_text
    story.tell(TextGiven("consent", "consent", "1.0.0"))
    assert story.visit.given_text is first


def test_a_wait_begins_once_ends_once_and_other_says_what() -> None:
    """Proves: P1."""
    story = Story().open()
    assert story.refusal(WaitEnded("courier")) == "not_waiting"
    story.tell(WaitBegan("courier"))
    assert story.refusal(WaitBegan("courier")) == "already_waiting"
    assert story.refusal(WaitBegan("other")) == "reason_needed"
    assert story.refusal(WaitBegan("other", "the power")) is None
    assert story.refusal(WaitEnded("courier"), ADMINISTRATOR) == "not_this_role"
    story.tell(WaitEnded("courier"))
    assert story.visit.waits == {}


def test_only_a_physician_calls_a_visit_an_error_where_something_stops_it_or_they_ruled() -> None:
    """The next visit shows nothing of an error: nobody else takes an absolute yes from sight. Proves: P3."""
    error = OpenedInError("another patient was meant")
    for stopped in (
        Story().open().health(transplant="yes"),
        Story().open().health(transplant="unsure"),
        Story().until_decision().decide(),
    ):
        assert stopped.refusal(error, NURSE) == "error_needs_physician"
        assert stopped.refusal(error, PHYSICIAN) is None
    assert Story().open().health().refusal(error, NURSE) is None


def test_an_error_has_a_reason_no_signature_and_nothing_after_it() -> None:
    """Proves: P4."""
    story = Story().open()
    assert story.refusal(OpenedInError("")) == "reason_needed"
    story.tell(OpenedInError("another patient was meant"))
    for fact in (
        Stopped("refused", "said so"),
        Answered("open", "area", Chosen("scalp")),
        OpenedInError("again"),
    ):
        assert story.refusal(fact) == "opened_in_error"
    signed = Story().until_decision().decide().sign()
    signed.decide(strength=10)  # the signature is outdated, and was given all the same
    assert signed.refusal(OpenedInError("another patient was meant")) == "patient_signed"


# -- paper ------------------------------------------------------------------------------------
def on_paper() -> Story:
    story = Story().open()
    story.tell(PaperChosen("prefers"))
    story.health().medicines()
    story.tell(PageRead("notices", "notice", "paper"))
    story.choose("notices", paper_copy="handed")
    story.tell(PageRead("consent", "risks", "paper"))
    story.tell(Answered("consent", "initial_risks", Initialled()))
    story.choose("consent", ask_risks="some")
    return story


def test_on_paper_staff_record_what_the_patient_did_there() -> None:
    """Nothing is inked on the glass; until something is signed on paper there is a way back. Proves: P8."""
    story = on_paper().decide()
    story.tell(PageRead("sign", "check_answers", "paper"))
    assert story.refusal(PageRead("consent", "risks", "paper"), ADMINISTRATOR) == "not_this_role"
    assert story.refusal(HandedOver("patient", "sign")) is None
    assert story.refusal(StrokeDrawn(SIGN_PAD, "s")) == "on_paper"
    assert story.refusal(Signed(SIGN_PAD, "patient", NAME, "I agree", ("s",))) == "on_paper"
    assert story.refusal(PaperChosen("tablet_failed")) == "already_on_paper"


def test_a_paper_signature_counts_once_a_second_person_attests_it() -> None:
    """Proves: P8, T6."""
    story = on_paper()
    assert story.refusal(PICTURES) == "decision_first"
    story.decide()
    assert story.refusal(PICTURES) == "step_lacks"  # the answers were not looked at yet
    story.tell(PageRead("sign", "check_answers", "paper"))
    for changed, code in (
        ({"pictures": ()}, "paper_picture_needed"),
        ({"pictures": ("",)}, "paper_picture_needed"),
        ({"name": "Somebody Else"}, "name_differs"),
        ({"signer": "nurse"}, "signer_differs"),
        ({"meaning": ""}, "meaning_missing"),
        ({"pad": "countersign.physician_signature"}, "item_unknown"),
    ):
        assert story.refusal(structs.replace(PICTURES, **changed)) == code
    assert story.refusal(PICTURES, unproved(NURSE)) == "pin_needed"
    assert story.refusal(PaperAttested(SIGN_PAD), SECOND_NURSE) == "not_signed_on_paper"
    story.tell(PICTURES)
    assert SIGN_PAD not in story.visit.signed
    assert story.refusal(PaperAttested(SIGN_PAD), NURSE) == "second_person_needed"
    assert story.refusal(PaperAttested(SIGN_PAD), unproved(SECOND_NURSE)) == "pin_needed"
    story.tell(PaperAttested(SIGN_PAD), SECOND_NURSE)
    assert SIGN_PAD in story.visit.signed
    assert story.refusal(PICTURES) == "already_signed"


def test_a_changed_answer_voids_a_paper_signature_too() -> None:
    """Before it is attested as after it. Proves: P8, P10."""
    story = on_paper().decide()
    story.tell(PageRead("sign", "check_answers", "paper"))
    story.tell(PICTURES)
    story.choose("health_check", glycerol_sensitivity="yes")
    assert story.refusal(PaperAttested(SIGN_PAD), SECOND_NURSE) == "not_signed_on_paper"


def test_paper_signatures_need_the_turn_to_paper() -> None:
    assert Story().until_decision().decide().refusal(PICTURES) == "not_on_paper"


# -- whom the clinic treats, and who works alone --------------------------------------------------
@pytest.mark.parametrize(
    ("ages", "born", "code"),
    [
        ("adults", date(2008, 12, 1), None),
        ("adults", date(2008, 12, 2), "adults_only"),
        ("from_12", date(2014, 12, 1), None),
        ("from_12", date(2014, 12, 2), "from_12_only"),
        ("any", date(2024, 1, 1), None),
        ("any", date(2026, 12, 1), None),  # born today
    ],
)
def test_a_clinic_opens_visits_only_for_those_it_treats(ages: str, born: date, code: str | None) -> None:
    """The age on the day of the injection counts. Proves: X14, C8."""
    story = Later(ages=ages)
    assert story.visit.patient is not None and story.visit.patient.born == BORN
    story.visit = structs.replace(story.visit, patient=structs.replace(story.visit.patient, born=born))
    forms = {name: each.digest for name, each in story.book.forms.items()}
    opened = VisitOpened("patient", 1, NOON, ("name", "born"), forms, "digest-of-plan")
    assert story.refusal(opened) == code
    story.injection = NOON + timedelta(days=1)
    assert (code is None) or story.refusal(opened) is None
    story.visit = structs.replace(story.visit, patient=None)  # of whom nothing is known, no age is
    assert story.refusal(opened) is None


def test_a_physician_alone_does_the_nurses_work_where_the_clinic_allows_it() -> None:
    """Proves: T6 (physician working alone, off by default)."""
    asked = Answered("health_check", "transplant", Chosen("no"))
    assert Later().open().refusal(asked, PHYSICIAN) == "not_this_role"
    assert Later(physician_alone=True).open().refusal(asked, PHYSICIAN) is None
    for alone, code in ((False, "own_checklist"), (True, None)):
        story = Later(physician_alone=alone).until_countersign()
        closed = story.visit.closed["health_check"]
        own = structs.replace(closed, stamp=structs.replace(closed.stamp, person=PHYSICIAN.person))
        signature = story.countersignature()
        story.visit = structs.replace(story.visit, closed={**story.visit.closed, "health_check": own})
        assert story.refusal(signature, PHYSICIAN) == code


def test_nobody_is_replanned_or_approved_below_the_clinics_age() -> None:
    """The age is that of the new day, and it is asked again by decision and signature. Proves: X14."""
    story = Later(ages="adults")
    story.injection = NOON + timedelta(days=15)
    story.visit = structs.replace(
        story.visit, patient=PatientAdded(NAME, date(2008, 12, 10), "555 0100", "1 Nowhere", "post", "en")
    )
    story.until_decision()
    assert story.refusal(Replanned(NOON + timedelta(hours=4), "came early")) == "adults_only"
    assert story.refusal(Replanned(NOON + timedelta(days=9), "came early")) is None
    story.injection = None
    assert story.refusal(story.decision(), PHYSICIAN) == "adults_only"
    assert story.refusal(story.decision("defer"), PHYSICIAN) is None


# -- the clinic's midnight ------------------------------------------------------------------------
MIDNIGHT = NOON - timedelta(hours=12)


@pytest.mark.parametrize(
    ("at", "day", "over"),
    [
        (MIDNIGHT, date(2026, 12, 1), False),
        (MIDNIGHT + timedelta(seconds=30), date(2026, 12, 1), False),
        (MIDNIGHT - timedelta(seconds=1), date(2026, 11, 30), True),
        (MIDNIGHT - timedelta(seconds=30), date(2026, 11, 30), True),
        (NOON, date(2026, 12, 1), False),
        (NOON + timedelta(hours=12, seconds=-1), date(2026, 12, 1), False),
        (NOON + timedelta(hours=12), date(2026, 12, 2), False),
    ],
)
def test_a_day_of_the_clinic_ends_at_its_own_midnight(at: datetime, day: date, over: bool) -> None:
    """To the second, whatever day it is where time is counted from. Proves: P6, T9."""
    assert around._day_of(at, when()) == day
    assert around._over(at, when()) is over

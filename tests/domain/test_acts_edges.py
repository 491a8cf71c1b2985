"""Acts at their edges: what is not of this visit, what is told at the end, whose ink, in which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain import signing
from chairside.domain.book import Terms
from chairside.domain.facts import (
    Answered,
    BreakTaken,
    ClearUndone,
    Concluded,
    HandedOver,
    IdentityConfirmed,
    InkCleared,
    LanguageChosen,
    OpenedInError,
    PageRead,
    PaperChosen,
    Signed,
    SignedOnPaper,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VisitFact,
    VisitOpened,
    Way,
)
from chairside.domain.facts.people import WayChosen
from chairside.domain.folding import with_vials
from chairside.domain.form import Ink, Prose, Text, Words
from chairside.domain.replies import Chosen, DoseNotGiven, Written
from tests.domain.later import NURSE_PAD, Later, addendum, book
from tests.domain.made_up import (
    ADMINISTRATOR,
    BOOK,
    NAME,
    NOON,
    NURSE,
    PHYSICIAN,
    SIGN_PAD,
    VIAL_PAD,
    Story,
    a_vial,
    book_with,
    form,
    unproved,
)

PAPER = SignedOnPaper(SIGN_PAD, "patient", NAME, "I agree", ("a" * 64,))


# -- opening, turns and steps -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("waived", "identifiers", "code"),
    [
        ({}, ("name", "born"), None),
        ({"s684": "emergency"}, ("name", "born"), None),
        ({"hipaa": "in a hurry"}, ("name", "born"), "notice_not_waivable"),
        ({}, ("name", "name"), "identifiers_missing"),
    ],
)
def test_a_visit_opens_with_two_identifiers_and_every_notice_that_none_may_leave_out(
    waived: dict[str, str], identifiers: tuple[str, ...], code: str | None
) -> None:
    """Proves: P2 (Open), Q7."""
    forms = {name: each.digest for name, each in BOOK.forms.items()}
    opened = VisitOpened("patient", 1, NOON, identifiers, forms, "digest-of-plan")
    assert Story().refusal(structs.replace(opened, waived=waived)) == code
    assert Story().refusal(structs.replace(opened, waived=waived), ADMINISTRATOR) is not None
    assert Story().open().refusal(opened) == "already_open"


def test_a_visit_is_opened_for_those_the_clinic_treats() -> None:
    """Proves: X14."""
    forms = {name: each.digest for name, each in BOOK.forms.items()}
    opened = VisitOpened("patient", 1, NOON, ("name", "born"), forms, "digest-of-plan")
    adults = structs.replace(BOOK, terms=Terms(ages="adults"))
    assert Story(adults, born=date(2014, 1, 1)).refusal(opened) == "adults_only"
    assert Story(adults).refusal(opened) is None


def test_a_visit_whose_patient_is_not_known_is_confirmed_by_nobody() -> None:
    """Proves: Q39."""
    story = Story().open()
    assert story.refusal(IdentityConfirmed()) == "patient_must_hold_the_tablet"
    assert story.refusal(BreakTaken("read")) == "patient_must_hold_the_tablet"
    story.tell(HandedOver("patient", "read"))
    assert story.refusal(IdentityConfirmed()) is None
    story.visit = structs.replace(story.visit, patient=None)
    assert story.refusal(IdentityConfirmed()) == "person_not_named"


def test_the_tablet_is_handed_over_once_and_taken_back_by_pin() -> None:
    """Proves: T1."""
    story = Story().open()
    assert story.refusal(HandedOver("staff", "read")) == "tablet_is_there_already"
    story.tell(HandedOver("patient", "read"))
    assert story.refusal(HandedOver("patient", "read")) == "tablet_is_there_already"
    assert story.refusal(HandedOver("staff", "read"), unproved(NURSE)) == "pin_needed"
    assert story.refusal(HandedOver("staff", "read")) is None


def test_what_is_not_of_this_visit_is_neither_closed_nor_answered_nor_inked() -> None:
    """Nor is what is a page and no pad. Proves: T6."""
    story = Story().open()
    assert story.refusal(StepClosed("nowhere")) == "step_unknown"
    assert story.refusal(StepClosed("decision"), PHYSICIAN) == "step_unknown"
    assert story.refusal(HandedOver("patient", "nowhere")) == "step_unknown"
    assert story.refusal(Answered("nowhere", "area", Chosen("scalp"))) == "item_unknown"
    for pad in ("nowhere.signature", "sign.check_answers"):
        assert story.refusal(StrokeDrawn(pad, "s")) == "item_unknown"


def test_a_checklist_is_closed_by_pin_and_a_list_by_a_tap() -> None:
    """Whole, each of them. Proves: T6."""
    story = Story().open()
    assert story.refusal(StepClosed("health_check")) == "step_lacks"
    assert story.refusal(StepClosed("medicines"), unproved(NURSE)) == "step_lacks"
    story.health().medicines()
    again = Story().open()
    again.take(Answered("medicines", "nsaids", story.visit.replies["medicines", "nsaids"]))
    assert again.refusal(StepClosed("medicines"), unproved(NURSE)) is None
    for item in BOOK.forms["health_check"].items:
        again.choose("health_check", **{item.id: "no"})
    assert again.refusal(StepClosed("health_check"), unproved(NURSE)) == "pin_needed"
    assert again.refusal(StepClosed("health_check")) is None


def test_a_step_is_closed_once_in_its_turn_and_whole() -> None:
    """Also where a stop leaves a checklist to be closed, or only the vial is at fault. Proves: P2, Q29."""
    story = Story().open()
    assert story.refusal(StepClosed("open")) == "already_closed"
    assert story.refusal(StepClosed("vial")) == "step_waits"
    story.choose("health_check", transplant="yes")
    assert story.refusal(StepClosed("health_check")) == "step_lacks"
    seen = Story().until_countersign()
    seen.visit = with_vials(seen.visit, (structs.replace(a_vial(), accepted=False),))
    assert seen.refusal(StepClosed("vial")) == "step_lacks"


def test_in_a_visit_opened_in_error_nothing_else_happens() -> None:
    """Proves: P4."""
    story = Story().open()
    story.tell(OpenedInError("another patient was meant"))
    assert story.refusal(Answered("open", "area", Chosen("scalp"))) == "opened_in_error"


def test_a_premedication_is_not_closed_over_what_speaks_against_it() -> None:
    """Proves: Q26."""
    story = Story().until_decision().decide().sign()
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    assert story.refusal(StepClosed("premedication")) == "step_lacks"
    story.tell(Answered("premedication", "loratadine", DoseNotGiven("asked for nothing")))
    assert story.refusal(StepClosed("premedication")) is None


def test_who_holds_the_tablet_may_choose_a_language_and_staff_may_go_to_paper_under_pin() -> None:
    """Of those there are: this book is in English alone. Proves: R38, P8."""
    story = Story().open().hand_over()
    assert story.refusal(LanguageChosen("tl")) == "language_not_offered"
    assert story.refusal(PaperChosen("tablet_failed")) is None
    assert story.refusal(PaperChosen("tablet_failed"), unproved(NURSE)) == "pin_needed"
    assert story.refusal(Stopped("refused", "said so")) == "patient_has_the_tablet"


def test_after_ink_on_paper_the_glass_is_no_way_back() -> None:
    """Proves: P8."""
    story = Story().until_decision().decide()
    story.tell(PaperChosen("tablet_failed"))
    assert story.refusal(HandedOver("patient", "sign")) is None
    story.tell(PageRead("sign", "check_answers", "paper"))
    story.tell(PAPER)
    assert story.refusal(HandedOver("patient", "sign")) == "on_paper"


def test_after_the_physicians_signature_the_patient_may_still_withdraw() -> None:
    """And nothing else is told but the end, and where the tablet is. Proves: Q17, P4."""
    story = Story().until_countersign().countersign()
    assert story.refusal(Answered("open", "area", Chosen("scalp"))) == "already_countersigned"
    assert story.refusal(HandedOver("patient", "read")) is None
    assert story.refusal(Concluded("countersigned"), PHYSICIAN) is None
    story.tell(Stopped("withdrawn", "said so"))
    assert story.refusal(Answered("open", "area", Chosen("scalp"))) == "visit_stopped"
    assert story.refusal(HandedOver("patient", "read")) is None
    assert story.refusal(Concluded("withdrawn")) is None
    story.tell(Concluded("withdrawn"))
    assert story.refusal(HandedOver("patient", "read")) == "visit_is_over"


# -- after the record -------------------------------------------------------------------------
def _noted() -> Later:
    """A released visit whose procedure has a line for a note."""
    made = book()
    ended = structs.replace(
        made.forms["procedure"], items=(Text(id="note", required=False), *made.forms["procedure"].items)
    )
    story = Later()
    story.book = structs.replace(made, forms={**made.forms, "procedure": ended})
    return story.sealed()


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (Answered("procedure", "note", Written("slept well")), None),
        (Answered("procedure", "note", Written(" ")), "reply_does_not_fit"),
        (Answered("procedure", "nothing", Written("slept well")), "item_unknown"),
        (Answered("open", "area", Chosen("scalp")), "visit_is_over"),
        (Answered("nowhere", "note", Written("slept well")), "visit_is_over"),
        (StrokeDrawn(NURSE_PAD, "s"), None),
        (InkCleared(NURSE_PAD), None),
        (ClearUndone(NURSE_PAD), None),
        (StrokeDrawn(SIGN_PAD, "s"), "visit_is_over"),
        (StrokeDrawn("nowhere.signature", "s"), "visit_is_over"),
        (Signed(NURSE_PAD, "nurse", NURSE.name, "I did it", ("s",)), "visit_is_over"),
    ],
)
def test_beside_the_marks_a_note_is_written_and_the_pad_is_inked(fact: VisitFact, code: str | None) -> None:
    """By nurse or physician, whoever gave the treatment. Proves: P9, C28."""
    story = _noted()
    assert story.refusal(fact) == story.refusal(fact, PHYSICIAN) == code
    assert story.refusal(fact, ADMINISTRATOR) == (code if code == "visit_is_over" else "not_this_role")


def test_a_note_is_told_between_the_record_and_the_procedures_signature() -> None:
    """In the form the visit began with. Proves: P9, Q46."""
    note = Answered("procedure", "note", Written("slept well"))
    story = _noted()
    early = Later().until_countersign()
    early.book = story.book
    assert early.refusal(note) == "not_released"
    changed = structs.replace(story.book.forms["procedure"], digest="newer")
    whole = story.book
    story.book = structs.replace(whole, forms={**whole.forms, "procedure": changed})
    assert story.refusal(note) == "form_of_another_version"
    story.book = whole
    story.mark("not_given").tell(addendum(strokes=story.ink(NURSE_PAD)))
    assert story.refusal(note) == "already_signed"


# -- ink and signatures -----------------------------------------------------------------------
def _signing() -> Story:
    story = Story().until_decision().decide().hand_over("sign")
    story.tell(PageRead("sign", "check_answers", "shown"))
    return story


def test_nobody_inks_or_signs_a_form_of_another_version() -> None:
    """Proves: Q46."""
    story = _signing()
    story.book = book_with(structs.replace(BOOK.forms["sign"], digest="newer"))
    assert story.refusal(StrokeDrawn(SIGN_PAD, "s")) == "form_of_another_version"
    assert story.refusal(Signed(SIGN_PAD, "patient", NAME, "I agree", ("s",))) == "form_of_another_version"


@pytest.mark.parametrize("way", ["drawn", "typed"])
def test_a_consent_that_is_too_old_holds_up_no_new_signature(way: Way) -> None:
    """It is what the signature is asked for again, in ink or typed. Proves: P6, Q15."""
    story = Later(consent_valid_days=10).until_decision().decide().sign()
    old = story.visit.signed[SIGN_PAD]
    stamp = structs.replace(old.stamp, utc=old.stamp.utc - timedelta(days=11))
    story.visit = structs.replace(story.visit, signed={SIGN_PAD: structs.replace(old, stamp=stamp)})
    if way == "typed":
        story.tell(WayChosen("patient", way, "the hand is in plaster"))
    story.hand_over("sign").tell(PageRead("sign", "check_answers", "shown"))
    strokes = story.ink(SIGN_PAD) if way == "drawn" else ()
    assert story.refusal(Signed(SIGN_PAD, "patient", NAME, "I agree", strokes, way)) is None


def test_a_pad_that_nobody_touched_bears_no_signature() -> None:
    """Proves: T15."""
    assert _signing().refusal(Signed(SIGN_PAD, "patient", NAME, "I agree", ("s",))) == "ink_differs"


def test_a_typed_name_is_refused_like_any_other() -> None:
    """Proves: Q15."""
    typed = Signed(SIGN_PAD, "patient", "Somebody Else", "I agree", (), "typed")
    assert _signing().refusal(typed) == "name_differs"


def test_the_nurses_line_of_the_procedure_is_signed_by_its_addendum_alone() -> None:
    """Proves: P9."""
    story = Later().until_countersign()
    assert story.refusal(Signed(NURSE_PAD, "nurse", NURSE.name, "I did it", ("s",))) == "item_unknown"


def test_on_paper_sign_those_who_would_sign_on_the_glass() -> None:
    """Staff sign under their PIN, and no picture of ink stands for that. Proves: P8, T6."""
    pad = Ink(id="nurse_signature", owner="nurse", signer="nurse")
    story = Story(book_with(form("premedication", pad))).until_decision().decide().sign()
    story.tell(PaperChosen("tablet_failed"))
    own = SignedOnPaper("premedication.nurse_signature", "nurse", NURSE.name, "I asked", ("a" * 64,))
    assert story.refusal(own) == "signer_differs"


# -- the countersignature ---------------------------------------------------------------------
def test_a_countersignature_says_the_forms_words_in_one_line_or_in_several() -> None:
    """Proves: Q38."""
    countersign = BOOK.forms["countersign"]
    words = Words("Approval", ("I saw the patient.", "I approve."))
    prose = Prose(
        "en", "countersign", "sample", "", "", {**countersign.prose["en"].items, "meaning_proceed": words}
    )
    story = Story(book_with(structs.replace(countersign, prose={"en": prose})))
    assert signing.meanings(story.scene, "proceed") == {
        "meaning_proceed",
        "Approval",
        "I saw the patient. I approve.",
        "I saw the patient.\nI approve.",
        "I saw the patient.\n\nI approve.",
    }
    forms = {name: each for name, each in BOOK.forms.items() if name != "countersign"}
    assert signing.meanings(Story(structs.replace(BOOK, forms=forms)).scene, "proceed") == frozenset()


def test_who_opened_the_visit_may_countersign_it() -> None:
    """The opening is no checklist. Proves: T6."""
    story = Story().until_countersign()
    signature = story.countersignature()
    closed = story.visit.closed["open"]
    own = structs.replace(closed, stamp=structs.replace(closed.stamp, person=PHYSICIAN.person))
    story.visit = structs.replace(story.visit, closed={**story.visit.closed, "open": own})
    assert story.refusal(signature, PHYSICIAN) is None


def test_nobody_is_approved_below_the_clinics_age() -> None:
    """A deferral of theirs is signed all the same, whatever was found. Proves: X14."""
    young = date(2008, 12, 2)
    story = Later(ages="adults").until_countersign()
    signature = story.countersignature()
    story.aged(young)
    assert story.visit.patient is not None
    assert story.refusal(signature, PHYSICIAN) == "adults_only"
    story.book = book()
    assert story.refusal(signature, PHYSICIAN) != "adults_only"
    deferred = Later(ages="adults").until_decision(transplant="yes").decide("defer")
    deferred.aged(young)
    assert deferred.refusal(deferred.countersignature(), PHYSICIAN) is None


def test_the_patient_signs_to_have_seen_the_vial_before_the_nurse_has_told_all() -> None:
    """What the nurse answers on the same step may follow the ink. Proves: Q29."""
    story = Story().until_countersign()
    assert VIAL_PAD in story.visit.signed
    kept = {key: rows for key, rows in story.visit.told.items() if key != ("vial", "opened")}
    signed = {pad: by for pad, by in story.visit.signed.items() if pad != VIAL_PAD}
    story.visit = structs.replace(story.visit, told=kept, signed=signed)
    story.hand_over("vial")
    strokes = story.visit.pads[VIAL_PAD].strokes
    assert story.refusal(Signed(VIAL_PAD, "patient", NAME, "I saw it", strokes)) is None

"""Ink, the patient's signature and the countersignature: whose, over what, and what must come first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain import steps
from chairside.domain.facts import (
    Answered,
    ClearUndone,
    Countersigned,
    Fact,
    InkCleared,
    PageRead,
    QuestionRaised,
    RuledOn,
    Sealed,
    Signed,
    Stamped,
    StepClosed,
    StrokeDrawn,
    VisitFact,
)
from chairside.domain.folding import fold, with_vials
from chairside.domain.form import Ink, Statement
from chairside.domain.replies import Chosen, Coded, DoseGiven, Initialled
from chairside.domain.visit import Visit
from tests.domain.made_up import (
    BOOK,
    NAME,
    NOON,
    NURSE,
    PHYSICIAN,
    PHYSICIAN_PAD,
    SECOND_NURSE,
    SIGN_PAD,
    VIAL_PAD,
    Story,
    a_vial,
    book_with,
    form,
    unproved,
)


def _at_the_pad() -> Story:
    story = Story().until_decision().decide().hand_over("sign")
    story.tell(PageRead("sign", "check_answers", "shown"))
    return story


def _signed(**changed: object) -> Signed:
    return structs.replace(Signed(SIGN_PAD, "patient", NAME, "I agree", ("one", "two")), **changed)


def _inked() -> Story:
    story = _at_the_pad()
    story.tell(StrokeDrawn(SIGN_PAD, "one"))
    story.tell(StrokeDrawn(SIGN_PAD, "two"))
    return story


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        (None, _signed()),
        ("ink_differs", _signed(strokes=("two", "one"))),
        ("ink_differs", _signed(strokes=("one",))),
        ("ink_differs", _signed(strokes=("one", "two", "three"))),
        ("ink_missing", _signed(strokes=())),
        ("name_differs", _signed(name="Somebody Else")),
        ("signer_differs", _signed(signer="nurse")),
        ("meaning_missing", _signed(meaning=" ")),
        ("item_unknown", _signed(pad="sign.nothing")),
        ("item_unknown", _signed(pad=PHYSICIAN_PAD, signer="physician")),
        ("ink_differs", _signed(pad=VIAL_PAD)),
    ],
)
def test_a_signature_is_the_patients_own_over_the_ink_on_the_pad(code: str | None, fact: Signed) -> None:
    """Proves: Q37, T14, T15."""
    refused = _inked().refusal(fact)
    assert refused == code or (fact.pad == VIAL_PAD and refused in ("step_waits", "step_lacks"))


def test_a_cleared_pad_bears_no_signature() -> None:
    """The empty pad equals an empty list of strokes, and is no signature. Proves: T15."""
    story = _inked()
    story.tell(InkCleared(SIGN_PAD))
    assert story.refusal(_signed(strokes=())) == "ink_missing"
    assert story.refusal(_signed()) == "ink_differs"
    story.tell(ClearUndone(SIGN_PAD))
    assert story.refusal(_signed()) is None


def test_what_was_signed_takes_no_more_ink_and_no_second_signature() -> None:
    story = _inked()
    story.tell(_signed())
    for fact in (StrokeDrawn(SIGN_PAD, "three"), InkCleared(SIGN_PAD), ClearUndone(SIGN_PAD), _signed()):
        assert story.refusal(fact) == "already_signed"


def test_the_pads_belong_to_those_they_are_for() -> None:
    """Proves: T6."""
    story = _at_the_pad()
    assert story.refusal(StrokeDrawn(PHYSICIAN_PAD, "s"), PHYSICIAN) == "patient_has_the_tablet"
    assert story.refusal(StrokeDrawn("sign.nothing", "s")) == "item_unknown"
    assert story.refusal(StrokeDrawn(VIAL_PAD, "s")) == "step_waits"
    story.hand_back()
    assert story.refusal(StrokeDrawn(SIGN_PAD, "s")) == "patient_must_hold_the_tablet"
    assert story.refusal(StrokeDrawn(PHYSICIAN_PAD, "s"), PHYSICIAN) == "step_waits"
    assert Story().open().hand_over().refusal(StrokeDrawn(SIGN_PAD, "s")) == "step_waits"


def test_no_pad_is_open_in_a_stop() -> None:
    story = Story().open().health(transplant="yes").hand_over("sign")
    assert story.refusal(StrokeDrawn(SIGN_PAD, "s")) == "step_stopped"


def test_the_patient_signs_only_after_the_decision_and_the_check() -> None:
    """Proves: R31, Q1: read and decided first, no question open."""
    undecided = Story().until_decision().hand_over("sign")
    assert undecided.refusal(_signed()) == "decision_first"
    unchecked = Story().until_decision().decide().hand_over("sign")
    unchecked.tell(StrokeDrawn(SIGN_PAD, "one"))
    assert unchecked.refusal(_signed(strokes=("one",))) == "step_lacks"
    asking = _inked()
    asking.tell(QuestionRaised("consent", "risks"))
    assert asking.refusal(_signed()) == "question_open"
    deferred = Story().until_decision().decide("defer").hand_over("sign")
    assert deferred.refusal(_signed()) == "decision_first"


def test_the_patient_does_not_sign_under_a_decision_that_no_longer_covers_everything() -> None:
    """A finding that appears after the decision closes the signature too. Proves: Q1."""
    story = Story().until_decision().decide()
    story.choose("health_check", food_or_drug_allergy="yes")
    story.hand_over("sign")
    assert story.refusal(StrokeDrawn(SIGN_PAD, "one")) == "step_waits"
    assert story.refusal(_signed()) == "step_waits"


def test_the_vial_is_not_acknowledged_before_it_passes() -> None:
    """Proves: Q29."""
    story = Story().until_decision().decide().sign()
    story.tell(Answered("vial", "vial_code", Coded("V-1", "scanned")))
    story.hand_over("vial").tell(StrokeDrawn(VIAL_PAD, "s"))
    seen = Signed(VIAL_PAD, "patient", NAME, "I saw it", ("s",))
    assert story.refusal(seen) == "step_lacks"
    story.visit = with_vials(story.visit, (a_vial(),))
    assert story.refusal(seen) is None


def test_staff_sign_their_own_pads_under_their_pin() -> None:
    """Proves: T6, Q37."""
    pad = Ink(id="nurse_signature", owner="nurse", signer="nurse")
    story = Story(book_with(form("premedication", pad))).until_decision().decide().sign()
    story.tell(StrokeDrawn("premedication.nurse_signature", "s"))
    signed = Signed("premedication.nurse_signature", "nurse", "Wren Example", "I asked", ("s",))
    assert story.refusal(signed, PHYSICIAN) == "not_this_role"
    assert story.refusal(signed, unproved(NURSE)) == "pin_needed"
    assert story.refusal(signed, NURSE) is None


def test_staff_sign_with_their_own_hand_and_name() -> None:
    """A colleague's ink or name under the own PIN is nobody's signature. Proves: T6, Q37."""
    pad = Ink(id="nurse_signature", owner="nurse", signer="nurse")
    story = Story(book_with(form("premedication", pad))).until_decision().decide().sign()
    name = "premedication.nurse_signature"
    for fact in (StrokeDrawn(name, "s"), InkCleared(name), ClearUndone(name)):
        assert story.refusal(fact, PHYSICIAN) == "not_this_role"
        assert story.refusal(fact, unproved(NURSE)) is None
    story.tell(StrokeDrawn(name, "s"))
    signed = Signed(name, "nurse", "Wren Example", "I asked", ("s",))
    assert story.refusal(structs.replace(signed, name="Ilo Example")) == "name_differs"
    assert story.refusal(signed) is None
    approving = Story().until_countersign()
    for fact in (StrokeDrawn(PHYSICIAN_PAD, "s"), InkCleared(PHYSICIAN_PAD), ClearUndone(PHYSICIAN_PAD)):
        assert approving.refusal(fact, NURSE) == "not_this_role"
    signature = approving.countersignature()
    other = structs.replace(signature, name="Somebody Else")
    assert approving.refusal(other, PHYSICIAN) == "name_differs"
    assert approving.refusal(other, structs.replace(PHYSICIAN, name="")) is None
    assert approving.refusal(signature, PHYSICIAN) is None


# -- countersign ------------------------------------------------------------------------------
Forget = Callable[[Fact], bool]


def _told_again(story: Story, forget: Forget) -> Visit:
    """Return the visit as if the facts to forget had never been told."""
    kept: tuple[Stamped, ...] = tuple(each for each in story.visit.facts if not forget(each.fact))
    visit = structs.replace(fold("one", kept), patient=story.visit.patient)
    return with_vials(visit, story.visit.vials)


def _answer(form_id: str, item: str) -> Forget:
    return lambda fact: isinstance(fact, Answered) and (fact.form, fact.item) == (form_id, item)


def _is(wanted: VisitFact) -> Forget:
    return lambda fact: fact == wanted


PREREQUISITES: dict[str, Forget] = {
    "notice read": _is(PageRead("notices", "notice", "shown")),
    "paper copy logged": _answer("notices", "paper_copy"),
    "consent read": _is(PageRead("consent", "risks", "shown")),
    "initials": _answer("consent", "initial_risks"),
    "teach-back": _answer("consent", "ask_risks"),
    **{item.id: _answer("health_check", item.id) for item in BOOK.forms["health_check"].items},
    "health check closed": _is(StepClosed("health_check")),
    "medicines asked": _answer("medicines", "nsaids"),
    "medicines closed": _is(StepClosed("medicines")),
    "opened": _is(StepClosed("open")),
    "answers checked": _is(PageRead("sign", "check_answers", "shown")),
    "patient signed": lambda fact: isinstance(fact, Signed) and fact.pad == SIGN_PAD,
    "allergy to loratadine asked": _answer("premedication", "loratadine_allergy"),
    "allergy pill today asked": _answer("premedication", "antihistamine_today"),
    "premedication told": _answer("premedication", "loratadine"),
    "premedication closed": _is(StepClosed("premedication")),
    "vial code": _answer("vial", "vial_code"),
    "vial opened": _answer("vial", "opened"),
    "vial seen": lambda fact: isinstance(fact, Signed) and fact.pad == VIAL_PAD,
    "vial closed": _is(StepClosed("vial")),
}


@pytest.fixture(scope="module")
def ready() -> Story:
    return Story().until_countersign()


@pytest.mark.parametrize("missing", PREREQUISITES)
def test_each_prerequisite_missing_alone_keeps_the_countersignature_closed(
    ready: Story, missing: str
) -> None:
    """Proves: Q1."""
    story = Story()
    story.now = ready.now
    story.visit = ready.visit
    signature = story.countersignature()
    assert story.refusal(signature, PHYSICIAN) is None
    story.visit = _told_again(story, PREREQUISITES[missing])
    assert len(story.visit.facts) == len(ready.visit.facts)  # one forgotten, one stroke more
    assert story.refusal(signature, PHYSICIAN) in ("step_waits", "finding_stands")


def test_without_decision_vial_or_ruling_there_is_no_countersignature() -> None:
    """Proves: Q1, Q29."""
    story = Story().until_countersign(food_or_drug_allergy="yes")
    signature = story.countersignature()
    assert story.refusal(signature, PHYSICIAN) is None
    whole = story.visit
    story.visit = structs.replace(whole, decided=None)
    assert story.refusal(signature, PHYSICIAN) == "step_waits"
    unfit = ((structs.replace(a_vial(), accepted=False),), (a_vial(visit=""),), (a_vial(visit="two"),))
    for vials in ((), *unfit):
        story.visit = with_vials(whole, vials)
        assert story.refusal(signature, PHYSICIAN) == "step_waits"
    story.visit = with_vials(whole, (structs.replace(a_vial(), code="V-2"),))
    assert story.refusal(signature, PHYSICIAN) == "step_waits"
    unruled = structs.replace(whole.decision, rulings=())
    story.visit = structs.replace(whole, decided=structs.replace(whole.decided, fact=unruled))
    assert story.refusal(signature, PHYSICIAN) == "finding_stands"


def test_a_finding_after_the_decision_is_not_lifted_by_a_ruling_alone() -> None:
    """A ruling counts once a decision under PIN covers it. Proves: Q1, Q2."""
    story = Story().until_countersign()
    story.choose("health_check", food_or_drug_allergy="yes")
    story.tell(StepClosed("health_check"))
    story.tell(RuledOn("food_or_drug_allergy", "mild"), PHYSICIAN)
    assert story.refusal(StrokeDrawn(PHYSICIAN_PAD, "s"), PHYSICIAN) == "step_waits"
    signature = Countersigned("Oru Example", "meaning_proceed", ("s",))
    assert story.refusal(signature, PHYSICIAN) == "ink_differs"
    story.decide("proceed", RuledOn("food_or_drug_allergy", "mild"))
    story.sign().countersign()


def test_an_answer_after_the_decision_outdates_its_ruling() -> None:
    """The ruling was about the earlier answer. Proves: Q1."""
    story = Story().until_countersign(food_or_drug_allergy="yes")
    story.choose("health_check", food_or_drug_allergy="yes")
    story.tell(StepClosed("health_check"))
    state = {each.step.id: each for each in steps.states(story.book, story.visit, story.scene.when)}
    assert state["decision"].state != "done"
    assert state["countersign"].state == "waiting"


def test_who_completed_a_checklist_does_not_countersign_it() -> None:
    """One person with two roles. Proves: T6."""
    for step in ("health_check", "medicines", "premedication", "vial"):
        story = Story().until_countersign()
        signature = story.countersignature()
        closed = story.visit.closed[step]
        own = structs.replace(closed, stamp=structs.replace(closed.stamp, person=PHYSICIAN.person))
        story.visit = structs.replace(story.visit, closed={**story.visit.closed, step: own})
        assert story.refusal(signature, PHYSICIAN) == "own_checklist"


@pytest.mark.parametrize("actor", [NURSE, SECOND_NURSE, unproved(PHYSICIAN)])
def test_only_the_physicians_pin_countersigns(ready: Story, actor: object) -> None:
    """Proves: T6."""
    fact = Countersigned("Oru Example", "meaning_proceed", ())
    assert ready.refusal(fact, actor) == "physician_pin_needed"  # type: ignore[arg-type]


def test_the_meaning_fits_the_decision() -> None:
    """Nobody signs "I approve" on a deferral. Proves: Q38."""
    for ruling in ("proceed", "defer", "do_not_treat"):
        story = (
            Story().until_countersign() if ruling == "proceed" else Story().until_decision().decide(ruling)
        )
        strokes = story.ink(PHYSICIAN_PAD, PHYSICIAN)
        for said in ("proceed", "defer", "do_not_treat"):
            for meaning in (f"meaning_{said}", f"The words of meaning_{said}."):
                refused = story.refusal(Countersigned("Oru Example", meaning, strokes), PHYSICIAN)
                assert refused == (None if said == ruling else "meaning_does_not_fit")
    wordless = book_with(form("countersign", Statement(id="text"), BOOK.forms["countersign"].items[-1]))
    story = Story(wordless).until_decision().decide("defer")
    fact = Countersigned("Oru Example", "meaning_defer", story.ink(PHYSICIAN_PAD, PHYSICIAN))
    assert story.refusal(fact, PHYSICIAN) == "meaning_does_not_fit"


def test_the_countersignature_is_the_ink_on_its_pad() -> None:
    story = Story().until_countersign()
    assert story.refusal(Countersigned("Oru Example", "meaning_proceed", ()), PHYSICIAN) == "ink_missing"
    signature = story.countersignature()
    assert story.refusal(structs.replace(signature, strokes=("x",)), PHYSICIAN) == "ink_differs"
    story.tell(signature, PHYSICIAN)
    assert story.refusal(signature, PHYSICIAN) == "already_countersigned"
    assert story.refusal(Answered("health_check", "transplant", Chosen("yes"))) == "already_countersigned"


def test_an_open_question_keeps_the_approval_closed() -> None:
    story = Story().until_countersign()
    story.hand_over().tell(QuestionRaised("consent", "risks"))
    story.hand_back()
    signature = story.countersignature()
    assert story.refusal(signature, PHYSICIAN) == "step_waits"


def test_an_ordered_mitigation_not_given_in_full_keeps_it_closed() -> None:
    """All three, with times. Proves: Q27."""
    story = Story().until_decision().decide("proceed", given=("h1_h2_steroid",)).sign()
    story.choose("premedication", antihistamine_today="no")
    story.tell(StepClosed("premedication"))
    story.show_vial()
    for item in ("h1_given", "h2_given", "steroid_given"):
        assert story.refusal(story.countersignature(), PHYSICIAN) == "step_waits"
        story.tell(Answered("premedication", item, DoseGiven(NOON, "as ordered", "injection")))
        story.tell(StepClosed("premedication"))
    story.countersign()


def test_nobody_approves_before_the_day_of_the_injection() -> None:
    """The washout was counted for the planned day. Proves: T9."""
    story = Story().until_countersign()
    story.injection = NOON + timedelta(days=1)
    assert story.refusal(story.countersignature(), PHYSICIAN) == "before_the_injection_day"


def test_answers_expire_with_their_day() -> None:
    """Asked afresh the next day, and what is done at the chair done again; consent stands. Proves: P2, Q4."""
    story = Story().until_countersign()
    story.now += timedelta(days=1)
    signature = Countersigned("Oru Example", "meaning_proceed", ("s",))
    assert story.refusal(StrokeDrawn(PHYSICIAN_PAD, "s"), PHYSICIAN) == "step_waits"
    story.take(StrokeDrawn(PHYSICIAN_PAD, "s"), PHYSICIAN)
    assert story.refusal(signature, PHYSICIAN) == "finding_stands"
    story.health()
    assert story.refusal(signature, PHYSICIAN) == "finding_stands"
    story.medicines()
    assert (
        story.refusal(signature, PHYSICIAN) == "step_waits"
    )  # yesterday's pill, blood and vial count no longer
    story.premedicate().show_vial()
    assert story.refusal(signature, PHYSICIAN) is None


def test_initials_by_staff_do_not_exist() -> None:
    assert Story().open().refusal(Answered("consent", "initial_risks", Initialled()), PHYSICIAN) is not None


def test_after_the_end_there_is_only_the_seal() -> None:
    story = Story().until_countersign().countersign()
    assert story.refusal(Sealed("0" * 64, 0)) == "not_concluded"
    story.conclude()
    assert story.refusal(story.visit.countersigned.fact, PHYSICIAN) == "visit_is_over"
    story.tell(Sealed("0" * 64, 0))

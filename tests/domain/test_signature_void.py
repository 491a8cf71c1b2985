"""A signature stands over what was answered or shown: when that changes, it is asked for again."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain import steps
from chairside.domain.facts import (
    Answered,
    Corrected,
    PageRead,
    RuledOn,
    Signed,
    StepClosed,
    Stopped,
    VisitFact,
    VisitOpened,
)
from chairside.domain.folding import with_vials
from chairside.domain.form import Choice, Statement
from chairside.domain.replies import Chosen, Coded, DrugsTaken, DrugTaken, Never, Reply
from chairside.domain.steps import Lack
from chairside.domain.vial import Vial
from tests.domain.made_up import (
    BOOK,
    NAME,
    NURSE,
    PHYSICIAN,
    SIGN_PAD,
    VIAL_PAD,
    Story,
    a_vial,
    book_with,
    form,
)

CHECKED, SEEN = ("sign", "check_answers"), ("vial", "seen")
ADVIL = DrugsTaken((DrugTaken("Advil", Never()),))
BOOK_WITH_SEEN = book_with(
    form(
        "vial",
        *BOOK.forms["vial"].items[:-1],
        Statement(id="seen", owner="patient"),
        BOOK.forms["vial"].items[-1],
    )
)


def _state(story: Story, step: str) -> steps.StepState:
    found = {each.step.id: each for each in steps.states(story.book, story.visit, story.scene.when)}
    return found[step]


def _signed_away(story: Story, pad: str, mark: tuple[str, str]) -> bool:
    """Tell whether signature, ink and read mark are all gone; some of them gone is a fault."""
    there = {pad in story.visit.signed, pad in story.visit.pads, mark in story.visit.read}
    assert len(there) == 1, "all of them or none"
    return there == {False}


CHANGES: list[tuple[str, VisitFact]] = [
    ("a relative answer", Answered("health_check", "food_or_drug_allergy", Chosen("yes"))),
    ("an absolute answer", Answered("health_check", "transplant", Chosen("unsure"))),
    ("a correction", Corrected("health_check", "transplant", Chosen("unsure"), "a letter", "misheard")),
    ("the medicines", Answered("medicines", "nsaids", ADVIL)),
    ("an answer there was none to", Answered("medicines", "fluids", Chosen("yes"))),
]


@pytest.mark.parametrize("fact", [fact for _, fact in CHANGES], ids=[name for name, _ in CHANGES])
def test_a_changed_answer_makes_the_patients_signature_void(fact: VisitFact) -> None:
    """Signature, ink and the mark that the answers were checked; all that stands behind it closes."""
    story = Story().until_countersign()
    assert not _signed_away(story, SIGN_PAD, CHECKED)
    story.tell(fact, PHYSICIAN if isinstance(fact, Corrected) else NURSE)
    assert _signed_away(story, SIGN_PAD, CHECKED)
    assert VIAL_PAD in story.visit.signed  # what was seen does not depend on what was answered
    assert _state(story, "sign").state != "done"
    assert _state(story, "countersign").state in ("waiting", "stopped")


def test_the_visit_goes_on_once_the_patient_has_signed_over_the_new_answer() -> None:
    """The answers are read again, and the approval opens again."""
    story = Story().until_countersign()
    story.choose("health_check", food_or_drug_allergy="yes")
    story.tell(StepClosed("health_check"))
    story.decide("proceed", RuledOn("food_or_drug_allergy", "mild"))
    assert Lack("unread", *CHECKED) in _state(story, "sign").lacks
    assert _state(story, "countersign").lacks == (Lack("needs", "countersign", "sign"),)
    story.sign().countersign()


@pytest.mark.parametrize(
    "fact",
    [
        Answered("health_check", "transplant", Chosen("no")),
        Answered("health_check", "pregnant_or_trying", Chosen("no"), private=True),
        Answered("medicines", "nsaids", DrugsTaken(())),
        Answered("notices", "paper_copy", Chosen("owed")),
        Answered("premedication", "antihistamine_today", Chosen("unsure")),
    ],
)
def test_the_same_answer_again_and_answers_not_signed_over_leave_the_signature(fact: Answered) -> None:
    story = Story().until_countersign()
    story.tell(fact)
    assert not _signed_away(story, SIGN_PAD, CHECKED)


OPENING = book_with(
    form(
        "open",
        Choice(id="area", options=("scalp", "eyebrows")),
        Choice(id="indication", options=("androgenetic", "areata")),
        Choice(id="preferred_strength", options=("5", "10")),
        Choice(id="others_present", options=("nobody", "other")),
    )
)


@pytest.mark.parametrize(
    ("item", "first", "then", "void"),
    [
        ("area", "scalp", "eyebrows", True),
        ("indication", "androgenetic", "areata", True),
        ("indication", "androgenetic", "androgenetic", False),
        ("preferred_strength", "5", "10", False),
        ("others_present", "nobody", "other", False),
    ],
)
def test_what_was_agreed_at_the_opening_is_consented_to_and_who_sat_beside_is_not(
    item: str, first: str, then: str, void: bool
) -> None:
    """Where and what for is treated: signed anew. A wish and a companion: not. Proves: P2 (Open), R33."""
    story = Story(OPENING)
    forms = {each.id: each.digest for each in OPENING.forms.values()}
    story.tell(VisitOpened("patient", 1, story.now, ("name", "born"), forms, "digest-of-plan"))
    given = {"area": "scalp", "indication": "androgenetic", "preferred_strength": "5"}
    story.choose("open", **{**given, "others_present": "nobody", item: first})
    story.tell(StepClosed("open"))
    story.health().medicines().notices().read().decide().sign()
    story.choose("open", **{item: then})
    assert _signed_away(story, SIGN_PAD, CHECKED) is void
    assert ("consent", "risks") in story.visit.read


def test_there_and_back_is_two_changes() -> None:
    """The patient signed before both; neither was shown to them."""
    story = Story().until_countersign()
    story.choose("health_check", food_or_drug_allergy="yes")
    story.choose("health_check", food_or_drug_allergy="no")
    assert _signed_away(story, SIGN_PAD, CHECKED)


def test_answers_checked_but_not_signed_yet_are_checked_again() -> None:
    story = Story().until_decision().decide().hand_over("sign")
    story.tell(PageRead(*CHECKED, "shown"))
    story.hand_back().choose("health_check", food_or_drug_allergy="yes")
    assert _signed_away(story, SIGN_PAD, CHECKED)


def test_a_visit_that_is_over_keeps_its_signature() -> None:
    """And a void one still counts as given: stopping after it is a withdrawal. Proves: Q16."""
    story = Story().until_countersign().countersign()
    story.conclude()
    story.take(Answered("health_check", "food_or_drug_allergy", Chosen("yes")))
    assert not _signed_away(story, SIGN_PAD, CHECKED)
    void = Story().until_countersign()
    void.tell(Answered("medicines", "nsaids", ADVIL))
    assert void.refusal(Stopped("refused", "said so")) == "ending_does_not_fit"
    assert void.refusal(Stopped("withdrawn", "said so")) is None


# -- the vial ---------------------------------------------------------------------------------
def _shown() -> Story:
    """The patient has seen the vial and signed; the step is not closed yet."""
    story = Story(BOOK_WITH_SEEN).until_decision().decide().sign().premedicate()
    story.tell(Answered("vial", "vial_code", Coded("V-1", "scanned")))
    story.visit = with_vials(story.visit, (a_vial(visit=""),))
    story.choose("vial", opened="shipping_box")
    return _seen(story)


def _seen(story: Story) -> Story:
    story.hand_over("vial").tell(PageRead(*SEEN, "shown"))
    story.tell(Signed(VIAL_PAD, "patient", NAME, "I saw it", story.ink(VIAL_PAD)))
    return story.hand_back()


def _swapped(story: Story, code: str) -> Vial:
    story.tell(Answered("vial", "vial_code", Coded(code, "scanned")))
    return structs.replace(a_vial(visit=""), code=code)


def test_a_vial_swapped_after_the_patient_saw_it_is_shown_again() -> None:
    """Proves: Q29."""
    story = _shown()
    story.tell(StepClosed("vial"))
    other = _swapped(story, "V-2")
    story.visit = with_vials(story.visit, (other,))
    assert _signed_away(story, VIAL_PAD, SEEN)
    assert SIGN_PAD in story.visit.signed
    assert story.refusal(StepClosed("vial")) == "step_lacks"
    _seen(story).tell(StepClosed("vial"))


def test_two_swaps_back_to_the_same_vial_are_still_two() -> None:
    story = _shown()
    _swapped(story, "V-2")
    _swapped(story, "V-1")
    assert _signed_away(story, VIAL_PAD, SEEN)


@pytest.mark.parametrize("again", [Coded("V-1", "typed"), Coded(" V-1 ", "scanned")])
def test_the_same_code_again_is_the_same_vial(again: Reply) -> None:
    story = _shown()
    story.tell(Answered("vial", "vial_code", again))
    assert not _signed_away(story, VIAL_PAD, SEEN)


def test_nobody_signs_to_have_seen_what_was_not_shown() -> None:
    """Before the signature and after it. Proves: Q29."""
    story = _shown()
    story.choose("vial", opened="none")
    assert Lack("vial", "vial", "vial_not_shown") in _state(story, "vial").lacks
    assert story.refusal(StepClosed("vial")) == "step_lacks"
    fresh = Story(BOOK_WITH_SEEN).until_decision().decide().sign()
    fresh.tell(Answered("vial", "vial_code", Coded("V-1", "scanned")))
    fresh.visit = with_vials(fresh.visit, (a_vial(visit=""),))
    fresh.choose("vial", opened="none")
    fresh.hand_over("vial").tell(PageRead(*SEEN, "shown"))
    signed = Signed(VIAL_PAD, "patient", NAME, "I saw it", fresh.ink(VIAL_PAD))
    assert fresh.refusal(signed) == "step_lacks"
    fresh.hand_back().choose("vial", opened="shipping_box")
    fresh.hand_over("vial")
    assert fresh.refusal(signed) == "step_lacks"  # the page was read over another answer
    fresh.tell(PageRead(*SEEN, "shown"))
    again = Signed(VIAL_PAD, "patient", NAME, "I saw it", fresh.ink(VIAL_PAD))
    assert fresh.refusal(again) is None


def test_what_the_patient_saw_opened_cannot_change_behind_the_signature() -> None:
    """Proves: Q29, V24."""
    story = _shown()
    assert VIAL_PAD in story.visit.signed
    story.choose("vial", opened="none")
    assert VIAL_PAD not in story.visit.signed and not story.visit.pads.get(VIAL_PAD)

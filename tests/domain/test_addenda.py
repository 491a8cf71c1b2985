"""Addenda: only to a sealed record, numbered, signed, each kind by its own rule."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain.facts import (
    AddendumConcluded,
    AddendumKind,
    AddendumSealed,
    Mark,
    Sealed,
    StrokeDrawn,
)
from chairside.domain.standing import status
from chairside.domain.steps import states
from tests.domain.later import NURSE_PAD, Later, addendum, marked
from tests.domain.made_up import ADMINISTRATOR, NURSE, PHYSICIAN, unproved

OTHERS: tuple[AddendumKind, ...] = ("amendment", "withdrawal", "adverse_event")
ENDS: tuple[tuple[Mark, ...], ...] = (
    ("not_given",),
    ("thawed", "stopped_part_way"),
    ("thawed", "mixed", "first_injection", "last_injection"),
)


@pytest.mark.parametrize("marks", ENDS)
def test_the_procedure_is_signed_once_over_the_ink_on_its_pad(marks: tuple[Mark, ...]) -> None:
    """Proves: P9, P2 (one signature at the end makes one addendum)."""
    story = Later().sealed()
    ink = story.ink(NURSE_PAD)
    assert story.refusal(addendum(strokes=ink)) == "procedure_not_over"
    story.mark(*marks)
    untouched = Later().sealed().mark(*marks)
    assert untouched.refusal(addendum(strokes=ink)) == "ink_differs"
    assert story.refusal(addendum()) == "ink_missing"
    assert story.refusal(addendum(strokes=("other",))) == "ink_differs"
    assert story.refusal(addendum(strokes=ink), unproved(NURSE)) == "pin_needed"
    story.tell(addendum(strokes=ink))
    assert story.refusal(addendum(number=2, strokes=ink)) == "already_signed"
    assert story.refusal(StrokeDrawn(NURSE_PAD, "more")) == "already_signed"
    assert story.refusal(marked("mixed")) == "already_signed"


def test_the_procedures_step_opens_with_the_record_and_is_done_with_its_addendum() -> None:
    story = Later().until_countersign().countersign()
    assert _procedure(story) == "waiting"
    story = Later().sealed()
    assert _procedure(story) == "open"
    story.tell(addendum("amendment"))
    assert _procedure(story) == "open"
    story = Later().sealed()
    story.mark("not_given").tell(addendum(strokes=story.ink(NURSE_PAD)))
    assert _procedure(story) == "done"
    deferred = Later().until_decision().decide("defer").countersign().conclude("deferred")
    assert _procedure(deferred) == "stopped"


def _procedure(story: object) -> str:
    scene = story.scene  # type: ignore[attr-defined]
    found = states(scene.book, scene.visit, scene.when)
    return next(each.state for each in found if each.step.id == "procedure")


@pytest.mark.parametrize("about", OTHERS)
def test_the_other_kinds_have_a_text_and_a_pin(about: AddendumKind) -> None:
    """Proves: P9, P4 (a withdrawal after the seal is an addendum)."""
    story, said = Later().sealed(), addendum(about)
    assert story.refusal(said) is None
    assert story.refusal(structs.replace(said, name=PHYSICIAN.name), PHYSICIAN) is None
    assert story.refusal(said, PHYSICIAN) == "name_differs"
    assert story.refusal(said, ADMINISTRATOR) == "not_this_role"
    assert story.refusal(said, unproved(NURSE)) == "pin_needed"
    assert story.refusal(structs.replace(said, text=" ")) == "text_missing"
    assert story.refusal(structs.replace(said, meaning="")) == "meaning_missing"
    assert story.refusal(structs.replace(said, strokes=("s",))) == "ink_differs"


def test_a_consent_is_taken_back_before_the_seal_too() -> None:
    """The release waits for a PIN; nothing else is added to what has no file. Proves: P4, Q17."""
    story, said = Later().until_countersign().countersign(), addendum("withdrawal")
    assert story.refusal(said) == "not_sealed", "nothing is concluded yet"
    story.conclude().tell(said)
    assert story.refusal(structs.replace(said, number=2)) == "already_withdrawn"
    scene = story.scene
    assert status(scene, states(scene.book, scene.visit, scene.when)).state == "withdrawn"
    story.tell(Sealed("5" * 64, 1))
    assert story.expected() == {"not_given", "emergency"}
    deferred = Later().until_decision().decide("defer").countersign().conclude("deferred")
    assert deferred.refusal(said) == "not_sealed"


def test_addenda_are_numbered_without_gaps_and_follow_the_seal() -> None:
    unsealed = Later().until_countersign().countersign().conclude()
    assert unsealed.refusal(addendum("amendment")) == "not_sealed"
    story = Later().sealed()
    assert story.refusal(addendum("amendment", 2)) == "number_not_next"
    story.tell(addendum("amendment"))
    assert story.refusal(addendum("amendment")) == "number_not_next"
    story.tell(addendum("adverse_event", 2))


def test_after_a_withdrawal_nothing_is_thawed_or_injected() -> None:
    """The record was sealed, the treatment not given yet. Proves: Q17, P4."""
    story = Later().sealed()
    story.tell(addendum("withdrawal"))
    assert story.refusal(marked("thawed")) == "patient_withdrew"
    assert story.refusal(addendum("withdrawal", 2)) == "already_withdrawn"
    assert story.expected() == {"not_given", "emergency"}
    begun = Later().sealed().mark("thawed", "mixed", "first_injection")
    begun.tell(addendum("withdrawal"))
    assert begun.expected() == {"stopped_part_way", "emergency"}
    assert begun.refusal(addendum("adverse_event", 2)) is None  # there is still something to say


def test_people_do_not_tell_that_a_file_was_written() -> None:
    story = Later().sealed()
    for fact in (AddendumConcluded(1, "amendment"), AddendumSealed(1, "0" * 64, 1)):
        assert story.refusal(fact) == "not_told_by_people"

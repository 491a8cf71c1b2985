"""The procedure: marks in order, releases that lapse, the supplier's limit, and the emergency button."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from msgspec import structs

from chairside.domain import procedure
from chairside.domain.acts import forbids
from chairside.domain.facts import (
    Answered,
    InkCleared,
    LimitPassed,
    Mark,
    MarkTakenBack,
    PageRead,
    ProcedureMarked,
    ReleaseRenewed,
    Stopped,
    StrokeDrawn,
)
from chairside.domain.folding import with_vials
from chairside.domain.replies import Written
from chairside.domain.vial import Vial
from tests.domain.later import NURSE_PAD, Later, addendum, marked
from tests.domain.made_up import ADMINISTRATOR, NURSE, PHYSICIAN, SIGN_PAD, a_vial, unproved

IN_ORDER: tuple[Mark, ...] = procedure.IN_ORDER
# After these marks, what may be marked next; an emergency always may.
NEXT: list[tuple[tuple[Mark, ...], set[Mark]]] = [
    ((), {"thawed", "not_given"}),
    (("thawed",), {"mixed", "stopped_part_way", "not_given"}),
    (("thawed", "mixed"), {"first_injection", "stopped_part_way", "not_given"}),
    (("thawed", "mixed", "first_injection"), {"last_injection", "stopped_part_way"}),
    (IN_ORDER, set()),
    (("not_given",), set()),
    (("thawed", "not_given"), set()),
    (("thawed", "mixed", "first_injection", "stopped_part_way"), set()),
]


@pytest.mark.parametrize(("before", "then"), NEXT)
def test_what_is_offered_is_exactly_what_is_taken(before: tuple[Mark, ...], then: set[Mark]) -> None:
    """Every mark after every beginning: the screen and the rule agree. Proves: P2 (Procedure), Q35."""
    story = Later().sealed().mark(*before)
    taken = {mark for mark in get_args(Mark) if story.refusal(marked(mark), unproved(NURSE)) is None}
    assert taken == story.expected() == then | {"emergency"}


def test_marks_name_their_refusal() -> None:
    story = Later().sealed()
    assert story.refusal(marked("mixed")) == "mark_out_of_order"
    assert story.mark("thawed").refusal(marked("thawed")) == "already_marked"
    assert story.mark("not_given").refusal(marked("mixed")) == "procedure_over"
    assert Later().sealed().refusal(marked("thawed"), ADMINISTRATOR) == "not_this_role"
    assert Later().sealed().refusal(marked("thawed"), PHYSICIAN) is None


def test_nothing_is_thawed_before_the_record_is_sealed() -> None:
    """Proves: Q1, P2 (thaw stays closed until then)."""
    story = Later().until_countersign()
    assert story.refusal(marked("thawed")) == story.refusal(marked("emergency")) is not None
    story.countersign()
    assert story.refusal(marked("thawed")) == "not_released"
    assert story.refusal(marked("emergency")) is None
    deferred = Later().until_decision().decide("defer").countersign().conclude("deferred")
    for mark in get_args(Mark):
        assert deferred.refusal(marked(mark)) == "not_released"


def test_an_emergency_is_always_possible_and_never_taken_back() -> None:
    """By anybody, without a PIN, lapsed, over and signed alike. Proves: P2 (emergency)."""
    story = Later().sealed()
    for actor in (unproved(NURSE), unproved(PHYSICIAN), unproved(ADMINISTRATOR)):
        assert story.refusal(marked("emergency"), actor) is None
    assert story.mark("emergency").refusal(MarkTakenBack("emergency")) == "emergency_stays"
    story.mark("emergency", "not_given")
    story.tell(addendum(strokes=story.ink(NURSE_PAD)))
    assert story.pass_minutes(600).refusal(marked("emergency")) is None
    assert story.expected() == {"emergency"}


def test_only_the_last_mark_is_taken_back() -> None:
    story = Later().sealed().mark("thawed", "mixed")
    assert story.refusal(MarkTakenBack("thawed")) == "mark_out_of_order"
    story.tell(MarkTakenBack("mixed"))
    assert procedure.marks(story.visit) == ("thawed",)
    story.mark("emergency")
    assert story.refusal(MarkTakenBack("thawed")) == "mark_out_of_order"
    assert Later().sealed().refusal(MarkTakenBack("thawed")) == "mark_out_of_order"


# -- the vials that are mixed are those received and shown ----------------------------------------
@pytest.mark.parametrize("codes", [(), ("V-2",), ("V-1", "V-2"), ("V-1", "V-1")])
def test_what_is_thawed_is_what_was_received_and_shown(codes: tuple[str, ...]) -> None:
    """Proves: V19."""
    assert Later().sealed().refusal(ProcedureMarked("thawed", codes)) == "vials_differ"


@pytest.mark.parametrize(
    "vial",
    [
        structs.replace(a_vial(), accepted=False),
        a_vial(visit=""),
        a_vial(visit="two"),
        structs.replace(a_vial(), gone="discarded"),
        structs.replace(a_vial(), thawed="two"),
    ],
)
def test_a_vial_that_changed_since_the_countersignature_is_not_thawed(vial: Vial) -> None:
    """Proves: V19, V23."""
    story = Later().sealed()
    story.visit = with_vials(story.visit, (vial,))
    assert story.refusal(marked("thawed")) in ("vials_differ", "vial_not_in_order")
    assert "thawed" not in story.expected()


# -- the release ------------------------------------------------------------------------------
def test_a_release_lapses_and_only_a_physician_renews_it() -> None:
    """Proves: P2 (Procedure: a release lapses after the hours the clinic sets)."""
    story = Later(release_hours=1).sealed()
    renewed = ReleaseRenewed("the courier was late")
    assert story.refusal(renewed, PHYSICIAN) == "release_holds"
    story.pass_minutes(61)
    assert story.refusal(marked("thawed")) == "release_lapsed"
    assert story.expected() == {"not_given", "emergency"}
    for actor in (NURSE, ADMINISTRATOR, unproved(PHYSICIAN)):
        assert story.refusal(renewed, actor) == "physician_pin_needed"
    assert story.refusal(ReleaseRenewed(" "), PHYSICIAN) == "reason_needed"
    story.tell(renewed, PHYSICIAN)
    assert story.refusal(marked("thawed")) is None
    assert story.pass_minutes(61).refusal(marked("thawed")) == "release_lapsed"


def test_a_release_of_another_day_is_not_renewed() -> None:
    story = Later(release_hours=1).sealed().pass_minutes(24 * 60)
    assert story.refusal(ReleaseRenewed("late"), PHYSICIAN) == "release_of_another_day"
    assert story.refusal(marked("not_given")) is None


def test_what_was_thawed_in_time_goes_on_after_the_release() -> None:
    story = Later(release_hours=1).sealed().mark("thawed").pass_minutes(90)
    assert story.refusal(marked("mixed")) is None
    assert story.refusal(ReleaseRenewed("late"), PHYSICIAN) == "release_holds"


# -- the supplier's limit ---------------------------------------------------------------------
def _past(limit: int | None, minutes: int) -> Later:
    story = Later().sealed().mark("thawed", "mixed")
    story.limit = limit
    story.pass_minutes(minutes)
    return story


def test_past_the_suppliers_limit_nothing_is_injected_without_the_physician() -> None:
    """Proves: Q35, V18."""
    story = _past(30, 31)
    assert story.refusal(marked("first_injection")) == "limit_passed"
    assert story.expected() == {"stopped_part_way", "not_given", "emergency"}
    for actor in (NURSE, unproved(PHYSICIAN)):
        assert story.refusal(LimitPassed(True, "asked"), actor) == "physician_pin_needed"
    assert story.refusal(LimitPassed(True, ""), PHYSICIAN) == "reason_needed"
    story.tell(LimitPassed(False, "too warm"), PHYSICIAN)
    assert story.refusal(marked("first_injection")) == "limit_passed"
    story.tell(LimitPassed(True, "asked the supplier"), PHYSICIAN)
    assert story.refusal(LimitPassed(True, "again"), PHYSICIAN) == "already_decided"
    story.mark("first_injection", "last_injection")


def test_a_supplier_without_a_limit_has_none_and_one_not_reached_holds() -> None:
    """No limit is invented. Proves: V18."""
    assert _past(None, 600).refusal(marked("first_injection")) is None
    assert _past(30, 25).refusal(marked("first_injection")) is None
    assert _past(30, 25).refusal(LimitPassed(True, "asked"), PHYSICIAN) == "limit_holds"
    assert procedure.limit_at(Later().sealed().visit, 30) is None


def test_the_limit_stands_between_the_first_and_the_last_injection_too() -> None:
    story = _past(30, 5).mark("first_injection").pass_minutes(30)
    assert story.refusal(marked("last_injection")) == "limit_passed"
    assert story.refusal(marked("stopped_part_way")) is None


# -- after the record -------------------------------------------------------------------------
def test_after_the_record_only_the_nurses_pad_takes_ink() -> None:
    """Proves: P9: the first record never changes."""
    story = Later().sealed()
    assert story.refusal(StrokeDrawn(NURSE_PAD, "s")) is None
    assert story.refusal(InkCleared(NURSE_PAD), PHYSICIAN) is None
    assert story.refusal(StrokeDrawn(NURSE_PAD, "s"), ADMINISTRATOR) == "not_this_role"
    for fact in (
        StrokeDrawn(SIGN_PAD, "s"),
        PageRead("consent", "risks", "shown"),
        Answered("health_check", "note", Written("all well")),
        Stopped("withdrawn", "said so"),
    ):
        assert story.refusal(fact) == "visit_is_over"
    assert Later().until_countersign().refusal(StrokeDrawn(NURSE_PAD, "s")) == "step_waits"


# -- a mark told late is judged as of when it was --------------------------------------------------
def _late(story: Later, mark: Mark, minutes_ago: int) -> str | None:
    at = story.now - timedelta(minutes=minutes_ago)
    return forbids(structs.replace(story.scene, happened=at), marked(mark), NURSE)


def test_a_true_late_mark_is_taken_though_the_limit_has_passed_since() -> None:
    """Proves: P5, Q35."""
    story = _past(30, 60)
    assert story.refusal(marked("first_injection")) == "limit_passed"
    assert _late(story, "first_injection", 50) is None
    assert _late(story, "first_injection", 5) == "limit_passed"
    assert _late(story, "first_injection", -600) == "limit_passed"


def test_a_thaw_told_late_is_judged_by_the_release_that_held_then() -> None:
    """Proves: P5."""
    story = Later(release_hours=1).sealed().pass_minutes(90)
    assert _late(story, "thawed", 45) is None
    assert _late(story, "thawed", 10) == "release_lapsed"

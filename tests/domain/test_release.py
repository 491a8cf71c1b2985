"""The release and the supplier's limit to the second, and what a mark is judged by that is told late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from chairside.domain import procedure
from chairside.domain.acts import forbids
from chairside.domain.facts import (
    AddendumKind,
    LimitPassed,
    Mark,
    MarkTakenBack,
    ProcedureMarked,
    ReleaseRenewed,
    Stopped,
    VialAccepted,
    VialQuarantined,
)
from chairside.domain.folding import with_vials
from chairside.domain.replies import Chosen
from chairside.domain.vial import Vial, apply
from chairside.domain.visit import Visit
from tests.domain.later import NURSE_PAD, Later, addendum, marked
from tests.domain.made_up import ADMINISTRATOR, NURSE, PHYSICIAN, a_vial, stamped

MIDNIGHT = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)  # of the clinic, in Los Angeles
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


# -- the release ------------------------------------------------------------------------------
@pytest.mark.parametrize("hours", [1, 4, 11, 12, 24])
def test_a_release_holds_for_its_hours_and_never_past_midnight(hours: int) -> None:
    """In its last second it holds still. Proves: P2 (Procedure)."""
    story = Later(release_hours=hours).sealed()
    assert story.visit.countersigned is not None
    until = min(story.visit.countersigned.stamp.utc + timedelta(hours=hours), MIDNIGHT)
    terms = story.book.terms
    assert procedure.release_until(story.visit, terms) == until
    assert not procedure.lapsed(story.visit, until, terms)
    assert procedure.lapsed(story.visit, until + SECOND, terms)


def test_a_renewed_release_is_counted_from_its_renewal() -> None:
    """Proves: P2 (Procedure)."""
    story = Later(release_hours=1).sealed().pass_minutes(90)
    story.tell(ReleaseRenewed("the courier was late"), PHYSICIAN)
    until = story.now + timedelta(hours=1)
    assert procedure.release_until(story.visit, story.book.terms) == until


def test_what_was_never_released_has_no_release_to_lapse() -> None:
    """A deferral, a visit opened in error, one that is not signed, one that is not decided. Proves: Q1."""
    sealed = Later().sealed()
    error = structs.replace(sealed.visit, in_error=sealed.visit.sealed)
    deferred = Later().until_decision().decide("defer").countersign().visit
    waiting = Later().until_decision().decide().visit
    for visit in (error, deferred, waiting, Visit("one")):
        assert not procedure.released(visit)
        assert procedure.closed(structs.replace(visit, sealed=sealed.visit.sealed)) == "not_released"
        assert procedure.release_until(visit, sealed.book.terms) is None
        assert not procedure.lapsed(visit, MIDNIGHT + timedelta(days=9), sealed.book.terms)
        assert procedure.expected_marks(visit, sealed.scene.when, sealed.book.terms, None) == ()


@pytest.mark.parametrize("marks", [("thawed",), ("not_given",)])
def test_a_release_is_past_its_question_once_something_was_done(marks: tuple[Mark, ...]) -> None:
    story = Later(release_hours=1).sealed().mark(*marks).pass_minutes(600)
    assert not procedure.lapsed(story.visit, story.now, story.book.terms)


def test_release_and_limit_are_the_procedures_own() -> None:
    """Neither before the record is sealed nor after the procedure is signed. Proves: P9."""
    early, late = Later().until_countersign().countersign(), Later().sealed().mark("not_given")
    late.tell(addendum(strokes=late.ink(NURSE_PAD)))
    for story, code in ((early, "not_released"), (late, "already_signed")):
        assert story.refusal(ReleaseRenewed("late"), PHYSICIAN) == code
        assert story.refusal(LimitPassed(True, "asked"), PHYSICIAN) == code
        assert story.refusal(MarkTakenBack("not_given")) == code
        assert story.expected() == {"emergency"}
    assert Later().sealed().mark("thawed").refusal(MarkTakenBack("thawed"), ADMINISTRATOR) == "not_this_role"


@pytest.mark.parametrize("kind", ["amendment", "adverse_event", "withdrawal"])
def test_each_addendum_is_about_its_own(kind: AddendumKind) -> None:
    """An amendment neither ends the procedure nor takes the consent back. Proves: P9, P4."""
    story = Later().sealed()
    story.tell(addendum(kind))
    assert not procedure.signed(story.visit)
    assert procedure.withdrawn(story.visit) is (kind == "withdrawal")
    assert (procedure.withdrawal(story.visit) is not None) is (kind == "withdrawal")


def test_who_withdrew_before_the_record_withdrew() -> None:
    """Proves: Q17."""
    story = Later().until_countersign()
    assert not procedure.withdrawn(story.visit)
    story.tell(Stopped("withdrawn", "said so"))
    assert procedure.withdrawn(story.visit)


# -- the supplier's limit ---------------------------------------------------------------------
def test_the_limit_counts_from_when_the_vial_was_thawed_not_from_when_it_was_told() -> None:
    """In its last second it is met, and once all is over it asks nothing. Proves: Q35, V18, P5."""
    story = Later().sealed().mark("thawed")
    thawed = story.visit.marks[0]
    assert procedure.thawed_at(story.visit) == thawed.stamp.utc
    at = thawed.stamp.utc - 10 * MINUTE
    told = structs.replace(thawed, stamp=structs.replace(thawed.stamp, happened=at))
    visit = structs.replace(story.visit, marks=(told,))
    assert procedure.limit_at(visit, 30) == at + 30 * MINUTE
    assert procedure.limit_at(visit, None) is None
    assert not procedure.too_late(visit, at + 30 * MINUTE, 30)
    assert procedure.too_late(visit, at + 30 * MINUTE + SECOND, 30)
    over = structs.replace(visit, marks=(told, stamped(ProcedureMarked("not_given", ()))))
    assert not procedure.too_late(over, at + 60 * MINUTE, 30)


def test_an_emergency_before_the_thaw_starts_no_limit() -> None:
    """Proves: V18."""
    story = Later().sealed().mark("emergency")
    assert procedure.thawed_at(story.visit) is None
    story.mark("thawed")
    assert procedure.thawed_at(story.visit) == story.visit.marks[1].stamp.utc


def test_the_physicians_word_on_the_limit_may_change_and_is_not_said_twice() -> None:
    """Proves: Q35."""
    story = Later().sealed().mark("thawed", "mixed")
    story.limit = 30
    story.pass_minutes(31)
    for go_on in (False, True, False):
        story.tell(LimitPassed(go_on, "looked at it"), PHYSICIAN)
        assert story.refusal(LimitPassed(go_on, "again"), PHYSICIAN) == "already_decided"
        assert ("first_injection" in story.expected()) is go_on


def test_past_the_limit_a_vial_is_still_mixed() -> None:
    """The limit is of the injection; the word on it may come while it is mixed. Proves: Q35."""
    story = Later().sealed().mark("thawed")
    story.limit = 30
    story.pass_minutes(31)
    assert story.expected() == {"mixed", "stopped_part_way", "not_given", "emergency"}


# -- the vials --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changed",
    [
        {"gone": "discarded"},
        {"quarantined": True, "accepted": False},
        {"rejected": True, "accepted": False},
        {"checked_by": ""},
    ],
)
def test_a_vial_set_apart_after_the_thaw_is_mixed_and_not_injected(changed: dict[str, object]) -> None:
    """Proves: P10, V23."""
    story = Later().sealed().mark("thawed")
    story.visit = with_vials(story.visit, (structs.replace(a_vial(), thawed="one", **changed),))
    story.mark("mixed")
    assert story.refusal(marked("first_injection")) == "vial_not_in_order"
    assert story.expected() == {"stopped_part_way", "not_given", "emergency"}
    whole = structs.replace(a_vial(), code="V-2", thawed="one")
    story.visit = with_vials(story.visit, (*story.visit.vials, whole))  # one of two is enough
    assert story.refusal(marked("first_injection")) == "vial_not_in_order"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"supplier": "another"}, "vial_not_as_recorded"),
        ({"replies": {**a_vial().replies, "vial_strength": Chosen("10")}}, "vial_not_in_order"),
        ({"visit": ""}, "vial_not_in_order"),
        ({"rejected": True}, "vial_not_in_order"),
    ],
)
def test_what_is_thawed_is_in_order_and_as_it_was_recorded(
    changed: dict[str, object], code: str | None
) -> None:
    """Proves: V23, Q29."""
    story = Later().sealed()
    story.visit = with_vials(story.visit, (structs.replace(a_vial(), **changed),))
    assert story.refusal(marked("thawed")) == code


def test_a_mark_after_the_thaw_names_no_vial_that_was_not_shown() -> None:
    """Proves: V19."""
    story = Later().sealed().mark("thawed")
    assert story.refusal(ProcedureMarked("mixed", ("V-1",))) is None
    assert story.refusal(ProcedureMarked("mixed", ("V-1", "V-2"))) == "vials_differ"


def test_the_mark_that_ended_it_is_the_last_end() -> None:
    """An emergency after it is none."""
    story = Later().sealed()
    assert procedure.last_end(story.visit) is None
    story.mark("thawed", "stopped_part_way", "emergency")
    assert procedure.last_end(story.visit) is story.visit.marks[1]


# -- a mark told late -------------------------------------------------------------------------
def _told_late(story: Later, mark: Mark, at: datetime) -> str | None:
    return forbids(structs.replace(story.scene, happened=at), marked(mark), NURSE)


def _set_apart(story: Later, at: datetime) -> Vial:
    """Return the vial of the visit, quarantined by the desk at a moment."""
    seen = story.visit.vials[0]
    early = seen
    for number, fact in enumerate((VialAccepted(), VialQuarantined("label torn")), 1):
        by = stamped(fact, number, utc=at if number > 1 else at - timedelta(days=1))
        early = apply(early, by)
    return early


def test_what_the_desk_said_after_the_needle_does_not_undo_it() -> None:
    """Told as of before it, the injection is taken; as of after it, or now, it is not. Proves: P5."""
    story = Later().sealed().mark("thawed", "mixed").pass_minutes(10)
    apart = story.now
    story.visit = with_vials(story.visit, (_set_apart(story, apart),))
    story.pass_minutes(10)
    assert story.refusal(marked("first_injection")) == "vial_not_in_order"
    assert _told_late(story, "first_injection", apart + MINUTE) == "vial_not_in_order"
    assert _told_late(story, "first_injection", apart - MINUTE) is None


def test_no_mark_is_judged_as_of_before_the_mark_before_it() -> None:
    """Who mixed after the vial was set apart did not inject before. Proves: P5."""
    story = Later().sealed().mark("thawed").pass_minutes(10)
    apart = story.now
    story.visit = with_vials(story.visit, (_set_apart(story, apart),))
    story.pass_minutes(10).mark("mixed").pass_minutes(10)
    assert _told_late(story, "first_injection", apart - MINUTE) == "vial_not_in_order"


def test_what_was_mixed_in_time_and_told_late_holds_no_injection_up() -> None:
    """The mark before counts from when it was, not from when it was told. Proves: P5."""
    story = Later().sealed().mark("thawed").pass_minutes(30)
    apart = story.now
    story.visit = with_vials(story.visit, (_set_apart(story, apart),))
    story.pass_minutes(10).mark("mixed")
    mixed = story.visit.marks[-1]
    late = structs.replace(mixed, stamp=structs.replace(mixed.stamp, happened=apart - 20 * MINUTE))
    story.visit = structs.replace(story.visit, marks=(*story.visit.marks[:-1], late))
    assert _told_late(story, "first_injection", apart - 10 * MINUTE) is None


def test_a_mark_that_is_to_come_is_judged_now() -> None:
    """Proves: P5."""
    story = Later(release_hours=1).sealed().pass_minutes(30)
    assert _told_late(story, "thawed", story.now + timedelta(hours=3)) is None


def test_the_thaw_is_held_against_all_that_is_known() -> None:
    """Also where it is told as of before the vial was set apart. Proves: P5, V23."""
    story = Later().sealed().pass_minutes(10)
    apart = story.now
    story.visit = with_vials(story.visit, (_set_apart(story, apart),))
    assert _told_late(story, "thawed", apart - MINUTE) == "vial_not_in_order"

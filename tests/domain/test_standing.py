"""How a visit stands: every state of P1, what it waits for, and since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest
from msgspec import structs

from chairside.domain import standing
from chairside.domain.facts import (
    Answered,
    Awaited,
    Concluded,
    Mark,
    OpenedInError,
    PageRead,
    QuestionRaised,
    ReleaseRenewed,
    Stopped,
    WaitBegan,
)
from chairside.domain.folding import with_stock
from chairside.domain.form import Owner, Step
from chairside.domain.replies import Chosen
from chairside.domain.standing import State, Status, Wait, status
from chairside.domain.steps import Standing, StepState, states
from chairside.domain.visit import Visit
from tests.domain.later import NURSE_PAD, Later, addendum
from tests.domain.made_up import NOON, PHYSICIAN, Story, stamped


def _of(story: Story) -> Status:
    scene = story.scene
    return status(scene, states(scene.book, scene.visit, scene.when))


def _told(story: Story, fact: object, actor: object = None) -> Story:
    story.tell(fact, actor or PHYSICIAN)  # type: ignore[arg-type]
    return story


def _planned() -> Story:
    story = Later()
    story.injection = story.now + timedelta(days=2)
    return story.open()


MADE: dict[State, Callable[[], Story]] = {
    "planned": _planned,
    "open": lambda: Later().open(),
    "waiting": lambda: Later().until_decision(),
    "decided": lambda: Later().until_decision().decide(),
    "released": lambda: Later().sealed(),
    "given": lambda: Later().sealed().mark("thawed", "mixed", "first_injection", "last_injection"),
    "partly_given": lambda: Later().sealed().mark("thawed", "mixed", "first_injection", "stopped_part_way"),
    "not_given": lambda: Later().sealed().mark("thawed", "stopped_part_way"),
    "deferred": lambda: Later().until_decision().decide("defer").countersign(),
    "do_not_treat": lambda: Later().until_decision(transplant="yes").decide("do_not_treat").countersign(),
    "refused": lambda: _told(Later().open(), Stopped("refused", "no")),
    "withdrawn": lambda: _told(Later().until_countersign(), Stopped("withdrawn", "no")),
    "no_show": lambda: _told(Later().open(), Stopped("no_show", "said so")),
    "opened_in_error": lambda: _told(Later().open(), OpenedInError("another patient")),
}


@pytest.mark.parametrize("state", get_args(State))
def test_a_visit_is_in_every_state_once(state: State) -> None:
    """Proves: P1."""
    story = MADE[state]()
    assert _of(story).state == state
    assert _of(story).since <= story.now


def test_not_given_is_also_a_mark_of_its_own() -> None:
    assert _of(Later().sealed().mark("not_given")).state == "not_given"
    assert _of(Later().sealed().mark("emergency")).state == "released"


def test_a_visit_ready_for_its_decision_waits_for_the_physician() -> None:
    """So does one ready for the countersignature. Proves: P1."""
    wait = _of(Later().until_decision()).waits[0]
    assert (wait.what, wait.step) == ("physician", "decision") and wait.since is not None
    ready = _of(Later().until_countersign())
    assert (ready.state, ready.waits[0].what, ready.waits[0].step) == ("waiting", "physician", "countersign")
    assert _of(Later().open()).waits == ()


def test_without_a_vial_it_waits_for_the_courier() -> None:
    """Since when is known only where somebody said so. Proves: P1, P10."""
    story = Later().until_decision().decide().sign()
    story.visit = with_stock(story.visit, False)
    found = _of(story)
    assert (found.state, [(each.what, each.step, each.since) for each in found.waits]) == (
        "waiting",
        [("courier", "vial", None)],
    )
    story.tell(WaitBegan("courier", "on the road"))
    told = _of(story).waits
    assert [(each.what, each.note) for each in told] == [("courier", "on the road")]
    assert told[0].since == story.now == _of(story).since


def test_a_wait_that_somebody_told_makes_an_open_visit_wait() -> None:
    """The longest first. Proves: P1."""
    story = Later().open()
    story.tell(WaitBegan("patient", "a phone call"))
    first = story.now
    story.tell(WaitBegan("supplier"))
    found = _of(story)
    assert found.state == "waiting" and found.since == first
    assert [(each.what, each.step) for each in found.waits] == [
        ("patient", "health_check"),
        ("supplier", "vial"),
    ]


def test_a_plan_keeps_its_state_and_says_what_was_told() -> None:
    story = _planned()
    story.tell(WaitBegan("courier"))
    assert _of(story).state == "planned"
    assert [each.what for each in _of(story).waits] == ["courier"]


def test_what_is_over_and_not_sealed_waits_for_the_seal() -> None:
    """Proves: P4: every ending is a sealed PDF; an error has none."""
    unsealed = Later().until_countersign().countersign().conclude()
    assert [each.what for each in _of(unsealed).waits] == ["seal"]
    assert [each.what for each in _of(MADE["refused"]()).waits] == ["seal"]
    assert _of(Later().sealed()).waits == ()
    assert _of(MADE["opened_in_error"]()).waits == ()


def test_a_lapsed_release_waits_to_be_renewed() -> None:
    story = Later(release_hours=1).sealed().pass_minutes(61)
    assert [(each.what, each.step) for each in _of(story).waits] == [("release", "procedure")]
    assert _of(story.mark("not_given")).waits == ()


def test_the_addendum_changes_no_state() -> None:
    story = Later().sealed().mark("not_given")
    since = _of(story).since
    story.tell(addendum(strokes=story.ink(NURSE_PAD)))
    assert (_of(story).state, _of(story).since) == ("not_given", since)


def test_a_visit_that_is_not_open_yet_is_open_since_now() -> None:
    story = Later()
    assert (_of(story).state, _of(story).since) == ("open", story.now)


# -- what it waits for ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("awaited", "step", "decided"),
    [
        ("courier", "vial", "vial"),
        ("supplier", "vial", "vial"),
        ("laboratory", "vial", "vial"),
        ("physician", "decision", "countersign"),
        ("patient", "health_check", "sign"),
        ("other", "health_check", "sign"),
    ],
)
def test_who_is_awaited_holds_up_a_step(awaited: Awaited, step: str, decided: str) -> None:
    """Whoever is not awaited for one step in particular holds up the next, be it begun. Proves: P1."""
    for begin in (False, True):
        story = Later().open()
        if begin:
            story.choose("health_check", transplant="no")
        story.tell(WaitBegan(awaited, "a call"))
        assert [(each.what, each.step) for each in _of(story).waits] == [(awaited, step)]
    later = Later().until_decision().decide()
    later.tell(WaitBegan(awaited, "a call"))
    assert [(each.what, each.step) for each in _of(later).waits] == [(awaited, decided)]


def test_a_decision_that_lacks_something_waits_for_the_physician_too() -> None:
    """Proves: P1."""
    story = Later().until_decision()
    story.tell(Answered("decision", "discussed", Chosen("phone")), PHYSICIAN)
    story.take(QuestionRaised("consent", "risks"))
    assert [(each.what, each.step) for each in _of(story).waits] == [("physician", "decision")]


@pytest.mark.parametrize("last", ["closed", "read", "signed"])
def test_the_physician_is_awaited_since_the_last_thing_was_done(last: str) -> None:
    """Closed, read or signed, whichever came last. Proves: P1."""
    early, late = stamped(PageRead("consent", "risks", "shown")), NOON + timedelta(minutes=5)
    marks = {"closed": {"open": early}, "read": {("consent", "risks"): early}, "signed": {"sign.x": early}}
    key = next(iter(marks[last]))  # type: ignore[call-overload]  # tables of three kinds
    marks[last] = {key: stamped(early.fact, utc=late)}
    assert standing._settled_at(Visit("one", **marks)) == late
    assert standing._settled_at(Visit("one")) is None


def test_nobody_waits_for_a_vial_that_is_not_needed_yet() -> None:
    """Proves: P10."""
    story = Later().until_decision().decide()
    story.visit = with_stock(story.visit, False)
    assert _of(story).waits == ()


def test_a_visit_waits_since_the_first_wait_that_is_known_else_since_it_was_last_touched() -> None:
    """Proves: P1."""
    story = Later().until_decision().decide().sign()
    story.visit = with_stock(story.visit, False)
    assert (_of(story).state, _of(story).since) == ("waiting", story.visit.facts[-1].stamp.utc)
    story.tell(WaitBegan("other", "a call"))
    known = story.now
    assert [each.what for each in _of(story).waits] == ["other", "courier"]
    assert _of(story).since == known


def _state(owner: Owner, state: Standing) -> StepState:
    return StepState(Step("s", owner, "sheet", "f", (), "tap"), state)


@pytest.mark.parametrize(
    ("found", "waits", "blocked"),
    [
        ([("physician", "open"), ("nurse", "done")], True, True),
        ([("physician", "lacking"), ("nurse", "waiting")], True, True),
        ([("physician", "open"), ("nurse", "open")], True, False),
        ([("physician", "open"), ("nurse", "lacking")], True, False),
        ([("physician", "open")], False, False),
        ([("nurse", "waiting")], True, True),
    ],
)
def test_a_visit_waits_only_where_nobody_else_can_go_on(
    found: list[tuple[Owner, Standing]], waits: bool, blocked: bool
) -> None:
    """Proves: P1."""
    told = (Wait("physician", "s", None),) if waits else ()
    assert standing._blocked(tuple(_state(*each) for each in found), told) is blocked


# -- planned, open, over ----------------------------------------------------------------------
def test_a_visit_is_open_since_its_first_fact_and_planned_until_it_is_decided() -> None:
    """Ahead of its day nobody but who was named is awaited. Proves: P1, P6."""
    story = Later().open()
    assert _of(story).since == story.visit.facts[0].stamp.utc
    ahead = Later()
    ahead.injection = ahead.now + timedelta(days=2)
    ahead.until_decision()
    assert (_of(ahead).state, _of(ahead).waits) == ("planned", ())
    ahead.decide()
    assert _of(ahead).state == "decided"


WITHDRAWN: list[tuple[tuple[Mark, ...], State]] = [
    ((), "withdrawn"),
    (("thawed",), "withdrawn"),
    (("not_given",), "withdrawn"),
    (("thawed", "mixed", "first_injection"), "withdrawn"),
    (("thawed", "mixed", "first_injection", "stopped_part_way"), "partly_given"),
    (("thawed", "mixed", "first_injection", "last_injection"), "given"),
]


@pytest.mark.parametrize(("marks", "state"), WITHDRAWN)
def test_a_withdrawal_after_the_record_counts_until_something_was_given_and_over(
    marks: tuple[Mark, ...], state: State
) -> None:
    """Withdrawn since the word on it, given since its end. Proves: Q17, P1."""
    story = Later().sealed().mark(*marks)
    end = story.visit.marks[-1].stamp.utc if marks else story.now
    story.tell(addendum("withdrawal"))
    assert (_of(story).state, _of(story).since) == (state, story.now if state == "withdrawn" else end)


def test_a_release_stands_since_it_was_given_or_renewed() -> None:
    """And waits to be renewed, but for who withdrew. Proves: P1, P2 (Procedure)."""
    story = Later(release_hours=1).sealed()
    assert story.visit.countersigned is not None
    assert _of(story).since == story.visit.countersigned.stamp.utc
    story.pass_minutes(90).tell(ReleaseRenewed("the courier was late"), PHYSICIAN)
    assert (_of(story).since, _of(story).waits) == (story.now, ())
    story.pass_minutes(90)
    assert [each.what for each in _of(story).waits] == ["release"]
    story.tell(addendum("withdrawal"))
    assert _of(story).waits == ()


def test_the_seal_is_awaited_since_the_visit_was_over() -> None:
    """Proves: P4."""
    story = Later().until_countersign().countersign()
    assert _of(story).waits == (Wait("seal", "record", story.now),)
    error = Later()
    error.visit = structs.replace(story.visit, in_error=story.visit.countersigned)
    assert (_of(error).state, _of(error).waits) == ("opened_in_error", ())  # no record is made of an error
    story.pass_minutes(5).conclude()
    assert _of(story).waits == (Wait("seal", "record", story.now),)
    refused = Later().open()
    refused.tell(Stopped("refused", "no"))
    since = refused.now
    assert _of(refused).waits == (Wait("seal", "record", since),)
    refused.pass_minutes(5).tell(Concluded("refused"))
    assert _of(refused).waits == (Wait("seal", "record", refused.now),)

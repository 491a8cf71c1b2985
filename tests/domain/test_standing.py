"""How a visit stands: every state of P1, what it waits for, and since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest

from chairside.domain.facts import OpenedInError, Stopped, WaitBegan
from chairside.domain.folding import with_stock
from chairside.domain.standing import State, Status, status
from tests.domain.later import NURSE_PAD, Later, addendum
from tests.domain.made_up import PHYSICIAN, Story


def _of(story: Story) -> Status:
    return status(story.scene)


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

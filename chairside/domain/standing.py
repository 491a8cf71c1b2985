"""How a visit stands among the others: one of the states of P1, what it waits for, and since when."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from chairside.domain import procedure, steps
from chairside.domain.facts import Awaited, Stopped, WaitBegan
from chairside.domain.steps import Scene, StepState
from chairside.domain.visit import Visit

State: TypeAlias = Literal[
    "planned", "open", "waiting", "decided", "released", "given", "partly_given", "not_given",
    "deferred", "do_not_treat", "refused", "withdrawn", "no_show", "opened_in_error",
]  # fmt: skip


class Wait(Struct, frozen=True):
    """One thing a visit waits for.

    `what` is somebody or something: courier, physician, supplier, patient, laboratory, other, the PIN of
    the certifier ("seal"), a lapsed release ("release"); `step` is the step it holds up, `since` unknown
    where nobody said.
    """

    what: str
    step: str
    since: datetime | None
    note: str = ""


class Status(Struct, frozen=True):
    """A visit's state, since when, and what it waits for, the longest first."""

    state: State
    since: datetime
    waits: tuple[Wait, ...] = ()


_STEP_OF: dict[str, str] = {
    "courier": "vial",
    "supplier": "vial",
    "laboratory": "vial",
    "physician": "decision",
}
_GIVEN: dict[str, State] = {"last_injection": "given", "not_given": "not_given"}


def _after_release(visit: Visit) -> State:
    """Return what became of a released treatment; stopped before the first injection is not given.

    Who withdrew before anything was given withdrew, whatever was marked; after that, until its end is told.
    """
    marks = procedure.marks(visit)
    given = "first_injection" in marks and procedure.ended(visit)
    if procedure.withdrawn(visit) and not given:
        return "withdrawn"
    if "stopped_part_way" in marks:
        return "partly_given" if "first_injection" in marks else "not_given"
    return next((_GIVEN[mark] for mark in marks if mark in _GIVEN), "released")


def _ended(visit: Visit) -> tuple[State, datetime] | None:
    """Return how a visit ended, or that it was released, and when; None while it goes on."""
    for by in (visit.in_error, visit.stopped):
        if by is not None:
            state: State = by.fact.ending if isinstance(by.fact, Stopped) else "opened_in_error"
            return state, by.stamp.utc
    if visit.countersigned is None or visit.decision is None:
        return None
    if visit.decision.ruling != "proceed":
        said: State = "deferred" if visit.decision.ruling == "defer" else "do_not_treat"
        return said, visit.countersigned.stamp.utc
    state = _after_release(visit)
    gone = procedure.withdrawal(visit) if state == "withdrawn" else None
    last = gone or procedure.last_end(visit) or visit.renewed or visit.countersigned
    return state, last.stamp.utc


# -- what it waits for ------------------------------------------------------------------------
def _said(visit: Visit, awaited: Awaited, next_step: str) -> Wait:
    """Return a wait that somebody of the staff named."""
    began = visit.waits[awaited]
    note = began.fact.note if isinstance(began.fact, WaitBegan) else ""
    step = _STEP_OF.get(awaited, next_step)
    if awaited == "physician" and visit.decided is not None:
        step = "countersign"
    return Wait(awaited, step, began.stamp.utc, note)


def _settled_at(visit: Visit) -> datetime | None:
    """Return when the last step was closed or the last page read: since then nobody else is asked."""
    told = (*visit.closed.values(), *visit.read.values(), *visit.signed.values())
    return max((by.stamp.utc for by in told), default=None)


def _implied(visit: Visit, state: StepState) -> Wait | None:
    """Return what one step waits for by itself: the physician's hand, or a vial that is not here."""
    if state.state in ("open", "lacking"):
        return (
            Wait("physician", state.step.id, _settled_at(visit)) if state.step.owner == "physician" else None
        )
    dry = any(lack.item == "vial_none_accepted" for lack in state.lacks)
    alone = dry and all(lack.why != "needs" for lack in state.lacks)
    return Wait("courier", "vial", None) if alone else None


def _going_on(scene: Scene, found: tuple[StepState, ...]) -> tuple[Wait, ...]:
    """Return everything a visit that goes on waits for, each once."""
    visit = scene.visit
    now = next((each.step.id for each in found if each.state in ("open", "lacking")), "")
    by_name: dict[str, Wait] = {}
    by_name.update((name, _said(visit, name, now)) for name in visit.waits)
    for each in found:
        wait = _implied(visit, each)
        if wait is not None:
            by_name.setdefault(wait.what, wait)
    return _longest_first(tuple(by_name.values()))


def _longest_first(waits: tuple[Wait, ...]) -> tuple[Wait, ...]:
    known = sorted((each for each in waits if each.since is not None), key=lambda each: str(each.since))
    return (*known, *(each for each in waits if each.since is None))


def _sealing(visit: Visit) -> tuple[Wait, ...]:
    """Return the wait for the certifier's PIN over a record that is not made yet."""
    over = visit.concluded or visit.stopped or visit.countersigned
    due = visit.sealed is None and visit.in_error is None
    return (Wait("seal", "record", over.stamp.utc),) if over and due else ()


def _lapse(scene: Scene) -> tuple[Wait, ...]:
    """Return the wait for a physician to renew a release that lapsed."""
    terms = scene.book.terms
    if procedure.withdrawn(scene.visit) or not procedure.lapsed(scene.visit, scene.when.now, terms):
        return ()
    return (Wait("release", steps.PROCEDURE, procedure.release_until(scene.visit, terms)),)


# -- the state --------------------------------------------------------------------------------
def _blocked(found: tuple[StepState, ...], waits: tuple[Wait, ...]) -> bool:
    """Tell whether nobody but who is awaited can go on: every step that could, waits."""
    may = [each.step for each in found if each.state in ("open", "lacking")]
    return bool(waits) and all(step.owner == "physician" for step in may)


def _open(scene: Scene, found: tuple[StepState, ...]) -> Status:
    visit, opened_at = scene.visit, scene.when.now
    if visit.facts:
        opened_at = visit.facts[0].stamp.utc
    waits = _going_on(scene, found)
    if visit.decided is None and scene.when.injection_day > scene.when.today:
        return Status("planned", opened_at, tuple(each for each in waits if each.what in visit.waits))
    if visit.waits or _blocked(found, waits):
        known = [each.since for each in waits if each.since is not None]
        return Status("waiting", min(known, default=visit.last_at or opened_at), waits)
    if visit.decided is not None:
        return Status("decided", visit.decided.stamp.utc, waits)
    return Status("open", opened_at, waits)


def status(scene: Scene, found: tuple[StepState, ...]) -> Status:
    """Return the state of P1 a visit is in, since when, and what it waits for, the longest first.

    `found` are its steps as they stand now, as `steps.states` returns them.
    """
    ended = _ended(scene.visit)
    if ended is None:
        return _open(scene, found)
    state, since = ended
    return Status(state, since, _longest_first((*_sealing(scene.visit), *_lapse(scene))))

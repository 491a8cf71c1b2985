"""Whose turn it is and what each step still lacks: opened by what it needs, not by its number.

What a step needs must be done *and still hold*: an answer changed after the fact, an expired one or
a vial that no longer passes opens the step it belongs to again, and closes everything behind it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from chairside.domain import ahead, fitness, gate, people, premedication, seen, sheet
from chairside.domain.book import Book
from chairside.domain.codes.identity import identity
from chairside.domain.facts import AddendumSigned, Corrected, Signer
from chairside.domain.finding import Finding
from chairside.domain.form import Ink, Step
from chairside.domain.lacks import Lack, Why, item_lack, lacks_of, owner_of, pad_of
from chairside.domain.replies import Coded
from chairside.domain.visit import ASSENT, VIAL_CODE, Visit
from chairside.domain.when import When

__all__ = [
    "Lack", "Scene", "Standing", "StepState", "Why", "is_done", "item_lack", "lacks_of", "owner_of",
    "pad_for", "pad_of", "state_of", "states", "waits_for",
]  # fmt: skip
_AT_ITS_STEP = premedication.AFTER_DOSE | {seen.CMV_FOUND}
Standing: TypeAlias = Literal["waiting", "open", "lacking", "done", "stopped"]
VIAL_STEP = "vial"
PROCEDURE = "procedure"
PREMEDICATION = premedication.PREMEDICATION
AFTER_STOP: frozenset[str] = frozenset({"decision", "countersign", "record"})


class StepState(Struct, frozen=True):
    """A step and how it stands; `lacks` says in ids what is missing, words say it to people."""

    step: Step
    state: Standing
    lacks: tuple[Lack, ...] = ()


class Scene(Struct, frozen=True):
    """What an act or a step is judged against."""

    book: Book
    visit: Visit
    when: When
    thaw_limit: int | None = None  # the supplier's, in minutes after thawing; None: none stated (V18)
    happened: datetime | None = None  # when what is told now was, where it is told late (P5)


class _Now(Struct, frozen=True):
    """A scene without what expired, and the findings in it; `old`: a consent did, and is signed anew."""

    book: Book
    visit: Visit
    found: tuple[Finding, ...]
    when: When
    old: bool
    held: dict[str, bool] = {}  # by step, as looked up: every step behind it asks again


def _now(scene: Scene, found: tuple[Finding, ...]) -> _Now:
    visit = ahead.current(scene.book, scene.visit, scene.when)
    old = ahead.too_old(scene.book, scene.visit, scene.when)
    return _Now(scene.book, visit, found, scene.when, old)


def pad_for(book: Book, step_id: str, signer: Signer) -> str:
    """Return the name of the pad a person signs on in a step, or nothing where there is none."""
    step = book.plan.step(step_id)
    form = book.form_of(step)
    for item in form.items if form else ():
        if isinstance(item, Ink) and item.signer == signer:
            return pad_of(step.form, item.id)
    return ""


def _vial_lacks(now: _Now) -> tuple[Lack, ...]:
    visit, papers = now.visit, [each.paper for each in now.visit.vials]
    ordered = visit.decision.strength_million if visit.decision else None
    day = max(now.when.today, now.when.injection_day)
    found = fitness.gate_all(visit.vials, visit.codes, visit.id, ordered, day)
    reasons = [gate.key_of(each) for each in found]
    if visit.option(VIAL_STEP, "opened") == "none":  # nobody can sign to have seen what was not shown
        reasons.append("vial_not_shown")
    if visit.option(VIAL_STEP, "paper_kept") == "photo" and not all(map(sheet.photographed, papers)):
        reasons.append("vial_sheet_photo_missing")  # the chart then holds neither paper nor picture
    for (form, item), reply in visit.replies.items():
        if form == VIAL_STEP and (form, item) != VIAL_CODE and isinstance(reply, Coded):
            read = {identity(code).key for code in visit.codes}
            reasons += ["vial_code_differs"] if identity(reply.text).key not in read else []
    ruling = gate.uncovered(seen.donor(visit), visit)  # the physician decides anew, or another vial is read
    asked = (Lack("finding", VIAL_STEP, gate.key_of(each)) for each in ruling)
    return (*(Lack("vial", VIAL_STEP, reason) for reason in reasons), *asked)


def _questions(visit: Visit) -> tuple[Lack, ...]:
    return tuple(Lack("question_open", form, item) for form, item in sorted(visit.questions))


def _not_given(visit: Visit) -> tuple[Lack, ...]:
    return tuple(Lack("unanswered", PREMEDICATION, item) for item in premedication.not_given(visit))


def _before_approval(now: _Now) -> tuple[Lack, ...]:
    """Return what keeps the countersignature under a decision to proceed closed, beside what it waits for."""
    if now.visit.decision is None or now.visit.decision.ruling != "proceed":
        return ()
    return (*_not_given(now.visit), *_questions(now.visit))


def _to_decide_again(now: _Now) -> tuple[Lack, ...]:
    """Return the findings that a decision to proceed no longer covers."""
    if now.visit.decision is None:
        return ()
    return tuple(Lack("finding", "", gate.key_of(each)) for each in gate.uncovered(now.found, now.visit))


def _nobody_signs(now: _Now, step: Step) -> tuple[Lack, ...]:
    """Return that nobody is named who can read and sign for a patient under 18 (Q14)."""
    theirs = step.owner == "patient" or step.id == VIAL_STEP
    due = theirs and step.form != ASSENT and people.needs_guardian(now.visit, now.when)
    return (Lack("guardian", step.form, ""),) if due else ()


def _closing_lacks(now: _Now, step: Step) -> tuple[Lack, ...]:
    lacks = (*lacks_of(now.book, step, now.visit), *_nobody_signs(now, step))
    if step.id == VIAL_STEP:
        lacks = (*lacks, *_vial_lacks(now), *_questions(now.visit))
    match step.closes:
        case "signature":
            old = (Lack("consent_too_old", step.form, ""),) if now.old and step.id == ahead.SIGN else ()
            return (*lacks, *old, *_questions(now.visit))
        case "decision":
            return (*_to_decide_again(now), *_questions(now.visit))
        case "countersign":
            return (*lacks, *_before_approval(now))
        case _:
            return lacks


def _still_closed(step: Step, visit: Visit) -> bool:
    """Tell whether a step was closed after the last answer on its form; a correction has its own PIN."""
    answered = [
        told.place
        for (form, _), rows in visit.told.items()
        for told in rows
        if form == step.form and not isinstance(told.by.fact, Corrected)
    ]
    return visit.closed_place.get(step.id, -1) > max(answered, default=0)


def is_done(book: Book, step: Step, visit: Visit) -> bool:
    """Tell whether a step is done: its closing act has happened and nothing of its items is missing."""
    match step.closes:
        case "decision":
            return visit.decided is not None
        case "countersign":
            return visit.countersigned is not None
        case "seal":
            return visit.sealed is not None
        case "marks":
            facts = (by.fact for by in visit.addenda)
            return any(isinstance(fact, AddendumSigned) and fact.about == PROCEDURE for fact in facts)
        case "read" | "signature":
            return visit.opened is not None and not lacks_of(book, step, visit)
        case "tap" | "pin":
            return _still_closed(step, visit) and not lacks_of(book, step, visit)
        case _:
            assert_never(step.closes)


def _holds(now: _Now, step: Step) -> bool:
    """Tell whether a step is done and what it settled still stands, or is not asked for in this visit."""
    if step.id not in now.held:
        now.held[step.id] = _still_holds(now, step)
    return now.held[step.id]


def _still_holds(now: _Now, step: Step) -> bool:
    if not ahead.is_due(now.book, step, now.visit, now.when):
        return True
    if not is_done(now.book, step, now.visit):
        return False
    if step.closes == "decision" and now.visit.countersigned is None:
        decision = now.visit.decision
        proceeds = decision is not None and decision.ruling == "proceed"
        # What was told after a dose, or of a vial, holds up its own step only: there it can be set right.
        before = tuple(each for each in now.found if each.id not in _AT_ITS_STEP)
        return not (proceeds and gate.uncovered(before, now.visit))
    if step.id == VIAL_STEP and now.visit.countersigned is None:
        set_aside = all(each.visit == now.visit.id for each in now.visit.vials)
        return set_aside and not _vial_lacks(now)
    return True


def _is_over(now: _Now) -> bool:
    visit = now.visit
    if visit.stopped is not None:
        return True
    if visit.decision is not None and visit.decision.ruling != "proceed":
        return True
    return visit.countersigned is None and gate.stops(now.found)


def _unmet(now: _Now, step: Step) -> tuple[str, ...]:
    """Return the steps a step waits for: what it needs and, where that is done, what stands behind it."""
    unmet: list[str] = []
    for need in step.needs:
        needed = now.book.plan.step(need)
        unmet.extend(_unmet(now, needed) if _holds(now, needed) else (need,))
    return tuple(dict.fromkeys(unmet))


def _needs(now: _Now, step: Step, over: bool) -> tuple[Lack, ...]:
    if not over:
        unmet = _unmet(now, step)
    elif now.visit.stopped is not None:
        unmet = ()
    else:
        after = {"countersign": "decision", "record": "countersign"}.get(step.id)
        unmet = (after,) if after and not _holds(now, now.book.plan.step(after)) else ()
    waits = tuple(Lack("needs", step.form, need) for need in unmet)
    dry = not over and step.id in (PREMEDICATION, VIAL_STEP) and now.visit.stock is False
    return (*waits, Lack("vial", VIAL_STEP, "vial_none_accepted")) if dry else waits


def waits_for(scene: Scene, step: Step) -> tuple[Lack, ...]:
    """Return what a step waits for on the ordinary way, stop or no stop."""
    now = _now(scene, gate.findings(scene.book, scene.visit, scene.when))
    if not ahead.is_due(now.book, step, now.visit, now.when):
        return _state(now, step).lacks
    return _needs(now, step, over=False)


def state_of(book: Book, step: Step, visit: Visit, found: tuple[Finding, ...], when: When) -> StepState:
    """Return how one step stands, with what it waits for or lacks."""
    return _state(_now(Scene(book, visit, when), found), step)


def _state(now: _Now, step: Step) -> StepState:
    over = _is_over(now)
    if not ahead.is_due(now.book, step, now.visit, now.when):
        return StepState(step, "waiting", tuple(Lack("needs", step.form, need) for need in step.needs))
    if _holds(now, step):
        return StepState(step, "done")
    left = AFTER_STOP if now.visit.stopped is None else frozenset({"record"})
    if over and step.id not in left:
        return StepState(step, "stopped")
    waits = _needs(now, step, over)
    if waits:
        return StepState(step, "waiting", waits)
    lacks = _closing_lacks(now, step)
    begun = {*(key[0] for key in now.visit.told), *(key[0] for key in now.visit.read)}
    return StepState(step, "lacking" if lacks and step.form in begun else "open", lacks)


def states(book: Book, visit: Visit, when: When) -> tuple[StepState, ...]:
    """Return every step that counts in this visit and how it stands, in rail order."""
    found = gate.findings(book, visit, when)
    now = _now(Scene(book, visit, when), found)
    due = (step for step in book.plan.steps if ahead.is_due(book, step, now.visit, when))
    return tuple(_state(now, step) for step in due)

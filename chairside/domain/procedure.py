"""The procedure: which button may be tapped now, until when a release holds, and the supplier's own limit.

The marks go in one order, each once. An emergency is always possible from the release on, by anybody,
without a PIN, and is never taken back: nothing may stand between a hand and that button.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

from msgspec import structs

from chairside.domain.actor import Actor, physician_pin
from chairside.domain.answering import wrong_side
from chairside.domain.book import Terms
from chairside.domain.facts import (
    AddendumSigned,
    LimitPassed,
    Mark,
    MarkTakenBack,
    ProcedureMarked,
    ReleaseRenewed,
    Stamped,
)
from chairside.domain.fitness import gate_all, unfit
from chairside.domain.gate import local_day
from chairside.domain.seen import changed_since, known_at
from chairside.domain.steps import Scene
from chairside.domain.visit import Visit
from chairside.domain.when import When

IN_ORDER: tuple[Mark, ...] = ("thawed", "mixed", "first_injection", "last_injection")
INJECTIONS: frozenset[Mark] = frozenset({"first_injection", "last_injection"})
ENDS: frozenset[Mark] = frozenset({"last_injection", "stopped_part_way", "not_given"})


def marks(visit: Visit) -> tuple[Mark, ...]:
    """Return the marks that stand, in order."""
    return tuple(by.fact.mark for by in visit.marks if isinstance(by.fact, ProcedureMarked))


def ended(visit: Visit) -> bool:
    """Tell whether the procedure has come to an end: all given, stopped part-way or not given."""
    return not ENDS.isdisjoint(marks(visit))


def released(visit: Visit) -> bool:
    """Tell whether the physician released the treatment: an approval that was countersigned."""
    decision = visit.decision
    approved = decision is not None and decision.ruling == "proceed"
    return approved and visit.countersigned is not None and visit.in_error is None


def _about(visit: Visit, kind: str) -> Stamped | None:
    told = (by for by in visit.addenda if isinstance(by.fact, AddendumSigned) and by.fact.about == kind)
    return next(told, None)


def signed(visit: Visit) -> bool:
    """Tell whether the addendum about the procedure was signed: nothing is marked after it."""
    return _about(visit, "procedure") is not None


def withdrawal(visit: Visit) -> Stamped | None:
    """Return the addendum by which the patient withdrew after the record was sealed, or None."""
    return _about(visit, "withdrawal")


def withdrawn(visit: Visit) -> bool:
    """Tell whether the patient withdrew, before or after the record was sealed."""
    return visit.stopped is not None or withdrawal(visit) is not None


# -- the release ------------------------------------------------------------------------------
def release_until(visit: Visit, terms: Terms) -> datetime | None:
    """Return the instant at which the release lapses, or None where nothing was released."""
    begun = (visit.renewed or visit.countersigned) if released(visit) else None
    if begun is None:
        return None
    zone = timezone(timedelta(minutes=begun.stamp.offset_minutes))
    midnight = datetime.combine(local_day(begun) + timedelta(days=1), time(), zone).astimezone(UTC)
    return min(
        begun.stamp.utc + timedelta(hours=terms.release_hours), midnight
    )  # the answers end with the day


def lapsed(visit: Visit, now: datetime, terms: Terms) -> bool:
    """Tell whether the release is over with nothing thawed; a vial that was thawed is past that question."""
    until = release_until(visit, terms)
    begun = "thawed" in marks(visit) or ended(visit)
    return until is not None and now > until and not begun


def renewing(scene: Scene, fact: ReleaseRenewed, actor: Actor) -> str | None:
    """Refuse to renew a release but for a physician, with a reason, lapsed, on the same clinic day."""
    visit = scene.visit
    if (wrong := physician_pin(actor) or closed(visit)) is not None:
        return wrong
    if not fact.reason.strip():
        return "reason_needed"
    if not lapsed(visit, scene.when.now, scene.book.terms):
        return "release_holds"
    assert visit.countersigned is not None  # `_closed` has refused what was never released
    return None if local_day(visit.countersigned) == scene.when.today else "release_of_another_day"


# -- the supplier's limit ---------------------------------------------------------------------
def thawed_at(visit: Visit) -> datetime | None:
    """Return when the vials were thawed, or None."""
    for by in visit.marks:
        if isinstance(by.fact, ProcedureMarked) and by.fact.mark == "thawed":
            return by.stamp.happened or by.stamp.utc
    return None


def limit_at(visit: Visit, minutes: int | None) -> datetime | None:
    """Return when the supplier's limit passes; None: nothing thawed, or the supplier states none (V18)."""
    at = thawed_at(visit)
    return None if at is None or minutes is None else at + timedelta(minutes=minutes)


def too_late(visit: Visit, now: datetime, minutes: int | None) -> bool:
    """Tell whether the supplier's limit has passed before the last injection."""
    limit = limit_at(visit, minutes)
    return limit is not None and now > limit and not ended(visit)


def _goes_on(visit: Visit) -> bool:
    return visit.limit is not None and isinstance(visit.limit.fact, LimitPassed) and visit.limit.fact.go_on


def passing(scene: Scene, fact: LimitPassed, actor: Actor) -> str | None:
    """Refuse a word on the limit but a physician's, with a reason, once it has passed, and only a new one."""
    visit = scene.visit
    if (wrong := physician_pin(actor) or closed(visit)) is not None:
        return wrong
    if not fact.reason.strip():
        return "reason_needed"
    if not too_late(visit, scene.when.now, scene.thaw_limit):
        return "limit_holds"
    return "already_decided" if visit.limit is not None and _goes_on(visit) == fact.go_on else None


# -- the marks --------------------------------------------------------------------------------
def closed(visit: Visit) -> str | None:
    """Refuse what belongs to the procedure before the record is sealed, or after its addendum."""
    if not released(visit) or visit.sealed is None:
        return "not_released"
    return "already_signed" if signed(visit) else None


def _next(visit: Visit) -> Mark | None:
    done = marks(visit)
    return next((mark for mark in IN_ORDER if mark not in done), None)


def _order(visit: Visit, mark: Mark) -> str | None:
    done = marks(visit)
    if mark in done:
        return "already_marked"
    if ended(visit):
        return "procedure_over"
    fits = {
        "stopped_part_way": "thawed" in done,
        "not_given": "first_injection" not in done,
    }.get(mark, mark == _next(visit))
    return None if fits else "mark_out_of_order"


def _held(visit: Visit, mark: Mark, when: When, terms: Terms, limit: int | None) -> str | None:
    """Refuse to go on: after a withdrawal, with a lapsed release, past the supplier's limit."""
    if mark not in IN_ORDER:
        return None
    if withdrawn(visit):
        return "patient_withdrew"
    if lapsed(visit, when.now, terms):  # before the thaw: after it no release lapses
        return "release_lapsed"
    if (wrong := _not_in_order(visit, mark, when)) is not None:
        return wrong
    late = mark in INJECTIONS and too_late(visit, when.now, limit) and not _goes_on(visit)
    return "limit_passed" if late else None


def _not_in_order(visit: Visit, mark: Mark, when: When) -> str | None:
    """Refuse the thaw where the gate V23 fails, or a vial is not as it was sealed; after it, one set apart.

    A vial set apart goes on once a physician accepts it again under PIN (`custody`).
    """
    if mark == "thawed":
        return _not_to_thaw(visit, when)
    apart = any(each.gone or each.quarantined or each.rejected or unfit(each) for each in visit.vials)
    return "vial_not_in_order" if mark in INJECTIONS and apart else None


def _not_to_thaw(visit: Visit, when: When) -> str | None:
    ordered = visit.decision.strength_million if visit.decision else None
    apart = sorted(visit.codes) != sorted(set_aside(visit))
    if apart or gate_all(visit.vials, visit.codes, visit.id, ordered, when.today):
        return "vial_not_in_order"
    over = visit.countersigned
    return "vial_not_as_recorded" if over is not None and changed_since(visit, over.stamp) else None


def expected_marks(visit: Visit, when: When, terms: Terms, limit: int | None) -> tuple[Mark, ...]:
    """Return what may be marked now; `limit` is the supplier's, in minutes after thawing, None: none."""
    if not released(visit):
        return ()
    if closed(visit) is not None:
        return ("emergency",)
    asked: tuple[Mark, ...] = (*IN_ORDER, "stopped_part_way", "not_given")
    may = (mark for mark in asked if not (_order(visit, mark) or _held(visit, mark, when, terms, limit)))
    return (*may, "emergency")


def set_aside(visit: Visit) -> tuple[str, ...]:
    """Return the codes of the vials that may be mixed: accepted, and set aside for this visit (V19)."""
    return tuple(vial.code for vial in visit.vials if vial.ready(visit.id))


def _vials(visit: Visit, fact: ProcedureMarked) -> str | None:
    if fact.mark != "thawed":
        return None if set(fact.vials) <= set(visit.codes) else "vials_differ"
    # That there are any, and that each is set aside, `_not_to_thaw` has asked before.
    return None if sorted(fact.vials) == sorted(visit.codes) else "vials_differ"


def _as_it_was(scene: Scene) -> When:
    """Return the moment a mark is judged at: when it was, never before the mark before it, never to come."""
    if scene.happened is None:
        return scene.when
    last = scene.visit.marks[-1] if scene.visit.marks else scene.visit.countersigned
    least = (last.stamp.happened or last.stamp.utc) if last else scene.when.now
    return replace(scene.when, now=min(max(scene.happened, least), scene.when.now))


def _known_then(scene: Scene, fact: ProcedureMarked) -> Visit:
    """Return the visit with its vials as they stood when an injection that is told late was given.

    What the desk said after the needle does not undo it (P5); the thaw is held against all that is known.
    """
    visit = scene.visit
    if scene.happened is None or fact.mark not in INJECTIONS:
        return visit
    now = _as_it_was(scene).now
    return structs.replace(visit, vials=tuple(known_at(each, now) for each in visit.vials))


def marking(scene: Scene, fact: ProcedureMarked, actor: Actor) -> str | None:
    """Refuse a mark out of turn, past a limit, or about other vials than were received and shown."""
    visit = scene.visit
    if fact.mark == "emergency":
        return None if released(visit) else "not_released"
    if (wrong := wrong_side(scene, "any", actor) or closed(visit) or _order(visit, fact.mark)) is not None:
        return wrong
    held = _held(_known_then(scene, fact), fact.mark, _as_it_was(scene), scene.book.terms, scene.thaw_limit)
    return held or _vials(visit, fact)


def taking_back(scene: Scene, fact: MarkTakenBack, actor: Actor) -> str | None:
    """Refuse to take back anything but the last mark, and an emergency always."""
    if (wrong := wrong_side(scene, "any", actor) or closed(scene.visit)) is not None:
        return wrong
    if fact.mark == "emergency":
        return "emergency_stays"
    last = marks(scene.visit)[-1:]
    return None if last == (fact.mark,) else "mark_out_of_order"


def last_end(visit: Visit) -> Stamped | None:
    """Return the mark that ended the procedure, or None."""
    facts = (
        by for by in reversed(visit.marks) if isinstance(by.fact, ProcedureMarked) and by.fact.mark in ENDS
    )
    return next(facts, None)

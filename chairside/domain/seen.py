"""What the patient was shown of a vial and its sheet, and whether they still say the same (Q29).

A vial and its sheet have streams of their own: they can be put right while a visit goes on. Whoever
signed to have seen them saw what they said then. A photo added later leaves what was copied as it was.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from msgspec import structs

from chairside.domain import vial as vials
from chairside.domain.facts import Signed, SignedOnPaper, Stamp, Stamped
from chairside.domain.finding import Finding
from chairside.domain.form import Verdict
from chairside.domain.panel import cmv_found
from chairside.domain.replies import Pictured, Reply
from chairside.domain.sheet import Sheet
from chairside.domain.vial import Vial
from chairside.domain.visit import VIAL, Visit

Replies: TypeAlias = dict[str, Reply]
GLYCEROL = ("health_check", "glycerol_sensitivity")
CMV_FOUND = "donor_cmv_found"
Said: TypeAlias = tuple[str, str, str, date | None, str, Replies, str, str, str, Replies]


def _copied(replies: Replies) -> Replies:
    return {item: reply for item, reply in replies.items() if not isinstance(reply, Pictured)}


def said(vial: Vial) -> Said:
    """Return everything that was copied from a vial's label, its box and its donor-test sheet."""
    paper = vial.sheet or Sheet()
    label = (vial.supplier, vial.product, vial.lot, vial.expires)
    named = (paper.supplier, paper.donor, paper.lot)
    return (*label, vial.sheet_stream, _copied(vial.replies), *named, _copied(paper.replies))


def _by_then(facts: tuple[Stamped, ...], then: Stamp) -> tuple[Stamped, ...]:
    """Return the facts that were there at a moment; on one tablet the numbers say it, not the clock."""

    def was_there(stamp: Stamp) -> bool:
        if stamp.tablet == then.tablet and then.happened is None:
            return stamp.number <= then.number
        return stamp.utc <= (then.happened or then.utc)

    return tuple(each for each in facts if was_there(each.stamp))


def changed(vial: Vial, then: Stamp) -> bool:
    """Tell whether a vial, known at a moment, or its sheet says something else now than it said then."""
    facts = _by_then(vial.facts, then)
    if not facts:
        return False
    sheet = _by_then(vial.sheet.facts, then) if vial.sheet else ()
    return said(vials.fold(facts, sheet)) != said(vial)


def known_at(vial: Vial, at: datetime) -> Vial:
    """Return a vial and its sheet as they were known at a moment in the past; what was a slip never was."""
    sheet = tuple(each for each in vial.sheet.facts if _when(each) <= at) if vial.sheet else ()
    facts = vials.without_slips(vial.facts)
    return vials.fold(tuple(each for each in facts if _when(each) <= at), sheet)


def _when(told: Stamped) -> datetime:
    return told.stamp.happened or told.stamp.utc


def changed_since(visit: Visit, then: Stamp) -> bool:
    """Tell whether any vial of the visit says something else now than it said then."""
    return any(changed(vial, then) for vial in visit.vials)


def still(visit: Visit) -> Visit:
    """Return the visit without what was read, signed and closed over a vial that says something else now.

    What is settled keeps its signature: the thaw is held instead (`procedure`).
    """
    if visit.countersigned or visit.stopped or visit.concluded:
        return visit
    ours = f"{VIAL}."

    def stale(name: str, by: Stamped) -> bool:
        return (name == VIAL or name.startswith(ours)) and changed_since(visit, by.stamp)

    gone = {pad for pad, by in visit.signed.items() if stale(pad, by)}
    closed = {step: by for step, by in visit.closed.items() if not stale(step, by)}
    return structs.replace(
        visit,
        signed={pad: by for pad, by in visit.signed.items() if pad not in gone},
        pads={pad: ink for pad, ink in visit.pads.items() if pad not in gone},
        papers={pad: by for pad, by in visit.papers.items() if not stale(pad, by)},
        read={key: by for key, by in visit.read.items() if not stale(key[0], by)},
        closed=closed,
        closed_place={step: place for step, place in visit.closed_place.items() if step in closed},
    )


def donor(visit: Visit) -> tuple[Finding, ...]:
    """Return what a donor's tests ask of the physician, one finding a vial: CMV stops nothing by itself."""
    found = (vial.code for vial in visit.vials if cmv_found(vial.panel))
    return tuple(Finding(CMV_FOUND, Verdict.PHYSICIAN, (), code) for code in found)


def _shown(visit: Visit) -> tuple[Stamp, ...]:
    kinds = (Signed, SignedOnPaper)
    told = (by for by in visit.facts if isinstance(by.fact, kinds) and by.fact.pad.startswith(f"{VIAL}."))
    return tuple(by.stamp for by in told)


def notes(visit: Visit) -> tuple[Finding, ...]:
    """Return the note that a vial changed after the patient had signed to have seen it: it stops nothing."""
    shown = _shown(visit)
    held = (vial.code for vial in visit.vials if any(changed(vial, then) for then in shown))
    told = tuple(Finding("vial_changed_after_seen", Verdict.CLEAR, (), code) for code in held)
    return (*told, *_cryoprotectant(visit))


def _cryoprotectant(visit: Visit) -> tuple[Finding, ...]:
    """Return what keeps a vial's cells in the cold, for a patient who may react to glycerol (C26, X17)."""
    if visit.option(*GLYCEROL) in (None, "no"):
        return ()
    said = ((vial.code, vial.said("cryoprotectant")) for vial in visit.vials)
    return tuple(Finding(f"cryoprotectant_{what}", Verdict.CLEAR, (), code) for code, what in said if what)

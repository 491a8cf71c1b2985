"""What may happen next in a vial's life, and by whom: nothing comes back from used, gone or thawed.

The gate of a visit (`fitness`) asks whether a vial may be thawed for one patient now; custody asks what may
become of the vial at all. They are apart because most of a vial's life happens at the desk, without a visit.
"""

from __future__ import annotations

from typing import TypeAlias, assert_never

from chairside.domain.actor import Actor, clinical, physician_pin
from chairside.domain.facts import (
    Answered,
    ExpectationEnded,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialEndTakenBack,
    VialExpected,
    VialFreed,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
    VialUsed,
)
from chairside.domain.fitness import unfit
from chairside.domain.vial import Vial

Here: TypeAlias = (
    VialChecked
    | VialAccepted
    | VialAssigned
    | VialQuarantined
    | VialRejected
    | VialFreed
    | VialOpened
    | VialThawed
    | VialUsed
    | VialDiscarded
    | VialReturned
    | Answered
)
Custody: TypeAlias = VialExpected | ExpectationEnded | VialReceived | VialEndTakenBack | Here


def _expecting(vial: Vial, fact: VialExpected) -> str | None:
    if vial.expecting is not None or vial.code:
        return "already_expected"
    named = fact.supplier.strip() and fact.strength_million > 0
    return None if named else "strength_needed"


def _arriving(vial: Vial, fact: ExpectationEnded) -> str | None:
    if vial.expecting is None or vial.ended is not None:
        return "not_expected"
    return None if fact.code.strip() or fact.reason.strip() else "reason_needed"


def _receiving(vial: Vial, fact: VialReceived) -> str | None:
    if not (fact.code.strip() and fact.supplier.strip()):
        return "code_missing"
    return "already_accepted" if vial.accepted or vial.rejected or vial.gone else None


def _checking(vial: Vial, fact: VialChecked, actor: Actor) -> str | None:
    if not actor.proved:
        return "pin_needed"
    if fact.person != actor.person or actor.person in vial.writers:
        return "second_person_needed"
    return "already_checked" if vial.checked else None


def _accepting(vial: Vial, actor: Actor) -> str | None:
    """Refuse a vial that was rejected, or that is not in order; what is quarantined may still be accepted.

    Thawed, it is the physician's to say that the procedure goes on with it, under PIN, rejected or only set
    apart: the clock runs, and nobody at the desk sees the chair. The word never lifts the gate V23.
    """
    if vial.thawed and (wrong := physician_pin(actor)) is not None:
        return wrong
    if vial.rejected and not vial.thawed:
        return "vial_rejected"
    if vial.accepted:
        return "already_accepted"
    reasons = unfit(vial)
    return reasons[0].id if reasons else None


def _assigning(vial: Vial, visit: str) -> str | None:
    if not vial.accepted:
        return "vial_not_accepted"
    if vial.thawed:
        return "vial_thawed"
    if vial.visit == visit:
        return "already_set_aside"
    return "vial_of_another_visit" if vial.visit else None


def _freeing(vial: Vial, fact: VialFreed, actor: Actor, may_move: bool) -> str | None:
    """Refuse to free a vial but unthawed, let move by its supplier, under PIN and with a reason (P10).

    What a supplier forbids is to take a vial from one patient to another. One that was set aside for a
    visit opened in error, or for one that is over, and not unpacked before that patient, never left the
    shelf: it may go, else nobody could ever use it or give it to the right visit.
    """
    if not actor.proved:
        return "pin_needed"
    if not vial.visit or vial.visit != fact.visit:
        return "vial_not_set_aside"
    if vial.thawed:
        return "vial_thawed"
    if not may_move:
        return "supplier_forbids"
    return None if fact.reason.strip() else "reason_needed"


def _opening(vial: Vial, visit: str) -> str | None:
    if not vial.accepted:
        return "vial_not_accepted"
    return "vial_of_another_visit" if vial.visit not in ("", visit) else None


def _thawing(vial: Vial, visit: str) -> str | None:
    if vial.thawed:
        return "vial_thawed"
    return None if vial.ready(visit) else "vial_not_set_aside"


def _taking_back(vial: Vial, fact: VialEndTakenBack) -> str | None:
    """Refuse to take back at the desk anything but a frozen vial's discard: marks are the chair's."""
    if not vial.code:
        return "vial_unknown"
    if vial.thawed:
        return "vial_thawed"
    if vial.gone != "discarded":
        return f"vial_{vial.gone}" if vial.gone else "nothing_changed"
    return None if fact.reason.strip() else "reason_needed"


def _setting_apart(vial: Vial, reason: str, same: bool) -> str | None:
    if vial.rejected:
        return "vial_rejected"
    if same:
        return "already_quarantined"
    return None if reason.strip() else "reason_needed"


# One line per kind: a table in the shape of a match, so that the type checker finds a missing one.
def _here(vial: Vial, fact: Here, actor: Actor, may_move: bool) -> str | None:  # noqa: C901, PLR0911, PLR0912
    # One line per kind: a table in the shape of a match, so that the type checker finds a missing kind.
    match fact:
        case Answered():
            return "already_accepted" if vial.accepted else None
        case VialChecked():
            return _checking(vial, fact, actor)
        case VialAccepted():
            return _accepting(vial, actor)
        case VialAssigned(visit):
            return _assigning(vial, visit)
        case VialFreed():
            return _freeing(vial, fact, actor, may_move)
        case VialOpened(visit):
            return _opening(vial, visit)
        case VialThawed(visit):
            return _thawing(vial, visit)
        case VialUsed(visit):
            return None if vial.thawed == visit else "vial_not_thawed"
        case VialQuarantined(reason):
            return _setting_apart(vial, reason, vial.quarantined)
        case VialRejected(reason):
            return _setting_apart(vial, reason, same=False)
        case VialDiscarded(reason) | VialReturned(reason):
            return None if reason.strip() else "reason_needed"
        case _:
            assert_never(fact)


def forbids(vial: Vial, fact: Custody, actor: Actor, may_move: bool = False) -> str | None:
    """Return the code of the rule that refuses a fact of a vial's stream, or None.

    `may_move`: the supplier lets an unthawed vial go to another visit, or it never left the shelf.
    """
    if (wrong := clinical(actor)) is not None:
        return wrong
    match fact:
        case VialExpected():
            return _expecting(vial, fact)
        case ExpectationEnded():
            return _arriving(vial, fact)
        case VialReceived():
            return _receiving(vial, fact)
        case VialEndTakenBack():
            return _taking_back(vial, fact)
        case _:
            if not vial.code:
                return "vial_unknown"
            return f"vial_{vial.gone}" if vial.gone else _here(vial, fact, actor, may_move)

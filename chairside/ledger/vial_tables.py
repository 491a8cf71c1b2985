"""What the vials' streams come to: where each vial stands, and which sheet covers it.

The rules of a vial's life are the domain's and are asked before a fact is stored; here its facts
are only counted up, so that a vial is found without reading every stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.domain.facts import (
    Answered,
    ExpectationEnded,
    SheetChecked,
    SheetEntered,
    Stamp,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialExpected,
    VialFact,
    VialFreed,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
    VialUsed,
)
from chairside.domain.replies import Chosen
from chairside.ledger.folded import instant

if TYPE_CHECKING:
    from sqlite3 import Connection

STRENGTH = "vial_strength"
_STATUS: dict[type[VialFact], str] = {
    VialQuarantined: "quarantined",
    VialRejected: "rejected",
    VialOpened: "opened",
    VialThawed: "thawed",
    VialDiscarded: "discarded",
    VialReturned: "returned",
}


def carry(own: Connection, stamp: Stamp, fact: VialFact) -> None:
    """Carry one fact of a vial's or a sheet's stream into the tables."""
    match fact:
        case SheetEntered() | SheetChecked():
            _sheet(own, stamp, fact)
        case VialExpected():
            _expected(own, stamp, fact)
        case VialReceived():
            _received(own, stamp, fact)
        case Answered():
            _answered(own, stamp, fact)
        case VialAssigned() | VialFreed() | VialAccepted():
            _owner(own, stamp.stream, fact)
        case _:
            _stands(own, stamp, fact)
    own.execute("UPDATE vial SET changed_at = ? WHERE stream = ?", (instant(stamp.utc), stamp.stream))


def _sheet(own: Connection, stamp: Stamp, fact: SheetEntered | SheetChecked) -> None:
    if isinstance(fact, SheetChecked):
        own.execute("UPDATE sheet SET checked_by = ? WHERE stream = ?", (fact.person, stamp.stream))
        return
    own.execute(
        "INSERT OR REPLACE INTO sheet VALUES (?, ?, ?, ?, ?, '')",
        (stamp.stream, fact.supplier, fact.donor, fact.lot, stamp.person),
    )


def _expected(own: Connection, stamp: Stamp, fact: VialExpected) -> None:
    own.execute(
        "INSERT INTO vial (stream, code, supplier, product, lot, status, visit, strength, due, reference,"
        " sheet, expected, entered_by) VALUES (?, '', ?, '', '', 'expected', ?, ?, ?, ?, '', '', ?)"
        " ON CONFLICT DO NOTHING",
        (
            stamp.stream,
            fact.supplier,
            fact.visit.removeprefix("visit:") or None,
            fact.strength_million,
            instant(fact.due),
            fact.reference,
            stamp.person,
        ),
    )


def _received(own: Connection, stamp: Stamp, fact: VialReceived) -> None:
    """Take a label's entries; entered anew, they replace what stood there and want a second look again."""
    own.execute(
        "INSERT INTO vial (stream, code, supplier, product, lot, expires, status, reference, sheet, expected,"
        " entered_by) VALUES (?, ?, ?, ?, ?, ?, 'received', '', ?, ?, ?) ON CONFLICT (stream) DO UPDATE SET"
        " supplier = excluded.supplier, product = excluded.product, lot = excluded.lot,"
        " expires = excluded.expires, sheet = excluded.sheet, expected = excluded.expected,"
        " entered_by = excluded.entered_by, status = iif(status = 'checked', 'received', status)",
        (
            stamp.stream,
            fact.code,
            fact.supplier,
            fact.product,
            fact.lot,
            fact.expires.isoformat(),
            fact.sheet,
            fact.expected,
            stamp.person,
        ),
    )


def _answered(own: Connection, stamp: Stamp, fact: Answered) -> None:
    """Take an answer: a check stood over the entries as they were, not as they are now."""
    own.execute("UPDATE sheet SET checked_by = '' WHERE stream = ?", (stamp.stream,))
    again = "UPDATE vial SET status = 'received' WHERE stream = ? AND status = 'checked'"
    own.execute(again, (stamp.stream,))
    if fact.item == STRENGTH and isinstance(fact.reply, Chosen) and fact.reply.option.isdecimal():
        strength = "UPDATE vial SET strength = ? WHERE stream = ?"
        own.execute(strength, (int(fact.reply.option), stamp.stream))


def _owner(own: Connection, stream: str, fact: VialAssigned | VialFreed | VialAccepted) -> None:
    match fact:
        case VialAssigned(visit):
            mine = "UPDATE vial SET status = 'assigned', visit = ? WHERE stream = ?"
            own.execute(mine, (visit.removeprefix("visit:"), stream))
        case VialFreed():
            own.execute("UPDATE vial SET status = 'accepted', visit = NULL WHERE stream = ?", (stream,))
        case VialAccepted():  # out of quarantine a vial goes back to the visit it was set aside for
            accepted = "UPDATE vial SET status = iif(visit IS NULL, 'accepted', 'assigned') WHERE stream = ?"
            own.execute(accepted, (stream,))


def _stands(own: Connection, stamp: Stamp, fact: VialFact) -> None:
    stream = stamp.stream
    match fact:
        case VialChecked():
            checked = "UPDATE vial SET status = 'checked' WHERE stream = ? AND status = 'received'"
            own.execute(checked, (stream,))
        case ExpectationEnded(code):
            ended = "came" if code else "not_coming"
            own.execute("UPDATE vial SET status = ?, code = ? WHERE stream = ?", (ended, code, stream))
        case VialUsed(whole=whole):
            used = "used" if whole else "partly_used"
            own.execute("UPDATE vial SET status = ? WHERE stream = ?", (used, stream))
        case VialThawed():
            thawed = "UPDATE vial SET status = 'thawed', thawed_at = ? WHERE stream = ?"
            own.execute(thawed, (instant(stamp.happened or stamp.utc), stream))
        case _:
            own.execute("UPDATE vial SET status = ? WHERE stream = ?", (_STATUS[type(fact)], stream))

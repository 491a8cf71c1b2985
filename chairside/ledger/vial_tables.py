"""What the vials' and sheets' streams come to: where each stands, so that one is found without reading all.

A row is the domain's own fold of its stream, made anew with each of its few facts: counting the facts
up here would be a second telling of the same rules, and the two would part.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from chairside.canon import decode
from chairside.domain import sheet, vial
from chairside.domain.codes.identity import identity
from chairside.domain.facts import SheetEntered, Stamp, Stamped, VialExpected, VialReceived, VialThawed
from chairside.domain.vial import Vial
from chairside.ledger.folded import instant

if TYPE_CHECKING:
    from sqlite3 import Connection


def carry(own: Connection, stamp: Stamp) -> None:
    """Make the row of the stream anew to which a fact was just stored."""
    rows = own.execute("SELECT body FROM event WHERE stream = ? ORDER BY seq", (stamp.stream,)).fetchall()
    bodies = (decode(body) for (body,) in rows)
    facts = tuple(Stamped(body.stamp, body.fact, "") for body in bodies)
    if any(isinstance(each.fact, SheetEntered) for each in facts):
        _sheet(own, stamp.stream, facts)
    elif any(isinstance(each.fact, VialReceived | VialExpected) for each in facts):
        _vial(own, stamp.stream, facts)


def _sheet(own: Connection, stream: str, facts: tuple[Stamped, ...]) -> None:
    told = sheet.fold(facts)
    checker = told.checked_by if told.checked else ""
    row = (stream, told.supplier, told.donor, told.lot, told.entered_by, checker)
    own.execute("INSERT OR REPLACE INTO sheet VALUES (?, ?, ?, ?, ?, ?)", row)


def _vial(own: Connection, stream: str, facts: tuple[Stamped, ...]) -> None:
    told = vial.fold(facts)
    awaited = told.expecting
    thawed = [_when(each) for each in facts if isinstance(each.fact, VialThawed)]
    row: Sequence[object] = (
        stream,
        told.code,
        told.supplier,
        told.product,
        told.lot,
        told.expires.isoformat() if told.expires else None,
        _status(told),
        told.visit.removeprefix("visit:") or None,
        told.strength_million,
        instant(awaited.due) if awaited else None,
        awaited.reference if awaited else "",
        told.sheet_stream,
        _expected(facts),
        told.entered_by or facts[0].stamp.person,
        instant(thawed[0]) if thawed else None,
        instant(facts[-1].stamp.utc),
        identity(told.code).family if told.code else "",
    )
    # Nothing but question marks is put into the text.
    # S608: nothing but question marks is put into the statement
    own.execute(f"INSERT OR REPLACE INTO vial VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608


def _status(told: Vial) -> str:
    """Return how a vial stands; an expectation that is over says how it ended."""
    if told.ended is not None:
        return "came" if told.ended.code else "not_coming"
    return told.fate


def _expected(facts: tuple[Stamped, ...]) -> str:
    """Return the stream the vial was due in."""
    named = [each.fact.expected for each in facts if isinstance(each.fact, VialReceived)]
    return named[-1] if named else ""


def _when(stamped: Stamped) -> datetime:
    return stamped.stamp.happened or stamped.stamp.utc

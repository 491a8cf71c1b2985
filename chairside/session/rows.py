"""The visits of the board, one row each, made anew whenever it is shown: today's first, then those ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Literal

from chairside.errors import ChairsideError
from chairside.ledger import VialRow, VisitRow
from chairside.session.board import BoardRow
from chairside.session.clinic import Clinic
from chairside.session.clock import start_of_day, zone_named
from chairside.session.names import similar
from chairside.session.staff import Staff
from chairside.session.vials import limit_of
from chairside.session.visit import VisitRoom


def today(clinic: Clinic) -> date:
    """Return the clinic's own day."""
    return clinic.scribe.clock.now().astimezone(zone_named(clinic.founded.zone)).date()


def board_rows(clinic: Clinic, staff: Staff) -> tuple[BoardRow, ...]:
    """Return every visit that is not over, is planned for today, or still owes a paper."""
    zone, day = zone_named(clinic.founded.zone), today(clinic)
    since, until = start_of_day(zone, day), start_of_day(zone, day + timedelta(days=1))
    owed: dict[str, tuple[str, ...]] = {}
    for paper in clinic.ledger.owed():
        owed[paper.visit] = (*owed.get(paper.visit, ()), paper.what)
    found = {row.visit: row for row in (*clinic.ledger.open_visits(), *clinic.ledger.visits_on(since, until))}
    late = (clinic.ledger.visit(visit) for visit in owed if visit not in found)
    found |= {row.visit: row for row in late if row is not None}
    made = [board_row(clinic, staff, row, owed.get(row.visit, ())) for row in found.values()]
    rows = sorted(made, key=lambda row: (row.injection >= until, row.injection, row.visit))
    return _flagged(tuple(rows), clinic)


def board_row(clinic: Clinic, staff: Staff, row: VisitRow, owed: tuple[str, ...] = ()) -> BoardRow:
    """Return one row; a visit that cannot be opened is listed with why, and hides no other."""
    bare = BoardRow(
        visit=row.visit,
        patient=row.patient,
        name=row.name,
        born=None,
        session=row.session,
        injection=row.injection,
        status=None,
        step="",
        holder=_holder(row),
        owed=owed,
        unsealed=(row.ending is not None and row.sealed is None) or row.unsealed > 0,
    )
    try:
        room = VisitRoom(clinic, staff, row.visit)
        view = room.view()
    except ChairsideError as trouble:
        return replace(bare, trouble=trouble.code)
    at, limit = _thawed(clinic, row.visit)
    return replace(
        bare,
        born=room.visit.patient.born if room.visit.patient else None,
        status=view.status,
        step=next((each.step.id for each in view.steps if each.state in ("open", "lacking")), "record"),
        thawed_at=at,
        limit_minutes=limit,
    )


def _holder(row: VisitRow) -> Literal["", "patient"]:
    return "patient" if row.holder == "patient" and row.ending is None else ""


def _thawed(clinic: Clinic, visit: str) -> tuple[datetime | None, int | None]:
    """Return since when a vial of this visit is thawed and not gone, and its supplier's limit in minutes.

    Of several the one whose limit passes first counts.
    """
    thawed = [row for row in clinic.ledger.vials_of(visit) if row.status == "thawed"]
    limits = {row.stream: limit_of(clinic.ledger, {row.supplier}, row.thawed_at) for row in thawed}

    def urgency(row: VialRow) -> tuple[bool, datetime]:
        limit, at = limits[row.stream], row.thawed_at or row.changed_at
        assert at is not None  # every stored fact stamps its vial
        return limit is None, at + timedelta(minutes=limit or 0)

    first = min(thawed, key=urgency, default=None)
    return (first.thawed_at, limits[first.stream]) if first else (None, None)


def _flagged(rows: tuple[BoardRow, ...], clinic: Clinic) -> tuple[BoardRow, ...]:
    """Mark whoever could be taken for somebody else of the same day."""
    zone = zone_named(clinic.founded.zone)
    mixed: set[str] = set()
    for one, other in combinations(rows, 2):
        same_day = one.injection.astimezone(zone).date() == other.injection.astimezone(zone).date()
        if same_day and one.patient != other.patient and similar(one.name, other.name):
            mixed |= {one.visit, other.visit}
    return tuple(replace(row, similar=row.visit in mixed) for row in rows)

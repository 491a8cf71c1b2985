"""Vials and sheets as the desk sees them: one card each, made anew whenever they are shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from chairside.domain import gate
from chairside.domain.facts import SupplierAdded, VialAssigned
from chairside.domain.fitness import unfit
from chairside.domain.vial import Vial
from chairside.errors import NotAllowed
from chairside.ledger import VialRow
from chairside.session.board import SheetCard, VialCard
from chairside.session.clinic import Clinic
from chairside.session.clock import start_of_day, zone_named
from chairside.session.vials import vial_in

# Where a vial may still be accepted, or was on a word that may have changed since.
_IN_HAND = ("received", "checked", "accepted", "quarantined", "assigned")
EXPIRED = "vial_expired"
_FIRST = ("expected", "thawed", "opened", "received", "checked", "quarantined", "accepted", "assigned")


def vial_cards(clinic: Clinic) -> tuple[VialCard, ...]:
    """Return every vial whose life is not over, and those something happened to today."""
    zone = zone_named(clinic.founded.zone)
    now = clinic.scribe.clock.now()
    rows = clinic.ledger.vials_since(start_of_day(zone, now.astimezone(zone).date()))
    made = [_card(clinic, row, now) for row in rows if row.status not in ("came", "not_coming")]
    return tuple(sorted(made, key=_place))


def _place(card: VialCard) -> tuple[int, datetime | None, str]:
    rank = _FIRST.index(card.fate) if card.fate in _FIRST else len(_FIRST)
    return rank, card.due if rank == 0 else None, card.code or card.stream


def _card(clinic: Clinic, row: VialRow, now: datetime) -> VialCard:
    vial = vial_in(clinic.ledger, row.stream)
    visit = vial.visit or row.meant_for
    known = clinic.ledger.visit(visit) if visit else None
    late = (now - row.due) // timedelta(minutes=1) if row.due and vial.fate == "expected" else 0
    return VialCard(
        stream=row.stream,
        code=vial.code,
        supplier=vial.supplier,
        strength_million=vial.strength_million,
        lot=vial.lot,
        expires=vial.expires,
        fate=vial.fate,
        visit=visit,
        patient=known.name if known else "",
        due=row.due,
        late_minutes=max(late, 0),
        lacks=_lacks(vial, is_expired(clinic, vial)),
        entered_by=vial.entered_by or row.entered_by,
        sheet=vial.sheet_stream,
    )


def _lacks(vial: Vial, expired: bool) -> tuple[str, ...]:
    if vial.fate not in _IN_HAND:
        return ()
    return (*((EXPIRED,) if expired else ()), *(gate.key_of(each) for each in unfit(vial)))


def is_expired(clinic: Clinic, vial: Vial) -> bool:
    """Tell whether a vial that is still frozen is past its date on the clinic's day (V16, V23)."""
    today = clinic.scribe.clock.now().astimezone(zone_named(clinic.founded.zone)).date()
    return not vial.thawed and vial.expires is not None and vial.expires < today


def refuse_expired(clinic: Clinic, vial: Vial) -> None:
    """Refuse to accept what the gate would refuse at the chair. Raises: NotAllowed("vial_expired")."""
    if is_expired(clinic, vial):
        raise NotAllowed(EXPIRED, vial=vial.code)


def refuse_later(clinic: Clinic, vial: Vial) -> None:
    """Refuse to call a slip what was told before today. Raises: NotAllowed("slip_of_another_day")."""
    today = clinic.scribe.clock.now().astimezone(zone_named(clinic.founded.zone)).date()
    if vial.facts and gate.local_day(vial.facts[-1]) != today:
        raise NotAllowed("slip_of_another_day", vial=vial.code)


def sheet_cards(clinic: Clinic) -> tuple[SheetCard, ...]:
    """Return every sheet, those that wait for a second person first."""
    made = [
        SheetCard(row.stream, row.supplier, row.donor, row.lot, row.entered_by, row.checked_by, row.vials)
        for row in clinic.ledger.sheets()
    ]
    return tuple(sorted(made, key=lambda card: (bool(card.checked_by), card.supplier, card.donor, card.lot)))


def suppliers(clinic: Clinic) -> tuple[SupplierAdded, ...]:
    """Return every supplier as last told, by name."""
    return clinic.ledger.suppliers()


def refuse_over(clinic: Clinic, visit: str) -> None:
    """Refuse a visit that is not there, or over. Raises: NotAllowed("visit_unknown" | "visit_is_over")."""
    row = clinic.ledger.visit(visit)
    if row is None:
        raise NotAllowed("visit_unknown", visit=visit)
    if row.over or row.ending is not None:
        raise NotAllowed("visit_is_over", visit=visit)


def left_behind(clinic: Clinic, vial: Vial) -> bool:
    """Tell whether a vial, still in its package, is set aside for a visit that is over or was an error."""
    row = clinic.ledger.visit(vial.visit) if vial.visit and not vial.opened else None
    return row is not None and (row.over or row.ending not in (None, "countersigned"))


def comes_back(clinic: Clinic, vial: Vial, visit: str) -> bool:
    """Tell whether a vial that was freed belonged to a released visit which is not over."""
    row, was = clinic.ledger.visit(visit), VialAssigned(visit)
    released = row is not None and row.ending == "countersigned" and not row.over
    return released and any(each.fact == was for each in vial.facts)

"""Why a vial may not be accepted, or thawed for a visit: the gate V23.

The gate is never overridden; every failing reason is listed, each with what it is about.
"""

from __future__ import annotations

from datetime import date

from msgspec import structs

from chairside.domain import sheet as sheets
from chairside.domain.finding import Finding
from chairside.domain.form import Verdict
from chairside.domain.panel import CONSENTED
from chairside.domain.vial import NO_WARNING, SHIPMENT, Vial


def _reason(rule: str, about: str = "") -> Finding:
    return Finding(rule, Verdict.HOLD, ("vial_code",), about)


def _sheet(vial: Vial) -> tuple[Finding, ...]:
    """Return what the named sheet itself lacks; answers on the vial's own stream share the vial's check."""
    if not vial.sheet_stream:
        return ()
    if vial.sheet is None:
        return (_reason("vial_sheet_missing"),)
    found = [] if vial.sheet.checked else [_reason("vial_sheet_not_checked")]
    if not vial.sheet.covers(vial.supplier, vial.lot):
        found.append(_reason("vial_sheet_of_another"))
    return tuple(found)


def _paper(vial: Vial) -> tuple[Finding, ...]:
    shipment = (_reason("vial_shipment_not_in_order", item) for item in SHIPMENT if vial.said(item) != "yes")
    missing = bool(vial.sheet_stream) and vial.sheet is None
    failing = () if missing else sheets.failing(vial.paper, vial.product_type)
    label = (*_product(vial), *_warned(vial))
    return (*shipment, *label, *(_reason(*each) for each in failing), *_sheet(vial))


def _product(vial: Vial) -> tuple[Finding, ...]:
    """Return what the label says against the consent: another product than a cord's, or none named (X4)."""
    if not vial.product_type:
        return (_reason("vial_product_unknown"),)
    agreed = vial.product_type in CONSENTED
    return () if agreed else (_reason("vial_product_not_consented", vial.product_type),)


def _warned(vial: Vial) -> tuple[Finding, ...]:
    """Return each warning that label or paper carries, or that nobody looked for one (V7)."""
    if not vial.warnings:
        return (_reason("vial_warning_not_asked"),)
    return tuple(_reason("vial_warning_on_label", each) for each in vial.warnings if each != NO_WARNING)


def unfit(vial: Vial) -> tuple[Finding, ...]:
    """Return why a vial may not be accepted: unchecked, its shipment or its sheet not in order."""
    unchecked = () if vial.checked else (_reason("vial_not_checked_by_second_person"),)
    return (*unchecked, *_paper(vial))


def _past(vial: Vial, visit: str) -> tuple[Finding, ...]:
    """Return what already happened to a vial that keeps it from this visit."""
    told = (
        (bool(vial.gone), f"vial_{vial.gone}"),
        (bool(vial.alike), "vial_number_needed"),
        (vial.rejected, "vial_rejected"),
        (vial.quarantined, "vial_quarantined"),
        (vial.thawed not in ("", visit), "vial_thawed_for_another"),
        (vial.visit not in ("", visit), "vial_of_another_visit"),
    )
    return tuple(_reason(rule) for holds, rule in told if holds)


def _own(vial: Vial | None, visit: str, today: date) -> tuple[Finding, ...]:
    """Return one vial's own reasons, whatever was ordered."""
    if vial is None or not vial.code:
        return (_reason("vial_unknown"),)
    expired = (_reason("vial_expired"),) if vial.expires is None or vial.expires < today else ()
    waiting = () if vial.accepted or vial.rejected or vial.quarantined else (_reason("vial_not_accepted"),)
    return (*expired, *waiting, *_past(vial, visit), *unfit(vial))


def gate_all(
    vials: tuple[Vial, ...], codes: tuple[str, ...], visit: str, ordered_million: int | None, today: date
) -> tuple[Finding, ...]:
    """Return every reason why these vials may not be thawed for this visit; none means they may (V23).

    The strengths must add up to the order. Of several vials, `about` begins with the code it speaks of.
    """
    if not codes:
        return (_reason("vial_unknown"),)
    known = {vial.code: vial for vial in vials}
    found: list[Finding] = []
    for code in codes:
        reasons = _own(known.get(code), visit, today)
        found += reasons if len(codes) == 1 else [_of(code, each) for each in reasons]
    there = [known[code].strength_million for code in codes if code in known]
    said = [each for each in there if each is not None]  # a vial that states none makes no sum the right one
    if there and (len(said) < len(codes) or sum(said) != ordered_million):
        found.append(_reason("vial_strength_not_as_ordered"))
    return tuple(found)


def _of(code: str, reason: Finding) -> Finding:
    return structs.replace(reason, about=f"{code}:{reason.about}" if reason.about else code)


def gate(vial: Vial | None, visit: str, ordered_million: int | None, today: date) -> tuple[Finding, ...]:
    """Return every reason why this vial alone may not be thawed for this visit; none means it may (V23)."""
    if vial is None or not vial.code:
        return (_reason("vial_unknown"),)
    return gate_all((vial,), (vial.code,), visit, ordered_million, today)

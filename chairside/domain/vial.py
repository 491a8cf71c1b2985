"""A vial's own life, folded from its stream, and the gate V23 that must pass before it is thawed.

The gate is never overridden; every failing reason is listed.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct, structs

from chairside.domain.facts import (
    Answered,
    Fact,
    Stamped,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialReceived,
)
from chairside.domain.finding import Finding
from chairside.domain.form import Verdict
from chairside.domain.replies import Chosen, PanelRead, Reply

RECEIVING = "receiving"
NONREACTIVE = "nonreactive"
# Source: V3, V9, V23: the five core agents on four lines of the sheet (HIV-1 and HIV-2 together).
CORE_TESTS: tuple[str, ...] = ("hiv", "hbv", "hcv", "syphilis")
# Source: V16: the six required answers at the desk.
SHIPMENT: tuple[str, ...] = (
    "box_intact",
    "dry_ice_left",
    "frozen_solid",
    "seal_intact",
    "label_matches_paper",
    "in_date",
)


class Vial(Struct, frozen=True):
    """What is known of one vial; `facts` keeps who entered, checked and accepted it."""

    code: str = ""
    supplier: str = ""
    product: str = ""
    lot: str = ""
    expires: date | None = None
    replies: dict[str, Reply] = {}
    entered_by: str = ""
    writers: frozenset[str] = frozenset()  # everybody who entered something from label or sheet
    checked_by: str = ""  # empty again as soon as an entry changes: the check was of other entries
    accepted: bool = False
    visit: str = ""
    facts: tuple[Stamped, ...] = ()

    @property
    def strength_million(self) -> int | None:
        """The labelled strength. Units: million cells."""
        said = self.said("vial_strength")
        return int(said) if said.isdecimal() else None

    @property
    def panel(self) -> dict[str, str]:
        """The result of each donor test on the sheet; of two lines for one test the one that stops counts."""
        reply = self.replies.get("donor_tests")
        told: dict[str, str] = {}
        for row in reply.rows if isinstance(reply, PanelRead) else ():
            if told.get(row.test, NONREACTIVE) == NONREACTIVE:
                told[row.test] = row.result
        return told

    def said(self, item: str) -> str:
        """Return the option chosen for an item, or nothing."""
        reply = self.replies.get(item)
        return reply.option if isinstance(reply, Chosen) else ""

    def ready(self, visit: str) -> bool:
        """Tell whether the vial may be mixed in this visit: accepted and set aside for it."""
        return self.accepted and self.visit == visit


def _told(vial: Vial, fact: Fact, person: str) -> Vial:
    match fact:
        case VialReceived(code, supplier, product, lot, expires):
            return structs.replace(
                vial,
                code=code,
                supplier=supplier,
                product=product,
                lot=lot,
                expires=expires,
                entered_by=person,
                writers=vial.writers | {person},
                checked_by="",
            )
        case Answered(_, item, reply):
            replies = {**vial.replies, item: reply}
            return structs.replace(vial, replies=replies, writers=vial.writers | {person}, checked_by="")
        case VialChecked(checker):
            return structs.replace(vial, checked_by=checker if checker == person else "")
        case VialAccepted():
            return structs.replace(vial, accepted=True)
        case VialAssigned(visit):
            return structs.replace(vial, visit=visit)
        case _:
            return vial


def apply(vial: Vial, stamped: Stamped) -> Vial:
    """Return the vial after one more fact of its stream."""
    told = _told(vial, stamped.fact, stamped.stamp.person)
    return structs.replace(told, facts=(*vial.facts, stamped))


def fold(facts: tuple[Stamped, ...]) -> Vial:
    """Return the vial these facts make."""
    vial = Vial()
    for stamped in facts:
        vial = apply(vial, stamped)
    return vial


def _reason(rule: str, about: str = "") -> Finding:
    return Finding(rule, Verdict.HOLD, ("vial_code",), about)


def _paper(vial: Vial) -> tuple[Finding, ...]:
    found = [_reason("vial_shipment_not_in_order", item) for item in SHIPMENT if vial.said(item) != "yes"]
    if vial.said("donor_eligible") != "eligible":
        found.append(_reason("vial_donor_not_eligible"))
    if vial.said("sterility") != "no_growth":
        found.append(_reason("vial_sterility_not_final"))
    found.extend(
        _reason("vial_test_not_nonreactive", test)
        for test in CORE_TESTS
        if vial.panel.get(test) != NONREACTIVE
    )
    return tuple(found)


def gate(vial: Vial | None, visit: str, ordered_million: int | None, today: date) -> tuple[Finding, ...]:
    """Return every reason why this vial may not be thawed for this visit; none means it may (V23)."""
    if vial is None or not vial.code:
        return (_reason("vial_unknown"),)
    found: list[Finding] = []
    if vial.expires is None or vial.expires < today:
        found.append(_reason("vial_expired"))
    if not vial.checked_by or vial.checked_by in vial.writers:
        found.append(_reason("vial_not_checked_by_second_person"))
    if not vial.accepted:
        found.append(_reason("vial_not_accepted"))
    if vial.visit not in ("", visit):
        found.append(_reason("vial_of_another_visit"))
    if ordered_million is None or vial.strength_million != ordered_million:
        found.append(_reason("vial_strength_not_as_ordered"))
    return (*found, *_paper(vial))

"""Suppliers at the desk: who may say what of them, and that no running limit is written away (Q35)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec.structs import replace as changed

from chairside.domain.facts import SupplierAdded, VialReceived
from chairside.domain.replies import Chosen
from chairside.errors import NotAllowed
from tests.session.clinics import CODE, IN_ORDER, LABEL_SAYS, LIMIT_MINUTES, SUPPLIER, Visitors

KNOWN = SupplierAdded(SUPPLIER, "3 Nowhere", "555 0112", LIMIT_MINUTES, may_move=True)
BOX = (*((item, Chosen("yes")) for item in IN_ORDER), ("vial_strength", Chosen("5")), *LABEL_SAYS)


def thawed(visitors: Visitors) -> None:
    """A released treatment whose vial is thawed and mixed."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed")


def test_a_limit_that_runs_is_not_written_away(visitors: Visitors) -> None:
    """Not even under a PIN: the one in force at the thaw goes on for this vial. Proves: Q35, V18."""
    thawed(visitors)
    visitors.clock.wait(timedelta(minutes=45))
    for limit in (1440, None):
        slack = changed(KNOWN, thaw_limit_minutes=limit)
        visitors.receiving.add_supplier(slack, visitors.proof("nurse-1"))
        with pytest.raises(NotAllowed, match="limit_passed"):
            visitors.mark("first_injection")
        assert {row.limit_minutes for row in visitors.desk.board().visits} == {LIMIT_MINUTES}
        assert visitors.receiving.thaw_limit(visitors.receiving.vial(CODE)) == LIMIT_MINUTES


def test_a_stricter_limit_told_later_counts_at_once(visitors: Visitors) -> None:
    """Proves: Q35."""
    thawed(visitors)
    visitors.clock.wait(timedelta(minutes=15))
    strict = changed(KNOWN, thaw_limit_minutes=10)
    visitors.receiving.add_supplier(strict, visitors.proof("nurse-1"))
    visitors.receiving.add_supplier(KNOWN, visitors.proof("nurse-1"))
    with pytest.raises(NotAllowed, match="limit_passed"):
        visitors.mark("first_injection")


def test_before_thawing_a_supplier_is_believed_as_last_told(visitors: Visitors) -> None:
    visitors.whole()
    visitors.seal()
    visitors.receiving.add_supplier(changed(KNOWN, thaw_limit_minutes=60), visitors.proof("nurse-1"))
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed")
    visitors.clock.wait(timedelta(minutes=45))
    assert "first_injection" in visitors.here().view().expected_marks


@pytest.mark.parametrize("fact", [changed(KNOWN, thaw_limit_minutes=1440), changed(KNOWN, may_move=False)])
def test_a_suppliers_rules_are_changed_under_a_pin_alone(visitors: Visitors, fact: SupplierAdded) -> None:
    """A new phone number needs none, nor does a supplier nobody knew. Proves: Q35."""
    desk = visitors.receiving
    with pytest.raises(NotAllowed, match="pin_needed"):
        desk.add_supplier(fact)
    with pytest.raises(NotAllowed, match="pin_needed"):
        desk.add_supplier(changed(fact, name=f" {SUPPLIER} "))
    desk.add_supplier(changed(KNOWN, phone="555 0199"))
    desk.add_supplier(SupplierAdded("Third Invented Supplier", "", "", None, may_move=False))
    desk.add_supplier(fact, visitors.proof("physician-1"))
    assert fact in desk.suppliers()
    assert visitors.clinic.ledger.stream("clinic:own")[-1].signature is not None


def test_an_administrator_says_nothing_of_suppliers(visitors: Visitors) -> None:
    """They are the clinical staff's, with or without a PIN."""
    proof = visitors.proof("nurse-1")
    proof = replace(proof, who=replace(proof.who, role="administrator"))
    visitors.staff.seat(proof)
    for given in (None, proof):
        with pytest.raises(NotAllowed, match="not_this_role"):
            visitors.receiving.add_supplier(SupplierAdded("New One", "", "", None, may_move=False), given)


def test_a_vial_comes_from_a_supplier_on_file(visitors: Visitors) -> None:
    """Else no limit of anybody would hold for it. Proves: Q35."""
    stranger = VialReceived("X-9", "Never Told", "cord", "L-9", date(2027, 6, 1))
    with pytest.raises(NotAllowed, match="supplier_unknown"):
        visitors.receiving.receive(stranger, BOX)


def test_blanks_around_what_a_label_says_are_left_out(visitors: Visitors) -> None:
    """A scanner ends a code with a blank: the vial is found by it all the same. Proves: P10, V23."""
    sheet = visitors.receiving.sheets()[0].stream
    told = VialReceived(" Y-9 ", f"{SUPPLIER} ", " cord ", " L-9", date(2027, 6, 1), sheet)
    vial = visitors.receiving.receive(told, BOX)
    assert (vial.code, vial.supplier, vial.product, vial.lot) == ("Y-9", SUPPLIER, "cord", "L-9")
    visitors.receiving.check("Y-9", visitors.proof("nurse-2"))
    visitors.receiving.accept("Y-9")
    visitors.until_vial()
    visitors.scan("Y-9")
    assert [each.code for each in visitors.here().visit.vials] == ["Y-9"]

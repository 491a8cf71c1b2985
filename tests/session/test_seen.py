"""What the patient saw of a vial and its sheet: put right afterwards it is shown and signed anew."""

from __future__ import annotations

from datetime import date

import pytest

from chairside.domain.facts import SheetEntered, StepClosed, VialReceived
from chairside.domain.panel import TESTS
from chairside.domain.replies import Chosen, PanelRead, TestLine
from chairside.errors import NotAllowed
from tests.session.clinics import CODE, IN_ORDER, LABEL_SAYS, SHEET_SAYS, SUPPLIER, Visitors, reopened
from tests.session.test_on_paper import PHOTO

SAW = "vial.patient_saw"


def _put_right(visitors: Visitors, donor: str = "D-2", pictures: tuple[bytes, ...] = ()) -> None:
    """The sheet says another donor, and a second person has looked at it."""
    visitors.staff.arrive(visitors.proof("nurse-1"))
    panel = PanelRead(tuple(TestLine(test, "nonreactive") for test in TESTS))
    answers = (*SHEET_SAYS, ("donor_tests", panel))
    said = (*answers, ("sterility", Chosen("no_growth")))
    sheet = visitors.receiving.sheets()[0].stream
    visitors.receiving.enter_sheet(SheetEntered(SUPPLIER, donor, "L-9"), said, pictures, sheet)
    visitors.receiving.check_sheet(sheet, visitors.proof("nurse-2"))


def _seen_again(visitors: Visitors) -> None:
    visitors.hand_over("vial")
    visitors.patient_signs("vial")
    visitors.hand_back()
    visitors.tell(StepClosed("vial"), "nurse-1")


def test_a_sheet_put_right_after_the_patient_saw_it_is_shown_anew(visitors: Visitors) -> None:
    """The step opens, the physician is told, and a restart forgets nothing of it. Proves: Q29, P10."""
    visitors.until_vial()
    visitors.show_vial()
    _put_right(visitors)
    view = visitors.here().view()
    assert SAW not in view.visit.signed and view.state("vial").state == "lacking"
    assert ("vial_changed_after_seen", CODE) in {(each.id, each.about) for each in view.findings}
    with pytest.raises(NotAllowed, match="step_waits"):
        visitors.countersign()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    _seen_again(visitors)
    visitors.countersign()
    again = reopened(visitors).desk.room(view.visit.id)
    assert SAW in again.visit.signed and again.visit.signed == visitors.here().visit.signed
    visitors.room = again
    assert "vial_changed_after_seen" in {each.id for each in again.view().findings}


def test_a_restart_between_reading_and_signing_anew_keeps_what_was_read(visitors: Visitors) -> None:
    visitors.until_vial()
    visitors.show_vial()
    _put_right(visitors)
    visitors.hand_over("vial")
    visitors.ink("vial")
    here = visitors.here()
    again = reopened(visitors).desk.room(here.visit.id)
    assert again.visit.pads[SAW] == here.visit.pads[SAW] and SAW not in again.visit.signed
    assert again.visit.read.keys() == here.visit.read.keys()


@pytest.mark.parametrize(("donor", "pictures"), [("D-1", ()), ("D-1", (PHOTO,))])
def test_the_same_said_again_and_a_photo_change_nothing_the_patient_saw(
    visitors: Visitors, donor: str, pictures: tuple[bytes, ...]
) -> None:
    visitors.until_vial()
    visitors.show_vial()
    _put_right(visitors, donor, pictures)
    visitors.countersign()
    assert visitors.here().view().findings == ()


def test_a_vial_received_anew_is_shown_anew(visitors: Visitors) -> None:
    """Another lot and expiry on the label. Proves: Q29."""
    visitors.until_vial()
    visitors.show_vial()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.receiving.quarantine(CODE, "lot on the label misread")
    sheet = visitors.receiving.sheets()[0].stream
    said = (*((item, Chosen("yes")) for item in IN_ORDER), ("vial_strength", Chosen("5")), *LABEL_SAYS)
    label = VialReceived(CODE, SUPPLIER, "cord tissue", "L-8", date(2027, 1, 2), sheet)
    visitors.receiving.receive(label, said)
    visitors.receiving.check(CODE, visitors.proof("nurse-2"))
    visitors.receiving.accept(CODE)
    assert SAW not in visitors.here().view().visit.signed
    with pytest.raises(NotAllowed, match="step_waits"):
        visitors.countersign()


def test_a_vial_that_is_not_as_it_was_sealed_is_not_thawed(visitors: Visitors) -> None:
    """The record stays as it is; put back as it was, the vial may be thawed. Proves: Q29, V23."""
    visitors.whole()
    visitors.seal()
    _put_right(visitors)
    assert visitors.here().view().expected_marks == ("not_given", "emergency")
    with pytest.raises(NotAllowed, match="vial_not_as_recorded"):
        visitors.mark("thawed")
    _put_right(visitors, "D-1")
    visitors.mark("thawed")


@pytest.mark.parametrize("away", ["discard", "give_back"])
def test_a_vial_that_is_gone_is_not_injected(visitors: Visitors, away: str) -> None:
    """As one in quarantine: it is stopped part-way or not given. Proves: P10."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed")
    getattr(visitors.receiving, away)(CODE, "fell and broke")
    assert visitors.here().view().expected_marks == ("stopped_part_way", "not_given", "emergency")
    with pytest.raises(NotAllowed, match="vial_not_in_order"):
        visitors.mark("first_injection")

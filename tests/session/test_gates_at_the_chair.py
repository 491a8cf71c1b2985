"""Between the countersignature and the needle: the gates are asked again, and the day ends at midnight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain.facts import (
    OpenedInError,
    ProcedureMarked,
    Replanned,
    SheetEntered,
    SupplierAdded,
    VialOpened,
)
from chairside.domain.panel import TESTS
from chairside.domain.replies import PanelRead, TestLine
from chairside.errors import NotAllowed
from chairside.session.gather import gather
from chairside.session.scribe import Act
from chairside.session.vials import vial_stream
from tests.session.clinics import CODE, SECOND, SHEET_SAYS, SUPPLIER, Visitors, reopened


def _released(visitors: Visitors) -> None:
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))


def test_a_sheet_put_right_to_reactive_stops_the_thaw(visitors: Visitors) -> None:
    """Proves: V23, Q29."""
    _released(visitors)
    assert "thawed" in visitors.here().view().expected_marks
    sheet = visitors.receiving.sheets()[0].stream
    lines = tuple(TestLine(test, "reactive" if test == "hiv_nat" else "nonreactive") for test in TESTS)
    answers = (("donor_tests", PanelRead(lines)), *SHEET_SAYS)
    visitors.receiving.enter_sheet(SheetEntered(SUPPLIER, "D-1", "L-9"), answers, (), sheet)
    assert "thawed" not in visitors.here().view().expected_marks
    with pytest.raises(NotAllowed, match="vial_not_in_order"):
        visitors.mark("thawed")


def test_a_vial_set_apart_after_the_thaw_is_not_injected(visitors: Visitors) -> None:
    """Proves: P10."""
    _released(visitors)
    visitors.mark("thawed", "mixed")
    visitors.receiving.quarantine(CODE, "the supplier called")
    with pytest.raises(NotAllowed, match="vial_not_in_order"):
        visitors.mark("first_injection")
    with pytest.raises(NotAllowed, match="physician_pin_needed"):
        visitors.receiving.accept(CODE, visitors.proof("nurse-2"))
    visitors.receiving.accept(CODE, visitors.proof("physician-1"))
    visitors.mark("first_injection", "last_injection")


def test_a_sheet_put_right_after_the_thaw_is_checked_before_the_injection(visitors: Visitors) -> None:
    """Reactive it stays refused, whoever checks it. Proves: V23, P10."""
    _released(visitors)
    visitors.mark("thawed", "mixed")
    sheet = visitors.receiving.sheets()[0].stream
    told = SheetEntered(SUPPLIER, "D-1", "L-9")
    for result, code in (("nonreactive", None), ("reactive", "vial_not_in_order")):
        lines = tuple(TestLine(test, result if test == "hiv_nat" else "nonreactive") for test in TESTS)
        visitors.receiving.enter_sheet(told, (("donor_tests", PanelRead(lines)),), (), sheet)
        assert "first_injection" not in visitors.here().view().expected_marks
        visitors.receiving.check_sheet(sheet, visitors.proof("nurse-2"))
        assert ("first_injection" in visitors.here().view().expected_marks) is (code is None)


def test_a_release_ends_with_the_clinic_day_whatever_its_hours(visitors: Visitors) -> None:
    """Health answers and the vial's date were looked at for that day. Proves: P2 (Procedure)."""
    visitors.clinic.founded = structs.replace(visitors.clinic.founded, release_hours=24)
    _released(visitors)
    visitors.clock.wait(timedelta(hours=16))
    with pytest.raises(NotAllowed, match="release_lapsed"):
        visitors.mark("thawed")


def test_a_visit_planned_anew_does_not_make_a_patient_older(visitors: Visitors) -> None:
    """Opened for the day after the eighteenth birthday, brought forward to the day before. Proves: X14."""
    visitors.clinic.founded = structs.replace(visitors.clinic.founded, ages="adults")
    now = visitors.clock.now()
    birthday = (now + timedelta(days=10)).date()
    visitors.open(born=birthday.replace(year=birthday.year - 18), at=now + timedelta(days=15))
    with pytest.raises(NotAllowed, match="adults_only"):
        visitors.tell(Replanned(visitors.clock.now() + timedelta(hours=1), "came early"))
    visitors.tell(Replanned(visitors.clock.now() + timedelta(days=12), "came early"))


def test_a_record_finished_after_midnight_says_what_was_true_at_the_signature(
    visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes between countersignature and conclusion; no answer expires behind it. Proves: Q2."""
    visitors.until_vial()
    visitors.show_vial()

    def cut(*_: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(visitors.clinic.scribe, "conclude", cut)
    with pytest.raises(OSError, match="power cut"):
        visitors.countersign()
    visit = visitors.here().visit.id
    visitors.clock.wait(timedelta(hours=14))
    again = reopened(visitors)
    again.staff.sign_in("physician-1", "915382")
    again.room = again.desk.room(visit)
    told = gather(again.here(), again.proof("physician-1"))
    assert told.verdict == "clear" and told.findings == ()


def test_an_injection_told_late_is_judged_by_when_it_was(visitors: Visitors) -> None:
    """The desk rejects the vial after the needle; what is given after that is held. Proves: P5, P10."""
    _released(visitors)
    visitors.mark("thawed", "mixed", "first_injection")
    given = visitors.clock.now()
    visitors.clock.wait(timedelta(minutes=5))
    visitors.receiving.reject(CODE, "picked the wrong card")
    told = ProcedureMarked("last_injection", (CODE,))
    with pytest.raises(NotAllowed, match="vial_not_in_order"):
        visitors.tell(told)
    with pytest.raises(NotAllowed, match="vial_not_in_order"):
        visitors.here().take(told, happened=visitors.clock.now())
    view = visitors.here().take(told, happened=given)
    assert view.status.state == "given"
    assert [each.fate for each in visitors.here().view().visit.vials] == ["used"]


def test_a_vial_rejected_by_a_slip_in_mid_procedure_comes_back_by_the_physician(visitors: Visitors) -> None:
    """Proves: P10."""
    _released(visitors)
    visitors.mark("thawed", "mixed", "first_injection")
    visitors.receiving.reject(CODE, "picked the wrong card")
    visitors.receiving.accept(CODE, visitors.proof("physician-1"))
    visitors.mark("last_injection")


def test_a_vial_freed_by_a_slip_comes_back_to_its_released_visit(visitors: Visitors) -> None:
    """Another one is not set aside for it. Proves: P10."""
    _released(visitors)
    visit = visitors.here().visit.id
    visitors.receive(SECOND)
    visitors.receiving.free(CODE, "a slip", visitors.proof("nurse-2"))
    with pytest.raises(NotAllowed, match="visit_is_over"):
        visitors.receiving.set_aside(SECOND, visit)
    visitors.receiving.set_aside(CODE, visit)
    visitors.mark("thawed")


@pytest.mark.parametrize("unpacked", [False, True])
def test_a_vial_left_behind_by_an_error_is_freed_though_its_supplier_forbids_it(
    visitors: Visitors, unpacked: bool
) -> None:
    """Unless it was unpacked before that patient: it never left the shelf otherwise. Proves: P10, P4."""
    nurse = visitors.proof("nurse-1")
    fixed = SupplierAdded(SUPPLIER, "3 Nowhere", "555 0112", 30, may_move=False)
    visitors.receiving.add_supplier(fixed, nurse)
    visit = visitors.open().visit.id
    visitors.receiving.set_aside(CODE, visit)
    with pytest.raises(NotAllowed, match="supplier_forbids"):
        visitors.receiving.free(CODE, "wrong visit", nurse)
    if unpacked:
        visitors.clinic.scribe.write(Act("nurse-1", vial_stream(CODE)), [VialOpened(visit)])
    visitors.tell(OpenedInError("wrong person picked"), "nurse-1")
    if unpacked:
        with pytest.raises(NotAllowed, match="supplier_forbids"):
            visitors.receiving.free(CODE, "wrong visit", nurse)
        return
    visitors.receiving.free(CODE, "wrong visit", nurse)
    visitors.receiving.set_aside(CODE, visitors.open().visit.id)

"""Between the countersignature and the needle: the gates are asked again, and the day ends at midnight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain.facts import Replanned, SheetEntered
from chairside.domain.replies import Chosen, PanelRead, TestLine
from chairside.errors import NotAllowed
from chairside.session.gather import gather
from tests.session.clinics import CODE, SUPPLIER, TESTS, Visitors, reopened


def _released(visitors: Visitors) -> None:
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))


def test_a_sheet_put_right_to_reactive_stops_the_thaw(visitors: Visitors) -> None:
    """Proves: V23, Q29."""
    _released(visitors)
    assert "thawed" in visitors.here().view().expected_marks
    sheet = visitors.receiving.sheets()[0].stream
    lines = tuple(TestLine(test, "reactive" if test == "hiv" else "nonreactive") for test in TESTS)
    answers = (("donor_tests", PanelRead(lines)), ("donor_eligible", Chosen("eligible")))
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
        lines = tuple(TestLine(test, result if test == "hiv" else "nonreactive") for test in TESTS)
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

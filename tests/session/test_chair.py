"""The vials in a visit: set aside, opened, thawed, used or thrown away, in one stroke with the visit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chairside.domain.facts import (
    Fact,
    LimitPassed,
    Mark,
    MarkTakenBack,
    ProcedureMarked,
    ReleaseRenewed,
    SheetEntered,
    StepClosed,
    VialAssigned,
    VialDiscarded,
    VialEndTakenBack,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialThawed,
    VialUsed,
)
from chairside.domain.panel import TESTS
from chairside.domain.replies import Chosen, PanelRead, Reply, TestLine
from chairside.errors import DiskRefused, InDoubt, NotAllowed
from chairside.session.scribe import Act
from chairside.session.visit import vial_stream
from tests.session.clinics import CODE, LIMIT_MINUTES, SECOND, SHEET_SAYS, SUPPLIER, Visitors, reopened
from tests.session.test_paper import FULL, full_disk

BOTH = (CODE, SECOND)


def _released(visitors: Visitors) -> str:
    """A 10 million order in two vials, released and sealed; return the visit's id."""
    visitors.receive(SECOND)
    visitors.whole(*BOTH, million=10)
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    return visitors.here().visit.id


def test_two_vials_are_set_aside_and_opened_with_the_closing_of_their_step(visitors: Visitors) -> None:
    """Proves: P10."""
    visitors.receive(SECOND)
    visitors.until_vial(million=10)
    visitors.show_vial(*BOTH)
    mine = visitors.here().visit.id
    for code in BOTH:
        assert visitors.happened_to(code) == [VialAssigned(mine), VialOpened(mine)]
    assert [each.code for each in visitors.here().view().visit.vials] == list(BOTH)
    assert all(each.visit == mine for each in visitors.here().visit.vials)


def test_a_vial_that_was_only_shown_was_not_opened_before_the_patient(visitors: Visitors) -> None:
    """What did not happen is not written down. Proves: P2."""
    visitors.until_vial()
    visitors.show_vial(opened="vial_only")
    assert visitors.happened_to() == [VialAssigned(visitors.here().visit.id)]


def test_one_of_two_vials_that_does_not_pass_closes_nothing(visitors: Visitors) -> None:
    """Each vial has its own gate; neither is set aside. Proves: P10, T17."""
    visitors.receive(SECOND)
    visitors.until_vial(million=10)
    visitors.clinic.scribe.write(Act("nurse-1", vial_stream(SECOND)), [VialQuarantined("a crack")])
    visitors.scan(*BOTH)
    visitors.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
    with pytest.raises(NotAllowed, match=r"step_(lacks|waits)"):
        visitors.tell(StepClosed("vial"), "nurse-1")
    assert visitors.happened_to(CODE) == []


def test_a_vial_quarantined_after_its_step_is_seen_by_the_physician(visitors: Visitors) -> None:
    """The store is looked at again before the signature counts. Proves: Q1, P10."""
    visitors.until_vial()
    visitors.show_vial()
    visitors.clinic.scribe.write(Act("nurse-2", vial_stream(CODE)), [VialQuarantined("the supplier called")])
    with pytest.raises(NotAllowed, match=r"step_waits"):
        visitors.countersign()
    assert visitors.here().visit.countersigned is None


@pytest.mark.parametrize(
    ("marks", "fates", "state"),
    [
        (("thawed",), [], "released"),
        (("thawed", "mixed", "first_injection", "last_injection"), [VialUsed], "given"),
        (("thawed", "mixed", "first_injection", "stopped_part_way"), [VialUsed], "partly_given"),
        (("thawed", "mixed", "stopped_part_way"), [VialDiscarded], "not_given"),
        (("thawed", "mixed", "not_given"), [VialDiscarded], "not_given"),
    ],
)
def test_the_procedure_says_what_became_of_each_vial(
    visitors: Visitors, marks: tuple[Mark, ...], fates: list[type[Fact]], state: str
) -> None:
    """Proves: P10, Q35."""
    mine = _released(visitors)
    view = visitors.mark(*marks)
    for code in BOTH:
        told = visitors.happened_to(code)[2:]
        assert told[0] == VialThawed(mine)
        assert [type(fact) for fact in told[1:]] == fates
        for fact in told[1:]:
            if isinstance(fact, VialUsed):
                assert (fact.visit, fact.whole) == (mine, marks[-1] == "last_injection")
    assert [by.fact.mark for by in view.visit.marks] == list(marks)  # type: ignore[union-attr]
    assert view.status.state == state


def test_what_was_never_thawed_stays_whole(visitors: Visitors) -> None:
    """Not given, and the box was not touched: the vials may go to somebody else. Proves: P10."""
    _released(visitors)
    visitors.mark("not_given")
    for code in BOTH:
        assert len(visitors.happened_to(code)) == 2


@pytest.mark.parametrize("mark", ["thawed", "last_injection"])
@pytest.mark.parametrize("most_bytes", FULL)
def test_a_full_disk_marks_neither_visit_nor_vial(visitors: Visitors, mark: Mark, most_bytes: int) -> None:
    """One transaction for the tap and for both vials. Proves: T26, P10."""
    _released(visitors)
    if mark == "last_injection":
        visitors.mark("thawed", "mixed", "first_injection")
    told = [visitors.happened_to(code) for code in BOTH]
    before = visitors.here().visit.marks
    with full_disk(most_bytes), pytest.raises((DiskRefused, InDoubt)):
        visitors.tell(ProcedureMarked(mark, BOTH))
    assert visitors.here().visit.marks == before
    assert [visitors.happened_to(code) for code in BOTH] == told
    visitors.mark(mark)
    assert [len(visitors.happened_to(code)) for code in BOTH] == [len(each) + 1 for each in told]
    assert visitors.clinic.ledger.check().facts > 60


def test_a_power_cut_at_a_mark_leaves_visit_and_vials_agreeing(visitors: Visitors) -> None:
    """As soon as one of the three facts is on disk, all are. Proves: T26, P10."""
    mine = _released(visitors)

    def cut(fact: Fact) -> None:
        raise KeyboardInterrupt

    visitors.clinic.scribe.heard = cut
    with pytest.raises(KeyboardInterrupt):
        visitors.mark("thawed")
    again = reopened(visitors)
    room = again.desk.room(mine)
    assert len(room.visit.marks) == 1
    for code in BOTH:
        assert again.happened_to(code)[-1] == VialThawed(mine)


def test_a_slip_of_the_finger_thaws_a_vial_once(visitors: Visitors) -> None:
    """The mark goes back; what its own stream says of a vial is never laxer than it was. Proves: P10."""
    mine = _released(visitors)
    visitors.mark("thawed")
    visitors.tell(MarkTakenBack("thawed"))
    assert visitors.here().view().expected_marks[0] == "thawed"
    visitors.mark("thawed")
    assert visitors.happened_to(CODE).count(VialThawed(mine)) == 1


def test_a_last_injection_taken_back_can_still_be_a_stop_part_way(visitors: Visitors) -> None:
    mine = _released(visitors)
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    visitors.tell(MarkTakenBack("last_injection"))
    view = visitors.mark("stopped_part_way")
    assert visitors.happened_to(CODE)[-1] == VialUsed(mine, whole=False)
    assert [each.fate for each in view.visit.vials] == ["partly_used", "partly_used"]


# -- release and limit --------------------------------------------------------------------------
def test_the_suppliers_limit_runs_from_the_thaw(visitors: Visitors) -> None:
    """Past it, only the physician's word lets the injection go on. Proves: Q35, V18."""
    _released(visitors)
    assert visitors.here().view().limit_at is None
    view = visitors.mark("thawed", "mixed")
    thawed = view.visit.marks[0].stamp.utc
    assert view.limit_at == thawed + timedelta(minutes=LIMIT_MINUTES)
    visitors.clock.wait(timedelta(minutes=LIMIT_MINUTES))
    with pytest.raises(NotAllowed, match="limit_passed"):
        visitors.mark("first_injection")
    with pytest.raises(NotAllowed, match="physician_pin_needed"):
        visitors.tell(LimitPassed(True, "the supplier agreed on the phone"), "nurse-1")
    visitors.tell(LimitPassed(True, "the supplier agreed on the phone"), "physician-1")
    visitors.mark("first_injection", "last_injection")


def test_a_release_lapses_and_is_renewed_by_the_physician_only(visitors: Visitors) -> None:
    """Judged by the clock, not by the moment the visit was concluded. Proves: P2."""
    _released(visitors)
    view = visitors.here().view()
    assert view.release is not None and "thawed" in view.expected_marks
    visitors.clock.wait(timedelta(hours=4))
    view = visitors.here().view()
    assert view.when.now > view.release if view.release else False
    assert "thawed" not in view.expected_marks
    with pytest.raises(NotAllowed, match="release_lapsed"):
        visitors.mark("thawed")
    with pytest.raises(NotAllowed, match="physician_pin_needed"):
        visitors.tell(ReleaseRenewed("the courier was late"), "nurse-1")
    visitors.tell(ReleaseRenewed("the courier was late"), "physician-1")
    visitors.mark("thawed")


def test_an_emergency_is_marked_even_with_nobody_signed_in(visitors: Visitors) -> None:
    """The time counts, not the name. Proves: P2."""
    _released(visitors)
    visitors.staff.leave()
    with pytest.raises(NotAllowed, match="nobody_signed_in"):
        visitors.mark("thawed")
    view = visitors.mark("emergency")
    assert view.visit.marks[-1].stamp.person == ""
    assert visitors.clinic.ledger.check().facts > 60


def test_the_sheet_of_a_vial_is_read_beside_it(visitors: Visitors) -> None:
    """The donor's tests live on the sheet, once for every vial it covers. Proves: P10, V23."""
    (received,) = (
        by.fact
        for by in visitors.clinic.ledger.stream(vial_stream(CODE))
        if isinstance(by.fact, VialReceived)
    )
    assert received.sheet
    visitors.until_vial()
    visitors.scan()
    (vial,) = visitors.here().view().visit.vials
    assert vial.panel["hiv_nat"] == "nonreactive"


def test_a_mark_told_late_is_judged_by_when_it_was(visitors: Visitors) -> None:
    """The injection was in time; nobody came to the tablet. Proves: P5, Q35."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed")
    at = visitors.clock.now() + timedelta(minutes=5)
    visitors.clock.wait(timedelta(minutes=LIMIT_MINUTES + 15))
    with pytest.raises(NotAllowed, match="limit_passed"):
        visitors.mark("first_injection")
    visitors.here().take(ProcedureMarked("first_injection", visitors.here().visit.codes), happened=at)
    assert visitors.here().visit.marks[-1].stamp.happened == at


def test_a_thaw_taken_back_is_not_written_down_as_a_vial_thawed_and_not_given(visitors: Visitors) -> None:
    """The discard would give a reason that nobody says any more; and what is offered is taken."""
    _released_with_one(visitors)
    visitors.mark("thawed")
    visitors.tell(MarkTakenBack("thawed"))
    assert "thawed" in visitors.here().view().expected_marks
    visitors.mark("not_given")
    assert not any(isinstance(fact, VialDiscarded) for fact in visitors.happened_to())


def test_every_end_taken_back_lets_the_treatment_go_on(visitors: Visitors) -> None:
    """The vial is again what it was before the slip, in its fold and in its row. Proves: P10."""
    _released_with_one(visitors)
    visitors.mark("thawed", "mixed")
    _slip(visitors, "not_given", "discarded", "first_injection")
    _slip(visitors, "stopped_part_way", "discarded", "first_injection")
    visitors.mark("first_injection")
    _slip(visitors, "stopped_part_way", "partly_used", "last_injection")
    _slip(visitors, "last_injection", "used", "last_injection")
    view = visitors.mark("last_injection")
    assert view.status.state == "given" and view.visit.vials[0].fate == "used"


def _slip(visitors: Visitors, end: Mark, gone: str, going_on: Mark) -> None:
    """Tap an end and take it back: what was offered before it is offered again."""
    assert [each.fate for each in visitors.mark(end).visit.vials] == [gone]
    view = visitors.tell(MarkTakenBack(end))
    assert [each.fate for each in view.visit.vials] == ["thawed"]
    assert visitors.clinic.ledger.vials(CODE)[0].status == "thawed"
    assert going_on in view.expected_marks


def test_a_vial_thrown_away_at_the_desk_stays_so_whatever_is_taken_back(visitors: Visitors) -> None:
    """What the mark said is undone, not what somebody else said before it. Proves: P10."""
    _released_with_one(visitors)
    visitors.mark("thawed", "mixed")
    visitors.receiving.discard(CODE, "it fell")
    visitors.mark("not_given")
    visitors.tell(MarkTakenBack("not_given"))
    view = visitors.tell(MarkTakenBack("mixed"))
    assert [each.fate for each in view.visit.vials] == ["discarded"]
    view = visitors.tell(MarkTakenBack("thawed"))
    assert view.expected_marks == ("not_given", "emergency")


def test_a_last_injection_that_was_earlier_is_made_anew_in_one_go(visitors: Visitors) -> None:
    """Its vial was used when the needle was, and at no other time. Proves: P5, P10."""
    _released_with_one(visitors)
    visitors.mark("thawed", "mixed", "first_injection")
    visitors.clock.wait(timedelta(minutes=12))
    at = visitors.clock.now() - timedelta(minutes=5)
    visitors.mark("last_injection")
    room = visitors.here()
    view = room.retime(ProcedureMarked("last_injection", room.visit.codes), at)
    assert [by.stamp.happened for by in view.visit.marks] == [None, None, None, at]
    assert [each.fate for each in view.visit.vials] == ["used"]
    assert view.visit.vials[0].facts[-1].stamp.happened == at
    assert visitors.happened_to()[-3:] == [
        VialUsed(room.visit.id, whole=True), VialEndTakenBack(room.visit.id),
        VialUsed(room.visit.id, whole=True),
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="before_what_came_before"):
        room.retime(ProcedureMarked("last_injection", room.visit.codes), at - timedelta(minutes=30))
    assert room.visit.marks == view.visit.marks


def test_an_earlier_time_that_is_refused_leaves_the_mark_as_it_was(visitors: Visitors) -> None:
    """The sheet was put right after the thaw: no new thaw is taken, and the old one is not lost."""
    _released_with_one(visitors)
    visitors.clock.wait(timedelta(minutes=3))
    stood = visitors.mark("thawed").visit.marks
    panel = PanelRead(tuple(TestLine(test, "nonreactive") for test in TESTS))
    said: tuple[tuple[str, Reply], ...] = (
        *SHEET_SAYS,
        ("donor_tests", panel),
        ("sterility", Chosen("no_growth")),
    )
    sheet = visitors.receiving.sheets()[0].stream
    visitors.receiving.enter_sheet(SheetEntered(SUPPLIER, "D-1-mended", "L-9"), said, (), sheet)
    room, kept = visitors.here(), visitors.clinic.ledger.check().facts
    with pytest.raises(NotAllowed, match=r"vial_not_"):
        room.retime(ProcedureMarked("thawed", room.visit.codes), visitors.clock.now() - timedelta(minutes=2))
    assert room.visit.marks == stood and visitors.clinic.ledger.check().facts == kept


def _released_with_one(visitors: Visitors) -> None:
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))

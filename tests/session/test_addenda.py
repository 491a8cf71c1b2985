"""What is added to a sealed record: signed, concluded, sealed by itself; the record never changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chairside import canon
from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Answered,
    HandedOver,
    MarkTakenBack,
    ProcedureMarked,
    Stopped,
    VialThawed,
)
from chairside.domain.keeping import kept_until
from chairside.domain.replies import Chosen, Measured, Written
from chairside.errors import DiskRefused, InDoubt, NotAllowed, RecordError
from chairside.record.content import record_id
from chairside.session import copies, gather, paper, people
from chairside.session.visit import VisitRoom
from tests.record.printed import text
from tests.session.clinics import PINS, Visitors, reopened
from tests.session.test_endings import genuine
from tests.session.test_paper import FULL, full_disk, never


def _given(visitors: Visitors) -> bytes:
    """The whole visit, its record sealed and the treatment given; return the record."""
    visitors.whole()
    made = visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    return made.data


def test_one_signature_after_the_procedure_makes_one_sealed_addendum(
    visitors: Visitors, tmp_path: Path
) -> None:
    """Linked to the record by its id and its SHA-256, and the record is as it was. Proves: P9, T10."""
    record = _given(visitors)
    view = visitors.sign_procedure()
    over = view.visit.addenda_over[-1]
    assert over.fact == AddendumConcluded(1, "procedure")
    assert view.state("procedure").state == "done"
    assert visitors.clinic.ledger.leaf(over.hash).leaf == over.hash
    assert paper.unsealed_addenda(visitors.here()) == (1,)
    made = visitors.seal_addendum()
    room = visitors.here()
    assert paper.sealed_addenda(room) == ((1, "procedure", made.data),)
    assert paper.unsealed_addenda(room) == ()
    assert paper.sealed_file(room) == record
    assert genuine(record, tmp_path) and genuine(made.data, tmp_path)
    saved = paper.save_addendum(room, 1, tmp_path / "out")
    assert saved.read_bytes() == made.data and saved != paper.save(room, tmp_path / "out")
    assert paper.sealed_addenda(reopened(visitors).desk.room(room.visit.id)) == ((1, "procedure", made.data),)


def test_the_content_of_an_addendum_is_what_came_after_the_record(visitors: Visitors) -> None:
    """Up to its own end, with the vial as it was by then. Proves: P9."""
    _given(visitors)
    visitors.sign_procedure()
    visitors.add("amendment", "The phone number was copied wrong.")
    room = visitors.here()
    content = gather.gather_addendum(room, 1, visitors.proof("nurse-1"))
    own = [by.fact for by in content.stamped() if by.stamp.stream == room.stream]
    assert own[-1] == AddendumConcluded(1, "procedure")
    assert [fact.mark for fact in own if isinstance(fact, ProcedureMarked)] == [
        "thawed", "mixed", "first_injection", "last_injection",
    ]  # fmt: skip
    assert any(isinstance(by.fact, VialThawed) for by in content.stamped())
    assert room.visit.concluded is not None and room.visit.sealed is not None
    told = content.addendum
    assert told is not None and told.follows_id == record_id(room.visit.concluded.hash)
    assert told.follows_sha256 == canon.sha256_hex(paper.sealed_file(room) or b"")
    assert content.record_id == record_id(room.visit.addenda_over[0].hash) != told.follows_id
    assert set(content.strokes) == set(room.visit.addenda[0].fact.strokes)  # type: ignore[union-attr]


def printed_day(visitors: Visitors) -> str:
    until = kept_until(visitors.here().visit, 10)
    assert until is not None
    return f"{until:%B} {until.day}, {until.year}"


def test_the_roller_its_needles_and_its_lot_stand_in_the_addendum(visitors: Visitors, tmp_path: Path) -> None:
    """Written down after the record, before the signature; what was not is said so. Proves: X24, C28, Q44."""
    told = Answered("procedure", "roller_device", Written("Demo Roller 540"))
    visitors.open()
    with pytest.raises(NotAllowed, match="not_released"):
        visitors.tell(told)
    visitors.before_decision()
    visitors.decide()
    visitors.sign_consent()
    visitors.premedicate()
    visitors.show_vial()
    visitors.countersign()
    visitors.seal()
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    with pytest.raises(NotAllowed, match="reply_does_not_fit"):
        visitors.tell(Answered("procedure", "roller_needles", Measured("30", "mm")))
    for fact in (
        Answered("procedure", "roller_used", Chosen("yes")),
        told,
        Answered("procedure", "roller_needles", Measured("0.5", "mm")),
    ):
        visitors.tell(fact)
    visitors.sign_procedure()
    with pytest.raises(NotAllowed, match="already_signed"):
        visitors.tell(Answered("procedure", "roller_lot", Written("R-77")))
    made = visitors.seal_addendum()
    words = " ".join(text(made.data).split())
    assert "Name of the roller Demo Roller 540" in words and "How long are its needles? 0.5 mm" in words
    assert f"Kept at least until {printed_day(visitors)}" in words, "ten years after the day it was used"
    assert "Lot of the roller Not written down" in words and genuine(made.data, tmp_path)


def test_a_record_made_late_holds_nothing_that_came_after_it(visitors: Visitors) -> None:
    """The patient's own stream gives only who it is. Proves: P9, T26."""
    visitors.whole()
    room = visitors.here()
    first = gather.gather(room, visitors.proof("physician-1"))
    visitors.receive("CORD-5M-000120")
    job = paper.prepare(room, visitors.proof("physician-1"))
    assert (job.content.bodies, job.content.findings) == (first.bodies, first.findings)
    assert job.content.forms == first.forms and job.content.record_id == first.record_id


def test_only_who_signed_an_addendum_seals_it_and_only_once(visitors: Visitors) -> None:
    """A failed seal waits for that person's PIN. Proves: T6, P9."""
    _given(visitors)
    visitors.sign_procedure()
    room = visitors.here()
    assert paper.certifier_of(room, 1) == "nurse-1"
    for person in ("nurse-2", "physician-1"):
        with pytest.raises(NotAllowed, match="not_the_certifier"):
            paper.prepare_addendum(room, 1, visitors.proof(person))
    visitors.seal_addendum()
    with pytest.raises(NotAllowed, match="already_sealed"):
        paper.prepare_addendum(room, 1, visitors.proof("nurse-1"))
    with pytest.raises(RecordError, match="addendum_unknown"):
        paper.prepare_addendum(room, 2, visitors.proof("nurse-1"))
    with pytest.raises(RecordError, match="not_sealed"):
        paper.save_addendum(room, 2, Path())


@pytest.mark.parametrize("about", ["amendment", "withdrawal", "adverse_event"])
def test_what_is_told_later_is_an_addendum_of_its_own(visitors: Visitors, tmp_path: Path, about: str) -> None:
    """A withdrawal after the seal, a mistake found, an adverse event. Proves: P4, P9."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-2"))
    with pytest.raises(NotAllowed, match="visit_is_over"):
        visitors.tell(Stopped("withdrawn", "does not want it"), "nurse-2")
    view = visitors.add(about, "The patient called at noon.", by="nurse-2")  # type: ignore[arg-type]
    assert view.visit.addenda_over[-1].stamp.person == "nurse-2"
    made = visitors.seal_addendum(by="nurse-2")
    assert genuine(made.data, tmp_path)
    if about == "withdrawal":
        assert "thawed" not in visitors.here().view().expected_marks


def test_a_consent_taken_back_before_the_seal_is_concluded_right_after_it(
    visitors: Visitors, tmp_path: Path
) -> None:
    """Approved, and nobody sealed it yet: nobody waits for a PIN to take the consent back. Proves: P4, P9."""
    visitors.whole()
    before = gather.gather(visitors.here(), visitors.proof("physician-1"))
    view = visitors.add("withdrawal", "The patient said stop.")
    assert view.status.state == "withdrawn" and [wait.what for wait in view.status.waits] == ["seal"]
    assert view.visit.addenda_over == () and paper.unsealed_addenda(visitors.here()) == (1,)
    with pytest.raises(RecordError, match="not_concluded"):
        paper.prepare_addendum(visitors.here(), 1, visitors.proof("nurse-1"))
    assert gather.gather(visitors.here(), visitors.proof("physician-1")).bodies == before.bodies
    record = visitors.seal()
    assert visitors.here().visit.addenda_over[-1].fact == AddendumConcluded(1, "withdrawal")
    assert visitors.here().view().expected_marks == ("not_given", "emergency")
    made = visitors.seal_addendum()
    assert genuine(record.data, tmp_path) and genuine(made.data, tmp_path)
    assert visitors.clinic.ledger.visit(visitors.here().visit.id).over


def test_an_addendum_needs_a_sealed_record_a_pin_and_its_turn(visitors: Visitors) -> None:
    """Proves: P9."""
    visitors.whole()
    with pytest.raises(NotAllowed, match="not_sealed"):
        visitors.add("amendment", "too early")
    visitors.seal()
    ready = AddendumSigned(1, "amendment", "The phone number.", "Demo Nurse Wren", "this is so")
    visitors.staff.arrive(visitors.proof("nurse-1"))
    with pytest.raises(NotAllowed, match="pin_needed"):
        visitors.tell(ready)
    with pytest.raises(NotAllowed, match="name_differs"):
        visitors.tell(ready, "nurse-2")
    for fact in (AddendumConcluded(1, "amendment"), AddendumSealed(1, "a" * 64, 0)):
        with pytest.raises(NotAllowed, match="not_told_by_people"):
            visitors.tell(fact, "nurse-1")
    visitors.tell(ready, "nurse-1")
    with pytest.raises(NotAllowed, match="number_not_next"):
        visitors.tell(ready, "nurse-1")


def test_an_addendum_that_a_crash_kept_from_ending_ends_at_the_next_opening(visitors: Visitors) -> None:
    """Signed, then the power went. Proves: T26, P9."""
    _given(visitors)
    visitors.staff.arrive(visitors.proof("nurse-1"))

    def cut(fact: object) -> None:
        if isinstance(fact, AddendumSigned):
            raise KeyboardInterrupt

    visitors.clinic.scribe.heard = cut
    with pytest.raises(KeyboardInterrupt):
        visitors.sign_procedure()
    again = reopened(visitors)
    again.room = again.desk.room(visitors.here().visit.id)
    (over,) = again.room.visit.addenda_over
    assert over.fact == AddendumConcluded(1, "procedure") and over.stamp.person == "nurse-1"
    assert VisitRoom(again.clinic, again.staff, again.room.visit.id).visit == again.room.visit
    again.seal_addendum()
    assert again.clinic.ledger.check().leaves == 2


@pytest.mark.parametrize("most_bytes", FULL)
def test_a_full_disk_seals_no_addendum_and_it_can_be_tried_again(visitors: Visitors, most_bytes: int) -> None:
    """Proves: T26."""
    _given(visitors)
    visitors.sign_procedure()
    room = visitors.here()
    job = paper.prepare_addendum(room, 1, visitors.proof("nurse-1"))
    made = job.run(lambda _: None, never)
    with full_disk(most_bytes), pytest.raises((DiskRefused, InDoubt)):
        paper.finish_addendum(room, job, made)
    assert paper.unsealed_addenda(room) == (1,)
    paper.finish_addendum(room, job, made)
    assert paper.sealed_addenda(room)[0][2] == made.data


def test_a_second_window_that_went_on_is_looked_at_first(visitors: Visitors) -> None:
    """Neither a mark nor a seal lands on what somebody else has moved. Proves: T26."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    other = visitors.desk.room(visitors.here().visit.id)
    visitors.mark("thawed")
    mark = ProcedureMarked("thawed", other.visit.codes)
    with pytest.raises(NotAllowed, match="visit_went_on"):
        other.take(mark)
    assert [type(by.fact) for by in other.visit.marks] == [ProcedureMarked]
    with pytest.raises(NotAllowed, match="already_marked"):
        other.take(mark)
    other.take(ProcedureMarked("mixed", other.visit.codes))
    with pytest.raises(NotAllowed, match="visit_went_on"):
        visitors.mark("mixed")


def test_a_record_is_not_sealed_twice_from_two_windows(visitors: Visitors) -> None:
    """Proves: T26, P9."""
    visitors.whole()
    other = visitors.desk.room(visitors.here().visit.id)
    job = paper.prepare(other, visitors.proof("physician-1"))
    visitors.seal()
    made = job.run(lambda _: None, never)
    with pytest.raises(NotAllowed, match="visit_went_on"):
        paper.finish(other, job, made)
    assert sum(1 for by in other.visit.facts if type(by.fact).__name__ == "Sealed") == 1


def test_after_the_record_the_tablet_stays_with_the_staff(visitors: Visitors) -> None:
    """Proves: T1."""
    visitors.whole()
    visitors.seal()
    visitors.staff.sign_in("nurse-1", PINS["nurse-1"])
    with pytest.raises(NotAllowed, match="visit_is_over"):
        visitors.tell(HandedOver("patient", "procedure"))


def test_a_withdrawal_in_mid_procedure_ends_nothing_before_what_was_given_is_told(visitors: Visitors) -> None:
    """A vial was thawed and injected: the visit stays on the board until that is told. Proves: P4, P9."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed", "first_injection")
    visitors.add("withdrawal", "the patient wants no more")
    visitors.seal_addendum(1)
    visit = visitors.here().visit.id
    assert [row.visit for row in visitors.clinic.ledger.open_visits()] == [visit]
    view = visitors.here().view()
    assert view.status.state == "withdrawn"
    assert view.expected_marks == ("stopped_part_way", "emergency")
    visitors.mark("stopped_part_way")
    assert visitors.sign_procedure().status.state == "partly_given"
    visitors.seal_addendum(2)
    assert visitors.clinic.ledger.open_visits() == ()
    assert [each.fate for each in visitors.here().view().visit.vials] == ["partly_used"]
    assert {each.what for each in copies.owed(visitors.clinic)} == {"record", "aftercare"}


def test_who_withdrew_before_anything_was_thawed_is_withdrawn_and_owed_no_aftercare(
    visitors: Visitors,
) -> None:
    """Proves: P1, P4, Q23."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    assert "aftercare" in {each.what for each in copies.owed(visitors.clinic)}
    visitors.add("withdrawal", "the patient does not want it")
    status = visitors.here().view().status
    assert status.state == "withdrawn"
    assert status.since == visitors.here().visit.addenda[0].stamp.utc
    visitors.seal_addendum(1)
    assert visitors.clinic.ledger.open_visits() == ()
    assert {each.what for each in copies.owed(visitors.clinic)} == {"record"}


def test_aftercare_is_owed_again_once_not_given_was_a_slip(visitors: Visitors) -> None:
    """And what was handed already is not owed twice. Proves: Q23."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("not_given")
    assert {each.what for each in copies.owed(visitors.clinic)} == {"record"}
    visitors.tell(MarkTakenBack("not_given"))
    assert {each.what for each in copies.owed(visitors.clinic)} == {"record", "aftercare"}
    copies.handed(visitors.clinic, visitors.staff, visitors.here().visit.id, "aftercare")
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    assert {each.what for each in copies.owed(visitors.clinic)} == {"record"}


def test_nobody_is_disabled_whose_pin_a_record_or_an_addendum_waits_for(visitors: Visitors) -> None:
    """Nobody else could ever seal it; the trouble names the visit. Proves: P4, P9."""
    visitors.whole()
    visit = visitors.here().visit.id
    who = visitors.clinic.people["physician-1"]
    admin = replace(visitors.proof("physician-1"), who=replace(who, role="administrator"))

    def disable(person: str) -> None:
        people.disable_staff(visitors.clinic, admin, person, "left the clinic")

    with pytest.raises(NotAllowed, match="seal_waits_for_person") as record:
        disable("physician-1")
    assert record.value.facts["visit"] == visit and record.value.facts["name"] == "Demo Patient Avery"
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-2"))
    visitors.mark("not_given")
    visitors.sign_procedure("nurse-2")
    with pytest.raises(NotAllowed, match="seal_waits_for_person"):
        disable("nurse-2")
    visitors.seal_addendum(1, "nurse-2")
    disable("nurse-2")

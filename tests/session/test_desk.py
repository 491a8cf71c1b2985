"""The desk: opening a visit, receiving a vial, what was interrupted; and the vial in a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from chairside.domain.facts import (
    Answered,
    Countersigned,
    HandedOver,
    PageRead,
    Signed,
    StepClosed,
    Stopped,
    VialAssigned,
)
from chairside.domain.form import Statement
from chairside.domain.replies import Chosen
from chairside.errors import NotAllowed
from chairside.session.shown import shown_digest
from chairside.session.view import Drawn, NewVisit
from chairside.session.visit import VisitRoom
from tests.session.clinics import CODE, PINS, Visitors, a_stroke, book, charter, clinic_in, reopened


def _new(visitors: Visitors, **changed: object) -> NewVisit:
    visitors.open()
    patient = visitors.here().visit.patient
    assert patient is not None
    return NewVisit(msgspec.structs.replace(patient, **changed), ("name", "born"), None, ())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "  "}, "name_missing"),
        ({"name": "\u5f20\u4f1f"}, "name_not_printable"),
        ({"born": date(2026, 12, 2)}, "born_in_the_future"),
    ],
)
def test_who_cannot_be_on_a_record_is_not_put_on_file(
    visitors: Visitors, changed: dict[str, object], code: str
) -> None:
    """Said before anything is stored."""
    new = _new(visitors, **changed)
    before = visitors.clinic.ledger.check().facts
    with pytest.raises(NotAllowed, match=code):
        visitors.desk.open_visit(new)
    assert visitors.clinic.ledger.check().facts == before


def test_today_is_the_clinics_day_not_greenwichs(visitors: Visitors) -> None:
    """At seven in the evening in California it is tomorrow in Greenwich already."""
    visitors.clock.at = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    new = _new(visitors, born=date(2026, 12, 2))
    with pytest.raises(NotAllowed, match="born_in_the_future"):
        visitors.desk.open_visit(new)


def test_two_identifiers_are_checked_and_somebody_is_there(visitors: Visitors) -> None:
    new = _new(visitors)
    for identifiers in ((), ("name",), ("name", "name")):
        with pytest.raises(NotAllowed, match="identifiers_missing"):
            visitors.desk.open_visit(NewVisit(new.patient, identifiers, None, ()))
    visitors.staff.leave()
    with pytest.raises(NotAllowed, match="nobody_signed_in"):
        visitors.desk.open_visit(new)
    with pytest.raises(NotAllowed, match="nobody_signed_in"):
        visitors.tell(Answered("health_check", "transplant", Chosen("no")))


def test_a_visit_of_which_the_open_step_lacks_something_stays_on_it(visitors: Visitors) -> None:
    """Proves: P2."""
    room = visitors.desk.open_visit(_new(visitors))
    assert room.view().state("open").state != "done"
    assert room.view().state("open").lacks


# -- the vial in the visit ----------------------------------------------------------------------
def test_a_vial_that_is_unknown_or_not_the_ordered_one_closes_nothing(visitors: Visitors) -> None:
    """Proves: T17, Q1."""
    visitors.until_vial()
    visitors.receive("CORD-30M-000009", "30")
    for code in ("NEVER-SEEN", "CORD-30M-000009"):
        visitors.scan(code)
        visitors.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
        lacks = [lack.why for lack in visitors.here().view().state("vial").lacks]
        assert "vial" in lacks
        with pytest.raises(NotAllowed, match="step_lacks"):
            visitors.tell(StepClosed("vial"), "nurse-1")
    assert visitors.here().visit.vials


def test_a_vial_set_aside_for_another_visit_meanwhile_is_noticed(visitors: Visitors) -> None:
    """Two visits scan one vial; the first to close has it. Proves: T17."""
    rooms = []
    for _ in range(2):
        visitors.until_vial()
        visitors.scan(CODE)
        visitors.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
        visitors.hand_over("vial")
        visitors.patient_signs("vial")
        visitors.hand_back()
        rooms.append(visitors.here())
    rooms[1].take(StepClosed("vial"), visitors.proof("nurse-1"))
    with pytest.raises(NotAllowed, match=r"step_(lacks|waits)"):
        rooms[0].take(StepClosed("vial"), visitors.proof("nurse-1"))
    assert visitors.desk.vial(CODE).visit == rooms[1].visit.id


def test_a_vial_step_that_closed_before_a_crash_has_its_vial(visitors: Visitors) -> None:
    """The power went right after closing the step: the vial was set aside with it. Proves: T26."""
    visitors.until_vial()

    def cut(fact: object) -> None:
        if isinstance(fact, StepClosed) and fact.step == "vial":
            raise KeyboardInterrupt

    visitors.clinic.scribe.heard = cut
    with pytest.raises(KeyboardInterrupt):
        visitors.show_vial()
    again = reopened(visitors)
    room = again.desk.room(visitors.here().visit.id)
    assert room.view().state("vial").state == "done"
    aside = [by for by in again.desk.vial(CODE).facts if by.fact == VialAssigned(room.visit.id)]
    assert [by.stamp.person for by in aside] == ["nurse-1"]
    assert again.desk.vial("NEVER-SEEN").code == ""


# -- ink ----------------------------------------------------------------------------------------
def test_a_dot_is_no_signature(visitors: Visitors) -> None:
    """Refused below the glass too, for the patient and for the physician. Proves: T15."""
    visitors.until_decision()
    visitors.decide()
    visitors.hand_over("sign")
    pad = "sign.patient_signature"
    for item in book().forms["sign"].items:
        if isinstance(item, Statement) and item.owner in ("patient", "any"):
            visitors.tell(PageRead("sign", item.id, shown_digest(book().forms["sign"].words(item.id, "en"))))
    visitors.tell(Drawn(pad, a_stroke(3)))
    strokes = visitors.here().visit.pads[pad].strokes
    with pytest.raises(NotAllowed, match="ink_too_little"):
        visitors.tell(Signed(pad, "patient", "Demo Patient Avery", "as shown", strokes))
    assert pad not in visitors.here().visit.signed


def test_a_scrawl_countersigns_nothing(visitors: Visitors) -> None:
    """Proves: T15."""
    visitors.open()
    visitors.choose("health_check", transplant="yes")
    visitors.decide("do_not_treat")
    pad = "countersign.physician_signature"
    visitors.tell(Drawn(pad, a_stroke(2)))
    strokes = visitors.here().visit.pads[pad].strokes
    meaning = " ".join(book().forms["countersign"].words("meaning_do_not_treat", "en").body)
    with pytest.raises(NotAllowed, match="ink_too_little"):
        visitors.tell(Countersigned("Demo Physician Oru", meaning, strokes), "physician-1")
    assert visitors.here().visit.countersigned is None


# -- after an interruption ----------------------------------------------------------------------
def test_the_visit_a_patient_held_is_the_interrupted_one(visitors: Visitors) -> None:
    """Whatever else was worked on. Proves: T1, T26."""
    visitors.open()
    held = visitors.here().visit.id
    visitors.hand_over("notices")
    visitors.staff.sign_in("nurse-2", PINS["nurse-2"])
    visitors.open()
    assert reopened(visitors).desk.interrupted() == held


def test_without_a_goodbye_the_last_visit_is_the_interrupted_one(visitors: Visitors) -> None:
    """And after one, none is. Proves: T26."""
    first, last = visitors.open().visit.id, visitors.open().visit.id
    again = reopened(visitors)
    assert again.desk.interrupted() == last
    again.staff.sign_in("nurse-1", PINS["nurse-1"])
    again.room = again.desk.room(first)
    again.choose("health_check", transplant="no")
    assert reopened(again).desk.interrupted() == first
    bye = reopened(again)
    bye.staff.sign_in("nurse-1", PINS["nurse-1"])
    bye.staff.leave()
    assert reopened(bye).desk.interrupted() is None


def test_an_ending_that_a_crash_kept_from_being_stored_is_stored_at_the_opening(visitors: Visitors) -> None:
    """Countersigned, then the power went. Proves: T26, P4."""
    visitors.open()
    visitors.choose("health_check", transplant="yes")
    visitors.decide("do_not_treat")
    visitors.clinic.scribe.heard = _cut_at(Countersigned)
    with pytest.raises(KeyboardInterrupt):
        visitors.countersign()
    again = reopened(visitors)
    room = again.desk.room(visitors.here().visit.id)
    assert room.visit.concluded is not None
    assert room.visit.concluded.stamp.person == "physician-1"
    assert VisitRoom(again.clinic, again.staff, room.visit.id).visit == room.visit


@pytest.mark.parametrize(("signed", "ending"), [(False, "refused"), (True, "withdrawn")])
def test_a_stop_ends_the_visit(visitors: Visitors, signed: bool, ending: str) -> None:
    """Refused before the patient's signature, withdrawn after it; attested by staff. Proves: P4."""
    visitors.until_decision()
    if signed:
        visitors.decide()
        visitors.sign_consent()
    visitors.tell(Stopped(ending, "the patient said so"), "nurse-1")  # type: ignore[arg-type]
    concluded = visitors.here().visit.concluded
    assert concluded is not None and getattr(concluded.fact, "ending", "") == ending
    assert concluded.stamp.person == "nurse-1"
    with pytest.raises(NotAllowed, match="visit_is_over"):
        visitors.tell(HandedOver("patient", "read"))


def _cut_at(kind: type) -> object:
    def cut(fact: object) -> None:
        if isinstance(fact, kind):
            raise KeyboardInterrupt

    return cut


def test_a_physician_who_works_alone_opens_visits_too(tmp_path: Path) -> None:
    """A clinic without a nurse may be founded: without this it could never hold a visit. Proves: T6."""
    for alone in (False, True):
        visitors = clinic_in(tmp_path / str(alone), replace(charter(), physician_alone=alone))
        visitors.staff.leave()
        visitors.staff.arrive(visitors.proof("physician-1"))
        if alone:
            assert visitors.open().visit.opened is not None
        else:
            with pytest.raises(NotAllowed, match="not_this_role"):
                visitors.open()

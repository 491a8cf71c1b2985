"""Every ending but the countersigned one: who attests it, what is sealed, and what is not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from chairside.domain.facts import Concluded, Ending, HandedOver, OpenedInError, StepClosed, Stopped
from chairside.errors import NotAllowed, RecordError
from chairside.record.check import verify
from chairside.record.check_trust import trust_from
from chairside.session import paper
from chairside.session.gather import gather
from chairside.session.view import View
from tests.session.clinics import TOP, Visitors, reopened


def genuine(data: bytes, folder: Path) -> bool:
    """Tell whether a file passes the whole check, the demo's root trusted."""
    file = folder / "file.pdf"
    file.write_bytes(data)
    root = (TOP / "resources" / "demo" / "demo-root.pem").read_text("utf-8")
    return verify(file, trust_from((), demo=root)).verdict == "genuine"


def _ended(view: View) -> Ending:
    concluded = view.visit.concluded
    assert concluded is not None and isinstance(concluded.fact, Concluded)
    return concluded.fact.ending


def _signed(visitors: Visitors) -> None:
    visitors.until_decision()
    visitors.decide()
    visitors.hand_over("sign")
    visitors.patient_signs("sign")
    visitors.hand_back()


@pytest.mark.parametrize("person", ["nurse-1", "nurse-2", "physician-1"])
def test_a_patient_who_never_came_is_attested_by_whoever_says_so(
    visitors: Visitors, tmp_path: Path, person: str
) -> None:
    """Proves: P1, P4."""
    visitors.open()
    view = visitors.tell(Stopped("no_show", "nobody came until six"), person)
    assert (_ended(view), view.status.state) == ("no_show", "no_show")
    assert paper.certifier_of(visitors.here()) == person
    other = "nurse-1" if person != "nurse-1" else "nurse-2"
    with pytest.raises(NotAllowed, match="not_the_certifier"):
        paper.prepare(visitors.here(), visitors.proof(other))
    made = visitors.seal(person)
    assert genuine(made.data, tmp_path)


def test_nobody_failed_to_come_who_was_asked_today(visitors: Visitors) -> None:
    """Nor before the day itself. Proves: P4."""
    visitors.open()
    visitors.choose("health_check", transplant="no")
    with pytest.raises(NotAllowed, match="patient_was_here"):
        visitors.tell(Stopped("no_show", "nobody came"), "nurse-1")
    visitors.open(at=visitors.clock.now() + timedelta(days=2))
    with pytest.raises(NotAllowed, match="before_the_injection_day"):
        visitors.tell(Stopped("no_show", "nobody came"), "nurse-1")
    visitors.clock.wait(timedelta(days=2, hours=1))
    with pytest.raises(NotAllowed, match="pin_needed"):
        visitors.tell(Stopped("no_show", "nobody came"))
    assert _ended(visitors.tell(Stopped("no_show", "nobody came"), "nurse-1")) == "no_show"


def test_nobody_failed_to_come_who_was_asked_about_medicines_today(visitors: Visitors) -> None:
    """Nor who read something. Proves: P4."""
    visitors.open()
    visitors.medicines()
    with pytest.raises(NotAllowed, match="patient_was_here"):
        visitors.tell(Stopped("no_show", "nobody came"), "nurse-1")


def test_a_deferral_countersigned_after_midnight_says_what_was_found(visitors: Visitors) -> None:
    """The day of the decision judges it: what was answered is not called open, nor a finding lost."""
    visitors.open()
    visitors.health(pregnant_or_trying="yes", glycerol_sensitivity="yes")
    visitors.tell(StepClosed("health_check"), "nurse-1")
    visitors.medicines()
    visitors.decide("defer")
    on_the_day = {finding.id for finding in visitors.here().view().findings}
    visitors.clock.wait(timedelta(days=1))
    visitors.countersign()
    record = gather(visitors.here(), visitors.proof("physician-1"))
    assert {found.id for found in record.findings} == on_the_day
    assert {"pregnant_or_trying", "glycerol_sensitivity"} <= on_the_day


def test_a_refusal_after_the_signature_is_a_withdrawal(visitors: Visitors, tmp_path: Path) -> None:
    """The nurse who attests it certifies it, not the physician who decided. Proves: P4."""
    _signed(visitors)
    with pytest.raises(NotAllowed, match="ending_does_not_fit"):
        visitors.tell(Stopped("refused", "does not want it any more"), "nurse-2")
    view = visitors.tell(Stopped("withdrawn", "does not want it any more"), "nurse-2")
    assert (_ended(view), view.status.state) == ("withdrawn", "withdrawn")
    assert paper.certifier_of(visitors.here()) == "nurse-2"
    assert genuine(visitors.seal("nurse-2").data, tmp_path)


@pytest.mark.parametrize("ruling", ["defer", "do_not_treat"])
def test_the_physician_certifies_what_the_physician_decided(
    visitors: Visitors, tmp_path: Path, ruling: str
) -> None:
    """Proves: P4, Q2."""
    visitors.open()
    visitors.choose("health_check", transplant="yes")
    visitors.decide(ruling)  # type: ignore[arg-type]
    visitors.countersign()
    assert paper.certifier_of(visitors.here()) == "physician-1"
    with pytest.raises(NotAllowed, match="not_the_certifier"):
        paper.prepare(visitors.here(), visitors.proof("nurse-1"))
    assert genuine(visitors.seal().data, tmp_path)


def test_a_visit_opened_in_error_has_its_reason_and_no_record(visitors: Visitors) -> None:
    """And no way back. Proves: P1, P4."""
    visitors.open()
    for reason, person in (("  ", "nurse-1"), ("the wrong person was picked", None)):
        with pytest.raises(NotAllowed, match=r"reason_needed|pin_needed"):
            visitors.tell(OpenedInError(reason), person)
    view = visitors.tell(OpenedInError("the wrong person was picked"), "nurse-1")
    assert view.status.state == "opened_in_error"
    assert view.visit.concluded is None
    with pytest.raises(RecordError, match="not_concluded"):
        paper.prepare(visitors.here(), visitors.proof("nurse-1"))
    with pytest.raises(NotAllowed, match="opened_in_error"):
        visitors.hand_over("notices")
    again = reopened(visitors)
    assert again.desk.room(view.visit.id).visit.in_error is not None


def test_what_the_patient_signed_was_no_error(visitors: Visitors) -> None:
    """Proves: P4."""
    _signed(visitors)
    with pytest.raises(NotAllowed, match="patient_signed"):
        visitors.tell(OpenedInError("the wrong person was picked"), "nurse-1")


def test_nobody_hands_over_a_tablet_that_nobody_holds(visitors: Visitors) -> None:
    """Said in words, nothing stored. Proves: T1, Q39."""
    visitors.open()
    visitors.staff.leave()
    before = visitors.here().visit
    with pytest.raises(NotAllowed, match="nobody_signed_in"):
        visitors.tell(HandedOver("patient", "read"))
    assert visitors.here().visit is before

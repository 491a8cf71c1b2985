"""A notice of the law left out by an administrator: never silently, and the record says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from chairside.domain.facts import NoticeRestored, NoticeWaived, Stopped
from chairside.errors import NotAllowed
from chairside.record import check_facts
from chairside.record.check import verify
from chairside.record.check_trust import trust_from
from chairside.record.check_world import Refused
from chairside.session import notices
from chairside.session.charter import NewStaff
from chairside.session.gather import gather
from chairside.session.papers import make
from chairside.session.staff import Proof
from tests.record.printed import text
from tests.session.clinics import TOP, Visitors, charter, clinic_in

PIN = "582046"
MEMO = NoticeWaived("s684", "counsel_memo", " Memo 2026-7 ", date(2026, 3, 2))


@pytest.fixture
def visitors(tmp_path: Path) -> Iterator[Visitors]:
    plain = charter()
    administrator = NewStaff("admin-1", "Demo Administrator Sol", "administrator", PIN)
    own = clinic_in(tmp_path / "clinic", replace(plain, staff=(*plain.staff, administrator)))
    yield own
    own.clinic.ledger.close()


def administrator(visitors: Visitors) -> Proof:
    _, proof = visitors.staff.prove("admin-1", PIN)
    assert proof is not None
    return proof


def asked(visitors: Visitors) -> list[str]:
    return [item.id for item in visitors.here().view().book.forms["notices_california"].items]


def test_the_administrator_alone_leaves_a_notice_out(visitors: Visitors) -> None:
    """Proves: Q7."""
    with pytest.raises(NotAllowed, match="administrator_needed"):
        notices.tell(visitors.clinic, visitors.proof("physician-1"), MEMO)
    with pytest.raises(NotAllowed, match="reference_missing"):
        notices.tell(visitors.clinic, administrator(visitors), structs.replace(MEMO, reference=" "))
    assert visitors.clinic.waived == {}
    notices.tell(visitors.clinic, administrator(visitors), MEMO)
    held = visitors.clinic.waived["s684"]
    assert held.signature is not None
    assert held.fact == structs.replace(MEMO, reference="Memo 2026-7")


def test_a_visit_that_goes_on_shows_what_the_clinic_shows_again(visitors: Visitors) -> None:
    """A later waiver hides nothing from a patient; one taken back gives them the notice. Proves: Q7."""
    visitors.open()
    notices.tell(visitors.clinic, administrator(visitors), MEMO)
    assert "s684" in asked(visitors)
    visitors.open(born=date(1970, 1, 1))
    assert asked(visitors) == ["medical_board", "electronic_record", "paper_copy"]
    without = visitors.room
    notices.tell(visitors.clinic, administrator(visitors), NoticeRestored("s684"))
    visitors.room = visitors.desk.room(without.visit.id)
    assert "s684" in asked(visitors), "the law asks for it before the treatment, whenever the visit began"
    visitors.open(born=date(1971, 1, 1))
    assert "s684" in asked(visitors)


def test_the_record_says_what_was_left_out_on_what_document_and_by_whom(
    visitors: Visitors, tmp_path: Path
) -> None:
    """On its first page and where the notices stand; it is genuine with the waiver alone. Proves: Q7."""
    notices.tell(visitors.clinic, administrator(visitors), MEMO)
    visitors.open()
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.hand_back()
    visitors.tell(Stopped("refused", "the patient changed their mind"), "nurse-1")
    content = gather(visitors.here(), visitors.proof("nurse-1"))
    file = tmp_path / "record.pdf"
    file.write_bytes(visitors.seal("nurse-1").data)
    said = " ".join(text(file.read_bytes()).split())
    why = "this notice was not shown. Memo of the clinic's counsel Memo 2026-7, of March 2, 2026."
    assert said.count(why) == 2
    assert said.count("Told by Demo Administrator Sol") == 2
    assert "THIS NOTICE MUST BE PROVIDED" not in said
    root = (TOP / "resources" / "demo" / "demo-root.pem").read_text("utf-8")
    assert verify(file, trust_from((), demo=root)).verdict == "genuine"
    facts = content.stamped()
    check_facts._demand_waivers(facts)
    without = tuple(each for each in facts if not isinstance(each.fact, NoticeWaived))
    with pytest.raises(Refused, match="waiver_missing"):
        check_facts._demand_waivers(without)


def test_the_pack_of_paper_leaves_out_what_the_visit_leaves_out(visitors: Visitors) -> None:
    """Proves: Q7, P8."""
    notices.tell(visitors.clinic, administrator(visitors), MEMO)
    visitors.open()
    own, any_visit = (text(make(visitors.clinic, "blank_pack", of)) for of in (visitors.here().visit.id, ""))
    assert "THIS NOTICE MUST BE PROVIDED" not in " ".join(own.split())
    assert "THIS NOTICE MUST BE PROVIDED" in " ".join(any_visit.split())


def test_who_signed_without_the_notice_reads_it_and_signs_again(visitors: Visitors, tmp_path: Path) -> None:
    """Its copy on paper is handed anew too, and the record is genuine. Proves: Q6, Q7."""
    notices.tell(visitors.clinic, administrator(visitors), MEMO)
    visitors.until_decision()
    visitors.decide()
    visitors.sign_consent()
    stopped = visitors.here()
    notices.tell(visitors.clinic, administrator(visitors), NoticeRestored("s684"))
    visitors.room = visitors.desk.room(stopped.visit.id)
    view = visitors.here().view()
    lacks = {lack.item for lack in view.state("notices").lacks}
    assert {"s684", "paper_copy"} <= lacks and "sign.patient_signature" not in view.visit.signed
    assert visitors.here().visit.consented, "that it was signed once is not forgotten"
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.hand_back()
    visitors.tell(Stopped("withdrawn", "the patient changed their mind"), "nurse-1")
    file = tmp_path / "record.pdf"
    file.write_bytes(visitors.seal("nurse-1").data)
    said = " ".join(text(file.read_bytes()).split())
    assert "THIS NOTICE MUST BE PROVIDED" in said and "Shows a notice of the law again" in said
    assert "this notice was not shown" not in said
    root = (TOP / "resources" / "demo" / "demo-root.pem").read_text("utf-8")
    assert verify(file, trust_from((), demo=root)).verdict == "genuine"

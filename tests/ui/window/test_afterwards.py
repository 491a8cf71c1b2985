"""After the seal, on the whole window: the procedure, what is added, copies, and the way over paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from chairside.domain.facts import AddendumSealed, PaperAttested, PaperChosen, Printed, SignedOnPaper
from chairside.domain.replies import Pictured
from chairside.session import paper
from chairside.session.visit import VisitRoom
from chairside.ui import paperside
from tests.session.clinics import PINS
from tests.ui.window.glass import INK, Shown

IN_ORDER = ("thawed", "mixed", "first_injection", "last_injection")
PHOTO = Path(__file__).parents[2] / "session" / "signed.jpg"


def released(glass: Shown) -> None:
    """The record is sealed, the treatment released, and the nurse looks at it."""
    glass.sign_in()
    glass.visitors.whole()
    glass.visitors.seal()
    glass.visitors.staff.arrive(glass.visitors.proof("nurse-1"))
    glass.enter()


def on_glass(glass: Shown) -> VisitRoom:
    """The visit as the window has it."""
    assert glass.window.room is not None
    return glass.window.room


def sealed_now(glass: Shown) -> None:
    while glass.window.sealing.busy:
        glass.hands.settle()
    glass.hands.settle()


def test_the_procedure_ends_in_one_sealed_addendum(glass: Shown) -> None:
    """Proves: P2 (Procedure), P9: no PIN until one signature at the end makes one addendum."""
    released(glass)
    glass.hands.tap("procedure.begin")
    for mark in IN_ORDER:
        glass.hands.tap(f"procedure.{mark}")
    assert glass.page() == "procedure"
    glass.hands.sign("nurse_signature.pad", INK)
    glass.hands.tap("procedure.sign")
    assert glass.page() == "door.pin"
    glass.hands.pin(PINS["nurse-1"])
    sealed_now(glass)
    assert glass.page() == "record"
    room = on_glass(glass)
    assert [number for number, _, _ in paper.sealed_addenda(room)] == [1]
    assert glass.hands.sees("record.look_1") and not glass.hands.sees("procedure.begin")


def test_a_consent_taken_back_before_the_seal_asks_nobody_elses_pin(glass: Shown) -> None:
    """The record waits for the physician; the nurse's PIN signs the withdrawal and says no trouble."""
    glass.sign_in()
    glass.visitors.whole()
    glass.visitors.staff.arrive(glass.visitors.proof("nurse-1"))
    glass.enter()
    glass.hands.tap("record.add")
    glass.hands.tap("addendum.kind.withdrawal")
    field = glass.hands.find("addendum.text")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("The patient said stop.")
    glass.hands.tap("sign")
    glass.hands.pin(PINS["nurse-1"])
    assert (glass.page(), glass.banner()) == ("record", "") and glass.hands.sees("record.against")
    glass.hands.tap("retry")
    glass.hands.pin(PINS["physician-1"])
    sealed_now(glass)
    assert glass.hands.sees("record.seal_1"), "now it waits for the nurse"


def test_a_seal_takes_no_page_away_that_somebody_has_begun(glass: Shown) -> None:
    """The record's page came back over the addition that was opened while the addendum was made."""
    released(glass)
    glass.hands.tap("record.add")
    glass.window.sealing.show_made()
    assert glass.page() == "addendum"
    glass.hands.tap("back")
    shown = glass.window.page
    glass.window.sealing.show_made()
    assert glass.page() == "record" and glass.window.page is not shown


def test_the_times_of_the_procedure_carry_the_name_of_who_does_it(glass: Shown) -> None:
    """The physician who countersigned is still signed in; the nurse takes the chair with a PIN."""
    released(glass)
    glass.hands.tap("header.lock")
    glass.sign_in("physician-1")
    glass.hands.tap("procedure.begin")
    assert glass.page() == "door.pin"
    glass.hands.pin(PINS["nurse-1"])
    assert glass.page() == "procedure"
    glass.hands.tap("procedure.thawed")
    assert on_glass(glass).visit.marks[-1].stamp.person == "nurse-1"


def test_an_emergency_is_one_tap_on_the_whole_window_and_asks_no_pin(glass: Shown) -> None:
    """Proves: P2 (Procedure)."""
    released(glass)
    glass.hands.tap("procedure.begin")
    glass.hands.tap("procedure.emergency")
    assert glass.page() == "procedure"
    founded = glass.visitors.clinic.founded
    assert founded.phone_24h in glass.words() and "Call 911 now" in glass.words()


def test_a_late_mark_keeps_when_it_happened(glass: Shown) -> None:
    """Proves: P5."""
    released(glass)
    glass.visitors.clock.wait(timedelta(minutes=20))
    glass.hands.tap("procedure.begin")
    glass.hands.tap("procedure.thawed")
    glass.hands.tap("procedure.earlier")
    glass.hands.tap("procedure.ago_5")
    stamp = on_glass(glass).visit.marks[-1].stamp
    assert stamp.happened is not None and timedelta(minutes=4) < stamp.utc - stamp.happened < timedelta(
        minutes=6
    )
    assert glass.banner() == "" and glass.page() == "procedure"


def test_a_correction_is_added_and_sealed_and_a_cancelled_pin_loses_no_word(glass: Shown) -> None:
    """Proves: P9."""
    released(glass)
    glass.hands.tap("record.add")
    assert glass.page() == "addendum"
    glass.hands.tap("addendum.kind.amendment")
    field = glass.hands.find("addendum.text")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("The kit was KIT-2.")
    glass.hands.tap("sign")
    glass.hands.tap("pin.cancel")
    assert glass.page() == "record"
    glass.hands.tap("record.add")
    again = glass.hands.find("addendum.text")
    assert isinstance(again, QPlainTextEdit) and again.toPlainText() == "The kit was KIT-2."
    glass.hands.tap("sign")
    glass.hands.pin(PINS["nurse-1"])
    sealed_now(glass)
    facts = [by.fact for by in on_glass(glass).visit.facts]
    assert isinstance(facts[-1], AddendumSealed) and glass.hands.sees("record.look_1")


def test_copies_go_to_a_folder_and_the_copy_stays_owed_until_it_is_handed(
    glass: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: P8: no printer never blocks care."""
    monkeypatch.setenv("HOME", str(tmp_path))
    released(glass)
    glass.hands.tap("record.print")
    assert "No printer was found." in glass.banner()
    glass.hands.tap("record.save")
    glass.hands.tap("record.save_0")
    room = on_glass(glass)
    saved = [file for file in tmp_path.rglob("*.pdf") if file.stem == room.visit.id]
    assert len(saved) == 1 and saved[0].read_bytes() == paper.sealed_file(room)
    told = glass.visitors.clinic.ledger.stream(glass.visitors.clinic.tablet_stream)
    assert any(isinstance(by.fact, Printed) and by.fact.how == "folder" for by in told)
    glass.hands.tap("record.handed_record")
    assert not glass.hands.sees("record.handed_record")


def test_a_photo_of_the_vial_is_cut_and_stored_and_opens_nothing(
    glass: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: P2 (Vial): a photo supports, it never opens the gate."""
    monkeypatch.setattr(paperside, "photo_folders", lambda: [PHOTO.parent])
    glass.sign_in()
    glass.visitors.until_vial()
    glass.visitors.staff.arrive(glass.visitors.proof("nurse-1"))
    glass.enter()
    assert glass.page() == "vial"
    glass.hands.tap("vial_photo.pick")
    glass.hands.tap("photo.0")
    glass.hands.tap("photo.cut.top")
    glass.hands.tap("photo.named.no")
    glass.hands.tap("photo.save")
    room = on_glass(glass)
    reply = room.visit.replies[("vial", "vial_photo")]
    assert isinstance(reply, Pictured) and room.clinic.ledger.blob(reply.digest)
    assert glass.page() == "vial" and room.view().state("vial").state != "done"


def test_a_visit_sent_to_paper_by_a_slip_goes_back_to_the_glass(glass: Shown) -> None:
    """From the page that copies the paper, and from the one about the visit. Proves: P8."""
    glass.sign_in()
    glass.visitors.until_decision()
    glass.visitors.decide()
    glass.visitors.staff.arrive(glass.visitors.proof("nurse-1"))
    glass.enter()
    _to_paper(glass)
    for name in ("paper.check_answers", "paper.glass", "hand_over.not_now"):
        glass.hands.tap(name)
    glass.enter()
    assert glass.hands.sees("paper.print"), "not now: it stays on paper"
    for name in ("header.visit", "more.part.paper", "paper.glass", "hand_over.given"):
        glass.hands.tap(name)
    visit = on_glass(glass).visit
    assert visit.with_patient and visit.on_paper is None and visit.at_step == "sign"
    assert ("sign", "check_answers") not in visit.read, "what was ticked from paper is read on the glass"


def _to_paper(glass: Shown) -> None:
    for name in ("header.visit", "more.part.paper", "paper.prefers"):
        glass.hands.tap(name)
    if glass.hands.sees("pin.1"):
        glass.hands.pin(PINS["nurse-1"])


def test_a_signature_on_paper_is_photographed_and_attested_by_a_second_person(
    glass: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: P8: through the same gates, by two staff."""
    monkeypatch.setattr(paperside, "photo_folders", lambda: [PHOTO.parent])
    glass.sign_in()
    glass.visitors.until_decision()
    glass.visitors.decide()
    glass.visitors.tell(PaperChosen("prefers"), "nurse-1")
    glass.visitors.staff.arrive(glass.visitors.proof("nurse-1"))
    glass.enter()
    assert glass.page() == "sign" and glass.hands.sees("paper.print")
    glass.hands.tap("paper.check_answers")
    glass.hands.tap("paper.patient_signature.photo")
    glass.hands.tap("photo.0")
    glass.hands.tap("paper.patient_signature.sign")
    glass.hands.pin(PINS["nurse-1"])
    assert glass.banner() == ""
    facts = [by.fact for by in on_glass(glass).visit.facts]
    assert isinstance(facts[-1], SignedOnPaper) and len(facts[-1].pictures) == 1
    glass.hands.tap("paper.attest")
    if glass.hands.sees("staff.nurse-2"):
        glass.hands.tap("staff.nurse-2")
    glass.hands.pin(PINS["nurse-2"])
    visit = on_glass(glass).visit
    assert isinstance(visit.facts[-1].fact, PaperAttested) and "sign.patient_signature" in visit.signed

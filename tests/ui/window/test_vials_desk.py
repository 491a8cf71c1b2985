"""The vials' side of the glass, from a box that is due to a vial set aside, with real people and PINs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from chairside.domain.facts import (
    SupplierAdded,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialFreed,
    VialQuarantined,
    VialReceived,
)
from chairside.domain.panel import TESTS
from chairside.domain.replies import Chosen
from chairside.domain.vial import SHIPMENT
from chairside.session.board import VialCard
from chairside.ui import pictures
from chairside.ui.widgets.answers import TickRow
from tests.session.clinics import CODE as STOCKED
from tests.session.clinics import PINS
from tests.session.clinics import SUPPLIER as STOCK
from tests.ui.screens.stock import LABEL_SAYS, LABEL_TOLD, SHEET_SAYS
from tests.ui.window.glass import Shown

CODE = "CORD-5M-000900"  # another vial than the one every test clinic has accepted
SUPPLIER = "Example Cord Supply"


def vials(glass: Shown, person: str = "nurse-1") -> None:
    """Sign in and go to the vials."""
    glass.sign_in(person)
    glass.hands.tap("vials")
    assert glass.page() == "vials"


def card(glass: Shown, code: str = CODE) -> VialCard:
    """Return the card of a vial as the desk has it; without a code, of the one that is expected."""
    (only,) = (each for each in glass.visitors.receiving.cards() if each.code == code)
    return only


def supplier(glass: Shown) -> None:
    glass.hands.type("supplier.name", SUPPLIER)
    glass.hands.tap("supplier.limit.minutes")
    glass.hands.type("supplier.minutes", "60")
    glass.hands.tap("supplier.move.yes")
    glass.hands.tap("supplier.save")


def label(glass: Shown, expires: str = "2027-06") -> None:
    """Fill in label and shipment on the page of a vial that came."""
    glass.hands.scan(CODE)
    glass.hands.tap(f"receive.supplier.{SUPPLIER}")
    for key, text in (("product", "cord tissue"), ("lot", "L-9"), ("expires", expires)):
        glass.hands.type(f"receive.{key}", text)
    for item, option in LABEL_SAYS.items():
        glass.hands.tap(f"receive.{item}.{option}")
    for item in SHIPMENT:
        glass.hands.tap(f"receive.{item}.yes")


def sheet(glass: Shown, blank: str = "") -> None:
    """Copy a sheet; one test may stand on it without a result."""
    glass.hands.type("sheet.donor", "D-4711")
    glass.hands.tap("sheet.donor_eligible.eligible")
    for item, option in SHEET_SAYS.items():
        glass.hands.tap(f"sheet.{item}.{option}")
    for test in TESTS:
        glass.hands.tap(f"sheet.donor_tests.{test}.{'blank' if test == blank else 'nonreactive'}")
    glass.hands.tap("sheet.sterility.no_growth")
    glass.hands.tap("sheet.save")


def received(glass: Shown, blank: str = "") -> None:
    """A vial came, with a new supplier and a new sheet; the first nurse entered all of it."""
    vials(glass)
    glass.hands.tap("vials.receive")
    glass.hands.tap("receive.new_supplier")
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "supplier.name", "what is typed at once is not lost"
    supplier(glass)
    chosen = glass.hands.find(f"receive.supplier.{SUPPLIER}")
    assert isinstance(chosen, QAbstractButton) and chosen.isChecked(), "it was added to be chosen"
    label(glass)
    glass.hands.tap("receive.new_sheet")
    sheet(glass, blank)
    glass.hands.tap("receive.save")
    assert glass.page() == "vial.page"


def compared(glass: Shown, person: str = "nurse-2") -> None:
    """Somebody else compares every part and enters the PIN."""
    glass.hands.tap("vial.check")
    for part in ("label", "shipment", "sheet"):
        glass.hands.tap(f"check.{part}")
    glass.hands.tap("check.prove")
    if glass.hands.sees(f"staff.{person}"):
        glass.hands.tap(f"staff.{person}")
    glass.hands.pin(PINS[person])


def test_a_vial_is_received_compared_accepted_and_set_aside(glass: Shown) -> None:
    """By two people, every entry on the glass. Proves: P10, V16, V22, V23."""
    glass.sign_in()
    visit = glass.visitors.open().visit.id
    glass.hands.tap("header.lock")
    received(glass)
    assert card(glass).fate == "received"
    assert "second person" in glass.words()
    compared(glass)
    assert glass.page() == "vial.page" and card(glass).fate == "checked" and card(glass).lacks == ()
    glass.hands.tap("vial.accept")
    glass.hands.tap("vial.set_aside")
    glass.hands.tap(f"aside.visit.{visit}")
    glass.hands.tap("aside.do")
    assert (card(glass).fate, card(glass).visit) == ("assigned", visit)
    facts = [by.fact for by in glass.visitors.receiving.vial(CODE).facts]
    assert isinstance(facts[0], VialReceived) and VialChecked("nurse-2") in facts
    assert VialAccepted() in facts and VialAssigned(visit) in facts
    assert "Set aside for Demo Patient Avery" in glass.words(), "its life is told with names"
    assert SupplierAdded(SUPPLIER, "", "", 60, True) in glass.visitors.receiving.suppliers()


def test_who_entered_it_is_not_asked_to_compare_it(glass: Shown) -> None:
    """Only somebody who wrote neither label nor sheet. Proves: P10, T6."""
    received(glass)
    glass.hands.tap("vial.check")
    glass.hands.tap("check.prove")
    assert glass.page() == "check" and "Compare: The label" in glass.words(), "nothing was compared yet"
    for part in ("label", "shipment", "sheet"):
        glass.hands.tap(f"check.{part}")
    glass.hands.tap("check.prove")
    assert glass.hands.sees("staff.nurse-2") and glass.hands.sees("staff.physician-1")
    assert not glass.hands.sees("staff.nurse-1")


def test_a_pin_that_was_not_given_leads_back_to_the_comparison(glass: Shown) -> None:
    received(glass)
    glass.hands.tap("vial.check")
    for part in ("label", "shipment", "sheet"):
        glass.hands.tap(f"check.{part}")
    glass.hands.tap("check.prove")
    glass.hands.tap("staff.nurse-2")
    glass.hands.tap("pin.cancel")
    assert glass.page() == "check" and card(glass).fate == "received"
    assert _ticked(glass) == {"label", "shipment", "sheet"}, "what was compared was compared"
    glass.hands.tap("check.sheet")
    assert _ticked(glass) == {"label", "shipment"}
    glass.hands.tap("header.lock")
    glass.sign_in("physician-1")
    assert glass.page() == "check" and _ticked(glass) == set(), "somebody else has compared nothing"


def _ticked(glass: Shown) -> set[str]:
    rows = {part: glass.hands.find(f"check.{part}") for part in ("label", "shipment", "sheet")}
    return {part for part, row in rows.items() if isinstance(row, TickRow) and row.isChecked()}


def test_a_sheet_with_a_blank_line_is_kept_and_the_vial_stays_apart(glass: Shown) -> None:
    """What is missing is said in words; a blank is never nonreactive. Proves: P10, V22, Q31."""
    received(glass, blank="hcv_nat")
    compared(glass)
    assert "Not on the donor sheet: Hepatitis C" in glass.words() and not glass.hands.sees("vial.accept")
    glass.hands.tap("back")
    assert "Not on the donor sheet: Hepatitis C" in glass.words(), "the list says it too"
    glass.hands.scan(CODE)
    glass.hands.tap("vial.quarantine")
    glass.hands.tap("why.do")
    assert glass.page() == "why" and "Choose or write a reason" in glass.words()
    glass.hands.tap("why.likely.paper_missing")
    glass.hands.tap("why.do")
    assert card(glass).fate == "quarantined"
    assert isinstance(glass.visitors.receiving.vial(CODE).facts[-1].fact, VialQuarantined)


def test_a_vial_past_its_date_offers_no_accept_and_says_why(glass: Shown) -> None:
    """What cannot be done is no button that refuses. Proves: V23."""
    desk = glass.visitors.receiving
    glass.sign_in()
    stream = glass.visitors.enter_sheet()
    told = VialReceived(CODE, STOCK, "cord tissue", "L-9", date(2020, 1, 31), stream)
    desk.receive(told, [(item, Chosen("yes")) for item in SHIPMENT] + list(LABEL_TOLD.items()))
    desk.check(CODE, glass.visitors.proof("nurse-2"))
    glass.hands.tap("header.lock")
    vials(glass)
    glass.hands.scan(CODE)
    assert "The vial is past its date" in glass.words() and not glass.hands.sees("vial.accept")
    assert glass.hands.sees("vial.quarantine")


def test_what_was_expected_is_late_then_here(glass: Shown) -> None:
    """The label is read from the vial, never from what was expected. Proves: P10."""
    vials(glass)
    glass.hands.tap("vials.expect")
    glass.hands.tap("expect.new_supplier")
    supplier(glass)
    for name in (f"supplier.{SUPPLIER}", "strength.5", "day.today", "hour.1100"):
        glass.hands.tap(f"expect.{name}")
    glass.hands.tap("expect.save")
    assert glass.page() == "vials" and card(glass, "").fate == "expected"
    glass.visitors.clock.ticks = 105 * 60 + 1
    glass.window.pages.vials.tick(glass.window.page)
    glass.hands.settle()
    assert "Late: 45 min" in glass.words()
    glass.hands.tap(f"look.{card(glass, '').stream}")
    glass.hands.tap("vial.arrived")
    for key in ("product", "lot", "expires"):
        line = glass.hands.find(f"receive.{key}")
        assert isinstance(line, QLineEdit) and not line.text()
    label(glass)
    glass.hands.tap("receive.sheet.no_sheet")
    glass.hands.tap("receive.save")
    assert card(glass).fate == "received", "the expectation ended with it"


def test_a_vial_set_apart_after_the_thaw_comes_back_by_the_physicians_pin(glass: Shown) -> None:
    """A nurse is not offered it. Proves: P10."""
    glass.sign_in()
    visitors = glass.visitors
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed")
    visitors.receiving.quarantine(STOCKED, "the supplier called")
    glass.hands.tap("header.lock")
    vials(glass)
    glass.hands.scan(STOCKED)
    assert glass.page() == "vial.page" and not glass.hands.sees("vial.accept")
    glass.hands.tap("header.lock")
    glass.sign_in("physician-1")
    glass.hands.tap("vial.accept")
    assert glass.page() == "door.pin"
    glass.hands.pin(PINS["physician-1"])
    last = visitors.receiving.vial(STOCKED).facts[-1]
    assert isinstance(last.fact, VialAccepted) and last.signature
    assert card(glass, STOCKED).fate == "thawed"


def test_a_vial_is_freed_by_pin_and_reason(glass: Shown) -> None:
    """Unthawed, and only where the supplier lets it move. Proves: P10."""
    glass.sign_in()
    visit = glass.visitors.open().visit.id
    glass.visitors.receiving.set_aside(STOCKED, visit)
    known = card(glass, STOCKED).supplier
    nurse = glass.visitors.proof("nurse-1")
    glass.visitors.receiving.add_supplier(SupplierAdded(known, "", "", None, False), nurse)
    glass.hands.tap("header.lock")
    vials(glass)
    glass.hands.scan(STOCKED)
    assert glass.page() == "vial.page" and not glass.hands.sees("vial.free")
    glass.visitors.receiving.add_supplier(SupplierAdded(known, "", "", None, True), nurse)
    glass.hands.tap("back")
    glass.hands.scan(STOCKED)
    glass.hands.tap("vial.free")
    glass.hands.tap("why.likely.visit_put_off")
    glass.hands.tap("why.do")
    assert glass.page() == "door.pin"
    glass.hands.pin(PINS["nurse-1"])
    last = glass.visitors.receiving.vial(STOCKED).facts[-1]
    assert isinstance(last.fact, VialFreed) and last.signature
    assert card(glass, STOCKED).fate == "accepted"


def test_a_vial_thrown_away_by_a_slip_is_taken_back(glass: Shown) -> None:
    """With its reason; it stands again as it did. Proves: P10."""
    vials(glass)
    glass.hands.scan(STOCKED)
    for act, why in (("discard", "damaged"), ("take_back", "tapped_wrong")):
        glass.hands.tap(f"vial.{act}")
        glass.hands.tap(f"why.likely.{why}")
        glass.hands.tap("why.do")
    assert "Not thrown away after all: The wrong button was tapped" in glass.words()
    assert card(glass, STOCKED).fate == "accepted" and not glass.hands.sees("vial.take_back")


def test_a_scanned_code_nobody_received_begins_receiving_it(glass: Shown) -> None:
    vials(glass)
    glass.hands.scan("NEW-000001")
    assert glass.page() == "receive" and "NEW-000001" in glass.words()


def test_a_code_is_received_once(glass: Shown) -> None:
    """Said at the field, before a page of answers is lost. Proves: V19."""
    vials(glass)
    glass.hands.tap("vials.receive")
    glass.hands.scan(STOCKED)
    glass.hands.tap("receive.save")
    assert "was received before" in glass.words() and glass.page() == "receive"


@pytest.mark.parametrize(("back", "kept"), [("nurse-1", True), ("nurse-2", False)])
def test_a_draft_outlives_the_lock_but_never_changes_hands(glass: Shown, back: str, kept: bool) -> None:
    """Two writers of one draft would leave nobody to compare it. Proves: P10, T7."""
    vials(glass)
    glass.hands.tap("vials.receive")
    glass.hands.scan("NEW-000001")
    glass.hands.tap("receive.box_intact.yes")
    glass.hands.type("receive.product", "frozen suspension")  # and is still in the field when it locks
    glass.hands.tap("header.lock")
    assert "NEW-000001" not in glass.words()
    glass.sign_in(back)
    assert glass.page() == "receive"
    assert ("NEW-000001" in glass.words()) is kept and ("frozen suspension" in glass.words()) is kept


def test_an_entry_is_put_right_and_wants_the_second_person_again(glass: Shown) -> None:
    received(glass)
    compared(glass)
    assert card(glass).fate == "checked"
    glass.hands.tap("vial.correct")
    line = glass.hands.find("receive.lot")
    assert isinstance(line, QLineEdit) and line.text() == "L-9"
    glass.hands.tap("receive.seal_intact.no")
    glass.hands.tap("receive.save")
    assert card(glass).fate == "received" and "the seal" in glass.words()
    assert not glass.hands.sees("vial.accept")


def test_a_photo_is_picked_cut_and_shown_to_the_second_person(
    glass: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stored without what the camera wrote beside it. Proves: P10."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Pictures").mkdir()
    image = QImage(2400, 1200, QImage.Format.Format_RGB32)
    image.fill(0xFFDDDDDD)
    image.setText("Comment", "Jordan Avery")
    image.save(str(tmp_path / "Pictures" / "sheet.png"))
    (tmp_path / "Pictures" / "broken.jpg").write_bytes(b"no picture")
    vials(glass)
    glass.hands.tap("vials.suppliers")
    glass.hands.tap("suppliers.new")
    supplier(glass)
    glass.hands.tap("back")
    glass.hands.tap("vials.sheets")
    glass.hands.tap("sheets.new")
    glass.hands.tap(f"sheet.supplier.{SUPPLIER}")
    glass.hands.tap("sheet.photo")
    glass.hands.tap("photo.0" if "broken" in glass.hands.find("photo.0").accessibleName() else "photo.1")
    assert glass.page() == "photo.pick" and "not a whole picture" in glass.banner()
    glass.hands.tap("photo.1" if "sheet" in glass.hands.find("photo.1").accessibleName() else "photo.0")
    glass.hands.tap("photo.cut.left")
    glass.hands.tap("photo.named.no")
    glass.hands.tap("photo.save")
    sheet(glass)
    assert glass.page() == "sheet.page" and glass.hands.sees("sheet.photo")
    glass.hands.tap("sheet.check")
    assert glass.hands.sees("check.sheet.photo")
    glass.hands.tap("check.sheet")
    glass.hands.tap("check.prove")
    glass.hands.tap("staff.nurse-2")
    glass.hands.pin(PINS["nurse-2"])
    assert glass.page() == "sheet.page" and "Checked by Demo Nurse Ilo" in glass.words()
    (mine,) = (each for each in glass.visitors.receiving.sheets() if each.supplier == SUPPLIER)
    assert mine.checked_by == "nurse-2"
    photo = glass.window.pages.vials._table.photo(glass.visitors.receiving.sheet(mine.stream))
    assert photo.startswith(b"\xff\xd8\xff") and b"Jordan" not in photo
    assert pictures.decoded(photo).width() == 1900


def test_a_suppliers_limit_changes_under_a_pin_and_its_phone_does_not(glass: Shown) -> None:
    """A running limit is no line to be typed over; cancelling changes nothing. Proves: P10, Q35."""
    vials(glass)
    known = glass.visitors.receiving.suppliers()[0]
    glass.hands.tap("vials.suppliers")
    glass.hands.tap("supplier.change.0")
    glass.hands.type("supplier.phone", "9")
    glass.hands.tap("supplier.save")
    assert glass.page() == "suppliers" and glass.visitors.receiving.suppliers()[0].phone == known.phone + "9"
    glass.hands.tap("supplier.change.0")
    glass.hands.tap("supplier.limit.none")
    glass.hands.tap("supplier.save")
    assert glass.page() == "door.pin"
    glass.hands.tap("pin.cancel")
    assert glass.visitors.receiving.suppliers()[0].thaw_limit_minutes == known.thaw_limit_minutes
    glass.hands.tap("supplier.limit.none")
    glass.hands.tap("supplier.save")
    glass.hands.pin(PINS["nurse-1"])
    assert glass.visitors.receiving.suppliers()[0].thaw_limit_minutes is None

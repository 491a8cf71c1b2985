"""The page of a vial that came, of one that is due, and of its supplier: what is asked, refused and told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from chairside.domain.codes.doubt import doubt
from chairside.domain.facts import SupplierAdded, VialExpected, VialReceived
from chairside.domain.replies import Chosen, ChosenSeveral, Coded
from chairside.domain.vial import NO_WARNING, SHIPMENT, WARNINGS
from chairside.ui.screens.arrival import NO_SHEET, Arriving
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.expecting import Expecting
from chairside.ui.screens.supplier import SupplierForm
from chairside.ui.widgets.page import Page
from tests.ui.screens.stock import (
    LABEL_SAYS,
    LABEL_TOLD,
    OTHER,
    SUPPLIER,
    SUPPLIERS,
    expect_page,
    filled,
    receive_page,
)
from tests.ui.screens.touch import chosen, leave, said, sees, show, tap, there, write

TEXTS = {"product": "Cord product, frozen", "lot": "LOT-0001", "expires": "2027-03"}


def fill(page: Page) -> None:
    """Read everything from label and box but the sheet."""
    tap(page, "receive.expected.unexpected")
    tap(page, f"receive.supplier.{SUPPLIER}")
    for key, text in TEXTS.items():
        write(page, f"receive.{key}", text)
        leave(page, f"receive.{key}")
    for item, option in LABEL_SAYS.items():
        tap(page, f"receive.{item}.{option}")
    for item in SHIPMENT:
        tap(page, f"receive.{item}.yes")


def test_a_vial_is_told_whole_with_its_six_answers(qtbot: QtBot, dress: Dress) -> None:
    """Proves: P10, V16."""
    kept: list[tuple[VialReceived, tuple[tuple[str, object], ...]]] = []
    page = receive_page(dress, keep=lambda fact, answers: kept.append((fact, answers)))
    show(qtbot, page)
    page.take_scan("W-9")
    fill(page)
    tap(page, "receive.sheet.sheet:1")
    tap(page, "receive.save")
    ((fact, answers),) = kept
    label = ("W-9", SUPPLIER, TEXTS["product"], "LOT-0001", date(2027, 3, 31))
    assert fact == VialReceived(*label, "sheet:1", "", "scanned")
    assert dict(answers) == {item: Chosen("yes") for item in SHIPMENT} | LABEL_TOLD


def test_every_warning_on_one_label_is_chosen_and_kept(qtbot: QtBot, dress: Dress) -> None:
    """That there is none stands alone, and a tap on a chosen one lets go of it. Proves: Q32, V7."""
    draft = filled()
    page = receive_page(dress, draft)
    show(qtbot, page)

    def told(*taps: str) -> tuple[str, ...]:
        for each in taps:
            tap(page, f"receive.label_warning.{each}")
        kept = draft.replies["label_warning"]
        assert isinstance(kept, ChosenSeveral)
        shown = [each for each in (NO_WARNING, *WARNINGS) if chosen(page, f"receive.label_warning.{each}")]
        assert shown == list(kept.options)
        return kept.options

    assert told() == (NO_WARNING,)
    assert told("biohazard", "not_evaluated") == ("not_evaluated", "biohazard")
    assert told("not_evaluated", "biohazard") == ("biohazard",)  # nothing chosen is no answer
    assert told(*WARNINGS[:3]) == (*WARNINGS[:3], "biohazard")
    assert told(NO_WARNING) == (NO_WARNING,)


def test_every_thing_that_is_lacking_is_said_with_what_would_be_accepted(qtbot: QtBot, dress: Dress) -> None:
    """An empty page keeps nothing and names every place."""
    kept: list[object] = []
    page = receive_page(dress, keep=lambda *told: kept.append(told))
    show(qtbot, page)
    tap(page, "receive.save")
    assert kept == []
    for sentence in ("Scan the code, or type it two times.", "for example 2027-03-31", "Is the seal whole?"):
        assert sentence in said(page)
    assert sees(page, "receive.lacking") and sees(page, "receive.seal_intact.error")


@pytest.mark.parametrize("missing", SHIPMENT)
def test_each_of_the_six_answers_is_required(qtbot: QtBot, dress: Dress, missing: str) -> None:
    """None is preset, a no is an answer. Proves: V16."""
    kept: list[object] = []
    draft = filled()
    draft.expected = "unexpected"
    draft.replies |= {item: Chosen("no") for item in SHIPMENT if item != missing}
    draft.replies.pop(missing, None)
    page = receive_page(dress, draft, lambda *told: kept.append(told))
    show(qtbot, page)
    assert not chosen(page, f"receive.{missing}.yes") and not chosen(page, f"receive.{missing}.no")
    tap(page, "receive.save")
    assert kept == [] and sees(page, f"receive.{missing}.error")
    tap(page, f"receive.{missing}.no")
    tap(page, "receive.save")
    assert len(kept) == 1


@pytest.mark.parametrize("written", ["31/03/2027", "2027", "2027-13", "2027-02-30", "soon", ""])
def test_a_date_that_cannot_be_read_is_refused_with_an_example(
    qtbot: QtBot, dress: Dress, written: str
) -> None:
    draft = filled()
    draft.written["expires"] = written
    page = receive_page(dress, draft)
    show(qtbot, page)
    assert "expires" in page.lacks() and "2027-03-31 or 2027-03" in page.lacks()["expires"]


def test_a_date_is_read_back_and_a_past_one_is_said_at_once(qtbot: QtBot, dress: Dress) -> None:
    """A month is good through its last day."""
    page = receive_page(dress, filled())
    show(qtbot, page)
    assert "Good until 31 March 2027" in said(page)
    draft = filled()
    draft.written["expires"] = "2026-02"
    late = receive_page(dress, draft)
    show(qtbot, late)
    assert "This date has passed: 28 February 2026" in said(late)


def test_only_sheets_that_cover_the_lot_are_offered(qtbot: QtBot, dress: Dress) -> None:
    """By donor, or by this very lot, of this supplier; another's is forgotten. Proves: P10."""
    draft = filled()
    page = receive_page(dress, draft)
    show(qtbot, page)
    assert sees(page, "receive.sheet.sheet:1") and not sees(page, "receive.sheet.sheet:2")
    assert not sees(page, "receive.sheet.sheet:3")
    tap(page, f"receive.supplier.{OTHER}")
    assert draft.sheet == "" and sees(page, "receive.sheet.sheet:3") and sees(page, "receive.sheet.no_sheet")
    tap(page, f"receive.sheet.{NO_SHEET}")
    assert draft.sheet == NO_SHEET


def test_a_sheet_by_lot_goes_when_the_lot_changes(qtbot: QtBot, dress: Dress) -> None:
    draft = filled()
    draft.written["lot"], draft.sheet = "LOT-0009", "sheet:2"
    page = receive_page(dress, draft)
    show(qtbot, page)
    assert chosen(page, "receive.sheet.sheet:2")
    write(page, "receive.lot", "X")
    leave(page, "receive.lot")
    assert draft.sheet == ""


def test_a_code_is_typed_twice_or_scanned_once(qtbot: QtBot, dress: Dress) -> None:
    """Proves: V21."""
    draft = Arriving("n1")
    page = receive_page(dress, draft)
    show(qtbot, page)
    write(page, "receive.code.typed", "W-9")
    leave(page, "receive.code.typed")
    assert draft.code is None
    write(page, "receive.code.again", "W-8")
    leave(page, "receive.code.again")
    assert draft.code is None and "The two entries differ" in said(page)
    page.take_scan("W-10")
    assert draft.code == Coded("W-10", "scanned")


def test_a_code_on_file_is_refused_at_its_field(qtbot: QtBot, dress: Dress) -> None:
    """Proves: V19."""
    draft = filled()
    draft.code = Coded("W-1", "scanned")
    page = receive_page(dress, draft)
    show(qtbot, page)
    tap(page, "receive.save")
    assert "was received before" in said(page)
    draft.corrects = True
    again = receive_page(dress, draft)
    show(qtbot, again)
    assert "code" not in again.lacks()
    again.take_scan("W-77")
    assert draft.code == Coded("W-1", "scanned"), "another code is another vial"


def test_what_cannot_be_seen_never_gets_into_a_field(qtbot: QtBot, dress: Dress) -> None:
    """Control signs and marks that turn a line around are dropped; every field has an end. Proves: T19."""
    page = receive_page(dress)
    show(qtbot, page)
    line = there(page, "receive.lot")
    assert line is not None
    line.setFocus()
    line.insert("LOT\x07\u202e-1\x1b")  # type: ignore[attr-defined]
    line.textEdited.emit(line.text())  # type: ignore[attr-defined]  # what Qt does after a paste
    assert line.text() == "LOT-1"  # type: ignore[attr-defined]
    line.setText("")  # type: ignore[attr-defined]
    write(page, "receive.lot", "9" * 60)
    assert len(line.text()) == 40  # type: ignore[attr-defined]


# -- due, and from whom -----------------------------------------------------------------------------
def test_a_vial_is_expected_at_a_half_hour_for_a_visit(qtbot: QtBot, dress: Dress) -> None:
    """It is half past ten at the clinic: earlier hours of today are not offered. Proves: P10."""
    kept: list[VialExpected] = []
    page = expect_page(dress, keep=kept.append)
    show(qtbot, page)
    tap(page, f"expect.supplier.{SUPPLIER}")
    tap(page, "expect.strength.10")
    assert not sees(page, "expect.hour.1300"), "first the day"
    tap(page, "expect.day.today")
    assert not sees(page, "expect.hour.1030") and sees(page, "expect.hour.1100")
    tap(page, "expect.hour.1300")
    tap(page, "expect.visit.v1")
    write(page, "expect.reference", "TRACK-1")
    tap(page, "expect.save")
    due = datetime(2026, 3, 16, 20, 0, tzinfo=UTC)
    assert kept == [VialExpected("TRACK-1", SUPPLIER, 10, due, "v1")]


def test_a_day_without_an_hour_is_late_only_when_it_is_over(qtbot: QtBot, dress: Dress) -> None:
    kept: list[VialExpected] = []
    page = expect_page(dress, keep=kept.append)
    show(qtbot, page)
    for name in (f"supplier.{SUPPLIER}", "strength.5", "day.tomorrow", "hour.any"):
        tap(page, f"expect.{name}")
    tap(page, "expect.save")
    assert kept == [VialExpected("", SUPPLIER, 5, datetime(2026, 3, 18, 6, 59, tzinfo=UTC), "")]


def test_another_day_is_picked_and_wants_its_own_hour(qtbot: QtBot, dress: Dress) -> None:
    draft = Expecting(supplier=SUPPLIER, strength="5", day=date(2026, 3, 16), hour="1300")
    page = expect_page(dress, draft)
    show(qtbot, page)
    tap(page, "expect.day.another")
    assert draft.hour == "" and "day" in page.lacks()
    for name in ("day", "day.20", "month.3", "year.2026"):
        tap(page, f"expect.date.{name}")
    assert draft.day == date(2026, 3, 20) and "hour" in page.lacks()
    assert sees(page, "expect.hour.0700"), "every hour of a later day lies ahead"


def test_a_supplier_states_a_limit_or_states_none(qtbot: QtBot, dress: Dress) -> None:
    """Nobody invents one. Proves: V17, V18."""
    kept: list[SupplierAdded] = []
    page = SupplierForm(dress, None, frozenset({SUPPLIER.casefold()}), (kept.append, lambda: None))
    show(qtbot, page)
    tap(page, "supplier.save")
    assert {"name", "limit", "move"} == set(page.lacks())
    write(page, "supplier.name", SUPPLIER.upper())
    assert "on the list already" in page.lacks()["name"]
    write(page, "supplier.name", " and Sons")
    tap(page, "supplier.limit.minutes")
    for wrong in ("0", "1441", "half", "1.5"):
        there(page, "supplier.minutes").setText(wrong)  # type: ignore[union-attr]
        assert "from 1 to 1440" in page.lacks()["minutes"]
    there(page, "supplier.minutes").setText("45")  # type: ignore[union-attr]
    tap(page, "supplier.move.no")
    tap(page, "supplier.save")
    tap(page, "supplier.limit.none")
    tap(page, "supplier.save")
    name = f"{SUPPLIER.upper()} and Sons"
    assert kept == [SupplierAdded(name, "", "", 45, False), SupplierAdded(name, "", "", None, False)]


def test_a_known_supplier_keeps_its_name(qtbot: QtBot, dress: Dress) -> None:
    page = SupplierForm(dress, SUPPLIERS[0], frozenset({SUPPLIER.casefold()}), (print, print))
    show(qtbot, page)
    assert there(page, "supplier.name").isReadOnly() and page.lacks() == {}  # type: ignore[union-attr]
    assert chosen(page, "supplier.limit.minutes") and chosen(page, "supplier.move.yes")


def test_a_suppliers_papers_are_kept_and_stand_in_no_ones_way(qtbot: QtBot, dress: Dress) -> None:
    """The day somebody looked it up cannot be to come. Proves: V17."""
    kept: list[SupplierAdded] = []
    page = SupplierForm(dress, SUPPLIERS[0], frozenset(), (kept.append, lambda: None))
    show(qtbot, page)
    assert page.lacks() == {}
    write(page, "supplier.registration", "FEI-INVENTED-1")
    write(page, "supplier.registration_checked", "2027-01-01")
    leave(page, "supplier.registration_checked")
    tap(page, "supplier.save")
    assert kept == [] and "cannot be in the future" in said(page)
    line = there(page, "supplier.registration_checked")
    assert isinstance(line, QLineEdit)
    line.clear()
    write(page, "supplier.registration_checked", "2026-03-01")
    leave(page, "supplier.registration_checked")
    tap(page, "supplier.save")
    assert (kept[0].registration, kept[0].registration_checked) == ("FEI-INVENTED-1", date(2026, 3, 1))


# -- the code -----------------------------------------------------------------------------------
def test_another_vial_with_a_known_label_is_told_by_its_number(qtbot: QtBot, dress: Dress) -> None:
    """The number is asked for only where a vial carries that label. Proves: Q34."""
    kept: list[VialReceived] = []
    draft = filled()
    page = receive_page(dress, draft, lambda fact, _: kept.append(fact))
    show(qtbot, page)
    assert not sees(page, "receive.number")
    page.take_scan("W-1")
    assert sees(page, "receive.number") and "write a number on it" in page.lacks()["code"]
    write(page, "receive.number", "2a")
    leave(page, "receive.number")
    assert "number" in page.lacks()
    QTest.keyClick(there(page, "receive.number"), Qt.Key.Key_Backspace)
    leave(page, "receive.number")
    assert not {"number", "code"} & set(page.lacks())


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("=G12341765432171", "check character"),
        ("=g12341765432100", "Caps Lock"),
        ("9632001960000000000400152152152158", "code of a parcel"),
        ("=%6200", "names no vial"),
        ("]d20151022222233336175502", "not whole"),
        ("UL-24-0117", ""),
    ],
)
def test_a_doubtful_code_is_warned_of_and_taken(qtbot: QtBot, dress: Dress, code: str, told: str) -> None:
    """Proves: Q33, V20, V21."""
    page = receive_page(dress, filled())
    show(qtbot, page)
    page.take_scan(code)
    assert "code" not in page.lacks()
    assert told in said(page)
    assert bool(doubt(code)) is bool(told)

"""A donor sheet copied line by line, its photo, and the second person who compares it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from chairside.domain.facts import SheetEntered
from chairside.domain.panel import TESTS
from chairside.domain.replies import Chosen, PanelRead, TestLine
from chairside.ui import pictures
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.donor_sheet import Entering
from chairside.ui.screens.sheet_photo import CutPhoto
from chairside.ui.widgets.page import Page
from tests.ui.screens.stock import SHEET_SAYS, SUPPLIER, compare_page, nothing, paper, sheet_page
from tests.ui.screens.touch import chosen, said, sees, show, tap, write

RESULTS = ("nonreactive", "reactive", "indeterminate", "not_done", "not_required", "blank")


def copy(page: Page, *results: str) -> None:
    """Copy a sheet with these results, one for each test."""
    tap(page, f"sheet.supplier.{SUPPLIER}")
    write(page, "sheet.donor", "D-1")
    tap(page, "sheet.donor_eligible.eligible")
    tap(page, "sheet.sterility.no_growth")
    for item, option in SHEET_SAYS.items():
        tap(page, f"sheet.{item}.{option}")
    rest = ["nonreactive"] * (len(TESTS) - len(results))
    for test, result in zip(TESTS, (*results, *rest), strict=True):
        tap(page, f"sheet.donor_tests.{test}.{result}")


def test_every_result_is_its_own_and_a_blank_is_none_of_them(qtbot: QtBot, dress: Dress) -> None:
    """A line that is not on the paper is left out, never stored as a result. Proves: V3, V22, Q31."""
    kept: list[tuple[SheetEntered, tuple[tuple[str, object], ...]]] = []
    page = sheet_page(dress, keep=lambda fact, answers: kept.append((fact, answers)))
    show(qtbot, page)
    copy(page, *RESULTS)
    tap(page, "sheet.save")
    ((fact, answers),) = kept
    assert fact == SheetEntered(SUPPLIER, "D-1", "")
    lines = [TestLine(test, result) for test, result in zip(TESTS[:5], RESULTS[:5], strict=True)]  # type: ignore[arg-type]
    lines += [TestLine(test, "nonreactive") for test in TESTS[6:]]
    assert dict(answers) == {
        "donor_eligible": Chosen("eligible"),
        **{item: Chosen(option) for item, option in SHEET_SAYS.items()},
        "donor_tests": PanelRead(tuple(lines)),
        "sterility": Chosen("no_growth"),
    }


def test_a_line_nobody_looked_at_is_not_the_same_as_a_blank_one(qtbot: QtBot, dress: Dress) -> None:
    """Proves: Q31."""
    kept: list[object] = []
    page = sheet_page(dress, keep=lambda *told: kept.append(told))
    show(qtbot, page)
    copy(page)
    page._draft.lines.pop("donor_tests.hcv_nat")
    tap(page, "sheet.save")
    assert kept == [] and sees(page, "sheet.donor_tests.error")
    tap(page, "sheet.donor_tests.hcv_nat.blank")
    tap(page, "sheet.save")
    assert len(kept) == 1


def test_what_the_paper_leaves_out_is_said_before_it_is_saved(qtbot: QtBot, dress: Dress) -> None:
    """With what follows: the vial stays apart. Proves: P10."""
    page = sheet_page(dress)
    show(qtbot, page)
    assert not sees(page, "sheet.short")
    optional = [item for item in page._form.items if not item.required]
    assert optional and said(page).count("May be left open") == len(optional)
    copy(page, "nonreactive", "nonreactive", "blank")
    tap(page, "sheet.donor_eligible.blank")
    assert sees(page, "sheet.short")
    for words in ("Hepatitis B", "What does the paper say about the donor?", "stays apart"):
        assert words in said(page)
    assert page.lacks() == {}


def test_a_sheet_names_a_donor_or_a_lot(qtbot: QtBot, dress: Dress) -> None:
    page = sheet_page(dress)
    show(qtbot, page)
    assert "Write the donor number or the lot." in page.lacks()["donor"]
    write(page, "sheet.lot", "LOT-1")
    page.show_state()
    assert "donor" not in page.lacks()


def test_an_answer_on_file_cannot_become_none(qtbot: QtBot, dress: Dress) -> None:
    """Facts are added, never taken back: a new sheet says it. Proves: P9."""
    draft = Entering("n1", SUPPLIER, {"donor": "D-1"}, stream="sheet:1", known=frozenset({"donor_eligible"}))
    draft.replies = {"donor_eligible": Chosen("eligible")}
    page = sheet_page(dress, draft)
    show(qtbot, page)
    assert chosen(page, "sheet.donor_eligible.eligible")
    tap(page, "sheet.donor_eligible.blank")
    assert "Enter a new sheet instead" in page.lacks()["donor_eligible"]
    tap(page, "sheet.donor_eligible.ineligible")
    assert "donor_eligible" not in page.lacks()


# -- its photo --------------------------------------------------------------------------------------
def test_a_photo_is_kept_only_once_somebody_said_that_no_name_is_on_it(qtbot: QtBot, dress: Dress) -> None:
    """Cut after that, it must be said again of what is left. Proves: P10."""
    kept: list[bytes] = []
    page = CutPhoto(dress, paper(1000, 800), (kept.append, nothing))
    show(qtbot, page)
    tap(page, "photo.save")
    assert kept == [] and "Say whether a name is on it." in said(page)
    tap(page, "photo.named.yes")
    tap(page, "photo.save")
    assert kept == [] and "Cut the name away." in said(page)
    tap(page, "photo.named.no")
    tap(page, "photo.cut.top")
    tap(page, "photo.save")
    assert kept == [], "the answer was of another picture"
    tap(page, "photo.named.no")
    tap(page, "photo.save")
    image = pictures.decoded(kept[0])
    assert (image.width(), image.height()) == (1000, 760)


def test_the_whole_picture_comes_back(qtbot: QtBot, dress: Dress) -> None:
    kept: list[bytes] = []
    page = CutPhoto(dress, paper(1000, 800), (kept.append, nothing))
    show(qtbot, page)
    for edge in ("left", "right", "bottom"):
        tap(page, f"photo.cut.{edge}")
    tap(page, "photo.cut.undo")
    tap(page, "photo.named.no")
    tap(page, "photo.save")
    assert pictures.decoded(kept[0]).width() == 1000


# -- the second person ------------------------------------------------------------------------------
def test_a_pin_is_asked_for_once_every_part_was_compared(qtbot: QtBot, dress: Dress) -> None:
    """Proves: P10."""
    asked: list[bool] = []
    page = compare_page(dress, lambda: asked.append(True))
    show(qtbot, page)
    assert sees(page, "check.sheet.photo"), "the photo stands beside the entries"
    for part in ("label", "shipment"):
        tap(page, f"check.{part}")
    tap(page, "check.prove")
    assert asked == [] and sees(page, "check.sheet.error")
    tap(page, "check.sheet")
    tap(page, "check.label")
    tap(page, "check.label")
    tap(page, "check.prove")
    assert asked == [True]

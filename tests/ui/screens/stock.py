"""Vials, sheets and suppliers on a table: rows as session hands them down, and every page that shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtGui import QImage

from chairside.domain.codes.identity import split
from chairside.domain.facts import Stamp, SupplierAdded
from chairside.domain.replies import Chosen, ChosenSeveral, Coded, Reply
from chairside.session.board import BoardRow, Fate, SheetCard, VialCard
from chairside.ui.screens import checking, sheet_photo, vial_acts, vial_card, vial_lists, vial_words, vials
from chairside.ui.screens.arrival import Arriving, Offered, ReceiveWays
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.donor_sheet import Entering, SheetForm, SheetWays
from chairside.ui.screens.expecting import Expect, Expecting, ExpectWays
from chairside.ui.screens.receiving import Receive
from chairside.ui.screens.supplier import SupplierForm
from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.screens.room import NOW, ZONE, book

SUPPLIER, OTHER = "Example Cord Supply", "Other Cord Bank"
LABEL_SAYS = {"vial_strength": "5", "product_type": "cord_tissue", "label_warning": "none"}
LABEL_TOLD: dict[str, Reply] = {item: Chosen(option) for item, option in LABEL_SAYS.items()} | {
    "label_warning": ChosenSeveral((LABEL_SAYS["label_warning"],))
}
SHEET_SAYS = {
    "leukocyte_rich": "no",
    "recovered_in": "us",
    "laboratory_certified": "clia",
    "cryoprotectant": "glycerol",
}
STRENGTHS = [("5", "5 million cells"), ("10", "10 million cells"), ("30", "30 million cells")]
ROWS = (
    BoardRow("v1", "p1", "Jordan Avery", date(1984, 3, 14), 1, NOW + timedelta(hours=2), None, "vial"),
    BoardRow("v2", "p2", "Sam Placeholder", date(1990, 7, 1), 2, NOW + timedelta(days=1), None, "open"),
)
SHEETS = (
    SheetCard("sheet:1", SUPPLIER, "D-4711", "LOT-0001", "n1", "n2", 2),
    SheetCard("sheet:2", SUPPLIER, "", "LOT-0009", "n1", "", 1),
    SheetCard("sheet:3", OTHER, "D-4712", "", "n1", "n2", 0),
)
SUPPLIERS = (
    SupplierAdded(SUPPLIER, "1 Sample Way", "+1 555 0111", 30, True),
    SupplierAdded(OTHER, "", "", None, False),
)
NAMED = vial_words.Named({"n1": "Robin Example", "n2": "Wren Sample"}, {"v1": "Jordan Avery"})


def nothing(*_: object) -> None:
    """Go nowhere."""


def dressed(theme: Theme, words: Words, now: datetime = NOW) -> Dress:
    return Dress(theme, words, ZONE, now)


def card(stream: str, fate: Fate, code: str = "", **more: object) -> VialCard:
    """Return a card; one that is here has its label."""
    lot, expires = ("LOT-0001", date(2027, 3, 31)) if code else ("", None)
    return VialCard(stream, code, SUPPLIER, 5, lot, expires, fate, **more)  # type: ignore[arg-type]


CARDS = (
    card(
        "e1", "expected", due=NOW - timedelta(minutes=45), late_minutes=45, visit="v1", patient="Jordan Avery"
    ),
    card("e2", "expected", due=NOW + timedelta(hours=3)),
    card(
        "r1", "received", "W-4", sheet="sheet:1", lacks=(
            "vial_not_checked_by_second_person",
            "vial_test_not_nonreactive:hcv_nat",
            "vial_shipment_not_in_order:seal_intact",
            "vial_sheet_not_checked",
        ),
    ),
    card("a1", "accepted", "W-1"),
    card("s1", "assigned", "W-2", visit="v1", patient="Jordan Avery"),
    card("t1", "thawed", "W-3", visit="v1", patient="Jordan Avery"),
    card("q1", "quarantined", "W-5", lacks=("vial_donor_not_eligible", "vial_sterility_not_final")),
    card("u1", "used", "W-6"),
    card("u2", "returned", "W-7"),
)  # fmt: skip


def stamp(minutes_ago: int) -> Stamp:
    at = NOW - timedelta(minutes=minutes_ago)
    return Stamp(1, "c", "s", "t1", 1, (), "n1", at, -420, ZONE, 1, "boot", None, "en")


def paper(width: int = 900, height: int = 1200) -> QImage:
    """Return a white page."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    return image


def list_page(dress: Dress, look: Callable[[str], None] = nothing) -> vials.Vials:
    doors = vials.VialsDoors(look, nothing, nothing, nothing, nothing, nothing)
    page = vials.Vials(dress, doors)
    thawed = vials.running(dress, CARDS[5], stamp(12), 30)
    assert thawed is not None
    page.show_stock(dress, vials.Stock(CARDS, {"t1": thawed}))
    return page


def expect_page(dress: Dress, draft: Expecting | None = None, keep: Callable[..., None] = nothing) -> Expect:
    ways = ExpectWays(keep, nothing, nothing)
    return Expect(dress, draft or Expecting(), ([SUPPLIER, OTHER], STRENGTHS, ROWS), ways)


def receive_page(dress: Dress, draft: Arriving | None = None, keep: Callable[..., None] = nothing) -> Receive:
    def known(code: str) -> bool:
        return code == "W-1"

    def alike(code: str) -> bool:
        return split(code)[0] == "W-1"

    ways = ReceiveWays(keep, known, alike, nothing, nothing, nothing, nothing)
    offered = Offered(book().forms["receiving"], CARDS[:2], [SUPPLIER, OTHER], SHEETS)
    return Receive(dress, draft or Arriving("n1"), offered, ways)


def sheet_page(
    dress: Dress, draft: Entering | None = None, keep: Callable[..., None] = nothing, photo: bool = False
) -> SheetForm:
    ways = SheetWays(keep, nothing, nothing, nothing, nothing)
    offered = (book().forms["donor_sheet"], [SUPPLIER, OTHER], paper() if photo else None)
    return SheetForm(dress, draft or Entering("n1"), offered, ways)


def compare_page(dress: Dress, prove: Callable[[], None] = nothing) -> checking.Compare:
    parts = [
        checking.Part("label", "The label", (("Code", "W-4"), ("Supplier", SUPPLIER))),
        checking.Part("shipment", "The box as it came", (("Is the seal whole?", "Yes"),)),
        checking.Part("sheet", "The donor sheet", (("Hepatitis C", "Not on the sheet"),), paper()),
    ]
    told = dress.say("vials.check_told")
    return checking.Compare(dress, "Compare", told, parts, checking.CheckWays(prove, nothing, nothing))


def vial_page(
    dress: Dress, of: VialCard, acts: tuple[str, ...] | None = None, do: Callable[[str], None] = nothing
) -> vial_card.VialPage:
    """Return the page of a vial; one on its way has no label and no life yet."""
    life = (vial_words.Event(NOW, "Robin Example", "Received, entries copied from the label"),)
    offered = vial_card.ACTS.get(of.fate, ()) if acts is None else acts
    entries = (("The label", (("Code", of.code), ("Supplier", of.supplier))),)
    shown = vial_card.Shown(of, entries, life, offered) if of.code else vial_card.Shown(of, (), (), offered)
    return vial_card.VialPage(dress, shown, (do, nothing))


def filled() -> Arriving:
    """Return a draft in which only two answers and the expectation are lacking."""
    draft = Arriving("n1", Coded("W-9", "scanned"), supplier=SUPPLIER, sheet="sheet:1")
    draft.written = {"product": "Cord product, frozen", "lot": "LOT-0001", "expires": "2027-03"}
    draft.replies = {"box_intact": Chosen("yes"), "dry_ice_left": Chosen("no"), **LABEL_TOLD}
    return draft


PAGES: dict[str, Callable[[Dress], Page]] = {
    "vials": list_page,
    "expect": lambda dress: expect_page(dress, Expecting(day=date(2026, 3, 16))),
    "receive": lambda dress: receive_page(dress, filled()),
    "sheet": lambda dress: sheet_page(dress, Entering("n1", SUPPLIER), photo=True),
    "compare": compare_page,
    "received": lambda dress: vial_page(dress, CARDS[2]),
    "assigned": lambda dress: vial_page(dress, CARDS[4]),
    "late": lambda dress: vial_page(dress, CARDS[0]),
    "why": lambda dress: vial_acts.Why(dress, "quarantine", "W-1", (nothing, nothing)),
    "aside": lambda dress: vial_acts.SetAside(dress, "W-1", ROWS, (nothing, nothing)),
    "supplier": lambda dress: SupplierForm(dress, None, frozenset(), (nothing, nothing)),
    "suppliers": lambda dress: vial_lists.SupplierList(dress, SUPPLIERS, (nothing, nothing, nothing)),
    "sheets": lambda dress: vial_lists.SheetList(dress, SHEETS, NAMED, (nothing, nothing, nothing)),
    "pick": lambda dress: sheet_photo.PickPhoto(dress, [("a.jpg", NOW)], (nothing, nothing, nothing)),
    "cut": lambda dress: sheet_photo.CutPhoto(dress, paper(), (nothing, nothing)),
}

"""Photos at desk and chair: only one that is kept here counts, and only for what it was taken of."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chairside.canon import sha256_hex
from chairside.domain.book import Book
from chairside.domain.facts import SheetEntered, StepClosed
from chairside.domain.form import Picture
from chairside.domain.replies import Chosen, Pictured
from chairside.errors import NotAllowed
from chairside.session.receiving import SHEET_PHOTO, Receiving
from tests.session.clinics import CODE, SUPPLIER, TOP, Visitors

PICTURE = (TOP / "tests" / "session" / "signed.jpg").read_bytes()
OWN = (SHEET_PHOTO, Pictured(sha256_hex(PICTURE)))
OTHERS = SheetEntered(SUPPLIER, "D-2", "L-10")


def _sheets(visitors: Visitors) -> tuple[Receiving, str]:
    desk = visitors.receiving
    return desk, desk.sheets()[0].stream


def test_a_sheet_names_no_photo_that_did_not_come_with_it(visitors: Visitors) -> None:
    """One that is nowhere, and one that is kept of another sheet. Proves: P10."""
    desk, _ = _sheets(visitors)
    desk.enter_sheet(SheetEntered(SUPPLIER, "D-3", "L-11"), (), (PICTURE,))
    for digest in ("0" * 64, OWN[1].digest):
        with pytest.raises(NotAllowed, match="picture_foreign"):
            desk.enter_sheet(OTHERS, ((SHEET_PHOTO, Pictured(digest)),))
    assert not any(each.donor == "D-2" for each in desk.sheets())


def test_a_sheet_put_right_keeps_its_own_photo(visitors: Visitors) -> None:
    desk = visitors.receiving
    stream = desk.enter_sheet(OTHERS, (), (PICTURE,))
    desk.enter_sheet(OTHERS, (OWN, ("donor_eligible", Chosen("eligible"))), (), stream)
    assert desk.sheet(stream).replies[SHEET_PHOTO] == OWN[1]
    desk.enter_sheet(SheetEntered(SUPPLIER, "D-4", ""), (OWN,), (PICTURE,))


def test_a_label_brings_no_photo_at_all(visitors: Visitors) -> None:
    """Where a clinic asks for one at receiving: nothing can come with it. Proves: V16."""
    known = visitors.clinic.book
    form = known.forms["receiving"]
    asked = replace(form, items=(*form.items, Picture(id="box_photo", required=False)))
    visitors.clinic.book = Book({**known.forms, "receiving": asked}, known.plan, known.drugs, known.terms)
    told = next(by.fact for by in visitors.receiving.vial(CODE).facts)
    with pytest.raises(NotAllowed, match="picture_foreign"):
        visitors.receiving.receive(replace(told, code="NEW-1"), (("box_photo", OWN[1]),))  # type: ignore[arg-type]


def test_a_sheet_said_to_be_photographed_has_its_photo(visitors: Visitors) -> None:
    """Else the chart holds neither paper nor picture. Proves: P2 (Vial)."""
    visitors.until_vial()
    visitors.scan()
    visitors.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="photo")
    visitors.hand_over("vial")
    with pytest.raises(NotAllowed, match="step_lacks"):
        visitors.patient_signs("vial")
    visitors.hand_back()
    assert "vial_sheet_photo_missing" in [each.item for each in visitors.here().view().state("vial").lacks]
    desk, stream = _sheets(visitors)
    known = desk.sheet(stream)
    desk.enter_sheet(SheetEntered(known.supplier, known.donor, known.lot), (), (PICTURE,), stream)
    desk.check_sheet(stream, visitors.proof("nurse-2"))
    visitors.hand_over("vial")
    visitors.patient_signs("vial")
    visitors.hand_back()
    visitors.tell(StepClosed("vial"), "nurse-1")

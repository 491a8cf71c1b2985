"""The right to paper: photographed by one person, attested by a second, through the same gates."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from chairside import canon
from chairside.domain.facts import (
    HandedOver,
    PageRead,
    PaperAttested,
    PaperChosen,
    SignedOnPaper,
    StepClosed,
)
from chairside.domain.form import Statement
from chairside.errors import LedgerError, NotAllowed
from chairside.session import gather
from chairside.session.entries import JPEG
from chairside.session.shown import shown_digest
from tests.session.clinics import PINS, TOP, Visitors, book
from tests.session.test_endings import genuine

PHOTO = (TOP / "tests" / "session" / "signed.jpg").read_bytes()
DIGEST = canon.sha256_hex(PHOTO)
PAD = "sign.patient_signature"


def _signed(pad: str = PAD, *pictures: str) -> SignedOnPaper:
    return SignedOnPaper(pad, "patient", "Demo Patient Avery", "as printed", pictures or (DIGEST,))


def _to_sign(visitors: Visitors) -> None:
    """A visit whose patient prefers paper, decided, with the printed pages read."""
    visitors.until_decision()
    visitors.tell(PaperChosen("prefers"), "nurse-1")
    visitors.decide()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    _read(visitors, "sign")


def _read(visitors: Visitors, form: str) -> None:
    """What the patient read on paper is ticked by staff."""
    for item in book().forms[form].items:
        if isinstance(item, Statement) and item.owner in ("patient", "any"):
            visitors.tell(PageRead(form, item.id, shown_digest(book().forms[form].words(item.id, "en"))))


def _sign(visitors: Visitors, pad: str = PAD) -> None:
    visitors.here().take(_signed(pad), visitors.proof("nurse-1"), (PHOTO,))
    visitors.tell(PaperAttested(pad), "nurse-2")


def test_a_paper_signature_counts_once_a_second_person_attests_it(visitors: Visitors) -> None:
    """The photo is kept with it, and comes back as it was. Proves: P8, T6."""
    _to_sign(visitors)
    visitors.here().take(_signed(), visitors.proof("nurse-1"), (PHOTO,))
    assert PAD not in visitors.here().visit.signed
    assert visitors.here().view().state("sign").state != "done"
    with pytest.raises(NotAllowed, match="second_person_needed"):
        visitors.tell(PaperAttested(PAD), "nurse-1")
    with pytest.raises(NotAllowed, match="pin_needed"):
        visitors.tell(PaperAttested(PAD))
    view = visitors.tell(PaperAttested(PAD), "nurse-2")
    assert view.visit.signed[PAD].fact == _signed()
    assert view.state("sign").state == "done"
    assert visitors.clinic.ledger.blob(DIGEST) == PHOTO


@pytest.mark.parametrize(
    ("pictures", "blobs", "code"),
    [
        ((DIGEST,), (), "picture_missing"),
        (("",), (), "paper_picture_needed"),
        (("not hex",), (), "picture_missing"),
        ((DIGEST,), (PHOTO, JPEG + b"another"), "picture_not_named"),
        ((canon.sha256_hex(b"no picture"),), (b"no picture",), "picture_unreadable"),
    ],
)
def test_a_photo_is_named_and_there_and_a_photo(
    visitors: Visitors, pictures: tuple[str, ...], blobs: tuple[bytes, ...], code: str
) -> None:
    """Proves: P8."""
    _to_sign(visitors)
    before = visitors.here().visit.facts
    with pytest.raises(NotAllowed, match=code):
        visitors.here().take(_signed(PAD, *pictures), visitors.proof("nurse-1"), blobs)
    assert visitors.here().visit.facts == before
    with pytest.raises(LedgerError):
        visitors.clinic.ledger.blob(DIGEST)


def test_paper_takes_the_tablet_back_under_a_pin(visitors: Visitors) -> None:
    """A tablet that failed in the patient's hands is staff's again, with who took it. Proves: P8, T1."""
    visitors.open()
    visitors.hand_over("read")
    assert visitors.staff.here is None
    with pytest.raises(NotAllowed, match="pin_needed"):
        visitors.tell(PaperChosen("tablet_failed"))
    view = visitors.tell(PaperChosen("tablet_failed"), "nurse-2")
    assert view.mode == "staff" and visitors.staff.who == visitors.clinic.people["nurse-2"]
    with pytest.raises(NotAllowed, match="on_paper"):
        visitors.tell(HandedOver("patient", "read"))


def test_a_visit_signed_on_paper_goes_through_the_same_gates_to_a_sealed_record(
    visitors: Visitors, tmp_path: Path
) -> None:
    """Proves: P8, P4."""
    _to_sign(visitors)
    with pytest.raises(NotAllowed, match="step_waits"):
        visitors.premedicate()
    _sign(visitors)
    visitors.premedicate()
    visitors.scan()
    visitors.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
    _read(visitors, "vial")
    _sign(visitors, "vial.patient_saw")
    visitors.staff.sign_in("nurse-1", PINS["nurse-1"])
    visitors.tell(StepClosed("vial"), "nurse-1")
    visitors.countersign()
    content = gather.gather(visitors.here(), visitors.proof("physician-1"))
    assert base64.b64decode(content.pictures[DIGEST]) == PHOTO
    assert genuine(visitors.seal().data, tmp_path)

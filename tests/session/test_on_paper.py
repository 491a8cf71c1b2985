"""The right to paper: photographed by one person, attested by a second, through the same gates."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from pathlib import Path

import pytest

from chairside import canon
from chairside.domain import people
from chairside.domain.facts import (
    Answered,
    Decided,
    HandedOver,
    PageRead,
    PaperAttested,
    PaperChosen,
    ProcedureMarked,
    RuledOn,
    SignedOnPaper,
    StepClosed,
)
from chairside.domain.facts.people import RepresentativeNamed
from chairside.domain.form import Choice, Statement
from chairside.domain.replies import Chosen
from chairside.errors import LedgerError, NotAllowed
from chairside.session import copies, gather
from chairside.session.shown import shown_digest
from tests.session.clinics import PINS, TOP, Visitors, book, reopened
from tests.session.test_endings import genuine

PHOTO = (TOP / "tests" / "session" / "signed.jpg").read_bytes()
DIGEST = canon.sha256_hex(PHOTO)
PAD = "sign.patient_signature"


def _photo(of: str) -> bytes:
    """The photo of another page: the same picture with another comment in it."""
    said = of.encode()
    return PHOTO[:2] + b"\xff\xfe" + (len(said) + 2).to_bytes(2, "big") + said + PHOTO[2:]


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
    page = PHOTO if pad == PAD else _photo(pad)
    visitors.here().take(_signed(pad, canon.sha256_hex(page)), visitors.proof("nurse-1"), (page,))
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
        ((DIGEST,), (PHOTO, b"\xff\xd8\xffanother"), "picture_not_named"),
        ((canon.sha256_hex(b"no picture"),), (b"no picture",), "picture_unreadable"),
        ((canon.sha256_hex(PHOTO[:-2]),), (PHOTO[:-2],), "picture_unreadable"),
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


def test_what_was_ticked_from_paper_is_read_anew_on_glass(visitors: Visitors) -> None:
    """One nurse wrote it down and nobody signed it there; what was read on glass before stays. Proves: P8."""
    visitors.open()
    visitors.asked()
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.hand_back()
    glass = visitors.here().visit
    visitors.tell(PaperChosen("prefers"), "nurse-1")
    visitors.read("consent")
    assert visitors.here().view().state("read").state == "done"
    visitors.hand_over("read")
    visitors.hand_back()
    view = visitors.here().view()
    assert view.visit.on_paper is None and view.state("read").state != "done"
    assert (view.visit.read, view.visit.told) == (glass.read, glass.told)
    again = reopened(visitors).desk.room(glass.id).visit
    assert (again.read, again.told) == (glass.read, glass.told)


def test_paper_takes_the_tablet_back_under_a_pin(visitors: Visitors) -> None:
    """A tablet that failed in the patient's hands is staff's again, with who took it. Proves: P8, T1."""
    visitors.open()
    visitors.hand_over("read")
    assert visitors.staff.here is None
    with pytest.raises(NotAllowed, match="pin_needed"):
        visitors.tell(PaperChosen("tablet_failed"))
    view = visitors.tell(PaperChosen("tablet_failed"), "nurse-2")
    assert view.mode == "staff" and visitors.staff.who == visitors.clinic.people["nurse-2"]
    with pytest.raises(NotAllowed, match="already_on_paper"):
        visitors.tell(PaperChosen("prefers"), "nurse-2")


def test_a_visit_goes_back_to_glass_until_something_is_signed_on_paper(visitors: Visitors) -> None:
    """A slip, or a tablet that works again: giving it to the patient is enough. Proves: P8."""
    visitors.open()
    visitors.tell(PaperChosen("prefers"), "nurse-1")
    view = visitors.tell(HandedOver("patient", "read"))
    assert view.mode == "patient" and view.visit.on_paper is None
    visitors.hand_back()
    _to_sign(visitors)
    visitors.here().take(_signed(), visitors.proof("nurse-1"), (PHOTO,))
    with pytest.raises(NotAllowed, match="on_paper"):
        visitors.tell(HandedOver("patient", "sign"))


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


def test_one_photo_is_one_signature(visitors: Visitors) -> None:
    """Neither after what was signed over changed, nor under another date, nor on another pad. Proves: P8."""
    _to_sign(visitors)
    proof = visitors.proof("nurse-1")
    visitors.here().take(_signed(), proof, (PHOTO,))
    visitors.here().take(_signed(), proof, (PHOTO,))  # told anew before anybody attested it
    visitors.tell(PaperAttested(PAD), "nurse-2")
    at = visitors.here().visit.signed[PAD].stamp.utc
    visitors.choose("health_check", food_or_drug_allergy="yes")
    assert PAD not in visitors.here().visit.signed
    visitors.tell(StepClosed("health_check"), "nurse-1")
    ruled = RuledOn("food_or_drug_allergy", "mild", "h1_h2_steroid")
    visitors.staff.arrive(visitors.proof("physician-1"))
    visitors.tell(
        Decided("proceed", "in_person", 5, ("h1_h2_steroid",), (ruled,), doses="all by mouth"), "physician-1"
    )
    visitors.staff.arrive(visitors.proof("nurse-1"))
    _read(visitors, "sign")
    with pytest.raises(NotAllowed, match="picture_used"):
        visitors.here().take(_signed(), visitors.proof("nurse-1"), (PHOTO,))
    page = _photo("a second photo of the same page")
    told = _signed(PAD, canon.sha256_hex(page))
    with pytest.raises(NotAllowed, match="before"):
        visitors.here().take(told, visitors.proof("nurse-1"), (page,), at)
    visitors.here().take(told, visitors.proof("nurse-1"), (page,))
    assert visitors.tell(PaperAttested(PAD), "nurse-2").state("sign").state == "done"


def test_a_paper_that_is_too_old_to_count_is_said_to_be(visitors: Visitors) -> None:
    """Stored, and attested only after the days the clinic sets: it is signed anew. Proves: P6, P8."""
    _to_sign(visitors)
    visitors.here().take(_signed(), visitors.proof("nurse-1"), (PHOTO,))
    assert PAD in visitors.here().view().visit.papers
    visitors.clock.wait(timedelta(days=31))
    assert PAD not in visitors.here().view().visit.papers
    with pytest.raises(NotAllowed, match="paper_too_old"):
        visitors.tell(PaperAttested(PAD), "nurse-2")


def test_another_visits_file_is_no_photo_of_this_paper(visitors: Visitors) -> None:
    """Proves: P8."""
    visitors.whole()
    other = visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    _to_sign(visitors)
    with pytest.raises(NotAllowed, match="picture_foreign"):
        visitors.here().take(_signed(PAD, other.sha256), visitors.proof("nurse-1"))


def test_a_paper_is_not_signed_before_the_decision(visitors: Visitors) -> None:
    """Proves: P5, P8."""
    _to_sign(visitors)
    opened, proof = visitors.here().visit.facts[0].stamp.utc, visitors.proof("nurse-1")
    with pytest.raises(NotAllowed, match="paper_signed_before_change"):
        visitors.here().take(_signed(), proof, (PHOTO,), opened)


def test_health_is_told_of_the_day_it_is_told_on(visitors: Visitors) -> None:
    """Proves: P2, P5."""
    visitors.open(at=visitors.clock.now() + timedelta(days=10))
    opened = visitors.here().visit.facts[-1].stamp.utc
    visitors.clock.wait(timedelta(days=10))
    item = next(each.id for each in book().forms["health_check"].items if isinstance(each, Choice))
    answer = Answered("health_check", item, Chosen("no"))
    with pytest.raises(NotAllowed, match="told_of_another_day"):
        visitors.here().take(answer, None, (), opened + timedelta(minutes=1))


def test_an_emergency_is_kept_in_a_room_that_another_has_overtaken(visitors: Visitors) -> None:
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    other = visitors.desk.room(visitors.here().visit.id)
    other.take(ProcedureMarked("thawed", other.visit.codes))
    visitors.tell(ProcedureMarked("emergency", ()))
    assert [by.fact.mark for by in visitors.here().visit.marks][-1] == "emergency"  # type: ignore[union-attr]


def test_a_copy_that_was_handed_and_is_owed_again_is_owed(visitors: Visitors) -> None:
    visitors.until_decision()
    visitors.choose("notices_california", paper_copy="owed")
    copies.handed(visitors.clinic, visitors.staff, visitors.here().visit.id, "notices")
    assert not copies.owed(visitors.clinic)
    visitors.choose("notices_california", paper_copy="owed")
    assert [each.what for each in copies.owed(visitors.clinic)] == ["notices"]


def test_what_is_first_told_on_the_birthday_is_told_once(visitors: Visitors) -> None:
    """On paper no hand-over comes before it. Proves: Q14, P8."""
    visitors.open(born=date(2008, 12, 2))
    visitors.tell(RepresentativeNamed("Demo Parent Uma", "parent", "birth certificate"), "nurse-1")
    visitors.tell(PaperChosen("prefers"), "nurse-1")
    visitors.clock.wait(timedelta(days=1))
    visitors.read("notices_california")
    kept = visitors.here().visit
    assert kept.read and people.consenting(kept) == "patient"
    assert reopened(visitors).desk.room(kept.id).visit.read == kept.read

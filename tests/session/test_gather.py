"""What goes into a record: everything of this visit, and nothing of another patient's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from chairside.domain.facts import Answered, Stopped, VialExpected, VialFreed
from chairside.domain.replies import DrugsTaken, DrugTaken, OnDate
from chairside.record.check import verify
from chairside.record.check_trust import trust_from
from chairside.session.gather import _not_of_another, gather
from chairside.session.scribe import Act
from tests.session.clinics import CODE, SUPPLIER, TOP, Visitors

WHY = "somebody else turned out to have a fever"


def _to_the_end(visitors: Visitors) -> bytes:
    """Play the visit that is open to its sealed file."""
    visitors.before_decision()
    visitors.decide()
    visitors.sign_consent()
    visitors.premedicate()
    visitors.show_vial()
    visitors.countersign()
    return visitors.seal().data


def test_a_vial_that_was_another_visits_first_names_it_in_no_record(
    visitors: Visitors, tmp_path: Path
) -> None:
    """The record stays genuine although the vial's own stream has gaps in it. Proves: T2, T24."""
    visitors.until_vial()
    visitors.show_vial()
    first = visitors.here().visit.id
    visitors.receiving.free(CODE, WHY, visitors.proof("nurse-1"))
    assert any(isinstance(fact, VialFreed) for fact in visitors.happened_to(CODE))
    visitors.open(born=date(1970, 1, 1))
    data = _to_the_end(visitors)
    said = " ".join(gather(visitors.here(), visitors.proof("physician-1")).bodies)
    assert first not in said and WHY not in said
    assert visitors.here().visit.id in said and CODE in said
    file = tmp_path / "record.pdf"
    file.write_bytes(data)
    root = (TOP / "resources" / "demo" / "demo-root.pem").read_text("utf-8")
    assert verify(file, trust_from((), demo=root)).verdict == "genuine"


def test_a_record_knows_which_medicines_have_a_washout(visitors: Visitors) -> None:
    """The drug list is not in it, so a blood thinner would else be drawn as one. Proves: Q21, Q22."""
    visitors.open()
    today = OnDate(visitors.clock.now().date())
    told = tuple(DrugTaken(name, today, True) for name in ("Plavix", "Tylenol", "Advil", "Unheard-of"))
    visitors.tell(Answered("medicines", "nsaids", DrugsTaken(told)))
    visitors.tell(Stopped("refused", "the patient changed their mind"), "nurse-1")
    assert gather(visitors.here(), visitors.proof("nurse-1")).nsaids == ("Advil",)


def test_a_vial_that_was_ordered_for_another_visit_does_not_name_it(visitors: Visitors) -> None:
    """Proves: T2, T24."""
    visitors.whole()
    other = VialExpected("ORDER-OF-ANOTHER", SUPPLIER, 5, visitors.clock.now(), "visit-of-another")
    own = VialExpected("ORDER-OF-NOBODY", SUPPLIER, 5, visitors.clock.now())
    stamped = visitors.clinic.scribe.write(Act("nurse-1", "vial:made-up"), [other, own])
    assert [by.fact for by in _not_of_another(stamped, visitors.here().visit.id)] == [own]

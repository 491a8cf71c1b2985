"""Whole visits by the session's doors that no story of the demo plays: another profile, a vial that moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf

from chairside import formbook
from chairside.domain.facts import Stopped, VialUsed
from chairside.record.check import verify
from chairside.record.check_trust import trust_from
from chairside.session.gather import gather
from tests.session.clinics import CODE, TOP, Visitors, charter, clinic_in


def _genuine(data: bytes, folder: Path) -> bool:
    file = folder / "file.pdf"
    file.write_bytes(data)
    root = (TOP / "resources" / "demo" / "demo-root.pem").read_text("utf-8")
    return verify(file, trust_from((), demo=root)).verdict == "genuine"


def test_a_clinic_outside_california_takes_a_visit_to_its_end(tmp_path: Path) -> None:
    """Its own notices, without a law named."""
    counsel = {"counsel": "Demo Counsel Vane", "counsel_memo": "MEMO-7", "counsel_on": date(2026, 1, 5)}
    own = replace(charter(), profile="other", **counsel)  # type: ignore[arg-type]
    forms = formbook.load(TOP / "forms", "other", TOP / "resources" / "drugs")
    assert "notices_california" not in forms.forms
    visitors = clinic_in(tmp_path / "clinic", own, forms)
    visitors.whole()
    made = visitors.seal()
    assert _genuine(made.data, tmp_path)
    record = gather(visitors.here(), visitors.proof("physician-1"))
    assert {form.id for form in record.forms if form.id.startswith("notices")} == {"notices_other"}
    assert len(pikepdf.open(tmp_path / "file.pdf").pages) > 10
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    visitors.sign_procedure()
    assert _genuine(visitors.seal_addendum().data, tmp_path)
    assert visitors.here().view().status.state == "given"


def test_a_vial_released_by_one_visit_is_given_in_another(visitors: Visitors, tmp_path: Path) -> None:
    """The first patient withdraws, the vial is freed under a PIN and injected into the second (P10)."""
    visitors.until_vial()
    visitors.show_vial()
    visitors.tell(Stopped("withdrawn", "the patient changed their mind"), "nurse-1")
    assert _genuine(visitors.seal("nurse-1").data, tmp_path)
    visitors.receiving.free(CODE, "the first visit was withdrawn", visitors.proof("nurse-1"))
    visitors.born = date(1971, 2, 3)
    visitors.whole()
    assert _genuine(visitors.seal().data, tmp_path)
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    assert any(isinstance(fact, VialUsed) for fact in visitors.happened_to(CODE))

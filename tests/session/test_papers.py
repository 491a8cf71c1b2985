"""The papers as a clinic makes them from its store, and the recovery sheet of one that is only begun."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from chairside.domain.facts import Answered, Printed
from chairside.domain.replies import DrugsTaken, DrugTaken, Never, NotSure, Prescriber
from chairside.errors import NotAllowed, RecordError
from chairside.session import papers
from chairside.session.setup import Setup
from tests.session.clinics import CODE, SteppingClock, Visitors, book


def said(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_poster_needs_no_visit(visitors: Visitors) -> None:
    """Proves: Q5."""
    assert "THIS NOTICE MUST BE PROVIDED TO YOU" in said(papers.make(visitors.clinic, "poster"))
    with pytest.raises(RecordError, match="paper_without_text"):
        papers.make(visitors.clinic, "poster", "no_such_notice")


def test_a_pack_is_blank_or_carries_the_visits_patient(visitors: Visitors) -> None:
    """Proves: P8."""
    room = visitors.open()
    assert room.visit.patient is not None
    assert "Name: ____" in said(papers.make(visitors.clinic, "blank_pack"))
    named = said(papers.make(visitors.clinic, "blank_pack", room.visit.id))
    assert f"Name: {room.visit.patient.name} Born: March 14, 1984" in named


def test_the_sheets_to_take_home_are_the_visits_own(visitors: Visitors) -> None:
    """Proves: Q23, Q47."""
    visitors.whole()
    visit = visitors.here().visit.id
    assert "Before your visit" in said(papers.make(visitors.clinic, "preparation", visit))
    after = said(papers.make(visitors.clinic, "aftercare", visit))
    assert CODE in after and "+1 555 0100" in after
    assert "None through December 22, 2026. You may take them again from December 23, 2026." in after


def test_the_sheets_name_what_this_patient_goes_on_with(visitors: Visitors) -> None:
    """Prescribed and taken; what is from the shelf, or was never taken, is not in that row. Proves: Q22."""
    visitors.open()
    rows = (
        DrugTaken("Plavix", NotSure(), True, Prescriber("Dr. Lake", "555 0114")),
        DrugTaken("Xarelto", Never(), prescribed=True),
        DrugTaken("aspirin", NotSure(), prescribed=False),
    )
    visitors.tell(Answered("medicines", "nsaids", DrugsTaken(rows)))
    kinds: tuple[papers.Kind, ...] = ("preparation", "aftercare")
    for kind in kinds:
        found = said(papers.make(visitors.clinic, kind, visitors.here().visit.id))
        assert found.count("Do not stop this medicine.") == 1
        assert "Plavix, which a doctor prescribed for you" in found and "Ask Dr. Lake, who" in found
        assert "Xarelto" not in found and "aspirin, which" not in found


@pytest.mark.parametrize("about", ["", "nobody"])
def test_there_is_no_sheet_of_a_visit_that_is_not_there(visitors: Visitors, about: str) -> None:
    with pytest.raises(RecordError, match="visit_unknown"):
        papers.make(visitors.clinic, "aftercare", about)


def test_that_a_paper_left_the_tablet_is_kept(visitors: Visitors) -> None:
    data = papers.make(visitors.clinic, "poster")
    told = Printed("poster", "", "printer", hashlib.sha256(data).hexdigest())
    papers.log(visitors.clinic, visitors.staff, told)
    tablet = visitors.clinic.scribe.desk.tablet
    assert visitors.clinic.ledger.stream(f"device:{tablet}")[-1].fact == told


def test_a_recovery_sheet_needs_a_clinic_that_was_begun(tmp_path: Path) -> None:
    setup = Setup(tmp_path, lambda _: book(), SteppingClock())
    with pytest.raises(NotAllowed, match="setup_not_begun"):
        _ = setup.founding


def test_the_recovery_sheet_is_written_where_it_is_wanted(visitors: Visitors, tmp_path: Path) -> None:
    key = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH"
    clock = visitors.clinic.scribe.clock
    path = papers.write_recovery(tmp_path / "print", visitors.clinic.founded, key, clock.now())
    found = said(path.read_bytes())
    assert "1, 2 ABCDE FGHJK 3, 4 MNPQR STVWX" in found
    assert visitors.clinic.founded.root_sha256[:4] in found

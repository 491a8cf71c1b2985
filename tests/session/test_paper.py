"""From the ending to the sealed file: certified by the right person, kept whole, saved where asked."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chairside import canon
from chairside.domain.facts import Sealed, Stopped
from chairside.errors import ChairsideError, DiskRefused, InDoubt, NotAllowed, RecordError, SealError
from chairside.record.check import verify
from chairside.record.check_trust import trust_from
from chairside.session import paper
from tests.session.clinics import CODE, TOP, Visitors, reopened

CANARIES = ("Demo Patient Avery", "Avery", "555 0111", "2 Nowhere", "1984-03-14", "transplant", CODE)

FULL = (0, 36_000)  # nothing fits any more; only the index of the write-ahead log does


def never() -> bool:
    return False


@contextmanager
def full_disk(most_bytes: int = 0) -> Iterator[None]:
    """No file may grow beyond this many bytes: the system's own refusal, as a full disk gives it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _stopped_visit(visitors: Visitors) -> None:
    visitors.open()
    visitors.choose("health_check", transplant="yes")
    visitors.decide("do_not_treat")
    visitors.countersign()


def test_a_whole_visit_is_sealed_saved_and_leaves_no_name_on_the_disk(
    visitors: Visitors, tmp_path: Path
) -> None:
    """The saved copy is the file whose digest the ledger keeps; the folder gives nobody away.

    Proves: T3, T10, P4.
    """
    visitors.whole()
    room = visitors.here()
    with pytest.raises(RecordError, match="not_sealed"):
        paper.save(room, tmp_path)
    made = visitors.seal()
    sealed = room.visit.sealed
    assert sealed is not None and isinstance(sealed.fact, Sealed)
    assert sealed.fact.sha256 == canon.sha256_hex(made.data) == made.sha256
    assert paper.sealed_file(room) == made.data
    saved = paper.save(room, tmp_path / "out")
    assert saved.read_bytes() == made.data
    assert not any(name in saved.name for name in CANARIES)
    root = (TOP / "resources" / "demo" / "demo-root.pem").read_text("utf-8")
    verdict = verify(saved, trust_from((), demo=root))
    assert (verdict.verdict, verdict.demo) == ("genuine", True)
    assert visitors.clinic.ledger.check().facts > 60
    _no_canary_under(visitors.clinic.folder)
    again = reopened(visitors)
    assert paper.sealed_file(again.desk.room(room.visit.id)) == made.data
    (row,) = again.desk.open_visits()  # released: it is over with the procedure's own addendum
    assert row.step == "procedure"
    again.clinic.ledger.close()
    _no_canary_under(visitors.clinic.folder)


def _no_canary_under(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        for name in CANARIES:
            for coding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert name.encode(coding) not in data, f"{name} in {path.name}"


def test_only_who_certifies_can_seal_and_only_once(visitors: Visitors) -> None:
    """Proves: T6, P4."""
    _stopped_visit(visitors)
    room = visitors.here()
    assert paper.certifier_of(room) == "physician-1"
    with pytest.raises(NotAllowed, match="not_the_certifier"):
        paper.prepare(room, visitors.proof("nurse-1"))
    visitors.seal()
    with pytest.raises(NotAllowed, match="already_sealed"):
        paper.prepare(room, visitors.proof("physician-1"))


def test_a_visit_that_is_not_over_has_no_record(visitors: Visitors) -> None:
    visitors.open()
    room = visitors.here()
    with pytest.raises(RecordError, match="not_concluded"):
        paper.prepare(room, visitors.proof("physician-1"))
    assert paper.certifier_of(room) == ""
    assert paper.sealed_file(room) is None


def test_a_seal_that_a_restart_kept_from_coming_waits_for_the_certifier_only(visitors: Visitors) -> None:
    """Concluded and not sealed is seen, and tried again. Proves: T26, P4."""
    _stopped_visit(visitors)
    paper.prepare(visitors.here(), visitors.proof("physician-1"))
    again = reopened(visitors)
    (row,) = again.desk.open_visits()
    assert row.step == "record" and row.trouble == ""
    again.room = again.desk.room(row.visit)
    assert again.room.visit.concluded is not None and again.room.visit.sealed is None
    with pytest.raises(NotAllowed, match="not_the_certifier"):
        paper.prepare(again.room, again.proof("nurse-2"))
    made = again.seal()
    assert paper.sealed_file(again.room) == made.data
    assert again.clinic.ledger.check().facts > 10


@pytest.mark.parametrize("person", ["nurse-1", "physician-1"])
def test_a_refusal_is_certified_by_who_attests_it(visitors: Visitors, person: str) -> None:
    """Proves: P4."""
    visitors.open()
    visitors.tell(Stopped("refused", "the patient said no"), person)
    made = visitors.seal(person)
    assert paper.ending_of(visitors.here()) == "refused"
    assert made.data.startswith(b"%PDF")


def test_a_full_disk_takes_no_copy_and_leaves_no_half_of_one(visitors: Visitors, tmp_path: Path) -> None:
    """The record in the store stays whole and is saved when there is room. Proves: T26."""
    _stopped_visit(visitors)
    made = visitors.seal()
    out = tmp_path / "stick"
    with full_disk(5_000), pytest.raises(SealError):
        paper.save(visitors.here(), out)
    assert [path for path in out.glob("*") if path.suffix == ".pdf"] == []
    assert paper.save(visitors.here(), out).read_bytes() == made.data


@pytest.mark.parametrize("most_bytes", FULL)
def test_a_full_disk_seals_nothing_and_the_seal_can_be_tried_again(
    visitors: Visitors, most_bytes: int
) -> None:
    """Nothing false is said: the visit stays concluded and not sealed. Proves: T26."""
    _stopped_visit(visitors)
    room = visitors.here()
    job = paper.prepare(room, visitors.proof("physician-1"))
    made = job.run(lambda _: None, never)
    before = room.visit
    with full_disk(most_bytes), pytest.raises((DiskRefused, InDoubt)):
        paper.finish(room, job, made)
    assert room.visit is before and paper.sealed_file(room) is None
    paper.finish(room, job, made)
    assert paper.sealed_file(room) == made.data
    assert visitors.clinic.ledger.check().facts > 10


def test_a_full_disk_answers_no_pin_and_lets_nobody_in(visitors: Visitors) -> None:
    """A try that cannot be counted is not answered. Proves: T1, T26."""
    visitors.staff.leave()
    for pin in ("000000", "730164"):
        with full_disk(), pytest.raises(ChairsideError):
            visitors.staff.sign_in("nurse-2", pin)
        assert visitors.staff.who is None
    assert visitors.staff.sign_in("nurse-2", "730164").right


@pytest.mark.parametrize("most_bytes", FULL)
def test_a_full_disk_stores_no_answer(visitors: Visitors, most_bytes: int) -> None:
    """What is shown afterwards is what was stored before. Proves: T26."""
    visitors.open()
    visitors.choose("health_check", transplant="no")
    before = visitors.here().view().visit
    with full_disk(most_bytes), pytest.raises((DiskRefused, InDoubt)):
        visitors.choose("health_check", immunocompromised="no")
    assert visitors.here().view().visit is before
    visitors.choose("health_check", immunocompromised="no")
    assert reopened(visitors).desk.room(before.id).visit.replies[("health_check", "immunocompromised")]

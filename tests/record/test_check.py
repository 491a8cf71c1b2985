"""The verdict: whose record it is, in which trust, and what a file gets that is no record at all."""

from __future__ import annotations

import json
import os
import random
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from chairside import keys
from chairside.errors import CheckFailed
from chairside.record import content as record
from chairside.record.check import Verdict, exit_code, verify, verify_bytes
from chairside.record.check_bytes import examine
from chairside.record.check_trust import Trust, fingerprint, trust_from
from tests.record.sealed_files import (
    NOW,
    Clinic,
    clinic,
    content,
    foreign_clinic,
    genuine,
    replaced,
    unsigned,
)

DEMO = Path(__file__).parents[2] / "resources" / "demo"


def _demo_clinic() -> Clinic:
    """A clinic under the published demo root."""
    certificate = (DEMO / "demo-root.pem").read_text()
    root = keys.load_root((DEMO / "demo-root-key.pem").read_bytes(), certificate)
    since = x509.load_pem_x509_certificate(certificate.encode()).not_valid_before_utc
    return Clinic(root=root, since=max(since, NOW - timedelta(days=30)))


def _demo_record(*, marked: bool) -> bytes:
    ours = _demo_clinic()
    whole = content(ours)
    held = replaced(demo=marked, clinic=replaced_clinic(whole.clinic, marked=marked))(whole)
    return ours.signed(unsigned(record.to_json(held)))


def replaced_clinic(held: record.Clinic, *, marked: bool) -> record.Clinic:
    """The same clinic, marked as demo or not."""
    return record.Clinic(
        held.name, held.address, held.phone_24h, held.zone, held.profile, held.root_sha256, demo=marked
    )


def _demo_trust(*, refuse: bool = False, store: str = "") -> Trust:
    return trust_from((), store, (DEMO / "demo-root.pem").read_text(), refuse_demo=refuse)


def test_a_genuine_record_is_genuine_and_says_what_is_proven(tmp_path: Path) -> None:
    """Proves: T21 (unmodified accepted), Q41."""
    file = tmp_path / "record.pdf"
    file.write_bytes(genuine())
    verdict = verify(file, clinic().trust)
    assert (verdict.verdict, verdict.demo, exit_code([verdict])) == ("genuine", False, 0)
    assert set(verdict.proven) == {
        "whole_file_sealed",
        "clinic_trusted",
        "certified",
        "nothing_foreign",
        "digest_printed",
        "facts_chain_to_head",
        "head_in_log",
        "acts_signed",
        "log_signed_by_tablet",
    }
    assert set(verdict.not_proven) == {"not_rebuilt", "time_from_tablet_clock", "ledger_not_compared"}


def test_the_json_line_has_exactly_five_keys() -> None:
    """Machines read this; the facts for people stay out of it, odd file names do not break it."""
    line = Verdict("bad\udcff.pdf", "altered", False, (), ("bytes_changed",), {"root": "ab"}).line()
    told = json.loads(line)
    assert list(told) == ["file", "verdict", "demo", "proven", "not_proven"]
    assert told["not_proven"] == ["bytes_changed"]
    assert "\n" not in line


def test_the_exit_code_is_that_of_the_worst_file() -> None:
    """0 genuine, 1 altered, 2 not ours, 3 unreadable."""
    words = ("genuine", "altered", "not_ours", "unreadable")
    verdicts = [Verdict(word, word) for word in words]  # type: ignore[arg-type]
    assert [exit_code([one]) for one in verdicts] == [0, 1, 2, 3]
    assert exit_code(verdicts[:2]) == 1
    assert exit_code(verdicts[:3]) == 2


def test_the_fingerprint_from_paper_is_trust_enough() -> None:
    """The root travels in the file; its SHA-256 from paper says that it is the right one."""
    printed = fingerprint(clinic().der).upper()
    spaced = ":".join(printed[at : at + 2] for at in range(0, 64, 2))
    for given in (printed, spaced):
        assert verify_bytes(genuine(), "x", trust_from([given])).verdict == "genuine"


def test_a_root_certificate_file_is_trust_enough(tmp_path: Path) -> None:
    """PEM or DER; what is neither is refused with a code."""
    pem, der, junk = tmp_path / "root.pem", tmp_path / "root.der", tmp_path / "junk"
    pem.write_text(clinic().root.certificate)
    der.write_bytes(clinic().der)
    junk.write_bytes(b"\0" * 64)
    assert trust_from([str(pem)]) == trust_from([str(der)]) == clinic().trust
    for name in (str(junk), str(tmp_path / "absent"), "12ab", "\0"):
        with pytest.raises(CheckFailed):
            trust_from([name])


def test_another_clinics_genuine_record_is_not_ours_and_shows_its_fingerprint() -> None:
    """The person compares it with the other clinic's paper; nothing in the file makes it trusted."""
    theirs = foreign_clinic().signed(unsigned(record.to_json(content(foreign_clinic()))))
    assert verify_bytes(theirs, "x", foreign_clinic().trust).verdict == "genuine"
    verdict = verify_bytes(theirs, "x", clinic().trust)
    assert (verdict.verdict, verdict.not_proven) == ("not_ours", ("root_not_trusted",))
    assert verdict.facts["root"] == fingerprint(foreign_clinic().der)
    assert verify_bytes(theirs, "x", Trust()).verdict == "not_ours"


def test_trusting_another_clinic_by_name_alone_is_not_possible() -> None:
    """A clinic that calls itself like ours has another key, and so another root."""
    twin = Clinic()
    forged = twin.signed(unsigned(record.to_json(content(twin))))
    assert verify_bytes(forged, "x", clinic().trust).verdict == "not_ours"


def test_a_demo_record_is_genuine_and_marked_demo() -> None:
    """The published root is one anybody can sign with, and the verdict says so. Proves: Q43."""
    verdict = verify_bytes(_demo_record(marked=True), "x", _demo_trust())
    assert (verdict.verdict, verdict.demo) == ("genuine", True)


def test_a_demo_record_without_its_mark_is_altered() -> None:
    """Signed with the published key but laid out as a real clinic's record. Proves: Q43."""
    verdict = verify_bytes(_demo_record(marked=False), "x", _demo_trust())
    assert (verdict.verdict, verdict.demo, verdict.not_proven) == ("altered", True, ("demo_unmarked",))


def test_a_real_store_refuses_the_demo_root_however_it_comes() -> None:
    """As default, by certificate and by fingerprint. Proves: Q43."""
    file = _demo_record(marked=True)
    printed = fingerprint(_demo_clinic().der)
    demo = (DEMO / "demo-root.pem").read_text()
    for trust in (
        _demo_trust(refuse=True, store=clinic().root.certificate),
        trust_from([printed], "", demo, refuse_demo=True),
        trust_from([str(DEMO / "demo-root.pem")], "", demo, refuse_demo=True),
    ):
        verdict = verify_bytes(file, "x", trust)
        assert (verdict.verdict, verdict.not_proven) == ("not_ours", ("demo_refused_here",))


def test_a_root_in_the_file_is_never_trusted_by_itself() -> None:
    """No trust given, no store: the file cannot vouch for itself."""
    assert verify_bytes(genuine(), "x", Trust()).verdict == "not_ours"


NO_DOCUMENTS: dict[str, bytes] = {
    "empty": b"",
    "text": b"To whom it may concern\n",
    "zeros": b"\0" * 100_000,
    "header only": b"%PDF-1.7\n",
    "header and noise": b"%PDF-1.7\n" + random.Random(1).randbytes(50_000),
    "zip": b"PK\x03\x04" + random.Random(2).randbytes(1000),
    "picture": b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(1000),
}


@pytest.mark.parametrize("name", NO_DOCUMENTS)
def test_what_is_no_document_is_unreadable(name: str) -> None:
    """Proves: T20."""
    assert verify_bytes(NO_DOCUMENTS[name], name, clinic().trust).verdict == "unreadable"


def test_what_cannot_be_opened_is_unreadable(tmp_path: Path) -> None:
    """Absent, a folder, a pipe nobody writes to, a file far too large: no traceback, no waiting."""
    pipe, huge = tmp_path / "pipe", tmp_path / "huge.pdf"
    os.mkfifo(pipe)
    with huge.open("wb") as file:
        file.truncate(3 * 2**30)
    for path in (tmp_path / "absent.pdf", tmp_path, pipe, huge, Path("a\0b")):
        assert verify(path, clinic().trust).verdict == "unreadable"


def test_a_hole_as_large_as_the_file_costs_nothing() -> None:
    """16 MiB of digits between ranges that fit; 60 of them once cost 25 s and 4 GB. Proves: T20."""
    body, size = b"%PDF-1.7\n1 0 obj\n/Contents ", 16 * 2**20
    tail = b"\n/ByteRange [0 %d %d 300]   \n" % (len(body), len(body) + size + 2)
    file = body + b"<" + b"30" * (size // 2) + b">" + tail.ljust(300)
    assert verify_bytes(file, "x", clinic().trust).not_proven == ("no_document",)
    assert examine(file, clinic().trust).failed == "seal_not_last"


def test_somebody_elses_pdf_is_not_ours() -> None:
    """No signature at all, and no layout of ours."""
    plain = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    assert verify_bytes(plain, "x", clinic().trust).verdict == "not_ours"


def test_noise_is_never_genuine_and_never_a_traceback() -> None:
    """300 times random bytes with pieces of a real record between them. Proves: T20."""
    for seed in range(300):
        chance, real, pieces = random.Random(seed), genuine(), []
        for _ in range(chance.randrange(1, 8)):
            start = chance.randrange(len(real))
            pieces += [real[start : start + chance.randrange(4000)], chance.randbytes(chance.randrange(200))]
        assert verify_bytes(b"".join(pieces), "x", clinic().trust).verdict != "genuine", seed

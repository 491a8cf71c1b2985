"""The real pages, sealed with real keys: genuine, archival and readable by other programs."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
import page
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from chairside import keys
from chairside.canon import fact_hash
from chairside.keys.certificates import Subject
from chairside.record import content as record
from chairside.record.build import build
from chairside.record.check import verify_bytes
from chairside.record.check_bytes import examine
from tests.record import other_visits, visits
from tests.record.sealed_files import SINCE, Clinic, proof

SEALED_AT = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
STORIES: dict[str, Callable[[], record.Content]] = {
    "ordinary": visits.ordinary,
    "stopped": visits.stopped,
    "refused": visits.refused,
    "two_vials": other_visits.two_vials,
    "on_paper": other_visits.on_paper,
    "signed_ahead": other_visits.signed_ahead,
    "no_show": other_visits.no_show,
    "procedure": other_visits.added,
    "withdrawal": lambda: other_visits.added("withdrawal", "They called the next day."),
}


@cache
def _clinic() -> Clinic:
    staff = (
        Subject("nurse-1", "Demo Nurse Wren", "nurse"),
        Subject("nurse-2", "Demo Nurse Ilo", "nurse"),
        Subject("physician-1", "Demo Physician Oru", "physician"),
    )
    return Clinic("DEMO Clinic of Invented People", staff, "tablet-1")


def _in_earnest(drawn: record.Content) -> record.Content:
    """The same visit with signatures, certificates and a log that hold."""
    ours, head = _clinic(), drawn.proof.head
    signatures = {}
    for text in drawn.bodies:
        own = fact_hash(text.encode())
        if own in drawn.signatures:
            person = msgspec.json.decode(text)["stamp"]["person"]
            signatures[own] = base64.b64encode(keys.sign(ours.keys[person], text.encode())).decode()
    return msgspec.structs.replace(
        drawn,
        signatures=signatures,
        proof=proof(ours, head, SEALED_AT),
        certificates={person: ours.certificates[person] for person in drawn.people},
        clinic=msgspec.structs.replace(drawn.clinic, root_sha256=keys.fingerprint(ours.root.certificate)),
    )


@cache
def _files(story: str) -> tuple[bytes, bytes]:
    """The file as built and as sealed."""
    content = _in_earnest(STORIES[story]())
    built = build(content)
    act = content.addendum.about if content.addendum else content.ending
    return built, _clinic().signed(built, act, content.certifier.person, SEALED_AT)


@pytest.mark.parametrize("story", STORIES)
def test_a_built_and_sealed_record_is_genuine(story: str) -> None:
    """Proves: T21 (unmodified accepted), Q41."""
    verdict = verify_bytes(_files(story)[1], story, _clinic().trust)
    assert (verdict.verdict, verdict.not_proven) == (
        "genuine",
        ("not_rebuilt", "time_from_tablet_clock", "ledger_not_compared"),
    )


@pytest.mark.parametrize("story", STORIES)
def test_sealing_keeps_the_file_archival_and_accessible(story: str) -> None:
    """Nothing but the contested rule on the byte range of an earlier signature may be said."""
    sealed = _files(story)[1]
    certified = sealed[: _ends(sealed)[1]]
    for data, allowed in ((certified, set[str]()), (sealed, {"PDFA3A-SIGNATURE-BYTERANGE-001"})):
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
            report = page.validate_pdf_bytes(data, profile=profile)
            assert {failure.rule_id for failure in report.failures} <= allowed, profile


@pytest.mark.parametrize("story", STORIES)
def test_no_table_of_places_ends_like_a_line(story: str) -> None:
    """Packed, one update in 256 ended in a carriage return, which readers of the length take for its line."""
    sealed = _files(story)[1]
    tables = re.findall(rb"/Type /XRef.*?stream\n(.*?)endstream", sealed, re.DOTALL)
    assert len(tables) == 2
    assert all(table.endswith(b"\0\0\n") for table in tables)


def _ends(data: bytes) -> list[int]:
    marker, found, at = b"%%EOF\n", [], 0
    while (at := data.find(marker, at)) >= 0:
        at += len(marker)
        found.append(at)
    return found


def test_other_programs_agree_on_the_built_record(tmp_path: Path) -> None:
    """qpdf finds no fault, pdfsig two valid signatures."""
    file = tmp_path / "record.pdf"
    file.write_bytes(_files("ordinary")[1])
    checked = subprocess.run(["qpdf", "--check", str(file)], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    said = subprocess.run(["pdfsig", str(file)], check=False, capture_output=True, text=True).stdout
    assert said.count("Signature is Valid") == 2


def test_the_seal_adds_little_to_the_file() -> None:
    """Two signatures, three certificates and a list."""
    built, sealed = _files("ordinary")
    assert sealed.startswith(built)
    assert len(sealed) - len(built) < 32_000


def test_a_flip_in_every_hundredth_byte_of_the_built_record_is_seen() -> None:
    """Proves: T21, F8 (sampled on a real file)."""
    data, missed = bytearray(_files("ordinary")[1]), []
    for place in range(0, len(data), 101):
        data[place] ^= 1 << place % 8
        if not examine(bytes(data), _clinic().trust).failed:
            missed.append(place)
        data[place] ^= 1 << place % 8
    assert missed == []


def _der(pem: str) -> bytes:
    return load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)


def test_a_certificate_that_ends_in_a_carriage_return_keeps_the_file_archival() -> None:
    """One in 256 does; the sealed file is then as valid as any other, and genuine."""
    ours = _clinic()
    role = Subject("physician-1", "Demo Physician Oru", "physician")
    public = ours.keys["physician-1"].public_key()
    made = (keys.staff_certificate(ours.root, public, role, SINCE) for _ in range(20_000))
    ends = next(pem for pem in made if _der(pem).endswith(b"\r"))
    kept, ours.certificates["physician-1"] = ours.certificates["physician-1"], ends
    try:
        content = _in_earnest(STORIES["stopped"]())
        sealed = ours.signed(build(content), content.ending, "physician-1", SEALED_AT)
    finally:
        ours.certificates["physician-1"] = kept
    report = page.validate_pdf_bytes(sealed, profile=page.ValidationProfile.PDF_A_3A)
    assert {each.rule_id for each in report.failures} <= {"PDFA3A-SIGNATURE-BYTERANGE-001"}
    verdict = verify_bytes(sealed, "ends in CR", ours.trust)
    assert verdict.verdict == "genuine", verdict.not_proven

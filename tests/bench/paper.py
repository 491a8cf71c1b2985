"""The record built, sealed and checked, beside typst, a bare signature and a bare digest."""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from pathlib import Path

import msgspec
import pypdfium2
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from chairside.canon import sha256_hex
from chairside.record import build as building
from chairside.record.check import verify_bytes
from chairside.record.check_bytes import examine
from chairside.record.check_trust import Trust
from chairside.record.content import to_json
from chairside.record.seal import certify_and_seal
from chairside.record.telling import teller
from chairside.session.paper import Job, prepare
from tests.bench.measure import Bar, Row, interleaved, row
from tests.bench.peers import BareSigner, typst_pdf, typst_source
from tests.session.clinics import clinic_in

ROUNDS = 15


def rows(folder: Path) -> list[Row]:
    """Measure an ordinary visit's record; every round builds it for another visit's id."""
    visitors = clinic_in(folder / "paper")
    visitors.whole()
    job = prepare(visitors.here(), visitors.proof("physician-1"))
    bare = BareSigner(job.certifier, folder)
    return [_building(job), _sealing(job, bare), _together(job, bare), *_checking(job)]


def _source(job: Job) -> str:
    return typst_source(building.pages(teller(job.content, sha256_hex(to_json(job.content)))))


def _building(job: Job) -> Row:
    numbers = count()

    def another() -> object:
        return msgspec.structs.replace(job.content, record_id=f"ABCD-EFGH-{next(numbers):04}-IJKL")

    source = _source(job)
    pages = [len(pypdfium2.PdfDocument(pdf)) for pdf in (building.build(job.content), typst_pdf(source))]
    times = interleaved(
        lambda: building.build(another()),  # type: ignore[arg-type]
        lambda: typst_pdf(source.replace("ABCD-", f"{next(numbers):04}-")),
        ROUNDS,
    )
    return row(f"record build, {pages[0]} pages", times, f"typst, {pages[1]} pages", Bar(p50_times=3))


def _sealing(job: Job, bare: BareSigner) -> Row:
    unsigned = building.build(job.content)
    times = interleaved(lambda: _sealed(job, unsigned), lambda: bare.sign(unsigned), ROUNDS)
    return row("certify + seal + self-check", times, "bare pyHanko B-B", Bar(p50_times=3))


def _sealed(job: Job, unsigned: bytes) -> bytes:
    return certify_and_seal(unsigned, job.certifier, job.seal, authority=job.authority, act=job.act)


def _checking(job: Job) -> list[Row]:
    data = _sealed(job, building.build(job.content))
    root = x509.load_pem_x509_certificate(job.authority.root.encode()).public_bytes(Encoding.DER)
    trust = Trust(roots=(root,))
    assert verify_bytes(data, "record.pdf", trust).verdict == "genuine"
    stage = interleaved(lambda: examine(data, trust), lambda: sha256(data).digest(), ROUNDS * 10)
    whole = interleaved(lambda: verify_bytes(data, "record.pdf", trust), lambda: examine(data, trust), ROUNDS)
    size = f"{len(data) // 1024} KiB"
    return [
        row(f"verify stage 1, {size}", stage, "SHA-256 of the file", Bar(p50_ms=5)),
        row("verify whole, own process", whole, "stage 1 alone"),
    ]


def _together(job: Job, bare: BareSigner) -> Row:
    source = _source(job)
    times = interleaved(
        lambda: job.run(lambda _: None, lambda: False), lambda: bare.sign(typst_pdf(source)), ROUNDS
    )
    return row("countersign to sealed bytes", times, "typst + bare pyHanko", Bar(p50_ms=1000))

"""The check of a record: whose it is, whether one byte changed, and what of it is proven.

`genuine`: a clinic trusted here sealed exactly these bytes and everything inside holds. `altered`: it
leans on a trusted clinic, or is laid out as a record, and something does not hold. `not_ours`: no
trusted clinic is behind it. `unreadable`: no document, too large, or the check ran out of its limits.
Trust comes from outside the file (`check_trust`); a file reaches a parser only after stage 1 holds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from cryptography import x509
from msgspec import Struct, field

import chairside
from chairside.record.check_bytes import Examined, examine
from chairside.record.check_trust import Trust, fingerprint, revocation_known

Word: TypeAlias = Literal["genuine", "altered", "not_ours", "unreadable"]
WORDS: tuple[Word, ...] = ("genuine", "altered", "not_ours", "unreadable")
LARGEST_BYTES = 64 * 1024 * 1024
WALL_SECONDS = 30


class Verdict(Struct, frozen=True):
    """What is said of one file; codes, no sentences. `facts` is for people and not in the JSON line."""

    file: str
    verdict: Word
    demo: bool = False
    proven: tuple[str, ...] = ()
    not_proven: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """Return the JSON line."""
        told = {key: getattr(self, key) for key in ("file", "verdict", "demo", "proven", "not_proven")}
        told["file"] = self.file.encode("utf-8", "backslashreplace").decode()
        return msgspec.json.encode(told).decode()


class Report(Struct, frozen=True):
    """What stage 2 says; the child's own words, read back."""

    proven: tuple[str, ...]
    left: tuple[str, ...]
    failed: str
    facts: dict[str, str] = {}


def exit_code(verdicts: Iterable[Verdict]) -> int:
    """Return 0 to 3: the worst of the files."""
    return max((WORDS.index(one.verdict) for one in verdicts), default=0)


def verify(path: Path, trust: Trust) -> Verdict:
    """Return the verdict on one file."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
            return Verdict(str(path), "unreadable", not_proven=("no_document",))
        data = path.read_bytes()
    except (OSError, ValueError):
        return Verdict(str(path), "unreadable", not_proven=("no_document",))
    return verify_bytes(data, str(path), trust)


def verify_bytes(data: bytes, name: str, trust: Trust) -> Verdict:
    """Return the verdict on a file already read."""
    found = examine(data, trust)
    if found.failed:
        return _failed(data, name, found, trust)
    demo = trust.is_demo(found.root)
    proven = ("whole_file_sealed", "clinic_trusted")
    facts = {"root": fingerprint(found.root), "sealed": found.at.isoformat() if found.at else ""}
    report = _second_stage(data, found, demo=demo)
    if report is None:
        return Verdict(name, "unreadable", demo, proven, ("check_ran_out",), facts)
    if report.failed:
        return Verdict(name, "altered", demo, proven, (report.failed,), facts)
    left = (*report.left, "time_from_tablet_clock", "ledger_not_compared")
    if not revocation_known(x509.load_der_x509_certificate(found.root), found.lists):
        left = (*left, "revocation_unknown")
    facts |= {**report.facts, "sha256": sha256(data).hexdigest()}
    return Verdict(name, "genuine", demo, (*proven, *report.proven), left, facts)


def _failed(data: bytes, name: str, found: Examined, trust: Trust) -> Verdict:
    """Say which of the three it is when the seal does not hold."""
    if found.root:
        told = {"root": fingerprint(found.root)}
        return Verdict(name, "altered", trust.is_demo(found.root), (), (found.failed,), told)
    if found.foreign:
        demo = trust.is_demo(found.foreign)
        code = "demo_refused_here" if demo else "root_not_trusted"
        return Verdict(name, "not_ours", demo, (), (code,), {"root": fingerprint(found.foreign)})
    if found.layout:
        return Verdict(name, "altered", not_proven=(found.failed,))
    if b"%PDF-" not in data[:1024] or b"startxref" not in data:
        return Verdict(name, "unreadable", not_proven=("no_document",))
    return Verdict(name, "not_ours", not_proven=(found.failed,))


def _second_stage(data: bytes, found: Examined, *, demo: bool) -> Report | None:
    """Run stage 2 in a child; None where it ran out of time or memory, or died."""
    task = {"root": found.root, "lists": found.lists, "at": found.at, "demo": demo}
    home = str(Path(chairside.__file__).resolve().parents[1])
    command = [sys.executable, "-B", "-P", "-m", "chairside.record.check_child"]
    try:
        done = subprocess.run(
            command,
            input=msgspec.json.encode(task) + b"\n" + data,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": home},
        )
        return msgspec.json.decode(done.stdout, type=Report) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, OSError, msgspec.DecodeError):
        return None

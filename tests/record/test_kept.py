"""Records sealed by earlier versions, kept as files: each verifies for ever (record.md, stage 3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from chairside.record.check import verify_bytes
from chairside.record.check_trust import trust_from
from tests.house.source import ROOT

KEPT = sorted((Path(__file__).parent / "kept").glob("*.pdf"))


def test_there_are_records_kept() -> None:
    assert KEPT


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_a_record_of_an_earlier_version_is_still_genuine(file: Path) -> None:
    """What was sealed before today's fields and sentences were known is old, not altered."""
    root = (ROOT / "resources" / "demo" / "demo-root.pem").read_text("utf-8")
    verdict = verify_bytes(file.read_bytes(), file.name, trust_from((), demo=root))
    assert verdict.verdict == "genuine", verdict.not_proven

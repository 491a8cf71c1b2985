"""Facts written before a field was there: they read as if nobody had said anything of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rfc8785
from msgspec import structs

from chairside.canon import decode
from chairside.domain.facts import SCHEMA, SupplierAdded, VialEndTakenBack, VialReceived

GOLDEN = Path(__file__).parent / "golden"
PAPERS = (
    "registration", "registration_checked", "licence", "accreditation", "instructions", "storage",
    "recall_contact",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "later"),
    [(VialReceived, ("entered",)), (SupplierAdded, PAPERS), (VialEndTakenBack, ("reason",))],
)
def test_a_fact_of_before_reads_with_its_new_fields_empty(kind: type, later: tuple[str, ...]) -> None:
    told = json.loads((GOLDEN / f"{kind.__name__}.json").read_bytes())
    for name in later:
        del told["fact"][name]
    fact = decode(rfc8785.dumps(told)).fact
    assert isinstance(fact, kind)
    assert not any(structs.asdict(fact)[name] for name in later)


def test_facts_are_of_the_first_schema() -> None:
    """Every stamp says so; another number would tell a reader that it cannot read them."""
    assert SCHEMA == 1

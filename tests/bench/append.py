"""A fact into the ledger, beside the least that can put the same bytes on the same disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from chairside import canon
from chairside.domain.facts import Answered, Body, Stamp
from chairside.domain.replies import Chosen
from chairside.ledger import Draft
from tests.bench.measure import Bar, Row, interleaved, row
from tests.session.clinics import clinic_in

ROUNDS = 400


def rows(folder: Path) -> list[Row]:
    """Measure `Ledger.append` of one answer: encode, encrypt, chain, project, sync."""
    visitors = clinic_in(folder / "append")
    visit = visitors.open()
    ledger, tablet = visitors.clinic.ledger, visitors.clinic.scribe.desk.tablet
    last = ledger.stream(visit.stream)[-1]
    drafts = _drafts(last.stamp, last.hash, ledger.last_number(tablet))
    bare = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    data = canon.encode(next(_drafts(last.stamp, last.hash, 1)).body)

    def floor() -> None:
        os.write(bare, data)
        os.fdatasync(bare)

    times = interleaved(lambda: ledger.append([next(drafts)]), floor, ROUNDS, warm=20)
    os.close(bare)
    ledger.close()
    return [row("append one answer", times, "write + fdatasync", Bar(p50_times=1.5, p99_times=3))]


def _drafts(stamp: Stamp, after: str, number: int) -> Iterator[Draft]:
    for step in count(1):
        own = replace(stamp, number=number + step, after=(after,))
        body = Body(own, Answered("health_check", "transplant", Chosen("no")))
        after = canon.fact_hash(canon.encode(body))
        yield Draft(body)

"""A kill at any fact of a visit: what was acknowledged is there, and the visit goes on where it stood."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from chairside.domain.facts import ProcedureMarked, VialAssigned, VialOpened, VialThawed, VialUsed
from chairside.domain.folding import fold
from chairside.domain.visit import Visit
from chairside.session.visit import VisitRoom
from tests.session.clinics import TOP, SteppingClock, Visitors, opened

NEVER = 100_000
FACTS = 103  # of the whole visit and its procedure, every stream counted
POINTS = sorted({1, 2, 3, *random.Random(7).sample(range(4, FACTS - 25), 12), *range(FACTS - 25, FACTS + 1)})


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one clinic for each point, left as the kill left it."""
    folder = tmp_path_factory.mktemp("killed")
    points = [str(point) for point in (*POINTS, NEVER)]
    subprocess.run(
        [sys.executable, "-m", "tests.session.killed", str(folder), *points], cwd=TOP, check=True, timeout=120
    )
    return folder


def _after(folder: Path, point: int) -> Visitors:
    clock = SteppingClock(boot="boot-3")
    clock.ticks = 5000
    return opened(folder / str(point), clock)


def _visits(visitors: Visitors) -> list[str]:
    """Every visit in the store, over or not."""
    return [stream.partition(":")[2] for stream in visitors.clinic.ledger.streams("visit:")]


def _next_steps(folder: Path) -> dict[int, str]:
    """For each number of facts of the visit that was not killed, the step it stood on."""
    whole = _after(folder, NEVER)
    (visit,) = _visits(whole)
    facts = whole.desk.room(visit).visit.facts
    steps = {count: fold(visit, facts[:count]).at_step for count in range(1, len(facts) + 1)}
    whole.clinic.ledger.close()
    return steps


def test_the_points_cover_the_whole_visit(killed: Path) -> None:
    """A visit that grows moves its last points with it."""
    assert int((killed / "whole").read_text()) == FACTS


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_loses_nothing_that_was_acknowledged(killed: Path, point: int) -> None:
    """Proves: T26: after a kill -9 once this fact was on disk."""
    after = _after(killed, point)
    out = killed / f"{point}.acknowledged"
    told = [line.split() for line in out.read_text().splitlines()] if out.exists() else []
    visits = _visits(after)
    assert {visit for visit, _ in told} <= set(visits)
    rows = after.desk.open_visits()
    assert all(row.trouble == "" for row in rows)
    for visit in visits:
        room = after.desk.room(visit)
        hashes = [stamped.hash for stamped in room.visit.facts]
        assert hashes[: len(told)] == [digest for _, digest in told]
        assert room.visit.at_step == _next_steps(killed)[min(len(hashes), len(_next_steps(killed)))]
        assert VisitRoom(after.clinic, after.staff, visit).visit == room.visit
        _nothing_is_half_done(after, room.visit)
    if told:
        assert after.desk.interrupted() == (told[0][0] if rows else None)
    after.clinic.ledger.check()
    after.clinic.ledger.close()


def _nothing_is_half_done(after: Visitors, visit: Visit) -> None:
    """What was told in one stroke is there in one; what follows of itself has followed."""
    marks = [by.fact.mark for by in visit.marks if isinstance(by.fact, ProcedureMarked)]
    happened = [type(fact) for fact in after.happened_to()]
    expected: list[type] = [VialAssigned, VialOpened] if "vial" in visit.closed else []
    expected += [VialThawed] if "thawed" in marks else []
    expected += [VialUsed] if "last_injection" in marks else []
    assert happened == expected
    assert bool(visit.countersigned) == bool(visit.concluded)
    assert len(visit.addenda) == len(visit.addenda_over)
    assert after.clinic.ledger.check().leaves == bool(visit.concluded) + len(visit.addenda_over)


def test_a_tablet_killed_in_the_patients_hands_is_taken_back_by_a_pin_only(killed: Path) -> None:
    """It comes back locked, with nobody's key open. Proves: T1, T26."""
    held = 0
    for point in POINTS:
        after = _after(killed, point)
        for row in after.desk.open_visits():
            after.room = after.desk.room(row.visit)
            if after.room.visit.with_patient:
                held += 1
                assert after.staff.here is None and after.here().view().mode == "patient"
                after.hand_back()
                assert after.here().view().mode == "staff"
        after.clinic.ledger.close()
    assert held

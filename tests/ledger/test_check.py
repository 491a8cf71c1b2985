"""What only the whole check sees: harm far from the end of a long log, and rows that belong to nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chairside.domain import facts
from chairside.errors import ChainBroken
from chairside.ledger import Ledger
from chairside.ledger.checking import TAIL
from tests.ledger.scribe import KEY, Scribe
from tests.ledger.test_tamper import edit

LONG = TAIL + 10


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log longer than what is checked at open, closed; it begins with a concluded visit."""
    folder = tmp_path_factory.mktemp("long")
    scribe = Scribe(Ledger.create(folder, KEY))
    scribe.ledger.conclude(scribe.draft("visit:v0", facts.Concluded("no_show")))
    for _ in range(LONG):
        scribe.write("visit:v1", facts.BreakTaken("read"))
    scribe.ledger.close()
    return folder


@pytest.fixture
def folder(told: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(told, tmp_path / "copy"))


def broken(ledger: Ledger) -> ChainBroken:
    """What the whole check says."""
    with pytest.raises(ChainBroken) as found:
        ledger.check()
    ledger.close()
    return found.value


def test_an_early_fact_deleted_is_named(folder: Path) -> None:
    """Proves: T11: the tail is sound; the check finds the gap."""
    edit(folder, ("DELETE FROM event WHERE number = 3", ()))
    assert broken(Ledger.open(folder, KEY)).facts["number"] == 3


def test_two_early_facts_swapped_are_named(folder: Path) -> None:
    """Proves: T10."""
    edit(
        folder,
        ("UPDATE event SET seq = -1 WHERE seq = 3", ()),
        ("UPDATE event SET seq = 3 WHERE seq = 4", ()),
        ("UPDATE event SET seq = 4 WHERE seq = -1", ()),
    )
    assert broken(Ledger.open(folder, KEY)).facts["number"] == 3


def test_a_head_of_a_tablet_without_facts_is_found(folder: Path) -> None:
    """Proves: T11: a log emptied behind its head."""
    edit(folder, ("INSERT INTO head VALUES ('t9', 0, zeroblob(32), 0, zeroblob(32))", ()))
    assert broken(Ledger.open(folder, KEY)).facts["tablet"] == "t9"


def test_a_tablet_whose_head_is_gone_is_found(folder: Path) -> None:
    """Proves: T11: also when nobody looked at the tail first."""
    edit(folder, ("DELETE FROM head", ()))
    assert broken(Ledger(folder, KEY)).facts["what"] == "missing"


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("INSERT INTO node VALUES ('t9', 0, 0, zeroblob(32))", "tree"),
        ("INSERT INTO leaf VALUES ('t9', 0, zeroblob(32))", "leaf"),
        ("INSERT INTO node VALUES ('t1', 0, 7, zeroblob(32))", "tree"),
        ("UPDATE head SET root = zeroblob(32)", "tree"),
    ],
)
def test_a_row_that_belongs_to_no_fact_is_found(folder: Path, sql: str, what: str) -> None:
    """Proves: T11: the tree holds the concluded visits and nothing else."""
    edit(folder, (sql, ()))
    assert broken(Ledger.open(folder, KEY)).facts["what"] == what


def test_an_empty_store_is_sound(tmp_path: Path) -> None:
    """Nothing is wrong with nothing; there is no last stamp."""
    ledger = Ledger.create(tmp_path, KEY)
    assert ledger.last_stamp("t1") is None
    report = ledger.check()
    assert (report.facts, report.leaves, report.anchor) == (0, 0, "matches")
    ledger.close()


def test_the_last_stamp_is_that_of_the_last_fact(folder: Path) -> None:
    """The clock rules begin from it."""
    ledger = Ledger.open(folder, KEY)
    stamp = ledger.last_stamp("t1")
    assert stamp is not None
    assert stamp.number == ledger.last_number("t1") == LONG + 1
    ledger.close()

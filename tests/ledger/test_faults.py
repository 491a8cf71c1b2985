"""Full disks, wrong keys, foreign files and kills: nothing acknowledged is lost, nothing false is said."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chairside import keys
from chairside.canon import fact_hash
from chairside.domain import facts
from chairside.errors import DiskRefused, InDoubt, KeyRefused, LedgerError
from chairside.keys import DEMO, derive
from chairside.ledger import Ledger, connection, load_key_file, store_key_file
from chairside.ledger.anchor import NAME as ANCHOR
from chairside.settings import STORE
from tests.ledger.scribe import KEY, Scribe, new_story
from tests.ledger.writer import CANARY

HOME = Path(__file__).parents[2]


def refusal(folder: Path, key: bytes = KEY) -> str:
    """The code with which a store is refused."""
    with pytest.raises(LedgerError) as refused:
        Ledger.open(folder, key)
    return refused.value.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a story in it, closed."""
    new_story(tmp_path / "clinic", visits=1).ledger.close()
    return tmp_path / "clinic"


def test_a_wrong_key_is_called_a_wrong_key(folder: Path) -> None:
    """Proves: T3: with the anchor, and without it."""
    assert refusal(folder, bytes(32)) == "key_wrong"
    (folder / ANCHOR).unlink()
    assert refusal(folder, bytes(32)) == "key_wrong"
    Ledger.open(folder, KEY).close()


@pytest.mark.parametrize(
    "data",
    [b"", b"x" * 100, b"x" * 8192, b"SQLite format 3\0" + bytes(4080)],
    ids=["empty", "odd", "junk", "plain"],
)
def test_a_foreign_or_damaged_file_is_called_unreadable(folder: Path, data: bytes) -> None:
    """An empty file is not quietly made into a new store."""
    (folder / STORE).write_bytes(data)
    assert refusal(folder) == "store_unreadable"
    assert (folder / STORE).read_bytes() == data


def test_a_plain_database_without_an_anchor_is_not_blamed_on_the_key(folder: Path) -> None:
    """It is not encrypted at all."""
    (folder / STORE).write_bytes(b"SQLite format 3\0" + bytes(4080))
    (folder / ANCHOR).unlink()
    assert refusal(folder) == "store_unreadable"


def test_a_missing_store_is_unreadable_and_is_not_made(tmp_path: Path) -> None:
    """Opening never creates."""
    assert refusal(tmp_path) == "store_unreadable"
    assert list(tmp_path.iterdir()) == []


def test_an_older_library_is_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before 3.51.3 two connections can corrupt a write-ahead log."""
    monkeypatch.setattr(connection, "OLDEST_SQLITE", (99, 0, 0))
    assert refusal(folder) == "store_unreadable"


def test_a_setting_that_does_not_take_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: T10: every setting is read back at every open."""
    for name, _, _ in connection._SETTINGS:
        monkeypatch.setattr(connection, "_SETTINGS", ((name, "1", "something else"),))
        with pytest.raises(LedgerError) as refused:
            Ledger.open(folder, KEY)
        assert (refused.value.code, refused.value.facts["setting"]) == ("store_altered", name)


def test_the_settings_that_keep_facts_are_the_ones_asserted(folder: Path) -> None:
    """Write-ahead log, EXTRA, recursive triggers, nothing temporary on disk."""
    expected = {name: value for name, _, value in connection._SETTINGS}
    assert expected["journal_mode"] == "wal" and expected["synchronous"] == 3
    assert expected["recursive_triggers"] == 1 and expected["temp_store"] == 2
    ledger = Ledger.open(folder, KEY)
    for own in (ledger._open_writer(), ledger._reader()[0]):
        assert {name: own.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected
    ledger.close()


def pragma(folder: Path, sql: str) -> None:
    """Change a store from outside, with the key."""
    own = connection.connect(folder / STORE, derive(KEY, "chairside/store/1"))
    own.execute(sql)
    own.close()


def test_a_newer_store_is_left_alone(folder: Path) -> None:
    """An older program does not write into it."""
    pragma(folder, "PRAGMA user_version = 99")
    assert refusal(folder) == "store_newer"


def test_another_program_s_store_is_not_ours(folder: Path) -> None:
    """Encrypted under our key, but not a ledger."""
    pragma(folder, "PRAGMA application_id = 1")
    assert refusal(folder) == "store_unreadable"


def test_projections_of_another_version_are_made_anew_at_open(folder: Path) -> None:
    """They hold nothing of their own."""
    pragma(folder, "UPDATE projection SET version = 0")
    pragma(folder, "DELETE FROM patient_words")
    ledger = Ledger.open(folder, KEY)
    assert [row.patient for row in ledger.patients("zoe")] == ["pt-v0"]
    ledger.close()


@pytest.mark.parametrize("page", [1, 2, 5])
def test_a_zeroed_page_is_never_silently_read(folder: Path, page: int) -> None:
    """Bit rot: open or check refuses with one of our codes."""
    data = bytearray((folder / STORE).read_bytes())
    data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    (folder / STORE).write_bytes(bytes(data))
    with pytest.raises(LedgerError) as refused:
        Ledger.open(folder, KEY).check()
    assert refused.value.code in ("store_unreadable", "chain_broken", "store_altered")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB, where the machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = (
        mount
        and not subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    )
    if not made:
        pytest.skip("no small disk can be mounted here; the file size limit below stands in")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def run_writer(folder: Path, count: int, limit: int = 0) -> tuple[list[int], str]:
    """Run the child to its end: acknowledged numbers and its last word."""

    def restrict() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = subprocess.run(
        [sys.executable, "-m", "tests.ledger.writer", str(folder), str(count)],
        cwd=HOME,
        capture_output=True,
        text=True,
        preexec_fn=restrict if limit else None,
        timeout=120,
        check=False,
    )
    lines = said.stdout.split("\n")[:-1]
    assert "Traceback" not in said.stderr, said.stderr
    return [int(line) for line in lines if line.isdigit()], lines[-1] if lines else ""


def all_there(folder: Path, acknowledged: list[int]) -> None:
    """Every acknowledged fact is there, and the whole chain holds."""
    ledger = Ledger.open(folder, KEY)
    assert ledger.last_number("t1") >= max(acknowledged, default=0)
    assert ledger.check().facts == ledger.last_number("t1")
    ledger.close()


def test_a_full_disk_is_said_and_loses_nothing(small_disk: Path) -> None:
    """Proves: T26: real ENOSPC; with room again the ledger goes on."""
    folder = small_disk / "clinic"
    Ledger.create(folder, KEY).close()
    acknowledged, last = run_writer(folder, 5000)
    assert last == "refused disk_full"
    assert acknowledged
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    all_there(folder, acknowledged)
    more, _ = run_writer(folder, 3)
    assert more[0] > acknowledged[-1]


def test_a_disk_too_small_for_a_store_makes_none(small_disk: Path) -> None:
    """Proves: T26: a first start on a full disk leaves nothing that looks like a store."""
    (small_disk / "ballast").write_bytes(bytes(1000 * 1024))
    with pytest.raises(DiskRefused):
        Ledger.create(small_disk / "clinic", KEY)
    assert not Ledger.exists(small_disk / "clinic")


def test_a_file_that_may_not_grow_is_said_and_loses_nothing(tmp_path: Path) -> None:
    """Proves: T26: the write itself fails (EFBIG), in a child of its own."""
    Ledger.create(tmp_path, KEY).close()
    acknowledged, last = run_writer(tmp_path, 5000, limit=400 * 1024)
    assert last in ("refused disk_refused", "refused disk_full")
    assert acknowledged
    all_there(tmp_path, acknowledged)


def test_twenty_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    """Proves: T1, T26: kill -9 at a random moment, twenty times, each time going on from what was there."""
    Ledger.create(tmp_path, KEY).close()
    chance = random.Random(20)
    acknowledged: list[int] = []
    for _ in range(20):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.writer", str(tmp_path), "100000"],
            cwd=HOME,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        lines = (first + child.stdout.read()).split(b"\n")[:-1]
        child.stdout.close()
        child.wait()
        acknowledged += [int(line) for line in lines]
        all_there(tmp_path, acknowledged)
    assert len(acknowledged) > 100
    assert acknowledged == sorted(set(acknowledged))


def test_no_file_ever_holds_plain_text(tmp_path: Path) -> None:
    """Proves: T3: not the store, its log, its index, nor the anchor; also after a kill."""
    Ledger.create(tmp_path, KEY).close()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.writer", str(tmp_path), "100000"],
        cwd=HOME,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    assert child.stdout is not None
    for _ in range(30):
        child.stdout.readline()
    child.kill()
    child.wait()
    child.stdout.close()
    names = {path.name for path in tmp_path.iterdir()}
    assert {STORE, STORE + "-wal"} <= names
    searched = [CANARY, "Canaryname", "PatientAdded", "visit:v", "CREATE TABLE", "Example Street"]
    for path in tmp_path.iterdir():
        data = path.read_bytes()
        for word in searched:
            assert word.encode() not in data, path.name
            assert word.encode("utf-16-le") not in data, path.name
    assert KEY not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


class FailingCommit:
    """A real connection whose next commit fails after or before it happened, as a bad disk makes it."""

    def __init__(self, own: object, *, after: bool) -> None:
        self.own, self.after = own, after

    def __getattr__(self, name: str) -> object:
        return getattr(self.own, name)

    def execute(self, sql: str, *values: object) -> object:
        """Fail at COMMIT."""
        if sql != "COMMIT":
            return self.own.execute(sql, *values)  # type: ignore[attr-defined]
        if self.after:
            self.own.execute(sql)  # type: ignore[attr-defined]
        raise connection.sqlite.OperationalError("disk I/O error")


def test_a_commit_that_failed_but_happened_counts_as_stored(folder: Path) -> None:
    """In doubt, looked for, found, pushed through, true."""
    scribe = Scribe(Ledger.open(folder, KEY))
    scribe.ledger._writer = FailingCommit(scribe.ledger._open_writer(), after=True)  # type: ignore[assignment]
    stored = scribe.patient("pt9", "Ann Example")
    assert fact_hash(scribe.ledger.body_bytes(stored.hash)) == stored.hash
    assert scribe.ledger.check().anchor == "matches"
    scribe.ledger.close()


def test_a_commit_that_failed_and_did_not_happen_is_refused_and_can_be_tried_again(folder: Path) -> None:
    """Never a false saved; the same number is free."""
    scribe = Scribe(Ledger.open(folder, KEY))
    had = scribe.ledger.last_number("t1")
    scribe.ledger._writer = FailingCommit(scribe.ledger._open_writer(), after=False)  # type: ignore[assignment]
    with pytest.raises(LedgerError):
        scribe.patient("pt9", "Ann Example")
    assert scribe.ledger.last_number("t1") == had
    assert scribe.patient("pt9", "Ann Example").stamp.number == had + 1
    scribe.ledger.close()


def test_a_commit_that_cannot_be_looked_for_is_in_doubt(folder: Path) -> None:
    """The store went away with the commit."""
    scribe = Scribe(Ledger.open(folder, KEY))
    draft = scribe.draft("visit:v9", facts.BreakTaken("read"))
    scribe.ledger._writer = FailingCommit(scribe.ledger._open_writer(), after=False)  # type: ignore[assignment]
    (folder / STORE).write_bytes(os.urandom(8192))
    with pytest.raises(InDoubt) as doubt:
        scribe.ledger.append((draft,))
    assert doubt.value.code == "in_doubt"


def test_a_failed_rebuild_leaves_the_old_projections(folder: Path) -> None:
    """One transaction."""
    ledger = Ledger.open(folder, KEY)
    ledger._writer = FailingCommit(ledger._open_writer(), after=False)  # type: ignore[assignment]
    with pytest.raises(LedgerError):
        ledger.rebuild()
    ledger.close()
    assert Ledger.open(folder, KEY).patients("zoe")


@pytest.mark.parametrize(("number", "expected"), [(5, "store_busy"), (8, "disk_refused"), (13, "disk_full")])
def test_every_trouble_of_the_library_has_a_code(number: int, expected: str) -> None:
    """Busy, read-only, full."""
    trouble = connection.sqlite.OperationalError("said")
    trouble.sqlite_errorcode = number
    assert connection.explain(trouble).code == expected


def test_the_key_file_survives_the_loss_of_a_copy(tmp_path: Path) -> None:
    """Two copies; without both there is a code, not a traceback."""
    file, data_key, sheet = keys.new_key_file("p1", "correct horse battery", DEMO, demo=True)
    store_key_file(tmp_path / "clinic", file)
    paths = sorted((tmp_path / "clinic").iterdir())
    assert len(paths) == 2
    for path in paths:
        kept = path.read_bytes()
        path.write_bytes(b"")
        assert keys.open_with_recovery(load_key_file(tmp_path / "clinic"), sheet) == data_key
        path.write_bytes(kept)
    for path in paths:
        path.unlink()
    with pytest.raises(KeyRefused, match="key_file_unreadable"):
        load_key_file(tmp_path / "clinic")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskRefused):
        store_key_file(tmp_path / "file" / "clinic", file)

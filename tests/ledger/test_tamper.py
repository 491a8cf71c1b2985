"""Whoever holds the key and edits the store, or swaps its file, is noticed and the place is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

import pytest

from chairside.canon import encode, fact_hash, link
from chairside.domain import facts
from chairside.errors import ChainBroken, LedgerError
from chairside.keys import derive
from chairside.ledger import Ledger, connection, schema
from chairside.ledger.anchor import NAME as ANCHOR
from chairside.ledger.anchor import SIZE, write_anchor
from chairside.settings import STORE
from tests.ledger.scribe import KEY, Scribe, new_story

PROTECTED = ("event", "blob", "leaf", "node", "head", "secret")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a story in it, closed."""
    folder = tmp_path_factory.mktemp("told")
    new_story(folder, visits=2).ledger.close()
    return folder


@pytest.fixture
def folder(told: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(told, tmp_path / "copy"))


def raw(folder: Path) -> Connection:
    """A connection as an attacker with the key has it: no guard."""
    return connection.connect(folder / STORE, derive(KEY, "chairside/store/1"))


def edit(folder: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Drop the triggers, edit, put the triggers back."""
    own = raw(folder)
    for name in schema.TRIGGERS:
        own.execute(f"DROP TRIGGER {name}")
    for sql, values in statements:
        own.execute(sql, values)
    for sql in schema.TRIGGERS.values():
        own.execute(sql)
    own.close()


def verdict(folder: Path) -> ChainBroken | None:
    """What opening and checking say."""
    try:
        ledger = Ledger.open(folder, KEY)
    except ChainBroken as broken:
        return broken
    try:
        ledger.check()
    except ChainBroken as broken:
        return broken
    finally:
        ledger.close()
    return None


def test_an_untouched_store_is_sound(folder: Path) -> None:
    """No false alarm, counted."""
    assert verdict(folder) is None
    ledger = Ledger.open(folder, KEY)
    report = ledger.check()
    assert (report.facts, report.leaves, report.blobs, report.anchor) == (16, 2, 1, "matches")
    assert report.signatures == 4  # two steps closed by PIN, two heads signed by the tablet
    assert report.heads[0].number == 16
    assert ledger.check(signatures=False).signatures == 0
    ledger.close()


def other(value: object) -> object:
    """A different value of the same kind."""
    match value:
        case int():
            return value + 1000
        case str():
            return value[:-1] + ("x" if value[-1:] != "x" else "y")
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1])
        case _:
            return "c2ln"


def test_every_column_of_every_row_is_covered(told: Path, tmp_path: Path) -> None:
    """Proves: T10, T11: each single cell changed, one at a time, is found."""
    missed = []
    own = raw(told)
    cells = [
        (table, column, row, value)
        for table in PROTECTED
        for column in [each[1] for each in own.execute(f"PRAGMA table_info({table})")]
        for row, value in own.execute(f"SELECT rowid, {column} FROM {table}").fetchall()
    ]
    own.close()
    for number, (table, column, row, value) in enumerate(cells):
        copy = Path(shutil.copytree(told, tmp_path / str(number)))
        edit(copy, (f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (other(value), row)))
        if verdict(copy) is None:
            missed.append((table, column, row))
        shutil.rmtree(copy)
    assert missed == []
    assert len(cells) > 150


@pytest.mark.parametrize("number", range(1, 17))
def test_a_changed_body_is_named_by_its_number(folder: Path, number: int) -> None:
    """Proves: T10: the first bad fact, not merely that there is one."""
    edit(folder, ("UPDATE event SET body = CAST(body || x'20' AS BLOB) WHERE number = ?", (number,)))
    broken = verdict(folder)
    assert broken is not None
    assert (broken.code, broken.facts["number"]) == ("chain_broken", number)


@pytest.mark.parametrize("number", range(1, 17))
def test_a_deleted_fact_is_named_by_its_number(folder: Path, number: int) -> None:
    """Proves: T11: first, middle and last."""
    edit(folder, ("DELETE FROM event WHERE number = ?", (number,)))
    broken = verdict(folder)
    assert broken is not None
    assert broken.facts["number"] == number


@pytest.mark.parametrize("table", ["leaf", "node", "head"])
def test_a_deleted_row_elsewhere_is_found(folder: Path, table: str) -> None:
    """Proves: T11: a tree or a head that lost a row."""
    edit(folder, (f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})", ()))
    assert verdict(folder) is not None


def test_two_facts_swapped_are_found(folder: Path) -> None:
    """Proves: T10: places exchanged, contents untouched."""
    edit(
        folder,
        ("UPDATE event SET seq = -1 WHERE seq = 6", ()),
        ("UPDATE event SET seq = 6 WHERE seq = 7", ()),
        ("UPDATE event SET seq = 7 WHERE seq = -1", ()),
    )
    broken = verdict(folder)
    assert broken is not None
    assert broken.facts["number"] == 6


def test_an_inserted_fact_is_found(folder: Path) -> None:
    """Proves: T10: a sound-looking fact beyond the head."""
    copied = "stream, tablet, number + 1, kind, body, zeroblob(32), chain, signature"
    edit(folder, (f"INSERT INTO event SELECT seq + 1, {copied} FROM event ORDER BY seq DESC LIMIT 1", ()))
    assert verdict(folder) is not None


def test_the_end_cut_off_with_its_head_mended_is_found(folder: Path) -> None:
    """Proves: T11: the store is sound in itself; the anchor beside it remembers."""
    own = raw(folder)
    chain = own.execute("SELECT chain FROM event WHERE number = 15").fetchone()[0]
    own.close()
    edit(
        folder,
        ("DELETE FROM event WHERE number = 16", ()),
        ("UPDATE head SET number = 15, chain = ?", (chain,)),
    )
    broken = verdict(folder)
    assert broken is not None
    assert (broken.facts["number"], broken.facts["what"]) == (16, "rolled_back")


def test_a_rewritten_and_rechained_fact_breaks_a_signed_head(folder: Path) -> None:
    """Proves: T10: with the store's key one can forge the chain, not the tablet's signature."""
    own = raw(folder)
    rows = own.execute("SELECT number, body, signature FROM event ORDER BY number").fetchall()
    own.close()
    chain, statements = "0" * 64, []
    for number, body, signature in rows:
        data = body.replace(b'"option":"no"', b'"option":"yes"')
        chain = link(chain, fact_hash(data), signature)
        values = (data, bytes.fromhex(fact_hash(data)), bytes.fromhex(chain), number)
        statements.append(("UPDATE event SET body = ?, hash = ?, chain = ? WHERE number = ?", values))
    statements.append(("UPDATE head SET chain = ?", (bytes.fromhex(chain),)))
    (folder / ANCHOR).unlink()
    edit(folder, *statements)
    broken = verdict(folder)
    assert broken is not None
    assert broken.facts["what"] == "signature"


@pytest.mark.parametrize("signature", ["c2ln", "not base64!", ""])
def test_a_wrong_signature_is_found_even_when_it_was_chained(tmp_path: Path, signature: str) -> None:
    """A proved act counts only with its person's signature."""
    scribe = Scribe(Ledger.create(tmp_path, KEY))
    scribe.found()
    draft = scribe.draft("visit:v1", facts.StepClosed("health_check"), signed=True)
    scribe.ledger.append((type(draft)(draft.body, signature),))
    with pytest.raises(ChainBroken) as broken:
        scribe.ledger.check()
    assert (broken.value.facts["number"], broken.value.facts["what"]) == (3, "signature")
    scribe.ledger.close()


def test_a_signature_by_nobody_known_is_found(tmp_path: Path) -> None:
    """No certificate, no proof."""
    scribe = Scribe(Ledger.create(tmp_path, KEY))
    scribe.write("visit:v1", facts.StepClosed("health_check"), signed=True)
    with pytest.raises(ChainBroken, match="signature"):
        scribe.ledger.check()
    scribe.ledger.close()


@pytest.mark.parametrize("field", ["chain", "root", "last"])
def test_a_signed_head_that_does_not_fit_is_found(tmp_path: Path, field: str) -> None:
    """A head over another log, another tree, or facts that are not there."""
    scribe = new_story(tmp_path, visits=1)
    head = scribe.ledger.head("t1")
    values: dict[str, object] = {"chain": head.chain, "root": head.root, "last": head.number}
    values[field] = 99 if field == "last" else "0" * 64
    fact = facts.HeadSigned(values["last"], values["chain"], head.size, values["root"], "c2ln")  # type: ignore[arg-type]
    scribe.write("device:t1", fact)
    with pytest.raises(ChainBroken, match="signature"):
        scribe.ledger.check()
    scribe.ledger.close()


def test_bytes_that_are_no_fact_break_the_chain_even_when_chained(folder: Path) -> None:
    """A check never ends in a traceback."""
    own = raw(folder)
    chain = own.execute("SELECT chain FROM event WHERE number = 15").fetchone()[0].hex()
    own.close()
    data = b"no json"
    new = bytes.fromhex(link(chain, fact_hash(data)))
    values = (data, bytes.fromhex(fact_hash(data)), new)
    edit(
        folder,
        ("UPDATE event SET body = ?, hash = ?, chain = ? WHERE number = 16", values),
        ("UPDATE head SET chain = ?", (new,)),
    )
    broken = verdict(folder)
    assert broken is not None
    assert broken.facts["number"] == 16


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE number = 3",
        "UPDATE event SET kind = 'x'",
        "DELETE FROM event",
        "DROP TABLE event",
        "ALTER TABLE event ADD x",
        "DROP TRIGGER event_delete",
        "PRAGMA recursive_triggers = off",
        "PRAGMA synchronous = off",
        "DELETE FROM blob",
        "UPDATE leaf SET place = 9",
        "DELETE FROM node",
        "ATTACH ':memory:' AS x",
        "INSERT OR REPLACE INTO blob SELECT * FROM blob",
        "PRAGMA writable_schema = on",
        "CREATE TEMP TRIGGER x BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END",
    ],
)
def test_our_own_connection_cannot_change_a_stored_fact(folder: Path, sql: str) -> None:
    """Proves: T10: triggers, recursive triggers and the authorizer, against our own defects."""
    ledger = Ledger.open(folder, KEY)
    writer = ledger._open_writer()
    with pytest.raises(connection.Trouble):
        writer.execute(sql)
    ledger.close()
    assert verdict(folder) is None


def test_a_reader_cannot_write(folder: Path) -> None:
    """Reading connections are read-only."""
    ledger = Ledger.open(folder, KEY)
    with pytest.raises(LedgerError):
        ledger.ask("INSERT INTO secret VALUES ('a', x'00', x'00')")
    ledger.close()


@pytest.mark.parametrize(
    "sql",
    [
        *(f"DROP TRIGGER {name}" for name in schema.TRIGGERS),
        "CREATE TRIGGER foreign_one AFTER INSERT ON event BEGIN SELECT 1; END",
        "ALTER TABLE event ADD COLUMN more TEXT",
        "DROP TABLE blob",
    ],
)
def test_a_changed_shape_is_noticed_at_open(folder: Path, sql: str) -> None:
    """Proves: T10: a dropped trigger, a foreign one, an altered table."""
    own = raw(folder)
    own.execute(sql)
    own.close()
    with pytest.raises(LedgerError) as refused:
        Ledger.open(folder, KEY)
    assert refused.value.code == "store_altered"


def test_a_trigger_reworded_is_noticed_at_open(folder: Path) -> None:
    """The SQL is compared letter by letter."""
    own = raw(folder)
    own.execute("DROP TRIGGER event_delete")
    reworded = "BEFORE DELETE ON event WHEN 0 BEGIN SELECT RAISE(ABORT, 'append only'); END"
    own.execute(f"CREATE TRIGGER event_delete {reworded}")
    own.close()
    with pytest.raises(LedgerError, match="event_delete"):
        Ledger.open(folder, KEY)


def test_yesterday_s_file_put_back_is_noticed(tmp_path: Path) -> None:
    """Proves: T11: with the number of the first fact that is gone."""
    scribe = new_story(tmp_path / "clinic", visits=1)
    folder = scribe.ledger.folder
    scribe.ledger.close()
    yesterday = (folder / STORE).read_bytes()
    scribe.ledger = Ledger.open(folder, KEY)
    had = scribe.ledger.last_number("t1")
    scribe.visit("v9")
    scribe.ledger.close()
    (folder / STORE).write_bytes(yesterday)
    with pytest.raises(ChainBroken) as broken:
        Ledger.open(folder, KEY)
    assert (broken.value.facts["number"], broken.value.facts["what"]) == (had + 1, "rolled_back")


def test_another_store_under_the_same_key_is_noticed(folder: Path, tmp_path: Path) -> None:
    """Proves: T11: sound, newer, longer, and not ours."""
    new_story(tmp_path / "other", visits=4).ledger.close()
    shutil.copy(tmp_path / "other" / STORE, folder / STORE)
    broken = verdict(folder)
    assert broken is not None
    assert broken.facts["what"] == "rolled_back"


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x" * SIZE)])
def test_a_lost_anchor_locks_nobody_out_and_is_told(folder: Path, spoil: Callable[[Path], None]) -> None:
    """The small file can be lost; the clinic still gets at its records, and a new one is made."""
    spoil(folder / ANCHOR)
    ledger = Ledger.open(folder, KEY)
    assert ledger.anchor_found in ("missing", "unreadable")
    assert ledger.check().anchor == "matches"
    ledger.close()
    assert Ledger.open(folder, KEY).anchor_found == "matches"


def test_an_anchor_that_cannot_be_written_stops_nothing(folder: Path) -> None:
    """It is a second voice, not a second store."""
    assert not write_anchor(folder / "nowhere", KEY, Ledger.open(folder, KEY)._anchor())  # type: ignore[arg-type]


def test_a_fact_of_a_damaged_row_is_never_shown(folder: Path) -> None:
    """Reading checks too, not only the check."""
    edit(folder, ("UPDATE event SET body = CAST(body || x'20' AS BLOB) WHERE number = 6", ()))
    edit(folder, ("UPDATE blob SET bytes = x'00'", ()), ("UPDATE secret SET bytes = x'00'", ()))
    ledger = Ledger(folder, KEY)
    with pytest.raises(ChainBroken):
        ledger.stream("visit:v0")
    digest = ledger.ask("SELECT digest FROM blob")[0][0].hex()
    with pytest.raises(ChainBroken):
        ledger.blob(digest)
    with pytest.raises(ChainBroken):
        ledger.secret("pin:p1")
    ledger.close()


def test_only_the_last_facts_are_checked_at_open_and_all_by_command(tmp_path: Path) -> None:
    """A long log opens quickly; the nightly check still names the early fact."""
    scribe = Scribe(Ledger.create(tmp_path, KEY))
    for _ in range(70):
        scribe.write("visit:v1", facts.BreakTaken("read"))
    scribe.ledger.close()
    edit(tmp_path, ("UPDATE event SET signature = 'c2ln' WHERE number = 2", ()))
    ledger = Ledger.open(tmp_path, KEY)
    with pytest.raises(ChainBroken) as broken:
        ledger.check()
    assert broken.value.facts["number"] == 2
    assert encode(scribe.body("visit:v1", facts.BreakTaken("read")))
    ledger.close()

"""What the store looks like: the append-only tables by plain SQL, the projections by sqlite-utils.

sqlite-utils' `transform` silently drops triggers, so it never touches an append-only table, and
the SQL of those tables and of every trigger is compared at each open. Migrations go forward only;
sqlite-utils is imported when there is one to run (it costs 0.2 s) and never to append.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.errors import LedgerError
from chairside.ledger.connection import APPEND_ONLY, APPLICATION_ID

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

VERSION = 5

TABLES = {
    "event": """CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  tablet TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body BLOB NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  chain BLOB NOT NULL,
  signature TEXT,
  UNIQUE (tablet, number)
) STRICT""",
    "blob": "CREATE TABLE blob (digest BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    "leaf": """CREATE TABLE leaf (
  tablet TEXT NOT NULL,
  place INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  PRIMARY KEY (tablet, place)
) STRICT""",
    "node": """CREATE TABLE node (
  tablet TEXT NOT NULL,
  level INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (tablet, level, place)
) STRICT""",
}

TRIGGERS = {
    f"{table}_{act.lower()}": f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'append only'); END"
    for table in sorted(APPEND_ONLY)
    for act in ("UPDATE", "DELETE")
}

_REST = (
    "CREATE INDEX event_stream ON event (stream, seq)",
    "CREATE TABLE head (tablet TEXT PRIMARY KEY, number INTEGER NOT NULL, chain BLOB NOT NULL,"
    " size INTEGER NOT NULL, root BLOB NOT NULL) STRICT",
    "CREATE TABLE secret (name TEXT PRIMARY KEY, bytes BLOB NOT NULL, mac BLOB NOT NULL) STRICT",
    "CREATE TABLE tip (stream TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (stream, hash)) STRICT",
    "CREATE VIRTUAL TABLE patient_words USING fts5(words, prefix='2 3',"
    " tokenize='unicode61 remove_diacritics 2')",
)


def migrate(own: Connection, *, new: bool) -> None:
    """Bring a store of an older version, or a `new` empty one, to this version.

    An empty file where a store should be is never quietly made into a store. Raises:
    LedgerError("store_newer") for a later version, LedgerError("store_unreadable") for a foreign file.
    """
    found = own.execute("PRAGMA user_version").fetchone()[0]
    whose = own.execute("PRAGMA application_id").fetchone()[0]
    if not new and whose != APPLICATION_ID:
        raise LedgerError("store_unreadable", application=whose)
    if found > VERSION:
        raise LedgerError("store_newer", found=found, known=VERSION)
    if found == VERSION:
        return
    from sqlite_utils import Database  # here: 0.2 s of start-up that only a migration needs
    from sqlite_utils.migrations import Migrations

    steps = Migrations("chairside")
    steps(name="0001_first")(_first)
    steps(name="0002_ordinary_day")(_ordinary_day)
    steps(name="0003_clock")(_clock)
    steps(name="0004_ink")(_ink)
    steps(name="0005_labels")(_labels)
    steps.apply(Database(own))


def _first(store: Database) -> None:
    for sql in (*TABLES.values(), *TRIGGERS.values(), *_REST):
        store.execute(sql)
    text = {"name": str, "born": str, "phone": str}
    store.table("patient").create({"row": int, "patient": str, **text}, pk="row", strict=True)
    store.table("patient").create_index(["patient"], unique=True)
    visit = {"patient": str, "session": int, "injection": str, "ending": str, "sealed": str}
    store.table("visit").create({"visit": str, **visit}, pk="visit", strict=True)
    store.table("visit").create_index(["patient"])
    vial = {"code": str, "supplier": str, "product": str, "lot": str, "expires": str}
    store.table("vial").create({"stream": str, **vial, "status": str, "visit": str}, pk="stream", strict=True)
    for column in ("code", "lot", "visit"):
        store.table("vial").create_index([column])
    person = {"name": str, "role": str, "certificate": str, "disabled": int}
    store.table("person").create({"person": str, **person}, pk="person", strict=True)
    store.table("projection").create({"name": str, "version": int}, pk="name", strict=True)
    store.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    store.execute("PRAGMA user_version = 1")


# The projections of an ordinary day, columns as text unless said. They are filled from the facts
# at the first open after the migration, so an older table is simply put away.
_PATIENT = "row:int patient name born phone key"
_VISIT = (
    "visit patient session:int injection physician ending sealed error:int marks given_on holder"
    " unsealed:int over:int"
)
_ADDENDUM = "visit number:int about sealed"
_VIAL = (
    "stream code supplier product lot expires status visit strength:int due reference sheet expected"
    " entered_by thawed_at changed_at"
)
_NEW_TABLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("patient", _PATIENT, ("row",)),
    ("visit", _VISIT, ("visit",)),
    ("addendum", _ADDENDUM, ("visit", "number")),
    ("vial", _VIAL, ("stream",)),
    ("sheet", "stream supplier donor lot entered_by checked_by", ("stream",)),
    ("supplier", "name address phone thaw_limit_minutes:int may_move:int", ("name",)),
    ("copy", "visit what owed_at handed_at", ("visit", "what")),
    ("pin", "tablet person in_a_row:int at", ("tablet", "person")),
    ("door", "tablet person at out:int", ("tablet",)),
    ("day", "tablet day opened_at closed_at", ("tablet", "day")),
)
_SUPPLIER_PAPERS = (
    "registration",
    "registration_checked",
    "licence",
    "accreditation",
    "instructions",
    "storage",
    "recall_contact",
)
_INDEXES = (
    ("patient", "patient", True),
    ("patient", "key", False),
    ("visit", "patient", False),
    ("visit", "injection", False),
    ("visit", "over", False),
    ("copy", "handed_at", False),
    *(("vial", column, False) for column in ("code", "lot", "visit", "status", "sheet", "changed_at")),
)


def _ordinary_day(store: Database) -> None:
    for name in ("patient", "visit", "vial"):
        store.table(name).drop()
    store.execute("DELETE FROM patient_words")
    for name, told, key in _NEW_TABLES:
        columns = (column.partition(":") for column in told.split())
        kinds = {column: int if kind else str for column, _, kind in columns}
        store.table(name).create(kinds, pk=key[0] if len(key) == 1 else key, strict=True)
    for name, column, unique in _INDEXES:
        store.table(name).create_index([column], unique=unique)
    store.execute("DELETE FROM projection")
    store.execute("PRAGMA user_version = 2")


def _clock(store: Database) -> None:
    """Keep what each tablet remembers of its clock; the facts fill it at the first open."""
    told = {"highest": str, "at": str, "boot": str, "monotonic_ms": int, "trouble": str}
    store.table("clock").create({"tablet": str, **told}, pk="tablet", strict=True)
    store.execute("DELETE FROM projection")
    store.execute("PRAGMA user_version = 3")


def _ink(store: Database) -> None:
    """Keep the shapes of signatures; the facts fill it at the first open."""
    ends = dict.fromkeys(("began_x", "began_y", "ended_x", "ended_y"), int)
    told = {"tablet": str, "number": int, **ends, "shape": bytes}
    store.table("ink").create(told, pk=("tablet", "number"), strict=True)
    store.table("ink").create_index(["began_x", "began_y"])
    store.execute("DELETE FROM projection")
    store.execute("PRAGMA user_version = 4")


def _labels(store: Database) -> None:
    """Keep what a vial's label shares with others, and a supplier's papers; the facts fill it at the open."""
    store.table("vial").add_column("family", str)
    store.table("vial").create_index(["family"])
    for column in _SUPPLIER_PAPERS:
        store.table("supplier").add_column(column, str)
    store.execute("DELETE FROM projection")
    store.execute(f"PRAGMA user_version = {VERSION}")


def check_shape(own: Connection) -> None:
    """Compare the append-only tables and all triggers with what they must be, letter by letter.

    Raises: LedgerError("store_altered") naming the first that is missing, changed or foreign.
    """
    found = dict(own.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
    foreign = set(found) - set(TRIGGERS)
    if foreign:
        raise LedgerError("store_altered", foreign=min(foreign))
    found |= dict(own.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall())
    for name, sql in (*TABLES.items(), *TRIGGERS.items()):
        if found.get(name) != sql:
            raise LedgerError("store_altered", changed=name)

"""One keyed connection to the encrypted store, with every setting it depends on set and read back.

Two traps are met here. sqlite-utils catches the exceptions of `sqlite3`, the store raises those of
`sqlcipher3`: pysqlite3, which sqlite-utils prefers, is aliased to sqlcipher3 before it is imported.
And `INSERT OR REPLACE` slips past a delete trigger unless recursive_triggers is on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3
from sqlcipher3 import dbapi2 as sqlite

from chairside.errors import DiskRefused, LedgerError

if TYPE_CHECKING:
    from sqlite3 import Connection

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlite)

OLDEST_SQLITE = (3, 51, 3)  # before it, two connections can corrupt a WAL (sqlite.org/wal.html#walresetbug)
APPLICATION_ID = 0x43485344  # "CHSD"
APPEND_ONLY = frozenset({"event", "blob", "leaf", "node"})
Trouble = sqlite.Error
# Pages kept by each connection, and a thread has its own: our library's 8 MiB fill up as the store grows.
_CACHE = -2000  # Units: KiB, which SQLite tells from a count of pages by the sign; it is SQLite's own default
# The log goes over into the main file when nobody waits (`Ledger.settle`); a commit does it beyond this only.
# Units: pages of 4 KiB. At SQLite's own 1,000 one answer in a hundred waited 10 to 40 ms for it.
_LONGEST_LOG = 8_000
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "wal", "wal"),
    ("synchronous", "extra", 3),
    ("recursive_triggers", "on", 1),
    ("temp_store", "memory", 2),
    ("trusted_schema", "off", 0),
    ("cell_size_check", "on", 1),
    ("fullfsync", "on", 1),
    ("checkpoint_fullfsync", "on", 1),
    ("cache_size", str(_CACHE), _CACHE),
    ("wal_autocheckpoint", str(_LONGEST_LOG), _LONGEST_LOG),
)
_FULL, _REFUSED = 13, (8, 10, 14)  # SQLite's result codes; 8 read-only, 10 input-output, 14 cannot open
_CODES = {5: "store_busy", 11: "store_unreadable", 26: "store_unreadable"}


def connect(path: Path, key: bytes) -> Connection:
    """Return a connection under a raw 32-byte key; nothing is read yet.

    Raises: LedgerError("store_unreadable") where the library is too old to be trusted with the store.
    """
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise LedgerError("store_unreadable", sqlite=sqlite.sqlite_version)
    with explained():
        own: Connection = sqlite.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
    own.execute("PRAGMA cipher_log_level = NONE")  # or a wrong key prints to stderr
    own.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return own


def settle(own: Connection) -> None:
    """Set what the store depends on and read every setting back.

    Raises: LedgerError("store_altered") naming the setting that did not take.
    """
    for name, value, expected in _SETTINGS:
        own.execute(f"PRAGMA {name} = {value}")
        found = own.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise LedgerError("store_altered", setting=name, found=found)
    if not own.execute("PRAGMA cipher_version").fetchone():
        raise LedgerError("store_altered", setting="cipher_version", found=None)


def guard(own: Connection) -> None:
    """Refuse, on this connection, whatever could change a stored fact or loosen a setting."""
    own.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, _place: str | None, _by: str | None) -> int:
    if action in _NEVER:
        return int(sqlite.SQLITE_DENY)
    if action in (sqlite.SQLITE_UPDATE, sqlite.SQLITE_DELETE) and first in APPEND_ONLY:
        return int(sqlite.SQLITE_DENY)
    if action == sqlite.SQLITE_PRAGMA and second is not None and first != "wal_checkpoint":
        return int(sqlite.SQLITE_DENY)
    return int(sqlite.SQLITE_OK)


_NEVER = frozenset(
    {
        sqlite.SQLITE_DROP_TABLE,
        sqlite.SQLITE_DROP_TRIGGER,
        sqlite.SQLITE_DROP_INDEX,
        sqlite.SQLITE_ALTER_TABLE,
        sqlite.SQLITE_ATTACH,
        sqlite.SQLITE_DETACH,
        sqlite.SQLITE_CREATE_TRIGGER,
        sqlite.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite.SQLITE_DROP_VTABLE,
    }
)


@contextmanager
def explained() -> Iterator[None]:
    """Turn the library's errors into ours: a code and what the library said.

    Raises: DiskRefused("disk_full" | "disk_refused"), LedgerError("store_unreadable" | "store_altered" |
    "store_busy").
    """
    try:
        yield
    except Trouble as trouble:
        raise explain(trouble) from trouble


def explain(trouble: Exception) -> LedgerError:
    """Return our error for one of the library's."""
    code = getattr(trouble, "sqlite_errorcode", 1) & 0xFF
    if code == _FULL:
        return DiskRefused("disk_full", said=str(trouble))
    if code in _REFUSED:
        return DiskRefused("disk_refused", said=str(trouble))
    return LedgerError(_CODES.get(code, "store_altered"), said=str(trouble))

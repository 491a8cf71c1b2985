"""The ledger: facts go in once, in order, and are on disk before anything says so.

A commit that fails is in doubt: the fact may be there all the same. Everything is closed and
opened again, so that the store recovers, and the fact is looked for by tablet, number and hash. If it
is there it is pushed through to the main file before it counts; if not, nothing was saved and we
say so. There is no erasure: medical records are retained.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chairside.canon import encode, fact_hash
from chairside.domain.facts import Stamped
from chairside.errors import DiskRefused, InDoubt, LedgerError
from chairside.keys import derive
from chairside.ledger import checking, connection, projections, schema, writing
from chairside.ledger.anchor import Anchor, new_anchor, read_anchor, write_anchor
from chairside.ledger.files import sync_folder
from chairside.ledger.questions import Questions
from chairside.ledger.reading import secret_mac
from chairside.ledger.rows import AnchorFound, Draft, LeafProof, Report
from chairside.settings import STORE

if TYPE_CHECKING:
    from sqlite3 import Connection

UNFINISHED = "ledger.new"


class Ledger(Questions):
    """The encrypted store of one tablet: one writer under a lock, a reading connection per thread."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Use `create` or `open`."""
        self.folder = folder
        self.path = folder / STORE
        self._store_key = derive(key, "chairside/store/1")
        self._anchor_key = derive(key, "chairside/anchor/1")
        self.mac_key = derive(key, "chairside/secret/1")
        self._lock = threading.RLock()
        self._readers: dict[int, tuple[Connection, threading.Lock]] = {}
        self._writer: Connection | None = None
        self.anchor_found: AnchorFound = "matches"

    @classmethod
    def exists(cls, folder: Path) -> bool:
        """Tell whether there is a store in this folder."""
        return (folder / STORE).exists()

    @classmethod
    def create(cls, folder: Path, key: bytes) -> Ledger:
        """Make an empty store and open it; the file has its name only when it is whole.

        Raises: LedgerError("store_exists"), DiskRefused.
        """
        if cls.exists(folder):
            raise LedgerError("store_exists", folder=str(folder))
        own = cls(folder, key)
        draft = own.path = folder / UNFINISHED
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in folder.glob(f"{UNFINISHED}*"):
                left.unlink()
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            own._connect(new=True)
            own.close()
            new_anchor(folder, own._anchor_key)
            own.path = draft.replace(folder / STORE)
            sync_folder(folder)
        except OSError as trouble:
            raise DiskRefused("disk_refused", said=str(trouble)) from trouble
        own._connect()
        return own

    @classmethod
    def open(cls, folder: Path, key: bytes) -> Ledger:
        """Open a store, assert its settings and shape, check the tail of every chain and the anchor.

        Raises: LedgerError("key_wrong" | "store_unreadable" | "store_newer" | "store_altered"), ChainBroken,
        DiskRefused.
        """
        own = cls(folder, key)
        if not own.path.is_file() or not own.path.stat().st_size:  # SQLite would begin a new store in it
            raise LedgerError("store_unreadable", missing=STORE)
        try:
            own._connect()
            checking.check_tail(own.ask)
            own.anchor_found = checking.check_anchor(own.ask, own._anchor)
            own._renew_anchor()
        except BaseException:
            own.close()
            raise
        return own

    def append(self, drafts: Sequence[Draft]) -> tuple[Stamped, ...]:
        """Store facts in one transaction; they are on disk when this returns.

        Raises: LedgerError("wrong_number" | "unknown_after" | "wrong_schema"), DiskRefused when nothing was
        stored, InDoubt when that could not be settled.
        """
        return self._append(drafts, leaf=False)

    def conclude(self, draft: Draft) -> tuple[Stamped, LeafProof]:
        """Store a concluding fact and make its hash the next leaf of its tablet's tree, both or neither.

        An addendum's last fact goes in the same way. Raises: as `append`.
        """
        stored = self._append((draft,), leaf=True)[0]
        return stored, self.leaf(stored.hash)

    def keep_secret(self, name: str, data: bytes) -> None:
        """Store or replace what `keys` made, under a name; not a fact, never in a backup's plain text.

        Raises: DiskRefused.
        """
        row = (name, data, secret_mac(self.mac_key, name, data))
        with self._lock, connection.explained():
            self._open_writer().execute("INSERT OR REPLACE INTO secret VALUES (?, ?, ?)", row)

    def check(self, *, signatures: bool = True) -> Report:
        """Go through every fact, signature, leaf, attachment and secret.

        Raises: ChainBroken naming the first that is missing, altered or out of order.
        """
        return checking.check_all(self, self._anchor, signatures=signatures)

    def rebuild(self) -> None:
        """Make the projections anew from the facts, in one transaction."""
        with self._lock, connection.explained():
            writer = self._open_writer()
            writer.execute("BEGIN IMMEDIATE")
            try:
                projections.rebuild(writer)
                writer.execute("COMMIT")
            except BaseException:
                writer.rollback()
                raise

    def settle(self) -> None:
        """Move what the log holds into the main file, while nobody waits; what is stored does not change.

        A disk that refuses is found out by the next append: the facts are safe in the log until then.
        """
        with self._lock:
            if self._writer is not None:
                with contextlib.suppress(connection.Trouble):
                    self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close every connection; a closed ledger opens again by itself when it is asked."""
        with self._lock:
            readers, self._readers = self._readers, {}
            for own, busy in readers.values():
                with busy:
                    own.close()
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.close()

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query, on this thread's own connection, which cannot write."""
        while True:
            own, busy = self._reader()
            with busy, connection.explained():
                if self._readers.get(threading.get_ident(), (None,))[0] is own:
                    return own.execute(sql, tuple(values)).fetchall()

    def _append(self, drafts: Sequence[Draft], *, leaf: bool) -> tuple[Stamped, ...]:
        datas = [encode(draft.body) for draft in drafts]
        stored = tuple(
            Stamped(draft.body.stamp, draft.body.fact, fact_hash(data), draft.signature)
            for draft, data in zip(drafts, datas, strict=True)
        )
        with self._lock:
            try:
                self._write(drafts, datas, stored, leaf)
            except connection.Trouble as trouble:
                self._settle_doubt(stored, trouble)
            if stored:
                last = stored[-1]
                self._mark(Anchor(last.stamp.tablet, last.stamp.number, last.hash))
        return stored

    def _write(
        self, drafts: Sequence[Draft], datas: Sequence[bytes], stored: Sequence[Stamped], leaf: bool
    ) -> None:
        writer = self._open_writer()
        writer.execute("BEGIN IMMEDIATE")
        try:
            for draft, data, own in zip(drafts, datas, stored, strict=True):
                writing.store(writer, draft, data, own)
                if leaf:
                    writing.add_leaf(writer, own)
            writer.execute("COMMIT")
        except LedgerError:
            writer.rollback()
            raise

    def _settle_doubt(self, stored: Sequence[Stamped], trouble: Exception) -> None:
        """Return when the facts are on disk after all; otherwise say what happened."""
        try:
            self.close()
            found = [self._holds(own) for own in stored]
            if all(found):
                self._open_writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
        except (connection.Trouble, LedgerError) as again:
            raise InDoubt("in_doubt", said=str(trouble), again=str(again)) from trouble
        raise connection.explain(trouble) from trouble

    def _holds(self, own: Stamped) -> bool:
        sql = "SELECT 1 FROM event WHERE tablet = ? AND number = ? AND hash = ?"
        stamp = own.stamp
        return bool(self.ask(sql, (stamp.tablet, stamp.number, bytes.fromhex(own.hash))))

    def _reader(self) -> tuple[Connection, threading.Lock]:
        thread = threading.get_ident()
        with self._lock:
            if thread not in self._readers:
                self._open_writer()
                with connection.explained():
                    own = connection.connect(self.path, self._store_key)
                    connection.settle(own)
                    own.execute("PRAGMA query_only = on")
                self._readers[thread] = (own, threading.Lock())
            return self._readers[thread]

    def _open_writer(self) -> Connection:
        if self._writer is None:
            self._connect()
        assert self._writer is not None
        return self._writer

    def _connect(self, *, new: bool = False) -> None:
        """Open the writing connection: key, settings, migrations, shape, guard."""
        own = connection.connect(self.path, self._store_key)
        try:
            self._unlock(own)
            with connection.explained():
                connection.settle(own)
                schema.migrate(own, new=new)
                schema.check_shape(own)
                connection.guard(own)
            self._writer = own
            if not projections.is_current(own):
                self.rebuild()
        except BaseException:
            self._writer = None
            own.close()
            raise

    def _unlock(self, own: Connection) -> None:
        """Read the first page, and tell a wrong key from a damaged or foreign file."""
        try:
            own.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except connection.Trouble as trouble:
            told = connection.explain(trouble)
            if told.code == "store_unreadable" and not self._key_is_right():
                raise LedgerError("key_wrong", said=str(trouble)) from trouble
            raise told from trouble

    def _key_is_right(self) -> bool:
        """The anchor knows the key; without one, a file of the wrong shape cannot be blamed on the key."""
        try:
            if read_anchor(self.folder, self._anchor_key) is not None:
                return True
        except ValueError:
            return False
        return self.path.stat().st_size % 4096 != 0 or self.path.read_bytes()[:15] == b"SQLite format 3"

    def _anchor(self) -> Anchor | None:
        return read_anchor(self.folder, self._anchor_key)

    def _renew_anchor(self) -> None:
        """Put an anchor beside a store that has lost it; `anchor_found` keeps saying that it was lost."""
        if self.anchor_found == "matches":
            return
        last = self.ask("SELECT tablet, number, hash FROM event ORDER BY seq DESC LIMIT 1")
        with contextlib.suppress(OSError):
            new_anchor(self.folder, self._anchor_key)
        for tablet, number, fact in last:
            self._mark(Anchor(tablet, number, fact.hex()))

    def _mark(self, anchor: Anchor) -> None:
        write_anchor(self.folder, self._anchor_key, anchor)

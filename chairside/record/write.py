"""A finished record onto the disk, whole or not at all: temporary file, fsync, rename, directory fsync.

The file is named after the visit, never after a person: names escape folders and break file systems.
"""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from chairside.errors import SealError

_VISIT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_record(folder: Path, visit_id: str, data: bytes) -> tuple[Path, str]:
    """Write the record durably and return where it is and its SHA-256 (hex).

    A record of the same visit is replaced, so that a sealing cut short can be taken up again.
    Raises: SealError(bad_visit_id | disk_full | disk_refused); nothing half-written is left.
    """
    if not _VISIT.fullmatch(visit_id):
        raise SealError("bad_visit_id", visit=visit_id)
    path = folder / f"{visit_id}.pdf"
    unfinished = folder / f".{visit_id}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _written_through(unfinished, data)
        unfinished.replace(path)
        _synced(folder)
    except OSError as trouble:
        with suppress(OSError):  # the disk that refused to write may refuse this too
            unfinished.unlink()
        code = "disk_full" if trouble.errno in _FULL else "disk_refused"
        raise SealError(code, path=str(path), reason=trouble.strerror) from trouble
    return path, sha256(data).hexdigest()


def _written_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _synced(folder: Path) -> None:
    """Make the new name durable; a system that cannot open a folder (Windows) does so by itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

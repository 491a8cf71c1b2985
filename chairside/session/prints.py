"""The folder for papers where no printer is: files for this account alone, and gone when they are done.

Overwriting before deleting is what a program can do; a flash disk may keep old pages, so the disk of the
tablet is encrypted as the operating system does it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

RECOVERY = "recovery-sheet"


def put(folder: Path, name: str, data: bytes) -> Path:
    """Write a paper nobody but this account may read, and return where it is. Raises: OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / f"{name}.pdf"
    path.unlink(missing_ok=True)  # an older file would keep its older rights
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        destroy(path)
        raise
    return path


def destroy(path: Path) -> None:
    """Overwrite a file and delete it; what the disk refuses is tried again at the next start."""
    if path.is_file() and not path.is_symlink():
        with suppress(OSError), path.open("r+b") as file:  # deleting may work where writing does not
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
    with suppress(OSError):
        path.unlink(missing_ok=True)


def clear_recovery(folder: Path) -> None:
    """Destroy the recovery sheet: the key may stand on paper alone once set-up has ended."""
    destroy(folder / f"{RECOVERY}.pdf")


def clear_prints(folder: Path, keep_day: date | None = None) -> None:
    """Destroy the papers in the folder but those written on this day, as the tablet's own clock counts it."""
    for path in sorted(folder.glob("*.pdf")):
        if keep_day is None or datetime.fromtimestamp(path.lstat().st_mtime).astimezone().date() != keep_day:
            destroy(path)

"""Where the key file lies: two copies beside the store, each replaced whole and durably."""

from __future__ import annotations

from pathlib import Path

from chairside.errors import DiskRefused, KeyRefused
from chairside.keys import KeyFile, read_key_file, write_key_file
from chairside.ledger.files import replace_whole
from chairside.settings import KEY_FILES


def store_key_file(folder: Path, file: KeyFile) -> None:
    """Write both copies: temporary file, sync, rename, folder sync.

    Raises: DiskRefused; at least one earlier copy is then still whole.
    """
    data = write_key_file(file)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in KEY_FILES:
            replace_whole(folder / name, data)
    except OSError as trouble:
        raise DiskRefused("disk_refused", said=str(trouble)) from trouble


def load_key_file(folder: Path) -> KeyFile:
    """Return the first readable copy.

    Raises: KeyRefused("key_file_unreadable").
    """
    for name in KEY_FILES:
        try:
            return read_key_file((folder / name).read_bytes())
        except (OSError, KeyRefused):
            continue
    raise KeyRefused("key_file_unreadable")

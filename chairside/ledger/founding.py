"""A new store is made aside and moved in whole, the store itself last: before that there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

from chairside.errors import DiskRefused
from chairside.ledger.files import sync_folder
from chairside.settings import STORE

ASIDE = "founding"


def new_aside(folder: Path) -> Path:
    """Return an empty place inside the folder to make a store in; what an earlier try left there is gone.

    Raises: DiskRefused.
    """
    clear_aside(folder)
    aside = folder / ASIDE
    try:
        aside.mkdir(mode=0o700, parents=True)
    except OSError as trouble:
        raise DiskRefused("disk_refused", said=str(trouble)) from trouble
    return aside


def clear_aside(folder: Path) -> None:
    """Remove what a making that was not finished left aside. Raises: DiskRefused."""
    aside = folder / ASIDE
    try:
        if aside.exists():
            shutil.rmtree(aside)
    except OSError as trouble:
        raise DiskRefused("disk_refused", said=str(trouble)) from trouble


def move_in(aside: Path, folder: Path) -> None:
    """Move a closed store and its keys to where they stay. Raises: DiskRefused."""
    try:
        for path in sorted(aside.iterdir(), key=lambda path: path.name == STORE):
            path.replace(folder / path.name)
            sync_folder(folder)
        aside.rmdir()
    except OSError as trouble:
        raise DiskRefused("disk_refused", said=str(trouble)) from trouble

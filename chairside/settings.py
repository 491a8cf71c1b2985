"""Where things are on this machine: the data folder, what was shipped, the forms that are live.

Machine facts only; what the clinic chooses are facts in the ledger. The wheel carries `resources`
and `forms` under `chairside/_shipped`; a checkout has them at its top. The first start copies the
forms into the data folder, and from then on only that copy is live: a new release never rewords
a clinic's form behind its back.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from chairside.errors import KeyRefused, SettingsError

HOME_VARIABLE = "CHAIRSIDE_HOME"
STORE = "ledger.db"
KEY_FILES = ("keys.json", "keys.copy.json")
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Settings:
    """The folders of this machine, all of them existing; `home` holds everything the clinic owns."""

    home: Path
    resources: Path
    forms: Path


class Hold:
    """The data folder in the hands of this one process, for as long as this lives.

    Two copies of the program on one store would each judge by what the other no longer knows.
    """

    def __init__(self, home: Path) -> None:
        """Take the folder. Raises: SettingsError `open_elsewhere`."""
        self._file = (home / ".open").open("ab")
        try:
            _lock(self._file.fileno())
        except OSError as trouble:
            self._file.close()
            raise SettingsError("open_elsewhere", folder=str(home)) from trouble

    def let_go(self) -> None:
        """Give the folder back; a process that ends does so by itself."""
        self._file.close()


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # here: Windows only

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # here: POSIX only

        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def settle(home: Path | None = None, forms: Path | None = None) -> Settings:
    """Return this machine's settings, making the data folder and its forms on first start.

    `home` wins over CHAIRSIDE_HOME, which wins over the system's place; `forms` is used as it stands.
    Raises: SettingsError `folder_unusable`, `forms_missing` or `shipped_missing`.
    """
    data = _usable(home or usual_home())
    if forms is not None and not forms.is_dir():
        raise SettingsError("forms_missing", folder=str(forms))
    return Settings(data, shipped("resources"), (forms or _live_forms(data)).resolve())


def shipped(folder: str) -> Path:
    """Return the folder `resources` or `forms` as it came with this release. Raises: SettingsError."""
    for place in (_PACKAGE / "_shipped" / folder, _PACKAGE.parent / folder):
        if place.is_dir():
            return place
    raise SettingsError("shipped_missing", folder=folder)


def is_shipped(folder: Path) -> bool:
    """Tell whether a folder is inside an installed release; a checkout's own folders are not."""
    return folder.resolve().is_relative_to(_PACKAGE / "_shipped")


def usual_home() -> Path:
    """The data folder when the command line names none."""
    named = os.environ.get(HOME_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_data_dir("chairside", appauthor=False))


def who_opens(home: Path) -> tuple[str, ...]:
    """Return the persons whose passphrase opens the store in a data folder; nobody where there is none.

    It reads their ids and nothing else: the first page asks it before what can open a store is imported.
    Raises: KeyRefused("key_file_unreadable").
    """
    if not (home / STORE).exists():
        return ()
    for name in KEY_FILES:
        with suppress(OSError, ValueError, LookupError, TypeError):
            return tuple(str(each["person"]) for each in json.loads((home / name).read_bytes())["openers"])
    raise KeyRefused("key_file_unreadable")


def _usable(folder: Path) -> Path:
    """Make the folder, for its owner alone, and prove that a file can be written there."""
    probe = folder / ".writable"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as trouble:
        raise SettingsError("folder_unusable", folder=str(folder), reason=trouble.strerror) from trouble
    return folder.resolve()


def _live_forms(home: Path) -> Path:
    """The forms in force here, copied whole or not at all: an interrupted copy leaves no half set."""
    live, coming = home / "forms", home / "forms.coming"
    if not live.is_dir():
        try:
            shutil.rmtree(coming, ignore_errors=True)
            shutil.copytree(shipped("forms"), coming)
            coming.rename(live)
        except OSError as trouble:
            raise SettingsError("folder_unusable", folder=str(live), reason=trouble.strerror) from trouble
    return live


POWER = Path("/sys/class/power_supply")  # Linux; elsewhere nothing is known of a battery


def battery_percent(power: Path = POWER) -> int | None:
    """Return how full the tablet's battery is; None where there is none, or none that can be read.

    Units: percent, 0-100. Shape: a folder a supply, with the files `type` and `capacity`.
    """
    found = []
    for supply in sorted(power.glob("*")) if power.is_dir() else ():
        try:
            battery = (supply / "type").read_text("ascii").strip() == "Battery"
            scope = (supply / "scope").read_text("ascii").strip() if (supply / "scope").exists() else ""
            if battery and scope != "Device":  # a pen's or a mouse's battery is not the tablet's
                found.append(int((supply / "capacity").read_text("ascii")))
        except (OSError, ValueError):
            continue
    return min(found) if found and 0 <= min(found) <= 100 else None

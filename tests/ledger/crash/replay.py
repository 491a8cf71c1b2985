"""The disk at any instant of a recorded run, as a power cut could leave it.

Model: what was synced stays; of what was not, everything, nothing, a prefix with a torn last write, or
a random set of 512-byte sectors may be there; making and removing a name is durable with a sync of the
folder (making also with the file's own). Real file systems differ: no rename, no reordering between folders.
"""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512


@dataclass(frozen=True)
class Event:
    """One recorded change, sync or acknowledgement."""

    kind: str
    path: str
    offset: int
    data: bytes


@dataclass
class File:
    """One file: durable bytes, and changes since the last sync."""

    durable: bytearray
    pending: list[Event] = field(default_factory=list)
    named: bool = False  # its name survives a power cut


def read_log(path: Path) -> list[Event]:
    """Return the recorded events in order."""
    data, at, events = path.read_bytes(), 0, []
    while at < len(data):
        kind, names, size, offset = struct.unpack_from("<cIIq", data, at)
        at += 17
        name = data[at : at + names].decode()
        events.append(Event(kind.decode(), name, offset, data[at + names : at + names + size]))
        at += names + size
    return events


def apply(content: bytearray, event: Event, sectors: set[int] | None = None) -> None:
    """Apply a write or a truncation; of a write only the given sectors, where they are given."""
    if event.kind == "t":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
        return
    for start in range(0, len(event.data), SECTOR):
        if sectors is None or start // SECTOR in sectors:
            at, piece = event.offset + start, event.data[start : start + SECTOR]
            content.extend(bytes(max(0, at + len(piece) - len(content))))
            content[at : at + len(piece)] = piece


class Disk:
    """What has happened to the folder so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.files = {str(path): File(bytearray(path.read_bytes()), named=True) for path in folder.iterdir()}
        self.removed: dict[str, File] = {}  # gone, but the folder was not synced since
        self.acknowledged = 0

    def take(self, event: Event) -> None:
        """Go one event further."""
        match event.kind:
            case "a":
                self.acknowledged = int(event.data.split(b"\n")[-2])
            case "c":
                self.files.setdefault(event.path, File(bytearray()))
            case "u":
                gone = self.files.pop(event.path)
                if gone.named:
                    self.removed[event.path] = gone
            case "s" if event.path.rstrip("/") == self.folder:
                self.removed.clear()
                for each in self.files.values():
                    each.named = True
            case "s":
                self._sync(self.files[event.path])
            case _:
                self.files[event.path].pending.append(event)

    def _sync(self, file: File) -> None:
        for event in file.pending:
            apply(file.durable, event)
        file.pending.clear()
        file.named = True

    def cut(self, to: Path, chance: random.Random) -> None:
        """Write one possible state after a power cut at this instant."""
        to.mkdir()
        way = chance.choice(("nothing", "everything", "prefix", "sectors"))
        for path, file in {**self.removed, **self.files}.items():
            undone = path in self.removed and path not in self.files
            if (undone and chance.random() < 0.5) or (not file.named and chance.random() < 0.5):
                continue
            content = bytearray(file.durable)
            for event, sectors in chosen(file.pending, way, chance):
                apply(content, event, sectors)
            (to / Path(path).name).write_bytes(content)


def chosen(pending: list[Event], way: str, chance: random.Random) -> list[tuple[Event, set[int] | None]]:
    """Choose which unsynced changes reached the disk, and which of their sectors."""
    if way in ("nothing", "everything") or not pending:
        return [(event, None) for event in pending if way == "everything"]
    if way == "prefix":
        count = chance.randrange(len(pending) + 1)
        kept: list[tuple[Event, set[int] | None]] = [(event, None) for event in pending[:count]]
        return kept + [(event, some(event, chance)) for event in pending[count : count + 1]]
    return [(event, some(event, chance)) for event in pending if event.kind == "w" or chance.random() < 0.5]


def some(event: Event, chance: random.Random) -> set[int]:
    """A random half of a write's sectors."""
    return {each for each in range(len(event.data) // SECTOR + 1) if chance.random() < 0.5}

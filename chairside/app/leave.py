"""What a played day leaves in a folder: every sealed file of every visit, and how the last one ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chairside.app.demo import Demo
from chairside.record.check import Verdict
from chairside.record.check_folder import verify_all
from chairside.record.check_trust import trust_from
from chairside.session import paper
from chairside.session.visit import VisitRoom
from chairside.ui.window import Window

RECORD, UNSIGNED = "record.pdf", "unsigned.pdf"
END_OF_REVISION = b"%%EOF\n"


@dataclass(frozen=True)
class Left:
    """What a play left behind; `files` are the sealed ones, the story's own record first. Units: seconds."""

    gate: str
    ending: str
    build_seconds: float
    seal_seconds: float
    files: tuple[str, ...]


def leave_record(demo: Demo, glass: Window, out: Path) -> Left:
    """Write every sealed file of the demo's clinic, and the unsigned pages of the story's own record.

    The story's own visit is the one on the glass at the end, else the one that was opened last; its record
    is record.pdf, those of other visits are record-2.pdf and so on; addenda are counted through all of them.
    A visit that was opened in error has no record and leaves none.
    """
    rooms = _rooms(glass)
    files: list[tuple[str, bytes]] = []
    for number, room in enumerate(rooms, 1):
        sealed = paper.sealed_file(room)
        if sealed is not None:
            files.append((RECORD if number == 1 else f"record-{number}.pdf", sealed))
    added = [data for room in rooms for _, _, data in paper.sealed_addenda(room)]
    files += [(f"addendum-{number}.pdf", data) for number, data in enumerate(added, 1)]
    for name, data in files:
        (out / name).write_bytes(data)
    made = glass.sealing.made
    own = paper.sealed_file(rooms[0])
    if own is not None:
        first = own[
            : own.index(END_OF_REVISION) + len(END_OF_REVISION)
        ]  # signing appends, it redraws nothing
        (out / UNSIGNED).write_bytes(made.unsigned if made is not None and made.data == own else first)
    view = rooms[0].view()
    ending = paper.ending_of(rooms[0]) if view.visit.concluded is not None else view.status.state
    took = (made.build_seconds, made.seal_seconds) if made is not None else (0.0, 0.0)
    return Left(view.verdict.word, ending, *took, tuple(name for name, _ in files))


def _rooms(glass: Window) -> list[VisitRoom]:
    """Return every visit, the story's own first, the others in the order they were opened."""
    desk = glass.parts.desk
    streams = desk.clinic.ledger.streams("visit:")
    rooms = [desk.room(stream.removeprefix("visit:")) for stream in streams]
    rooms.sort(key=lambda room: room.visit.facts[0].stamp.number)
    here = glass.room.visit.id if glass.room is not None else rooms[-1].visit.id
    return sorted(rooms, key=lambda room: room.visit.id != here)


def judge(files: tuple[Path, ...], demo: Demo) -> tuple[Verdict, ...]:
    """Return the verdict on each file, held against one another, the demo's published root trusted."""
    root = (demo.settings.resources / "demo" / "demo-root.pem").read_text("utf-8")
    return verify_all(files, trust_from((), demo=root))

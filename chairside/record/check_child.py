"""Stage 2 in a process of its own, with little memory and time: nothing a file does here reaches the tablet.

One line of JSON and the file come in on standard input, one line of JSON goes out. Hostile bytes raise
whatever they like in a parser (bare ValueError, KeyError, AssertionError were all seen), so the one
broad `except` of the check stands here: whatever goes wrong means the file is not as we make them.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import BinaryIO

import msgspec
from msgspec import Struct

from chairside.errors import RecordError
from chairside.record import check_offline  # noqa: F401 (first: it keeps the network's library out)
from chairside.record.check_facts import Against, examine_facts
from chairside.record.check_page import shows_digest
from chairside.record.check_structure import examine_structure
from chairside.record.check_world import Refused

MEMORY_BYTES = 1024 * 1024 * 1024  # address space, not use: libraries alone map a third of it
CPU_SECONDS = 20


class Task(Struct, frozen=True):
    """What stage 1 established and stage 2 builds on: root and lists (DER), the seal's time."""

    root: bytes
    lists: tuple[bytes, ...]
    at: datetime
    demo: bool


class Report(Struct, frozen=True):
    """Codes of what is proven, what is left open, the first thing that failed, and what names the file."""

    proven: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    failed: str = ""
    facts: dict[str, str] = {}


def main() -> None:
    """Read the task and the file, write the report."""
    limit()
    sys.stdout.buffer.write(msgspec.json.encode(answer(sys.stdin.buffer)))


def limit() -> None:
    """Take from this process what it does not need: memory, time, new files."""
    try:
        import resource  # here: POSIX only
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(given: BinaryIO) -> Report:
    """Return what stage 2 says of the file that follows the task's line."""
    task = msgspec.json.decode(given.readline(), type=Task)
    try:
        return examine_parts(given.read(), task)
    except Refused as refused:
        return Report(failed=str(refused))
    except RecordError as trouble:
        return Report(failed=trouble.code)
    except MemoryError:
        raise  # a limit, not a judgement: the parent says unreadable
    except Exception as trouble:  # noqa: BLE001 (hostile bytes; see the module's sentence)
        return Report(failed=f"parser_{type(trouble).__name__}")


def examine_parts(data: bytes, task: Task) -> Report:
    """Look at the file, the page and the facts. Raises: Refused, and whatever a parser raises."""
    found = examine_structure(data, task.root, list(task.lists), task.at)
    if not shows_digest(data, found.record):
        raise Refused("digest_not_printed")
    told = examine_facts(found.record, Against(task.root, found.certifier, task.demo))
    proven = ("certified", "nothing_foreign", "digest_printed", *told.proven)
    return Report(proven, told.left, facts=told.facts)


if __name__ == "__main__":
    main()

"""Judging a form folder under watch: what was opened, who was called, and how long the processor worked.

The watch is one of Python's audit hooks. Such a hook stays for the life of the process, so it looks away
unless a folder is being judged.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LONGEST_SECONDS = 1.0  # of the processor: the tests may share it with others


@dataclass
class Watch:
    """What a watched stretch did outside of the folders it may read."""

    inside: tuple[Path, ...] = ()
    strange: list[str] = field(default_factory=list)
    seconds: float = 0.0


_watching: list[Watch] = []
_CALLS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "urllib.")


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event.startswith(_CALLS):
        _watching[-1].strange.append(event)
    if event == "open" and isinstance(args[0], str | bytes):
        path = Path(args[0] if isinstance(args[0], str) else args[0].decode()).resolve()
        if not any(path.is_relative_to(folder) for folder in _watching[-1].inside):
            _watching[-1].strange.append(str(path))


sys.addaudithook(_hook)


@contextmanager
def watched(*folders: Path) -> Iterator[Watch]:
    """Watch what happens inside, where only these folders may be read."""
    watch = Watch(tuple(folder.resolve() for folder in folders))
    _watching.append(watch)
    began = time.process_time()
    try:
        yield watch
    finally:
        watch.seconds = time.process_time() - began
        _watching.remove(watch)

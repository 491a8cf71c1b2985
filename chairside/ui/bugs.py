"""Anything that is no expected trouble is a bug: caught here once, logged without patient data.

Python errors inside Qt's calls end at `sys.excepthook`; the log keeps kinds, files and lines, never
a message or a value: those may hold a name.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

MOST_BYTES = 256 * 1024
Hook: TypeAlias = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class Bugs:
    """The one net under the glass; `told` is called with the kind of each bug."""

    def __init__(self, log: Path, told: Callable[[str], None]) -> None:
        self._log, self._told = log, told
        self.seen: list[str] = []
        self._before: Hook = sys.excepthook

    def watch(self) -> None:
        """Catch what nobody else did, from now on."""
        self._before, sys.excepthook = sys.excepthook, self._caught

    def rest(self) -> None:
        """Catch nothing any more: the glass is gone, whoever called it hears of its own troubles."""
        sys.excepthook = self._before

    def _caught(self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, bug, trace)
            return
        places = [
            f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in traceback.extract_tb(trace)
        ]
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = f"{at} {kind.__name__} at {' < '.join(reversed(places))}"
        self.seen.append(line)
        self._write(line)
        self._told(kind.__name__)

    def _write(self, line: str) -> None:
        try:
            old = self._log.read_text("utf-8") if self._log.exists() else ""
            self._log.write_text((old + line + "\n")[-MOST_BYTES:], "utf-8")
        except OSError:
            return  # the disk is the trouble; the banner still says so

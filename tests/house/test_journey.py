"""The README's journey of a tick is the real one: a real tap is traced and the stacks are compared."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import FrameType

from PySide6.QtWidgets import QApplication

from chairside.record.build import build
from chairside.session.paper import prepare
from tests.bench.glass import glass_in
from tests.house.source import PACKAGE, ROOT
from tests.session.clinics import clinic_in

# What happens to an answer, and the function that is entered when it does.
MOMENTS = {
    ("domain/acts.py", "forbids"): "judged",
    ("ledger/writing.py", "store"): "written",
    ("domain/folding.py", "apply"): "folded",
    ("ui/screens/questions.py", "fill"): "shown",
    ("record/pages_answers.py", "answers"): "drawn",
}


def _file(frame: FrameType) -> str | None:
    path = Path(frame.f_code.co_filename)
    return path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else None


def _stack(frame: FrameType | None) -> list[str]:
    """The package's files on the stack, outermost first, each once where it calls itself."""
    files: list[str] = []
    while frame is not None:
        name = _file(frame)
        if name and files[-1:] != [name]:
            files.append(name)
        frame = frame.f_back
    return files[::-1]


class Tracing:
    """Notes the stack at the first of each moment, until the last one it waits for."""

    def __init__(self, last: str) -> None:
        self.stacks: dict[str, list[str]] = {}
        self.last = last

    def __enter__(self) -> Tracing:
        sys.setprofile(self._called)
        return self

    def __exit__(self, *_trouble: object) -> None:
        sys.setprofile(None)

    def _called(self, frame: FrameType, event: str, _value: object) -> None:
        if event == "call":
            moment = MOMENTS.get((_file(frame) or "", frame.f_code.co_name))
            if moment is not None and moment not in self.stacks:
                self.stacks[moment] = _stack(frame)
                if moment == self.last:
                    sys.setprofile(None)


def _told() -> dict[str, list[str]]:
    """The README's lines `1. **judged**: files`, in their order."""
    lines = re.findall(r"^\d\. \*\*(\w+)\*\*(.*?)(?=^\d\. |^\n)", _readme(), re.MULTILINE | re.DOTALL)
    return {moment: re.findall(r"`([\w/]+\.py)`", line) for moment, line in lines}


def _readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def _from_the_turn(stack: list[str], first: list[str]) -> list[str]:
    """The part of a stack from the file where it leaves the first one."""
    shared = 0
    while shared < min(len(stack), len(first)) and stack[shared] == first[shared]:
        shared += 1
    return stack[max(shared - 1, 0) :]


def test_the_readmes_journey_is_the_one_a_tick_takes(qapp: QApplication, tmp_path: Path) -> None:
    """Judged, then written, then folded, then shown, through exactly the files that the README names."""
    glass = glass_in(tmp_path / "clinic", qapp)
    glass.tap("transplant.no")
    with Tracing("shown") as traced:
        glass.tap("immunocompromised.no")
    glass.close()
    first = traced.stacks["judged"]
    parts = {moment: _from_the_turn(stack, first) for moment, stack in traced.stacks.items()}
    assert list(parts) == ["judged", "written", "folded", "shown"]
    told = _told()
    assert list(told) == [*parts, "drawn"]
    assert {moment: told[moment] for moment in parts} == {**parts, "judged": first}


def test_the_readmes_journey_ends_on_the_page_that_draws_the_answer(tmp_path: Path) -> None:
    """The record draws the same fact, from what the ledger kept."""
    visitors = clinic_in(tmp_path)
    visitors.whole()
    job = prepare(visitors.here(), visitors.proof("physician-1"))
    with Tracing("drawn") as traced:
        build(job.content)
    assert _told()["drawn"] == traced.stacks["drawn"]

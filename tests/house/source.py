"""The project's own source as these tests see it: files, functions and their sizes."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "chairside"
TESTS = ROOT / "tests"
BELOW_UI = (
    "session", "ledger", "record", "formbook", "canon", "keys", "words", "settings", "domain", "errors",
)  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; `name` is its path from the project's top with forward slashes."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return len(self.text.splitlines())

    @property
    def floor(self) -> str:
        """The folder or file directly under chairside/, without suffix."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    def functions(self) -> Iterator[Function]:
        """Every function, nested ones and methods included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from `def` to the last one."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


@cache
def sources(folder: Path) -> tuple[Source, ...]:
    """Every Python file under the folder, by name."""
    return tuple(
        Source(path, path.relative_to(ROOT).as_posix(), text := path.read_text("utf-8"), ast.parse(text))
        for path in sorted(folder.rglob("*.py"))
    )


def ninetieth(numbers: list[int]) -> int:
    """The value that nine in ten do not exceed."""
    return sorted(numbers)[(len(numbers) * 9) // 10]


def copy_package(to: Path) -> Path:
    """Copy chairside/ into the folder and return the copy."""
    return shutil.copytree(PACKAGE, to / "chairside", ignore=shutil.ignore_patterns("__pycache__"))

"""The rows of table.toml, the tests that claim an id in their docstring, the words of shipped pages."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from typing import Any

from tests.house.source import ROOT

TABLE: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests/requirements/table.toml").read_text("utf-8"))
_CLAIM = re.compile(r"\b([QXTF])(\d{1,2})(?:\s*-\s*[QXTF]?(\d{1,2}))?\b")
_PROVES = re.compile(r"Proves: ([^\n]*(?:\n[^\n]+)*)")


def ids_in(docstring: str) -> tuple[str, ...]:
    """Return the ids a docstring claims after "Proves:", a span as every id in it."""
    told = " ".join(_PROVES.findall(docstring))
    found = [(kind, int(first), int(last or first)) for kind, first, last in _CLAIM.findall(told)]
    return tuple(f"{kind}{number}" for kind, first, last in found for number in range(first, last + 1))


@cache
def claims() -> dict[str, tuple[str, ...]]:
    """Return which tests claim each id: id -> file::name."""
    told: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                name = f"{path.relative_to(ROOT / 'tests')}::{node.name}"
                for each in dict.fromkeys(ids_in(ast.get_docstring(node) or "")):
                    told.setdefault(each, []).append(name)
    return {each: tuple(names) for each, names in told.items()}


def state(name: str) -> str:
    """Return "proven", "part", "not built", or "claimed" by a test while its row says nothing yet."""
    row = TABLE[name]
    if not any(row.get(key) for key in ("tests", "says", "asks")):
        return "claimed" if claims().get(name) else "not built"
    return "part" if "lacks" in row else "proven"


@cache
def page(form: str) -> str:
    """Return the newest English page of a form, its blanks single."""
    newest = max((ROOT / "forms" / form).glob("*/en.md"), key=lambda path: _number(path.parent.name))
    return " ".join(newest.read_text("utf-8").replace("> ", "").split())


def forms() -> tuple[str, ...]:
    """Return the ids of the shipped forms."""
    return tuple(sorted(path.name for path in (ROOT / "forms").iterdir() if path.is_dir()))


@cache
def items(form: str) -> frozenset[str]:
    """Return the ids of the items of a form's newest version."""
    newest = max((ROOT / "forms" / form).glob("*/form.toml"), key=lambda path: _number(path.parent.name))
    return frozenset(item["id"] for item in tomllib.loads(newest.read_text("utf-8"))["item"])


def spans(docstring: str) -> tuple[str, ...]:
    """Return the spans of ids (Q1-Q5) a docstring claims: nobody sees which of them it proves."""
    told = " ".join(_PROVES.findall(docstring))
    return tuple(f"{kind}{first}-{last}" for kind, first, last in _CLAIM.findall(told) if last)


def missing(words: str) -> bool:
    """Tell whether `form: words` is not in that form's page."""
    form, _, told = words.partition(": ")
    return told not in page(form)


def holding(words: str) -> tuple[str, ...]:
    """Return which pages hold the words, or whether one form's page does (`form: words`)."""
    form, _, told = words.partition(": ")
    where = (form,) if told else forms()
    sought = re.compile(rf"\b{re.escape(told or words)}\b", re.IGNORECASE)
    return tuple(each for each in where if sought.search(page(each)))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in version.split("."))

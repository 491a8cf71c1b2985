"""The complaints of the field, each answered by tests that exist or by a reason why not."""

from __future__ import annotations

import ast
import tomllib
from typing import Any

import pytest

from tests.house.source import ROOT

TABLE: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests/complaints.toml").read_text("utf-8"))


def there(name: str) -> bool:
    """Tell whether a test of this name is in the file it names."""
    file, _, test = name.partition("::")
    path = ROOT / "tests" / file
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    return any(isinstance(each, ast.FunctionDef) and each.name == test for each in tree.body)


def test_every_complaint_has_its_row() -> None:
    assert list(TABLE) == [str(number) for number in range(1, 46)]


@pytest.mark.parametrize("number", TABLE)
def test_a_complaint_names_tests_that_exist_or_says_why_not(number: str) -> None:
    row = TABLE[number]
    assert set(row) in ({"tests"}, {"why_not"}) and all(row.values())
    assert [name for name in row.get("tests", ()) if not there(name)] == []


def test_a_name_that_is_nowhere_is_found_out() -> None:
    """The search is not blind."""
    assert not there("house/test_complaints.py::test_of_nothing") and not there("nowhere.py::test_x")

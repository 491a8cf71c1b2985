"""Every survivor names a function that is there and says why nothing can tell it from the original."""

from __future__ import annotations

import ast
import tomllib

from tests.house.source import ROOT

TABLE = tomllib.loads((ROOT / "tests/mutation/survivors.toml").read_text("utf-8"))


def functions(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_survivor_is_of_a_function_that_is_there_and_is_explained() -> None:
    """Proves: F13."""
    for row in TABLE["survivor"]:
        assert set(row) == {"file", "function", "change", "why"} and all(row.values())
        assert row["function"] in functions(row["file"]), row


def test_the_counts_of_each_run_add_up() -> None:
    """Killed, left alive, and not judged: nothing is lost, and what was not run says so."""
    for row in TABLE["run"]:
        assert row["mutants"] == row["killed"] + row["alive"] + row["not_judged"]
        assert (ROOT / row["file"]).is_file()
        alive = [each for each in TABLE["survivor"] if each["file"] == row["file"]]
        assert len(alive) == row["alive"]

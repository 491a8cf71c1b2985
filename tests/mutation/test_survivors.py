"""Every survivor names a function or a constant that is there, and says why it does no harm."""

from __future__ import annotations

import ast
import tomllib

from tests.house.source import ROOT

FILES = sorted((ROOT / "tests/mutation/survivors").glob("*.toml"))
TABLES = [tomllib.loads(file.read_text("utf-8")) for file in FILES]
RUNS = [row for table in TABLES for row in table["run"]]
SURVIVORS = [row for table in TABLES for row in table.get("survivor", ())]


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    made = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return made | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_every_survivor_is_of_a_rule_that_is_there_and_is_explained() -> None:
    """Proves: F13."""
    for row in SURVIVORS:
        assert set(row) == {"file", "function", "change", "why"} and all(row.values())
        assert row["function"] in names_in(row["file"]), row


def test_the_counts_of_each_run_add_up() -> None:
    """Killed, left alive, and not judged: nothing is lost; what nobody has looked at yet says so."""
    assert len({row["file"] for row in RUNS}) == len(RUNS) > 0
    for row in RUNS:
        assert row["mutants"] == row["killed"] + row["alive"] + row["not_judged"]
        assert (ROOT / row["file"]).is_file()
        alive = [each for each in SURVIVORS if each["file"] == row["file"]]
        assert len(alive) + row["unexplained"] == row["alive"]

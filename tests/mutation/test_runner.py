"""The mutation runner itself, on a file of two rules: one is tested at its edge, the other is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT
from tests.mutation.variants import mutants

RULES = """
LIMIT = 12

def old_enough(years):
    return years >= LIMIT

def is_long(days):
    return days > 30
"""
TESTS = """
from sample_rules import is_long, old_enough

def test_old_enough_at_twelve():
    assert old_enough(12) and not old_enough(11)

def test_forty_days_are_long():
    assert is_long(40) and not is_long(10)
"""


def test_a_planted_survivor_is_named_and_a_killed_mutant_is_not(tmp_path: Path) -> None:
    """Proves: F13."""
    (tmp_path / "sample_rules.py").write_text(RULES)
    (tmp_path / "test_sample.py").write_text(TESTS)
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "sample_rules.py", "--tests", "test_sample.py"],
        cwd=tmp_path,
        env={**own, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
        capture_output=True,
        text=True,
        check=True,
    )
    said = ran.stdout.replace(f"ALIVE {tmp_path}/", "ALIVE ").splitlines()
    alive = [line.partition("   [")[0] for line in said if line.startswith("ALIVE")]
    assert alive == [
        "ALIVE sample_rules.py:8 is_long: days > 30  ->  days >= 30",
        "ALIVE sample_rules.py:8 is_long: 30  ->  31",
    ]
    assert "together: 6 mutants, 4 killed, 2 alive, 0 not judged" in ran.stdout


def test_what_is_no_rule_has_no_mutants() -> None:
    """Docstrings, annotations, fields and names of types change nothing that a rule says."""
    source = '"""A."""\nKind = Some | None\nclass B:\n    c: int = 1\n    def d(self) -> A:\n        """"""\n'
    assert list(mutants(source, "file.py")) == []

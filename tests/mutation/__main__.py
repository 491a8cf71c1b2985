"""`python -m tests.mutation gate vial --minutes 10`: which changes to a rule does no test notice?

Without names it takes every module of chairside/domain. Each mutant is judged by the tests that reach it;
`survivors/` beside this file explains what is left alive.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings

from tests.mutation.judge import Judge, Tally

DOMAIN = Path("chairside/domain")
TESTS = ["tests/domain"]


def files_of(names: list[str]) -> list[Path]:
    """The files of these modules: `gate`, `codes/gs1`, or any path.py; all rules where none is named."""
    named = [Path(name) if name.endswith(".py") else DOMAIN / f"{name}.py" for name in names]
    return named or sorted(DOMAIN.rglob("*.py"))


def run(files: list[Path], tests: list[str], minutes: float, patience: float) -> list[Tally]:
    """Judge the mutants of the files by the tests until the minutes are over."""
    settings.register_profile("mutation", deadline=None, database=None, derandomize=True)
    settings.load_profile("mutation")
    judge = Judge(files, time.monotonic() + 60 * minutes, patience)
    quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis, imported above for its profile
    quiet += ["--capture=no", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:terminal"]
    code = pytest.main([*quiet, *tests], plugins=[judge])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(int(code))
    return judge.tallies


def main() -> None:
    """Say what is alive, then the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--tests", nargs="+", default=TESTS, help="the files or folders of the judging tests")
    parser.add_argument("--patience", type=float, default=30, help="seconds of tests for a mutant at most")
    asked = parser.parse_args()
    tallies = run(files_of(asked.modules), asked.tests, asked.minutes, asked.patience)
    counts = [(each.mutants, each.killed, len(each.alive), each.not_judged) for each in tallies]
    every, killed, alive, left = (sum(column) for column in zip(*counts, strict=True))
    print(f"together: {every} mutants, {killed} killed, {alive} alive, {left} not judged")


if __name__ == "__main__":
    main()

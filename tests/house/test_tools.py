"""The outside judges: types, lint and the import rules, each run as a person would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT, copy_package

BIN = Path(sys.executable).parent


def _run(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_every_type_is_right() -> None:
    """mypy --strict over all of chairside/, as pyproject.toml says."""
    code, said = _run("mypy")
    assert code == 0, said


def test_the_linter_has_no_complaint() -> None:
    """ruff over the whole project, tests included."""
    code, said = _run("ruff", "check", "--quiet", ".")
    assert code == 0, said


def test_imports_point_down_only() -> None:
    """Every contract in pyproject.toml holds."""
    code, said = _run("lint-imports", "--no-cache")
    assert code == 0, said


def test_a_planted_upward_import_is_caught(tmp_path: Path) -> None:
    """The contracts bite: the same check on a copy where domain imports Qt, the clock and session fails."""
    gate = copy_package(tmp_path) / "domain/gate.py"
    planted = "\nimport PySide6.QtCore\nimport time\nimport chairside.session.view\n"
    gate.write_text(gate.read_text("utf-8") + planted, "utf-8")
    done = subprocess.run(
        [str(BIN / "lint-imports"), "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "NO_COLOR": "1", "COLUMNS": "200"},
    )  # fmt: skip
    assert done.returncode != 0
    for broken in ("chairside.domain.gate -> PySide6", "chairside.domain.gate -> time"):
        assert broken in done.stdout
    assert "chairside.domain is not allowed to import chairside.session" in done.stdout

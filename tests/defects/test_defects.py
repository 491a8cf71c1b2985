"""Each seeded one-line defect must make a named test fail, so that no safety rule can quietly go.

The table is seeded.toml: file, the words there now, the defect, and the test that must see it. Every
defect is sown in a copy of its own and only its test runs there; the same tests pass in a clean copy.
A row whose words are no longer in the file fails too: it has to be written anew, not dropped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.source import ROOT, copy_package

FAILED = 1  # pytest's exit code for "tests ran and some failed"; 2 and more mean that none could run


@dataclass(frozen=True)
class Defect:
    """One line made wrong, and the test that must see it."""

    name: str
    file: str
    now: str
    defect: str
    test: str


def _seeded() -> list[Defect]:
    table = tomllib.loads(Path(__file__).with_name("seeded.toml").read_text("utf-8"))
    return [Defect(name, **row) for name, row in table.items()]


SEEDED = _seeded()


def _copy(folder: Path) -> Path:
    """Lay out what a test needs: the package anew, everything else by link."""
    copy_package(folder)
    for name in ("resources", "forms", "README.md"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _run(folder: Path, *tests: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *tests],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(folder), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def _sow(folder: Path, defect: Defect) -> tuple[int, str]:
    file = _copy(folder) / defect.file
    text = file.read_text("utf-8")
    if text.count(defect.now) != 1 or len(defect.defect.splitlines()) > 1:
        return -1, f"{defect.file} holds {text.count(defect.now)} times: {defect.now}"
    file.write_text(text.replace(defect.now, defect.defect), "utf-8")
    return _run(folder, defect.test)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What became of every defect and of the clean copy, two at a time."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("clean", *(seed.name for seed in SEEDED))}
    tests = dict.fromkeys(seed.test for seed in SEEDED)
    with ThreadPoolExecutor(max_workers=2) as pool:
        clean = pool.submit(lambda: _run(_copy(folders["clean"]), *tests))
        sown = {seed.name: pool.submit(_sow, folders[seed.name], seed) for seed in SEEDED}
        return {"clean": clean.result()} | {name: done.result() for name, done in sown.items()}


def test_without_a_defect_every_named_test_passes(outcomes: dict[str, tuple[int, str]]) -> None:
    code, said = outcomes["clean"]
    assert code == 0, said[-3000:]


@pytest.mark.parametrize("seed", SEEDED, ids=lambda seed: seed.name)
def test_a_seeded_defect_is_caught(seed: Defect, outcomes: dict[str, tuple[int, str]]) -> None:
    code, said = outcomes[seed.name]
    assert code == FAILED, said[-3000:]


def test_there_are_ten_of_them() -> None:
    assert len(SEEDED) >= 10

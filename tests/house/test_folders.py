"""What stands at the top, and that nothing kept in the project belongs to one machine."""

from __future__ import annotations

import re
import subprocess

from tests.house.source import ROOT

TOP = {
    ".ci", ".gitignore", "Makefile", "README.md", "chairside", "forms", "pyproject.toml",
    "requirements.lock", "resources", "tests",
}  # fmt: skip
FLOORS = {
    "__init__", "__main__", "cli", "demo", "app", "ui", "session", "ledger", "record", "formbook", "canon",
    "keys", "words", "settings", "domain", "errors",
}  # fmt: skip
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|farm|root|home/\w+|Users/\w+)/\w")
REGISTRY = re.compile(r"https?://[^\s)\"']*(?:registry|pypi|npmjs|debian\.org|pythonhosted)", re.IGNORECASE)
TEXT = {".py", ".toml", ".md", ".lock", ".json", ".txt", ".csv", ".svg", ".c", ".yml", ".pem", ""}


def _kept() -> list[str]:
    """Every file git keeps, or would keep at the next commit."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_top_holds_only_what_the_house_names() -> None:
    assert {name.split("/")[0] for name in _kept()} <= TOP


def test_the_package_holds_only_floors() -> None:
    inside = {name.split("/")[1].removesuffix(".py") for name in _kept() if name.startswith("chairside/")}
    assert inside == FLOORS


def test_no_file_names_a_machine_or_a_registry() -> None:
    told = []
    for name in _kept():
        path = ROOT / name
        if path.suffix not in TEXT or name == "tests/house/test_folders.py":
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if MACHINE.search(line) or REGISTRY.search(line):
                told.append(f"{name}:{number}: {line.strip()[:100]}")
    assert told == []


def test_the_search_for_machine_paths_can_find_one() -> None:
    """The patterns are not blind: each finds what it is for."""
    assert MACHINE.search("see /" + "root/x") and REGISTRY.search("https://" + "registry.npmjs.example/a")
    assert not MACHINE.search("forms/home/x") and not REGISTRY.search("https://www.mbc.ca.gov/")

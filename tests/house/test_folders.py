"""What stands at the top, and that nothing kept in the project belongs to one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib

from tests.house.source import ROOT

TOP = {
    ".ci", ".gitignore", "Makefile", "README.md", "chairside", "forms", "pyproject.toml",
    "requirements.lock", "resources", "tests",
}  # fmt: skip
FLOORS = {
    "__init__", "__main__", "cli", "cli_forms", "demo", "app", "ui", "session", "ledger", "record",
    "formbook", "canon", "keys", "words", "settings", "domain", "errors",
}  # fmt: skip
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|farm|root|home/\w+|Users/\w+)/\w")
REGISTRY = re.compile(r"https?://[^\s)\"']*(?:registry|pypi|npmjs|debian\.org|pythonhosted)", re.IGNORECASE)
TEXT = {".py", ".toml", ".md", ".lock", ".json", ".txt", ".csv", ".svg", ".c", ".yml", ".pem", ""}


def _kept() -> list[str]:
    """Every file git keeps; what a person left lying there, such as a demo's results, is theirs."""
    told = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
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
    assert not told, "\n".join(told)


def test_the_search_for_machine_paths_can_find_one() -> None:
    """The patterns are not blind: each finds what it is for."""
    assert MACHINE.search("see /" + "root/x") and REGISTRY.search("https://" + "registry.npmjs.example/a")
    assert not MACHINE.search("forms/home/x") and not REGISTRY.search("https://www.mbc.ca.gov/")


def _readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def _layers() -> list[str]:
    """The floors as the import contract has them, from the top; those not built yet left out."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    layers = tools["importlinter"]["contracts"][0]["layers"]
    told = [each.strip() for layer in layers for each in layer.split("|")]
    return [each for each in told if not each.startswith("(")]


def test_the_readmes_floors_are_the_folders_in_the_contracts_order() -> None:
    """One row a floor in the table, and the same once more in the line of layers."""
    built = _readme().split("## How it is built")[1]
    rows = re.findall(r"^\| `(\w+)` \|", built, re.MULTILINE)
    assert rows == _layers()
    assert set(rows) == FLOORS - {"__init__"}
    line = _readme().split("The same in layers, from the top:")[1].split("\n\n")[0].split("Beside")[0]
    assert re.findall(r"`(\w+)`", line) == rows


def test_the_readmes_decisions_point_at_modules_that_argue_them() -> None:
    """Every path in the README is there, and a module that a decision points at says why at its top."""
    for name in re.findall(r"`(chairside/[\w/]+\.py)`", _readme()):
        text = (ROOT / name).read_text("utf-8")
        assert len((ast.get_docstring(ast.parse(text)) or "").splitlines()) > 1, name


def test_the_readmes_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", _readme())
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture

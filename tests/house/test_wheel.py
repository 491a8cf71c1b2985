"""The wheel carries everything: installed alone, away from the checkout, it works.

The wheel is built without the network and installed into an empty environment. Its dependencies come
from this environment's packages, through a path file written after the installation, so that
Chairside itself can only come from the wheel: a path file inside an added folder is not read.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.house.source import ROOT

ASK = """
import sys
from pathlib import Path
import chairside
from chairside.formbook.load import load
from chairside.settings import settle
settings = settle(Path(sys.argv[1]))
print(Path(chairside.__file__).parent)
print(settings.resources)
print(*sorted(load(settings.forms, "california", settings.resources / "drugs").forms))
"""


def _run(*command: object, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env={**clean, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel and nothing of the checkout; its `bin` folder."""
    folder = tmp_path_factory.mktemp("alone")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    _run(*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    venv.create(folder / "env", with_pip=False, symlinks=True)
    (wheel,) = folder.glob("chairside-*.whl")
    python = folder / "env" / "bin" / "python"
    _run(*pip, "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    inside = _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    (Path(inside) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python.parent


def test_the_installed_command_explains_itself(alone: Path, tmp_path: Path) -> None:
    """`chairside --help` names what a person can do with it."""
    said = _run(alone / "chairside", "--help", cwd=tmp_path)
    for word in ("demo", "verify"):
        assert word in said


def test_the_wheel_brings_its_forms_and_resources(alone: Path, tmp_path: Path) -> None:
    """A first start from the wheel alone has every form and the drug list, none from the checkout."""
    package, resources, *forms = _run(alone / "python", "-c", ASK, tmp_path / "data", cwd=tmp_path).split()
    assert Path(package).is_relative_to(alone.parent) and Path(resources).is_relative_to(package)
    there = {path.parent.name for path in (ROOT / "forms").glob("*/RELEASES.toml")}
    assert forms == sorted(there - {"notices_other"})  # a book holds the notices of its own profile alone


def test_the_wheel_holds_every_shipped_file_and_nothing_more(alone: Path) -> None:
    """Every kept file of resources/ and forms/ is inside, byte for byte."""
    (inside,) = alone.parent.glob("lib/python*/site-packages/chairside/_shipped")
    here = {
        path.relative_to(ROOT): path.read_bytes()
        for folder in ("resources", "forms")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert here == {p.relative_to(inside): p.read_bytes() for p in inside.rglob("*") if p.is_file()}

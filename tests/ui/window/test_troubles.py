"""What goes wrong is a sentence and the next action, the glass shows what is stored, nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chairside.domain.facts import Answered
from chairside.domain.replies import Chosen
from chairside.settings import STORE
from chairside.ui.bugs import Bugs
from tests.session.clinics import PINS, TOP
from tests.session.test_paper import full_disk
from tests.ui.window.glass import INK, Shown
from tests.ui.window.test_ink_on_glass import physicians_pad

FULL = (0, 36_000)


@pytest.fixture
def asked(glass: Shown) -> Shown:
    """The health check of a new visit, the first question answered."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    glass.hands.tap("transplant.no")
    return glass


def _answered(shown: Shown) -> int:
    room = shown.window.room
    assert room is not None
    return sum(
        isinstance(stamped.fact, Answered) and stamped.fact.form == "health_check"
        for stamped in room.visit.facts
    )


@pytest.mark.parametrize("most_bytes", FULL)
def test_a_tap_on_a_full_disk_ticks_nothing_and_says_why(asked: Shown, most_bytes: int) -> None:
    """And the next one, with room again, does. Proves: T26."""
    answer = asked.hands.find("immunocompromised.no")
    before = answer.grab().toImage()
    with full_disk(most_bytes):
        asked.hands.tap("immunocompromised.no")
    said = asked.banner()
    assert said and ("Nothing new was stored" in said or "not certain" in said)
    assert said.count(".") >= 2, "a sentence and the next action"
    assert _answered(asked) == 1
    asked.hands.tap("banner.close")
    assert answer.grab().toImage() == before
    asked.hands.tap("immunocompromised.no")
    assert _answered(asked) == 2 and asked.banner() == ""
    assert answer.grab().toImage() != before


def test_a_pin_on_a_full_disk_opens_nothing(glass: Shown) -> None:
    """What cannot be counted is not answered. Proves: T1, T26."""
    glass.hands.tap("staff.nurse-1")
    for pin in ("000000", PINS["nurse-1"]):
        with full_disk():
            glass.hands.pin(pin)
        assert glass.banner() and glass.visitors.staff.who is None
        assert glass.page() == "door.pin"
    glass.hands.pin(PINS["nurse-1"])
    assert glass.page() == "board"


def test_a_stroke_that_was_not_written_leaves_the_pad(glass: Shown) -> None:
    """Strokes on the glass are the strokes in the ledger. Proves: T26, T14."""
    pad = physicians_pad(glass)
    with full_disk():
        glass.hands.sign("physician_signature.pad", INK)
    assert glass.banner() and pad._strokes == ()
    glass.hands.sign("physician_signature.pad", INK)
    view = glass.window.view
    assert view is not None and pad._strokes == view.strokes["countersign.physician_signature"]


def test_a_laxer_answer_is_refused_and_the_glass_shows_what_is_stored(asked: Shown) -> None:
    """A yes to an absolute question is not taken back by the nurse. Proves: Q2."""
    room = asked.window.room
    assert room is not None
    room.take(Answered("health_check", "pregnant_or_trying", Chosen("yes")))
    asked.window.tell(Answered("health_check", "pregnant_or_trying", Chosen("no")))
    asked.hands.settle()
    assert "physician" in asked.banner()
    assert room.visit.replies[("health_check", "pregnant_or_trying")] == Chosen("yes")
    assert asked.page() == "door.pin", "the stop goes straight to the physician"


def test_a_refused_act_leaves_the_pin_pad(asked: Shown) -> None:
    """The right PIN for an act the rules refuse leads back to the page, with why."""
    asked.visitors.clock.ticks -= 3600
    room = asked.window.room
    assert room is not None
    for item in ("immunocompromised", "flu_like_symptoms", "pregnant_or_trying"):
        asked.hands.tap(f"{item}.no")
    asked.hands.tap("continue")
    for item in ("cancer_within_5_years", "food_or_drug_allergy", "glycerol_sensitivity"):
        asked.hands.tap(f"{item}.no")
    asked.visitors.clock.ticks -= 3600
    asked.hands.tap("close")
    asked.hands.pin(PINS["nurse-1"])
    assert "clock" in asked.banner()
    assert asked.page() == "health_check" and "health_check" not in room.visit.closed


def test_a_bug_is_said_kept_and_logged_without_a_patients_data(tmp_path: Path, glass: Shown) -> None:
    """Kinds, files and lines; never a message or a value. Proves: T27."""
    bugs = Bugs(tmp_path / "bugs.log", glass.window.say_bug)
    hook = sys.excepthook
    bugs.watch()
    try:
        for _ in range(3):
            try:
                raise ValueError("Demo Patient Avery, 1984-03-14, 555 0111")
            except ValueError:
                sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        bugs.rest()
    assert sys.excepthook is hook
    logged = (tmp_path / "bugs.log").read_text()
    assert logged.count("ValueError at test_troubles.py:") == 3 == len(bugs.seen)
    assert "Avery" not in logged and "1984" not in logged and "555" not in logged
    assert glass.banner() and "Avery" not in glass.banner()
    full = Bugs(tmp_path / "nowhere" / "bugs.log", glass.window.say_bug)
    full._caught(ValueError, ValueError("Avery"), None)
    assert len(full.seen) == 1


# -- at the start -------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A demo's data folder, founded."""
    folder = tmp_path_factory.mktemp("board")
    founding = "import sys; from pathlib import Path; from chairside import app\n"
    founding += "app.demo_clinic(app.demo_settings(Path(sys.argv[1])))"
    subprocess.run([sys.executable, "-c", founding, str(folder)], cwd=TOP, check=True, timeout=60)
    yield folder


def _start(home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "chairside", "demo", "--home", str(home)]
    return subprocess.run(
        command, cwd=TOP, capture_output=True, text=True, timeout=60, env=environment, check=False
    )


def test_an_unreadable_database_at_the_start_is_a_sentence(home: Path) -> None:
    """Proves: T26."""
    store = home / "demo" / STORE
    whole = store.read_bytes()
    store.write_bytes(b"this is no database" * 500)
    try:
        done = _start(home)
    finally:
        store.write_bytes(whole)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.count(".") >= 2 and "store" in done.stderr


def test_a_broken_form_file_at_the_start_is_told_with_every_file_and_line(home: Path) -> None:
    """All complaints at once."""
    forms = home / "demo" / "forms"
    broken = [forms / "consent", forms / "health_check"]
    kept = {}
    for folder in broken:
        file = next(folder.glob("*/form.toml"))
        kept[file] = file.read_text()
        file.write_text(kept[file] + "\n[[item]]\nid = 'x y'\nkind = 'nothing'\n")
    try:
        done = _start(home)
    finally:
        for file, text in kept.items():
            file.write_text(text)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    for file in kept:
        name = file.relative_to(forms).as_posix()
        assert any(
            line.strip().startswith(f"{name}:") and line.split(":")[1].isdigit()
            for line in done.stderr.splitlines()
        )


def test_an_output_folder_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [
        sys.executable,
        "-m",
        "chairside",
        "demo",
        "--headless",
        "--out",
        str(tmp_path / "file" / "out"),
    ]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "Traceback" not in done.stderr and done.stderr

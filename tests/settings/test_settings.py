"""Where this machine's things are: the data folder, the live forms, what was shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from chairside.errors import KeyRefused, SettingsError
from chairside.settings import HOME_VARIABLE, KEY_FILES, STORE, battery_percent, settle, shipped, who_opens


def test_the_first_start_copies_the_shipped_forms(tmp_path: Path) -> None:
    """Every file of the shipped forms stands in the data folder, word for word."""
    settings = settle(tmp_path / "data")
    came, live = shipped("forms"), settings.forms
    assert live == settings.home / "forms"
    files = {path.relative_to(came): path.read_bytes() for path in came.rglob("*") if path.is_file()}
    assert files == {path.relative_to(live): path.read_bytes() for path in live.rglob("*") if path.is_file()}
    assert files


def test_a_later_start_leaves_the_clinics_forms_alone(tmp_path: Path) -> None:
    """What the clinic changed stays changed, and what it removed stays removed."""
    forms = settle(tmp_path).forms
    (forms / "visit.toml").write_text("# the clinic's own\n", "utf-8")
    (forms / "options.toml").unlink()
    again = settle(tmp_path).forms
    assert (again / "visit.toml").read_text("utf-8") == "# the clinic's own\n"
    assert not (again / "options.toml").exists()


def test_an_interrupted_copy_is_begun_again(tmp_path: Path) -> None:
    """A half set left by a power cut is thrown away, never taken for the live one."""
    half = tmp_path / "forms.coming" / "consent"
    half.mkdir(parents=True)
    settings = settle(tmp_path)
    assert (settings.forms / "visit.toml").is_file()
    assert not half.parent.exists()


def test_the_named_home_wins_over_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "from-variable"))
    assert settle().home == tmp_path / "from-variable"
    assert settle(tmp_path / "named").home == tmp_path / "named"


def test_named_forms_are_used_as_they_stand(tmp_path: Path) -> None:
    """`--forms DIR` copies nothing; a folder that is not there is refused."""
    own = tmp_path / "own"
    own.mkdir()
    settings = settle(tmp_path / "data", forms=own)
    assert settings.forms == own and not (settings.home / "forms").exists()
    with pytest.raises(SettingsError, match="forms_missing"):
        settle(tmp_path / "data", forms=tmp_path / "gone")


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    assert settle(tmp_path / "data").home.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_said_at_start(tmp_path: Path) -> None:
    """A file where the folder should be: refused with the code that words turns into a sentence."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SettingsError, match="folder_unusable"):
        settle(tmp_path / "file" / "data")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="the kernel's folder is Linux's")
def test_a_place_that_takes_no_file_is_said_at_start() -> None:
    """The kernel's own folder takes no file, not even from root."""
    with pytest.raises(SettingsError, match="folder_unusable"):
        settle(Path("/proc/self"))


def _supply(power: Path, name: str, **files: str) -> None:
    (power / name).mkdir(parents=True)
    for file, text in files.items():
        (power / name / file).write_text(text + "\n")


def test_the_emptiest_battery_of_the_tablet_counts(tmp_path: Path) -> None:
    """The mains and a pen's own battery do not; what cannot be read is no battery."""
    _supply(tmp_path, "AC", type="Mains", online="1")
    _supply(tmp_path, "pen", type="Battery", scope="Device", capacity="3")
    _supply(tmp_path, "broken", type="Battery", capacity="unknown")
    assert battery_percent(tmp_path) is None
    _supply(tmp_path, "BAT0", type="Battery", capacity="81")
    _supply(tmp_path, "BAT1", type="Battery", capacity="24")
    assert battery_percent(tmp_path) == 24


def test_a_machine_without_power_supplies_knows_of_no_battery(tmp_path: Path) -> None:
    assert battery_percent(tmp_path / "nowhere") is None


def test_a_folder_without_a_store_is_opened_by_nobody(tmp_path: Path) -> None:
    """A key file alone is what a set-up that was cut off leaves."""
    (tmp_path / KEY_FILES[0]).write_text('{"openers": [{"person": "nurse-1"}]}', "utf-8")
    assert who_opens(tmp_path) == ()


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"{}", b'{"openers": 3}', b'{"openers": [1]}', b"\xff"])
def test_who_opens_is_read_off_the_first_copy_that_can_be_read(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / STORE).touch()
    first, second = (tmp_path / name for name in KEY_FILES)
    first.write_bytes(broken)
    with pytest.raises(KeyRefused, match="key_file_unreadable"):
        who_opens(tmp_path)
    second.write_text('{"openers": [{"person": "nurse-1"}, {"person": "nurse-2"}]}', "utf-8")
    assert who_opens(tmp_path) == ("nurse-1", "nurse-2")

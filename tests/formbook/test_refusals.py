"""Broken form files: every one is refused with its file, its line and a sentence."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from chairside import formbook
from chairside.errors import FormError
from chairside.formbook import Profile
from chairside.formbook.required import REQUIRED
from tests.formbook.shipped import FORMS, complaints, complaints_of, copied, line_with
from tests.formbook.test_hostile import HOSTILE

pytestmark = pytest.mark.badforms

HEALTH = "health_check/1.0.0/form.toml"
HEALTH_EN = "health_check/1.0.0/en.md"
MEDICINES = "medicines/1.0.0/form.toml"
CONSENT_EN = "consent/1.0.0/en.md"
RELEASES = "health_check/RELEASES.toml"
PLAN = "visit.toml"


@dataclass(frozen=True)
class Broken:
    """One row of broken.toml, which says what each column means."""

    name: str
    file: str
    now: str
    then: str
    says: str
    at: str = ""
    whole: bool = False


CASES = tuple(
    Broken(**row)
    for row in tomllib.loads(Path(__file__).with_name("broken.toml").read_text("utf-8"))["broken"]
)
NEEDED = [(form, item) for form, items in REQUIRED.items() for item in items]


def _line(case: Broken, path: Path) -> int:
    lines = path.read_text("utf-8").split("\n")
    match case.at:
        case "§2":  # the second line like the damage
            return [n for n, line in enumerate(lines, 1) if case.then in line][1]
        case "§2:statutory":
            return [n for n, line in enumerate(lines, 1) if "statutory" in line][2]
        case "§2:version":
            return [n for n, line in enumerate(lines, 1) if line.startswith("version")][1]
        case marker if marker.startswith(("§decision", "§premedication", "§procedure")):  # a key of this step
            step, _, key = marker.removeprefix("§").partition(":")
            after = line_with(path, f'id = "{step}"')
            return next(
                n for n, line in enumerate(lines, 1) if n > after and line.startswith(key or "closes")
            )
        case marker if marker.startswith("§table:"):  # the head of the table that holds it
            inside = line_with(path, marker.removeprefix("§table:"))
            return max(n for n, line in enumerate(lines, 1) if line == "[[item]]" and n < inside)
        case marker:
            return line_with(path, marker or case.then.strip().split("\n")[0])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_broken_file_is_refused_with_file_and_line(case: Broken, tmp_path: Path) -> None:
    """Proves: T18, F26, Q9, Q10, Q11, Q28, Q46 (each damage alone is found, and found where it is)."""
    folder = copied(tmp_path)
    path = folder / case.file
    text = path.read_text("utf-8")
    assert case.now in text
    path.write_text(text.replace(case.now, case.then, 1), "utf-8")
    told = complaints(folder) if case.file.count("/") < 2 or case.whole else complaints_of(folder, case.file)
    found = [c for c in told if c.file == case.file and case.says in c.text]
    assert found, told
    assert _line(case, path) in [complaint.line for complaint in found]


@pytest.mark.parametrize(("form", "item"), NEEDED)
def test_an_item_that_a_rule_relies_on_cannot_be_left_out(form: str, item: str, tmp_path: Path) -> None:
    """Each one alone, called by another name. Proves: T18, F26."""
    folder = tmp_path / "forms"
    shutil.copytree(FORMS / form, folder / form)
    shutil.copy(FORMS / "options.toml", folder)
    file = f"{form}/1.0.0/form.toml"
    text = (folder / file).read_text("utf-8")
    assert f'id = "{item}"' in text
    (folder / file).write_text(text.replace(f'id = "{item}"', 'id = "something_else"', 1), "utf-8")
    assert (file, 1, f"'{item}' must be there") in complaints_of(folder, file)


def test_two_hundred_broken_files_and_more_are_refused() -> None:
    """Each of them within a second of the processor, and with nothing opened beside the folder.

    Proves: F26.
    """
    assert len(CASES) + len(HOSTILE) + len(NEEDED) >= 200


def test_a_published_text_that_was_changed_is_refused(tmp_path: Path) -> None:
    """The words of a published version are pinned: the release is named, not the page. Proves: Q46."""
    folder = copied(tmp_path)
    page = folder / HEALTH_EN
    page.write_text(page.read_text("utf-8").replace("Tell us about eggs,", "Tell us about nuts,"), "utf-8")
    (told,) = complaints(folder)
    assert told.file == RELEASES
    assert told.line == line_with(folder / RELEASES, "sha256")
    assert "was changed after it was published" in told.text


def test_a_changed_logic_is_refused_even_where_it_is_stricter(tmp_path: Path) -> None:
    """Proves: Q46."""
    folder = copied(tmp_path)
    logic = folder / MEDICINES
    logic.write_text(logic.read_text("utf-8").replace("washout_hours = 72", "washout_hours = 96"), "utf-8")
    assert [told.file for told in complaints(folder)] == ["medicines/RELEASES.toml"]


def test_a_statement_without_text_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    page = folder / "sign/1.0.0/en.md"
    before, _, after = page.read_text("utf-8").partition("{#check_answers}")
    page.write_text(before + "{#check_answers}\n\n" + after[after.index("## Your signature") :], "utf-8")
    (told,) = complaints(folder)
    assert (told.file, told.line) == ("sign/1.0.0/en.md", line_with(page, "{#check_answers}"))
    assert "statement without text" in told.text


def test_a_missing_version_folder_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    releases = folder / RELEASES
    releases.write_text(releases.read_text("utf-8").replace("1.0.0", "1.0.9"), "utf-8")
    missing = [f"health_check/1.0.9/{name}" for name in ("en.md", "form.toml")]
    assert [told.file for told in complaints(folder)] == missing


def test_a_form_without_english_is_refused(tmp_path: Path) -> None:
    """Another language does not stand in for the text that was published; what it says is still judged."""
    folder = copied(tmp_path)
    page = folder / CONSENT_EN
    text = page.read_text("utf-8").replace("language: en", "language: es").replace("Take the time", "A cure")
    page.with_name("es.md").write_text(text, "utf-8")
    page.unlink()
    told = [(complaint.file, complaint.text) for complaint in complaints(folder)]
    assert (CONSENT_EN, "is missing") in told
    assert any(file == "consent/1.0.0/es.md" and "claims 'cure'" in text for file, text in told)


def test_a_missing_form_is_refused(tmp_path: Path) -> None:
    """No form the gate relies on can be taken away with its folder."""
    folder = copied(tmp_path)
    shutil.rmtree(folder / "health_check")
    told = [(complaint.file, complaint.text) for complaint in complaints(folder)]
    assert ("health_check", "this form must be there") in told


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for file, now, then in (
        (HEALTH, "do_not_treat", "relative"),
        (MEDICINES, "= 72", "= 1"),
        (CONSENT_EN, "Take the time you need.", "It is safe and a cure."),
        (PLAN, 'needs = ["reaffirm"]', "needs = []"),
    ):
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(now, then), "utf-8")
    told = complaints(folder)
    assert {complaint.file for complaint in told} == {HEALTH, MEDICINES, CONSENT_EN, PLAN}
    assert len(told) == 6  # two weights, the washout, a claim, two steps
    assert list(told) == sorted(told)


def test_a_folder_that_is_no_form_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "Old forms").mkdir()
    (folder / ".trash").mkdir()
    assert [told.file for told in complaints(folder)] == ["Old forms"]


def test_a_forms_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    told = complaints(tmp_path / "forms")
    assert ("forms", 1, "is not a folder") in told
    assert ("visit.toml", 1, "is missing") in told


def test_an_unsourced_profile_is_refused() -> None:
    """No profile ships without its full text, so there is none to fall back on. Proves: Q5."""
    nevada = cast(Profile, "nevada")
    with pytest.raises(FormError) as refused:
        formbook.load(FORMS, nevada)
    assert refused.value.code == "profile_without_notices"
    assert refused.value.facts["profile"] == "nevada"


def test_a_stricter_health_check_only_has_to_be_published(tmp_path: Path) -> None:
    """A mitigation where none was asked for, an allergy made absolute: no fault but the digest."""
    folder = copied(tmp_path)
    logic = folder / HEALTH
    text = logic.read_text("utf-8").replace(
        'weight = "relative"\nmitigations = ["h1_h2_steroid"]', 'weight = "do_not_treat"'
    )
    text = text.replace('weight = "relative"', 'weight = "relative"\nmitigations = ["h1_h2_steroid"]', 1)
    logic.write_text(text, "utf-8")
    assert [told.file for told in complaints(folder)] == [RELEASES]

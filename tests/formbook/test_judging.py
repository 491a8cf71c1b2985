"""The commands a clinic changes its forms with: every fault by its line, drafts too, and label codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import get_args

from click.testing import CliRunner, Result

from chairside.cli import main
from chairside.cli_forms import PROFILES
from chairside.domain.facts import Profile
from chairside.formbook.judging import complaints, grades
from tests.formbook.shipped import DRUGS, FORMS, copied, line_with

CASE = {
    "id": "one",
    "born": "1984-03-14",
    "injection": "2026-12-01T10:00-08:00",
    "answers": {"cancer_within_5_years": "yes"},
    "nsaids": [],
    "zone": "America/Los_Angeles",
}


def _say(*words: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


def _draft(folder: Path, now: str, then: str, file: str = "form.toml") -> Path:
    """Copy the health check to a version that nobody published, and change one thing in it."""
    place = folder / "health_check" / "1.0.1"
    shutil.copytree(folder / "health_check" / "1.0.0", place)
    text = (place / file).read_text("utf-8")
    assert now in text
    (place / file).write_text(text.replace(now, then, 1), "utf-8")
    return place / file


def test_the_shipped_forms_have_no_fault() -> None:
    """Proves: Q11, Q12."""
    assert complaints(FORMS, DRUGS) == ()
    told = _say("forms", "lint", FORMS)
    assert (told.exit_code, told.stdout) == (0, "")


def test_every_fault_is_said_with_its_file_and_line(tmp_path: Path) -> None:
    """Published or not: three faults in three files are three lines. Proves: Q11."""
    folder = copied(tmp_path)
    draft = _draft(folder, 'weight = "relative"', 'weight = "none"')
    page = folder / "aftercare" / "1.0.0" / "en.md"
    page.write_text(page.read_text("utf-8") + "\nIt is safe and guaranteed.\n", "utf-8")
    (folder / "options.toml").write_text("= 1", "utf-8")
    told = _say("forms", "lint", folder)
    assert told.exit_code == 1
    assert f"health_check/1.0.1/form.toml:{line_with(draft, chr(34) + 'none')}: " in told.stdout
    assert "aftercare/1.0.0/en.md:" in told.stdout
    assert "options.toml:1: is not TOML" in told.stdout
    assert "Traceback" not in told.output


def test_a_text_that_is_too_hard_is_a_fault_and_says_its_grade(tmp_path: Path) -> None:
    """Proves: Q12."""
    folder = copied(tmp_path)
    hard = "Immunosuppressive pharmacotherapy necessitates individualised multidisciplinary consideration."
    page = folder / "health_check" / "1.0.0" / "en.md"
    first = next(line for line in page.read_text("utf-8").split("\n") if line.startswith("> "))
    draft = _draft(folder, first, "> " + hard, "en.md")
    told = _say("forms", "lint", folder)
    assert told.exit_code == 1
    assert f"health_check/1.0.1/en.md:{line_with(draft, hard)}: the help of" in told.stdout


def test_each_block_has_its_grade() -> None:
    """Proves: Q12."""
    told = _say("forms", "lint", FORMS, "--grades")
    lines = told.stdout.splitlines()
    assert told.exit_code == 0
    assert len(lines) == len(grades(FORMS)) > 100
    assert all(": grade " in line for line in lines)
    assert any(line.endswith("law") and "s684" in line for line in lines)
    assert "too hard" not in told.stdout
    assert [line.partition(":")[0] for line in told.stderr.splitlines()[:-1]] == ["en", "es"]


def test_made_up_patients_are_judged_from_a_file_and_a_pipe(tmp_path: Path) -> None:
    """Exit code 0; 1 as soon as one line is refused."""
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(CASE) + "\n", "utf-8")
    told = _say("forms", "try", cases, "--forms", FORMS)
    assert told.exit_code == 0
    assert json.loads(told.stdout)["verdict"] == "incomplete"
    told = _say(
        "forms", "try", "-", "--forms", FORMS, given=json.dumps(CASE) + "\n{\n" + json.dumps(CASE) + "\n"
    )
    assert told.exit_code == 1
    assert ["error" in json.loads(line) for line in told.stdout.splitlines()] == [False, True, False]


def test_an_edit_can_be_tried_before_it_is_published(tmp_path: Path) -> None:
    """Stricter is followed, a published text that changed is refused, and a laxer draft too."""
    folder = copied(tmp_path)
    answers = dict.fromkeys(
        ["transplant", "immunocompromised", "flu_like_symptoms", "pregnant_or_trying"], "no"
    )
    answers |= dict.fromkeys(["food_or_drug_allergy", "glycerol_sensitivity"], "no")
    line = json.dumps({**CASE, "answers": {**answers, "cancer_within_5_years": "yes"}})
    draft = _draft(folder, 'id = "cancer_within_5_years"\nkind = "choice"\nweight = "relative"',
                   'id = "cancer_within_5_years"\nkind = "choice"\nweight = "defer"')  # fmt: skip
    for words, verdict in (((), "physician"), (("--draft",), "defer")):
        told = _say("forms", "try", "-", "--forms", folder, *words, given=line)
        assert json.loads(told.stdout)["verdict"] == verdict
    draft.write_text(draft.read_text("utf-8").replace('"defer"', '"none"'), "utf-8")
    told = _say("forms", "try", "-", "--forms", folder, "--draft", given=line)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "health_check/1.0.1/form.toml:" in told.stderr


def test_what_is_not_there_is_said_and_not_raised(tmp_path: Path) -> None:
    for words in (("try", tmp_path / "none.jsonl"), ("lint", tmp_path / "none"), ("try", tmp_path)):
        told = _say("forms", *words)
        assert told.exit_code == 2
        assert "Traceback" not in told.output
    told = _say("forms", "lint", tmp_path)
    assert told.exit_code == 1
    assert "visit.toml:1: is missing" in told.stdout


def test_the_profiles_of_the_command_are_those_there_are() -> None:
    assert set(PROFILES) == set(get_args(Profile))


def test_the_patients_of_the_readme_are_answered_as_it_says() -> None:
    told = (FORMS / "README.md").read_text("utf-8")
    lines = [line for line in told.split("\n") if line.startswith('{"id"') and '"born"' in line]
    answered = _say("forms", "try", "-", "--forms", FORMS, given="\n".join(lines))
    assert answered.exit_code == 0
    assert [json.loads(line)["verdict"] for line in answered.stdout.splitlines()] == ["clear", "hold"]

"""Putting a version into force: two people, a day, a folder without fault, and a file that only grows."""

from __future__ import annotations

import shlex
import shutil
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec import structs

from chairside import settings
from chairside.cli import main
from chairside.domain.form import Form
from chairside.errors import FormError
from chairside.formbook import rising
from chairside.formbook.load import load, version_of
from chairside.formbook.publish import Asked, publish, same_person
from chairside.ledger.files import replace_whole
from tests.formbook.shipped import DRUGS, FORMS, copied

TODAY, DAY = date(2027, 1, 10), date(2027, 1, 15)
ASKED = Asked("sign", "2.0.0", "Dr. Demo Physician", "Demo Nurse, RN", DAY)
RELEASES = "sign/RELEASES.toml"
EARLIER, LATER = "You do not have to sign.", "You need not sign."


def _drafted(folder: Path, version: str = "2.0.0") -> Path:
    """A copy of the shipped forms in which one English sentence of a new version reads otherwise."""
    forms = copied(folder)
    made = forms / "sign" / version
    shutil.copytree(forms / "sign" / "1.0.0", made)
    (made / "es.md").unlink()
    page = made / "en.md"
    assert EARLIER in page.read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace(EARLIER, LATER), "utf-8")
    return forms


def _say(*words: object) -> Result:
    return CliRunner().invoke(main, ["forms", *(str(word) for word in words)])


def _refused(forms: Path, asked: Asked, today: date = TODAY) -> FormError:
    """The refusal of a publication, after which the file is as it was."""
    before = (forms / RELEASES).read_bytes()
    with pytest.raises(FormError) as refused:
        publish(forms, DRUGS, asked, today, replace_whole)
    assert (forms / RELEASES).read_bytes() == before
    return refused.value


def test_a_version_comes_into_force_on_its_day_and_is_pinned(tmp_path: Path) -> None:
    """The earlier lines stay to the byte; a word changed afterwards is refused. Proves: Q46, T24."""
    forms = _drafted(tmp_path)
    before = (forms / RELEASES).read_bytes()
    made = publish(forms, DRUGS, ASKED, TODAY, replace_whole)
    after = (forms / RELEASES).read_bytes()
    assert after.startswith(before)
    assert tomllib.loads(after[len(before) :].decode())["release"] == [
        {
            "version": "2.0.0",
            "sha256": made.digest,
            "effective_from": DAY,
            "approved_by": "Dr. Demo Physician",
            "second": "Demo Nurse, RN",
            "approved_on": TODAY,
        }
    ]
    assert sorted(path.name for path in (forms / "sign").iterdir()) == ["1.0.0", "2.0.0", "RELEASES.toml"]
    on = {day: load(forms, "california", DRUGS, day).forms["sign"].version for day in (TODAY, DAY)}
    assert on == {TODAY: "1.0.0", DAY: "2.0.0"}
    page = forms / "sign/2.0.0/en.md"
    page.write_text(page.read_text("utf-8").replace(LATER, EARLIER), "utf-8")
    with pytest.raises(FormError, match="was changed after it was published"):
        load(forms, "california", DRUGS, DAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"second": "demo PHYSICIAN"}, "publish_same_person"),
        ({"second": "Physician, Demo M.D."}, "publish_same_person"),
        ({"second": "D. Physician"}, "publish_same_person"),
        ({"second": ""}, "publish_name_unusable"),
        ({"second": "Dr."}, "publish_name_unusable"),
        ({"second": "SAMPLE"}, "publish_name_unusable"),
        ({"approved_by": "Demo\nPhysician"}, "publish_name_unusable"),
        ({"approved_by": "Demo " * 40}, "publish_name_unusable"),
        ({"effective_from": date(2027, 1, 9)}, "publish_day_past"),
        ({"version": "1.0.0"}, "publish_known_version"),
        ({"version": "1.0.2"}, "publish_version_missing"),
        ({"version": "0.9.0"}, "publish_not_newer"),
        ({"version": "../1.0.0"}, "publish_version_missing"),
        ({"form": "nothing"}, "form_unknown"),
        ({"form": ".."}, "form_unknown"),
        ({"form": "../forms/sign"}, "form_unknown"),
    ],
)
def test_what_is_not_two_people_s_new_text_is_refused(
    change: dict[str, str | date], code: str, tmp_path: Path
) -> None:
    """Each refusal leaves the file alone."""
    forms = _drafted(tmp_path)
    shutil.copytree(forms / "sign" / "2.0.0", forms / "sign" / "0.9.0")
    assert _refused(forms, replace(ASKED, **change)).code == code  # type: ignore[arg-type] # one field a row


def test_a_fault_anywhere_in_the_folder_stops_a_publication(tmp_path: Path) -> None:
    """In another form, and in the text itself: too hard a sentence, a Spanish text left behind."""
    forms = _drafted(tmp_path)
    (forms / "vial/1.0.0/en.md").write_text("no page", "utf-8")
    shutil.copy(FORMS / "sign/1.0.0/es.md", forms / "sign/2.0.0/es.md")
    refused = _refused(forms, ASKED)
    assert refused.code == "forms_refused"
    told = {complaint.file for complaint in refused.facts["complaints"]}  # type: ignore[attr-defined] # a tuple
    assert {"vial/1.0.0/en.md", "sign/2.0.0/es.md"} <= told


def test_a_disk_that_refuses_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    forms = _drafted(tmp_path)
    before = (forms / RELEASES).read_bytes()

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(FormError) as refused:
        publish(forms, DRUGS, ASKED, TODAY, full)
    assert refused.value.code == "forms_not_written"
    assert (forms / RELEASES).read_bytes() == before


def test_two_publications_at_once_lose_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another person published while this folder was judged stays; the later one is told to look."""
    forms = _drafted(tmp_path)

    def meanwhile(folder: Path, form: str, version: str) -> Form:
        if version == ASKED.version:
            with (forms / RELEASES).open("a") as file:
                file.write("# another one\n")
        return version_of(folder, form, version)

    monkeypatch.setattr("chairside.formbook.publish.version_of", meanwhile)
    with pytest.raises(FormError, match="publish_under_way"):
        publish(forms, DRUGS, ASKED, TODAY, replace_whole)
    assert (forms / RELEASES).read_text("utf-8").endswith('"SAMPLE"\n# another one\n')


def test_the_first_version_of_a_new_form_makes_its_file(tmp_path: Path) -> None:
    """A form that `visit.toml` does not use yet; the next version needs a higher number."""
    forms = copied(tmp_path)
    (forms / "welcome").mkdir()
    shutil.copytree(forms / "procedure" / "1.0.0", forms / "welcome" / "1.0.0")
    (forms / "welcome" / "1.0.0" / "form.toml").write_text('[[item]]\nid = "hello"\nkind = "statement"\n')
    for language in ("en", "es"):
        (forms / "welcome" / "1.0.0" / f"{language}.md").unlink()
    head = "---\nlanguage: en\nstatus: sample\nreviewed_by:\nreviewed_on:\ntitle: Welcome\n---\n\n"
    (forms / "welcome" / "1.0.0" / "en.md").write_text(
        head + "## Hello {#hello}\n\nWe are glad to see you.\n"
    )
    asked = replace(ASKED, form="welcome", version="1.0.0")
    made = publish(forms, DRUGS, asked, TODAY, replace_whole)
    assert load(forms, "california", DRUGS, DAY).forms["welcome"].digest == made.digest


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Ruiz", "ANA  RUÍZ", True),
        ("Dr. Ana Ruiz", "Ruiz, Ana, MD", True),
        ("A. Ruiz", "Ana Ruiz", True),
        ("Ruiz", "Ana Ruiz", True),
        ("Ana Maria Ruiz", "Ana Ruiz", True),
        ("Ana Ruiz", "Eva Ruiz", False),
        ("A. Ruiz", "Eva Ruiz", False),
        ("Ana Ruiz", "Anabel Ruiz", False),
    ],
)
def test_one_person_under_two_names_is_found(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) == same_person(other, one) == same


def test_the_example_of_the_readme_can_be_followed(tmp_path: Path) -> None:
    """Copied, reworded, published with the README's own words; the second time the version is known."""
    forms = copied(tmp_path)
    told = (FORMS / "README.md").read_text("utf-8")
    heading = next(line.strip() for line in told.split("\n") if line.strip().startswith("## Have you had"))
    made = forms / "health_check" / "1.0.1"
    shutil.copytree(forms / "health_check" / "1.0.0", made)
    (made / "es.md").unlink()
    page = (made / "en.md").read_text("utf-8").split("\n")
    (made / "en.md").write_text("\n".join(heading if "{#transplant}" in line else line for line in page))
    (line,) = (line for line in told.split("\n") if line.strip().startswith("chairside forms publish"))
    words = line.replace("my-forms", str(forms)).replace("2027-01-15", "2999-01-15")
    done = _say(*shlex.split(words)[2:])
    first, second = done.stdout.splitlines()
    assert (done.exit_code, first) == (0, "health_check 1.0.1 is published: in force from 2999-01-15.")
    released = tomllib.loads((forms / "health_check/RELEASES.toml").read_text("utf-8"))["release"]
    assert second == f"fingerprint {released[-1]['sha256']}"
    again = _say(*shlex.split(words)[2:])
    assert again.exit_code == 2 and "was published before" in again.stderr


def _edited(form: str, version: str, to: str, page: tuple[str, str], folder: Path) -> Path:
    """A copy of the shipped forms with a version in which one place of a file reads otherwise."""
    forms = copied(folder)
    made = forms / form / to
    shutil.copytree(forms / form / version, made)
    (made / "es.md").unlink()
    name = "form.toml" if page[0].startswith("off") else "en.md"
    text = (made / name).read_text("utf-8")
    assert page[0] in text
    (made / name).write_text(text.replace(page[0], page[1], 1), "utf-8")
    return forms


HELP = ("> We ask for yes or no.", "> Please say yes or no.")
QUESTION = ("Have you had an organ transplant", "Did you have an organ transplant")


@pytest.mark.parametrize(
    ("form", "to", "change", "code"),
    [
        ("sign", "1.0.1", (EARLIER, LATER), "publish_signs_anew"),
        ("sign", "1.1.0", (EARLIER, LATER), "publish_signs_anew"),
        ("sign", "2.0.0", (EARLIER, LATER), ""),
        ("sign", "1.0.1", ("title: Sign", "title: Signing"), ""),
        ("consent", "1.9.0", ("It could kill.", "It may kill."), "publish_signs_anew"),
        ("health_check", "1.0.1", QUESTION, ""),
        ("health_check", "1.0.1", HELP, ""),
        ("health_check", "1.0.1", ("off = true\n", ""), "publish_asks_other"),
    ],
)
def test_the_number_rises_with_what_changed(
    form: str, to: str, change: tuple[str, str], code: str, tmp_path: Path
) -> None:
    """A signed text raises the first number, another question the second, words the third. Proves: Q46."""
    forms = _edited(form, "1.0.0", to, change, tmp_path)
    new, old = version_of(forms, form, to), version_of(forms, form, "1.0.0")
    try:
        rising.demand(new, old)
        said = ""
    except FormError as refused:
        said = refused.code
    assert said == code


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("approved", "approved", "publish_signs_anew"),
        ("draft", "approved", ""),
        ("approved", "draft", ""),
    ],
)
def test_a_translation_that_was_signed_rises_like_the_english(before: str, after: str, code: str) -> None:
    """One that patients could sign before and still can; a draft was signed by nobody. Proves: Q46, P6."""
    shipped = version_of(FORMS, "consent", "1.0.0")
    spanish = shipped.prose["es"]
    words = spanish.items["nature_and_fda_status"]
    other = structs.replace(words, body=("Otra cosa.", *words.body[1:]))
    items = {**spanish.items, "nature_and_fda_status": other}
    old = structs.replace(spanish, status=before)
    new = structs.replace(spanish, status=after, items=items)
    earlier = structs.replace(shipped, prose={**shipped.prose, "es": old})
    later = structs.replace(shipped, version="1.0.1", prose={**shipped.prose, "es": new})
    if not code:
        rising.demand(later, earlier)
        return
    with pytest.raises(FormError, match=code) as refused:
        rising.demand(later, earlier)
    assert refused.value.facts["items"] == "nature_and_fda_status"


def test_a_signed_text_is_not_published_as_a_matter_of_words(tmp_path: Path) -> None:
    """The refusal names the pages and the number to take; nothing is written. Proves: Q46."""
    forms = _drafted(tmp_path, "1.0.1")
    refused = _refused(forms, replace(ASKED, version="1.0.1"))
    assert refused.code == "publish_signs_anew"
    assert refused.facts["items"] == "check_answers" and refused.facts["next"] == "2.0.0"


@pytest.mark.parametrize("day", ["2027-1-5x", "15.1.2027", "20270115", "yesterday"])
def test_a_day_is_written_one_way(day: str) -> None:
    told = _say("publish", "sign", "2.0.0", "--approved-by", "A Ba", "--second", "C Da", "--from", day)
    assert told.exit_code == 2 and "does not match the format" in told.stderr


def test_the_forms_of_a_release_are_nobodys_to_publish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed release is read-only; a tablet without forms of its own says so."""
    monkeypatch.setattr(settings, "_PACKAGE", tmp_path)
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))
    for folder in ("forms", "resources"):
        shutil.copytree(FORMS.parent / folder, tmp_path / "_shipped" / folder)
    words = ("publish", "sign", "1.0.0", "--approved-by", "A Ba", "--second", "C Da", "--from", "2999-01-15")
    told = _say(*words, "--forms", tmp_path / "_shipped" / "forms")
    assert told.exit_code == 2 and "not yours to change" in told.stderr
    told = _say(*words)
    assert told.exit_code == 2 and "no forms of its own yet" in told.stderr

"""Spanish beside English: faithful in shape and number, a draft until a person approves it, never stale."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chairside import formbook
from chairside.domain import languages
from chairside.formbook.claims import claims
from chairside.formbook.draft import read_draft, source_digest
from chairside.formbook.grade import GRADES, spanish_grade, spanish_syllables
from chairside.formbook.judging import complaints as every_fault
from chairside.formbook.load import DRAFT, load
from chairside.formbook.source import Complaints
from chairside.formbook.statutory import MEDICAL_BOARD, S684
from tests.formbook.shipped import DRUGS, FORMS, book, complaints, copied, line_with

CONSENT_ES = "consent/1.0.0/es.md"
EVERY_FORM = book().forms | book("other").forms


def _changed(folder: Path, file: str, now: str, then: str) -> Path:
    page = folder / file
    text = page.read_text("utf-8")
    assert now in text
    page.write_text(text.replace(now, then, 1), "utf-8")
    return page


def test_every_form_has_its_spanish_as_a_draft_that_a_machine_helped_with() -> None:
    for form in EVERY_FORM.values():
        spanish = form.prose["es"]
        assert (spanish.status, spanish.machine_assisted, spanish.reviewed_by) == ("draft", True, "")
        assert list(spanish.items) == list(form.prose["en"].items)


def test_a_translation_names_the_english_it_was_made_from() -> None:
    for name in EVERY_FORM:
        draft = read_draft(FORMS, name, "1.0.0", Complaints())
        assert draft is not None
        assert draft.pages["es"].front["translates"] == source_digest(draft)


def test_the_law_s_own_words_stay_english_in_the_spanish_form() -> None:
    """The Board's Spanish is its own, and not in the sources; s.684 is given in English. Proves: R12, R16."""
    form = book().forms["notices_california"]
    assert form.words("s684", "es").body == (S684,)
    assert form.words("medical_board", "es").body == MEDICAL_BOARD
    assert form.words("s684", "es").help[0].startswith("Traducción de ayuda, no es el texto de la ley")
    assert "solo en inglés" in form.words("medical_board", "es").help[0]


@pytest.mark.parametrize(
    ("now", "then", "says", "at"),
    [
        ("## Riesgos {#risks}", "## Riesgos {#dangers}", "'dangers' is not an item", "{#dangers}"),
        ("- Escalofríos con temblor.\n", "", "'contacts' has 9 parts here, 10 in English", "Llame al 911"),
        ("100.4 °F (38.0 °C)", "104.0 °F (38.0 °C)", "'contacts' says the numbers", "Llame al 911"),
        ("En 2018 se", "En 2019 se", "but does not say '2018'", "{#key_information}"),
        ("20 personas", "200 personas", "'key_information' says the numbers", "El plan es"),
        ("- [wait] Espero", "- [waits] Espero", "'ask_call' has no option 'waits'", "{#ask_call}"),
        ("Tómese el tiempo", "- Tómese el tiempo", "list lines in other places", "El plan es"),
        ("No es una cura.", "Es una cura.", "claims 'cura'", "Este tratamiento no es un estudio"),
        ("machine_assisted: yes", "machine_assisted: perhaps", "machine_assisted is yes or no", "---"),
        ("machine_assisted: yes\n", "", "'machine_assisted' is missing", "---"),
        ("status: draft", "status: sample", "a draft until a person approves it", "---"),
        ("status: draft", "status: approved", "approved, but by whom", "---"),
        ("language: es", "language: fr", "language is not 'es'", "---"),
    ],
)
def test_a_broken_translation_is_refused_with_file_and_line(
    now: str, then: str, says: str, at: str, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    page = _changed(folder, CONSENT_ES, now, then)
    found = [told for told in complaints(folder) if told.file == CONSENT_ES and says in told.text]
    assert found, complaints(folder)
    first = line_with(page, "---") if at == "---" else line_with(page, at)
    assert first in [told.line for told in found]


def test_english_that_changed_after_its_translation_is_named_by_lint(tmp_path: Path) -> None:
    """The English goes on; the Spanish of that form is stale, which nobody gets to see."""
    folder = copied(tmp_path)
    shutil.copytree(folder / "sign" / "1.0.0", folder / "sign" / "1.0.1")
    _changed(folder, "sign/1.0.1/en.md", "Read them.", "Read each of them.")
    stale = [told for told in every_fault(folder, DRUGS) if told.file == "sign/1.0.1/es.md"]
    assert len(stale) == 1 and "the English has changed since" in stale[0].text
    drafts = load(folder, "california", DRUGS, DRAFT)
    assert drafts.forms["sign"].prose["es"].status == "stale"
    assert drafts.forms["consent"].prose["es"].status == "draft"


def test_the_digest_that_lint_names_makes_a_stale_translation_current(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.copytree(folder / "sign" / "1.0.0", folder / "sign" / "1.0.1")
    _changed(folder, "sign/1.0.1/en.md", "Read them.", "Read each of them.")
    (told,) = (each for each in every_fault(folder, DRUGS) if each.file == "sign/1.0.1/es.md")
    page = folder / told.file
    lines = [told.text.split("'")[1] if line.startswith("translates") else line
             for line in page.read_text("utf-8").split("\n")]  # fmt: skip
    page.write_text("\n".join(lines), "utf-8")
    assert not [each for each in every_fault(folder, DRUGS) if each.file == told.file]


def test_an_approval_of_the_english_makes_no_translation_stale(tmp_path: Path) -> None:
    """Who reviewed the English is no word of it."""
    folder = copied(tmp_path)
    before = read_draft(folder, "sign", "1.0.0", Complaints())
    _changed(folder, "sign/1.0.0/en.md", "status: sample", "status: approved")
    _changed(folder, "sign/1.0.0/en.md", "reviewed_by:", "reviewed_by: Demo Reviewer")
    after = read_draft(folder, "sign", "1.0.0", Complaints())
    assert before is not None and after is not None
    assert source_digest(before) == source_digest(after)


def test_the_spanish_is_part_of_what_is_published(tmp_path: Path) -> None:
    """One changed Spanish word is found like an English one: the digest covers what the patient read."""
    folder = copied(tmp_path)
    _changed(folder, "sign/1.0.0/es.md", "Léalas.", "Léalas bien.")
    (told,) = complaints(folder)
    assert told.file == "sign/RELEASES.toml" and "was changed after it was published" in told.text


def test_a_form_without_spanish_says_so_by_its_english(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "procedure" / "1.0.0" / "es.md").unlink()
    form = load(folder, "california", DRUGS, DRAFT).forms["procedure"]
    assert form.told_in("es").language == "en"
    assert form.words("note", "es") == form.words("note", "en")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("médico", 3), ("tratamiento", 4), ("país", 2), ("caída", 3), ("hoy", 1), ("y", 1), ("que", 1)),
        *(("siguiente", 3), ("pingüino", 3), ("reacción", 3), ("leyó", 2), ("buey", 1), ("cirugía", 4)),
    ],
)
def test_spanish_syllables_are_counted(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_a_hard_spanish_text_is_graded_hard_and_a_plain_one_plain() -> None:
    """Proves: Q12 (in Spanish)."""
    hard = "La farmacoterapia inmunosupresora requiere consideraciones multidisciplinarias individualizadas."
    assert spanish_grade((hard,)) > 12
    assert spanish_grade(("Llame a la clínica. No espere a ver si se le pasa.",)) < 5
    assert spanish_grade(()) == 0.0
    assert set(GRADES) == {"en", "es"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La FDA aprobó este tratamiento.", True),
        ("La FDA no ha aprobado este tratamiento.", False),
        ("Está aprobado por la FDA.", True),
        ("Es muy seguro.", True),
        ("¿Está seguro?", False),
        ("No hay duda de que es seguro.", True),
        ("La clínica ha dicho que es seguro.", False),
        ("No tiene riesgos.", True),
        ("Garantizamos un resultado.", True),
        ("No es una cura.", False),
        ("No other clinic is this safe.", True),  # the Spanish "no" denies nothing in English
    ],
)
def test_claims_are_found_in_spanish_too(text: str, found: bool) -> None:
    """Proves: Q11 (in Spanish)."""
    assert bool(list(claims(text))) == found


def test_both_profiles_load_with_both_languages() -> None:
    for profile in ("california", "other"):
        loaded = formbook.load(FORMS, profile)
        assert all(set(form.prose) == {"en", "es"} for form in loaded.forms.values())


def test_a_clinic_that_approves_the_patients_pages_can_offer_spanish(tmp_path: Path) -> None:
    """Each in a new version, for who approved it is published too; one page left out is too few."""
    folder = copied(tmp_path)
    whole = load(FORMS, "california", DRUGS)
    assert languages.offered(whole) == ("en",)
    *names, last = sorted(form.id for form in languages.read_by_patients(whole))
    for name in (*names, last):
        shutil.copytree(folder / name / "1.0.0", folder / name / "1.0.1")
        page = f"{name}/1.0.1/es.md"
        _changed(folder, page, "status: draft", "status: approved")
        _changed(folder, page, "reviewed_by:\n", "reviewed_by: Demo Reviewer, translator\n")
        _changed(folder, page, "reviewed_on:\n", "reviewed_on: 2027-01-10\n")
    assert languages.offered(load(folder, "california", DRUGS, DRAFT)) == ("en", "es")
    shutil.rmtree(folder / last / "1.0.1")
    assert languages.offered(load(folder, "california", DRUGS, DRAFT)) == ("en",)

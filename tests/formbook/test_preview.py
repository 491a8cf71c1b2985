"""One form shown: every word of it, in either language, marked so that nobody takes it for the paper."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
from click.testing import CliRunner, Result

from chairside.cli import main
from chairside.domain.form import Choice, Form, Item, Measure, Prose, Words
from chairside.formbook.preview import _KINDS, told
from chairside.record.sentences import sentences
from tests.formbook.shipped import FORMS, book, copied
from tests.record.printed import text as text_of


def _say(*words: object) -> Result:
    return CliRunner().invoke(main, ["forms", "preview", *(str(word) for word in words)])


def _flat(text: str) -> str:
    return " ".join(text.replace("\n  > ", " ").split())


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_text_holds_every_word_of_the_form(language: str) -> None:
    """Titles, paragraphs, answers and help, and beside them what a yes weighs."""
    for name in ("health_check", "consent"):
        shown = _say(name, "--lang", language, "--forms", FORMS)
        assert shown.exit_code == 0
        shown = _flat(shown.stdout)
        for words in book().forms[name].prose[language].items.values():
            for part in (words.title, *words.body, *words.help, *words.options.values()):
                assert _flat(part) in shown
    health = _say("health_check", "--lang", language, "--forms", FORMS).stdout
    weights = [item.weight for item in book().forms["health_check"].items if isinstance(item, Choice)]
    assert health.count("a yes: no treatment") == weights.count("do_not_treat") > 0
    assert ("DRAFT" if language == "es" else "SAMPLE") in health.splitlines()[1]


@pytest.mark.parametrize(("language", "mark"), [("en", "SAMPLE"), ("es", "BORRADOR")])
def test_the_pages_hold_the_words_and_their_marks(language: str, mark: str, tmp_path: Path) -> None:
    """On each page, the law's own page too: a preview, and a sample or a draft. Proves: Q48."""
    out = tmp_path / "pages.pdf"
    shown = _say("notices_california", "--lang", language, "--forms", FORMS, "--pdf", out)
    assert (shown.exit_code, shown.stdout.strip()) == (0, str(out))
    data = out.read_bytes()
    with pikepdf.open(BytesIO(data)) as read:
        pages = len(read.pages)
        assert str(read.Root.Lang) == language
    text = text_of(data)
    preview = sentences(language)["mark.preview"]
    assert text.count(preview) == pages > 3
    assert text.count(f"· {mark}") == pages
    flat = _flat(text)
    for words in book().forms["notices_california"].prose[language].items.values():
        assert words.title in flat


def test_the_newest_version_is_shown_before_it_is_published(tmp_path: Path) -> None:
    """Only its own faults refuse it: those of another form are for lint to say."""
    forms = copied(tmp_path)
    shutil.copytree(forms / "sign" / "1.0.0", forms / "sign" / "1.0.1")
    (forms / "vial/1.0.0/en.md").write_text("no page", "utf-8")
    lines = _say("sign", "--forms", forms).stdout.splitlines()
    assert lines[1].startswith("sign 1.0.1, en") and lines[3] == "not published"
    assert "published, in force from" in _say("consent", "--forms", forms).stdout
    page = forms / "sign/1.0.1/en.md"
    page.write_text(page.read_text("utf-8").replace("Read them.", "Read all of them."), "utf-8")
    assert "STALE" in _say("sign", "--lang", "es", "--forms", forms).stdout.splitlines()[1]
    page.write_text(page.read_text("utf-8").replace("Read all of them.", "This is safe."), "utf-8")
    shown = _say("sign", "--forms", forms)
    assert (shown.exit_code, shown.stdout) == (2, "") and "sign/1.0.1/en.md:" in shown.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nothing",), "no form 'nothing'"),
        (("..",), "no form '..'"),
        (("sign", "--lang", "fr"), "no words in 'fr'"),
        (("sign", "--pdf", FORMS / "none" / "x.pdf"), "could not be written"),
    ],
)
def test_what_cannot_be_shown_is_said(words: tuple[object, ...], says: str) -> None:
    shown = _say(*words, "--forms", FORMS)
    assert shown.exit_code == 2 and says in shown.stderr


def test_the_text_says_what_the_words_alone_do_not(tmp_path: Path) -> None:
    """What may be left empty, what the law words, what the clinic added, limits, and who approved it."""
    form = book().forms["notices_california"]
    lines = list(told(form, "en", "2026-11-01"))
    assert any(line.strip().startswith("s684: a page to read; worded by the law") for line in lines)
    assert any(
        "note: free text; may be left empty" in line for line in told(book().forms["procedure"], "en", "")
    )
    asked = Choice(id="pets", clinic_added=True, tags=("home",))
    after = {"off": True, "only_if": ("pets", "yes")}
    items = (asked, Measure(id="weight", units=("kg", "lb"), least="2", most="300", **after))
    words = {"pets": Words("Pets?", options={"yes": "Yes"}), "weight": Words("Weight")}
    prose = Prose("en", "Home", "approved", "Demo Physician", "2027-01-10", words)
    made = "\n".join(told(Form("home", "1.0.0", "0" * 64, items, {"en": prose}), "en", ""))
    assert "Approved by Demo Physician on 2027-01-10." in made
    assert "pets: one answer; added by the clinic; tags home" in made
    limits = "weight: a number; 2 to 300 kg or lb"
    assert f"{limits}; not asked: switched off; only after pets: yes" in made


def test_every_kind_of_item_has_its_name() -> None:
    """In the text, and on the pages in both languages."""
    kinds = {str(kind.__struct_config__.tag) for kind in get_args(Item)}
    assert set(_KINDS) == kinds
    for language in ("en", "es"):
        assert {f"preview.kind_{kind}" for kind in kinds} <= set(sentences(language))

"""In which languages a patient may read and sign, form by form and visit by visit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain import languages
from chairside.domain.book import Book, Terms
from chairside.domain.facts import LanguageChosen
from chairside.domain.form import Form, Ink, Prose
from tests.domain.made_up import ADMINISTRATOR, BOOK, NURSE, Story

SPANISH, TAGALOG = LanguageChosen("es"), LanguageChosen("tl")


def _told_in(form: Form, language: str, status: str) -> Form:
    prose = Prose(language, form.id, status, "", "", {})  # type: ignore[arg-type]  # a status of the table
    return structs.replace(form, prose={**form.prose, language: prose})


def _in_spanish(*left_out: str, status: str = "approved", demo: bool = False) -> Book:
    """A clinic whose patients' forms are all there in Spanish but for those left out."""
    theirs = {form.id for form in languages.read_by_patients(BOOK)} - {*left_out}
    forms = {
        name: _told_in(form, "es", status) if name in theirs else form for name, form in BOOK.forms.items()
    }
    return structs.replace(BOOK, forms=forms, terms=Terms(demo=demo))


@pytest.mark.parametrize(
    ("status", "clinic", "demo"),
    [
        ("approved", True, True), ("draft", False, True), ("stale", False, False), ("sample", False, False),
    ],
)  # fmt: skip
def test_a_clinic_shows_what_was_approved_and_the_demo_drafts_too(
    status: str, clinic: bool, demo: bool
) -> None:
    """English is shown as it stands: it is what the clinic wrote."""
    form = _told_in(BOOK.forms["consent"], "es", status)
    assert languages.may_be_shown(form, "es", drafts=False) is clinic
    assert languages.may_be_shown(form, "es", drafts=True) is demo
    assert languages.may_be_shown(form, "en", drafts=False)
    assert not languages.may_be_shown(form, "tl", drafts=True)
    assert not languages.may_be_shown(structs.replace(form, prose={}), "en", drafts=True)


def test_the_patient_reads_what_they_sign_and_what_is_asked_of_them() -> None:
    """What staff fill in by themselves they read in English; the record has no form."""
    read = [form.id for form in languages.read_by_patients(BOOK)]
    assert read == ["health_check", "medicines", "notices", "consent", "sign", "vial"]
    line = Ink(id="line", signer="witness")
    premedication = BOOK.forms["premedication"]
    inked = structs.replace(premedication, items=(*premedication.items, line))
    book = structs.replace(BOOK, forms={**BOOK.forms, "premedication": inked})
    assert "premedication" in {form.id for form in languages.read_by_patients(book)}


def test_a_language_is_offered_where_every_page_of_the_patients_is_there() -> None:
    assert languages.offered(BOOK) == ("en",)
    assert languages.offered(_in_spanish()) == ("en", "es")
    assert languages.offered(_in_spanish("medicines")) == ("en",)
    assert languages.offered(_in_spanish(status="draft")) == ("en",)
    assert languages.offered(_in_spanish(status="draft", demo=True)) == ("en", "es")


def test_a_language_is_chosen_by_the_patient_or_by_clinical_staff() -> None:
    story = Story(_in_spanish()).open()
    assert story.refusal(SPANISH, ADMINISTRATOR) == "not_this_role"
    assert story.refusal(SPANISH, NURSE) is None
    assert story.refusal(TAGALOG) == "language_not_offered"
    assert story.refusal(LanguageChosen("en")) == "nothing_changed"
    story.hand_over()
    assert story.refusal(SPANISH, ADMINISTRATOR) is None  # whoever handed the tablet over
    assert languages.open_to(story.book, story.visit) == ("en", "es")


def test_after_a_signature_the_visit_stays_in_its_language_while_that_counts() -> None:
    """A signature that lapsed binds nobody."""
    story = Story(_in_spanish()).until_decision().decide().sign()
    assert languages.open_to(story.book, story.visit) == ("en",)
    assert story.refusal(SPANISH) == "language_signed"
    story.visit = structs.replace(story.visit, papers=story.visit.signed, signed={})
    assert languages.open_to(story.book, story.visit) == ("en",)
    assert story.refusal(SPANISH) == "language_signed"
    story.now += timedelta(days=31)
    assert story.refusal(SPANISH) is None

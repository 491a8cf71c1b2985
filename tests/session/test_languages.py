"""A visit in Spanish: chosen, read, signed and recorded in one language, and only where it may be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain import languages
from chairside.domain.book import Book
from chairside.domain.facts import HandedOver, LanguageChosen, PageRead, Signed
from chairside.domain.form import Form
from chairside.errors import NotAllowed
from chairside.session.shown import shown_digest
from chairside.session.visit import VisitRoom
from tests.session.clinics import Visitors, book


def _as_in_a_clinic(visitors: Visitors) -> None:
    """The same clinic without the mark of the demo."""
    visitors.clinic.founded = structs.replace(visitors.clinic.founded, demo=False)


def _approved(form: Form, status: str = "approved") -> Form:
    spanish = structs.replace(form.prose["es"], status=status, reviewed_by="Demo Reviewer")
    return structs.replace(form, prose={**form.prose, "es": spanish})


def _whole(forms: dict[str, Form]) -> Book:
    return Book(forms, book().plan, book().drugs)


def test_the_demo_shows_drafts_and_a_clinic_does_not() -> None:
    """Machine-assisted words wait for a named person (interop, Languages)."""
    demo = structs.replace(book(), terms=structs.replace(book().terms, demo=True))
    assert languages.offered(demo) == ("en", "es")
    assert languages.offered(book()) == ("en",)


def test_a_clinic_offers_what_was_approved_whole() -> None:
    """Staff forms may still be drafts; one page of the patient that is not approved is one too many."""
    own = {form.id for form in languages.read_by_patients(book())}
    assert own == {
        "notices_california",
        "consent",
        "sign",
        "assent",
        "reaffirm",
        "vial",
        "health_check",
        "medicines",
    }
    forms = {name: _approved(form) if name in own else form for name, form in book().forms.items()}
    assert languages.offered(_whole(forms)) == ("en", "es")
    assert languages.offered(_whole({**forms, "vial": book().forms["vial"]})) == ("en",)


def test_a_stale_translation_is_shown_to_nobody_not_even_in_the_demo() -> None:
    stale = {**book().forms, "consent": _approved(book().forms["consent"], "stale")}
    demo = structs.replace(_whole(stale), terms=structs.replace(book().terms, demo=True))
    assert languages.offered(demo) == ("en",)


def test_a_real_clinic_refuses_a_visit_in_a_draft(visitors: Visitors) -> None:
    """Neither the asked-for letters nor a tap opens it."""
    _as_in_a_clinic(visitors)
    visitors.letters = "es"
    view = visitors.open().view()
    assert (view.visit.language, view.languages) == ("en", ("en",))
    visitors.tell(HandedOver("patient", "read"))
    with pytest.raises(NotAllowed, match="language_not_offered"):
        visitors.tell(LanguageChosen("es"))


def test_who_asks_for_letters_in_spanish_reads_in_spanish(visitors: Visitors) -> None:
    visitors.letters = "es"
    visitors.open()
    assert visitors.here().visit.language == "es"
    assert visitors.here().view().language == "en"  # staff hold the tablet
    assert visitors.tell(HandedOver("patient", "read")).language == "es"


def test_a_visit_in_spanish_goes_its_whole_way(visitors: Visitors) -> None:
    """Every page, the signature and the vial are read in Spanish, and each fact says so."""
    visitors.letters = "es"
    visitors.whole()
    visit = visitors.here().visit
    assert visit.concluded is not None
    told = [by for by in visit.facts if isinstance(by.fact, PageRead | Signed)]
    assert {by.stamp.language for by in told} == {"es"}
    assert {by.stamp.form for by in told} <= set(visit.opened.forms.values() if visit.opened else ())
    again = VisitRoom(visitors.clinic, visitors.staff, visit.id)
    assert again.visit == visit


def test_the_patient_changes_the_language_and_reads_anew(visitors: Visitors) -> None:
    """A page counts in the language it was shown in; going back finds what was read before."""
    visitors.open()
    visitors.hand_over("notices")
    visitors.read("notices_california")
    read = set(visitors.here().visit.read)
    assert visitors.tell(LanguageChosen("es")).visit.read == {}
    assert visitors.here().view().state("notices").state != "done"
    assert set(visitors.tell(LanguageChosen("en")).visit.read) == read


def test_what_was_answered_to_an_english_page_is_asked_again_in_spanish(visitors: Visitors) -> None:
    """Initials and teach-back count only in the language signed; going back finds them."""
    visitors.open()
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.read("consent")
    told = {key for key in visitors.here().visit.told if key[0] == "consent"}
    assert told
    view = visitors.tell(LanguageChosen("es"))
    assert not any(key[0] == "consent" for key in view.visit.told)
    assert {lack.why for lack in view.state("read").lacks} >= {"unread", "not_initialled", "unanswered"}
    assert told <= set(visitors.tell(LanguageChosen("en")).visit.told)


def test_a_signature_in_spanish_is_none_in_the_english_a_renewal_brings(visitors: Visitors) -> None:
    """Even where the newer text is not the consent: a record never says it was signed in English."""
    visitors.letters = "es"
    visitors.until_vial()
    assert visitors.here().visit.patient_signed
    old = visitors.clinic.book
    newer = structs.replace(_approved(old.forms["vial"], "stale"), version="2.0.0", digest="2" * 64)
    visitors.clinic.book = structs.replace(old, forms={**old.forms, "vial": newer})
    renewal = visitors.here().renewal()
    assert renewal is not None and renewal.language == "en"
    view = visitors.tell(renewal)
    assert view.visit.language == "en" and not view.visit.signed
    assert view.state("sign").state != "done"


def test_a_lapsed_signature_binds_nobody_to_its_language(visitors: Visitors) -> None:
    """What is offered is taken."""
    visitors.letters = "es"
    visitors.until_decision()
    visitors.decide()
    visitors.sign_consent()
    visitors.clock.wait(timedelta(days=book().terms.consent_valid_days + 1))
    visitors.staff.arrive(visitors.proof("nurse-1"))
    assert visitors.here().view().languages == ("en", "es")
    assert visitors.tell(LanguageChosen("en")).visit.language == "en"


def test_the_english_page_is_no_page_of_a_spanish_visit(visitors: Visitors) -> None:
    visitors.letters = "es"
    visitors.open()
    visitors.hand_over("notices")
    english = book().forms["notices_california"].words("electronic_record", "en")
    with pytest.raises(NotAllowed, match="page_differs"):
        visitors.tell(PageRead("notices_california", "electronic_record", shown_digest(english)))


def test_after_a_signature_the_language_stays(visitors: Visitors) -> None:
    """One visit, one language: what was signed was read in it."""
    visitors.letters = "es"
    visitors.until_decision()
    visitors.decide()
    visitors.hand_over("sign")
    assert visitors.here().view().languages == ("en", "es")
    visitors.patient_signs("sign")
    assert visitors.here().view().languages == ("es",)
    with pytest.raises(NotAllowed, match="language_signed"):
        visitors.tell(LanguageChosen("en"))


def test_a_newer_text_without_its_spanish_takes_the_visit_to_english(visitors: Visitors) -> None:
    """What was read in Spanish is read again; nobody is shown a stale text in the middle of a visit."""
    visitors.letters = "es"
    visitors.open()
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.hand_back()
    old = visitors.clinic.book
    newer = structs.replace(_approved(old.forms["consent"], "stale"), version="2.0.0", digest="2" * 64)
    visitors.clinic.book = structs.replace(old, forms={**old.forms, "consent": newer})
    renewal = visitors.here().renewal()
    assert renewal is not None and renewal.language == "en"
    view = visitors.tell(renewal)
    assert (view.visit.language, view.visit.read, view.languages) == ("en", {}, ("en",))


def test_a_newer_text_in_both_languages_leaves_the_language(visitors: Visitors) -> None:
    visitors.letters = "es"
    visitors.open()
    old = visitors.clinic.book
    newer = structs.replace(old.forms["consent"], version="2.0.0", digest="3" * 64)
    visitors.clinic.book = structs.replace(old, forms={**old.forms, "consent": newer})
    renewal = visitors.here().renewal()
    assert renewal is not None and renewal.language == ""
    assert visitors.tell(renewal).visit.language == "es"


def test_the_same_language_is_not_chosen_twice(visitors: Visitors) -> None:
    visitors.open()
    with pytest.raises(NotAllowed, match="nothing_changed"):
        visitors.tell(LanguageChosen("en"))
    with pytest.raises(NotAllowed, match="language_not_offered"):
        visitors.tell(LanguageChosen("fr"))


def test_the_nurse_chooses_too_and_reads_english_herself(visitors: Visitors) -> None:
    visitors.open()
    assert visitors.tell(LanguageChosen("es")).language == "en"
    assert visitors.here().visit.facts[-1].stamp.language == "en"

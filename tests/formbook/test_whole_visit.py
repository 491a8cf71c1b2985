"""The forms of the whole visit: every profile, the later session, the day itself, and what goes home."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from chairside import formbook
from chairside.domain.book import for_session
from chairside.domain.facts import AddendumKind, Profile
from chairside.domain.form import Choice, Code, Picture, Statement, Text, major
from chairside.domain.premedication import ORDERED
from chairside.domain.vial import ON_LABEL, SHIPMENT
from chairside.formbook.plan import NEEDS
from chairside.formbook.required import REQUIRED
from tests.formbook.shipped import FORMS, book, copied


def _text(form: str, item: str, profile: Profile = "california") -> str:
    return " ".join(book(profile).forms[form].words(item, "en").body)


@pytest.mark.parametrize("profile", get_args(Profile))
def test_every_profile_loads_with_its_own_notices_alone(profile: Profile) -> None:
    """Proves: Q5 (no profile shows another one's notices)."""
    forms = book(profile).forms
    assert [name for name in forms if name.startswith("notices_")] == [f"notices_{profile}"]
    assert book(profile).plan.step("notices").form == f"notices_{profile}"
    assert set(forms) == {name for name in REQUIRED if not name.startswith("notices_")} | {
        f"notices_{profile}"
    }


def test_every_form_of_the_folder_is_one_that_is_relied_on() -> None:
    assert {path.parent.name for path in FORMS.glob("*/RELEASES.toml")} == set(REQUIRED)


def test_outside_california_no_law_is_named() -> None:
    """Counsel says which law counts; the FDA's words and the tablet's stand in full. Proves: Q5, Q10."""
    form = book("other").forms["notices_other"]
    told = " ".join(" ".join(form.words(item.id, "en").body) for item in form.items).casefold()
    for named in ("california", "medical board", "statute", "section", "code §", "state law"):
        assert named not in told
    for said in ("not approved", "not an approval", "deceived", "2018", "right to paper", "no fee"):
        assert said in told
    assert not any(isinstance(item, Statement) and item.statutory for item in form.items)


def test_nobody_outside_california_signs_for_california_s_notice() -> None:
    for form in book("other").forms.values():
        for item in form.items:
            words = form.words(item.id, "en")
            assert "California" not in " ".join((words.title, *words.body, *words.help)), (form.id, item.id)


def test_a_patient_who_comes_back_reads_what_matters_and_what_changed() -> None:
    """Key information, what changed, three questions; the first time everything else. Proves: P7."""
    consent = book().forms["consent"]
    assert [item.id for item in for_session(consent, 2).items] == [
        "key_information", "initial_not_fda_approved", "what_changed", "ask_approval", "ask_call",
        "ask_refuse",
    ]  # fmt: skip
    first = {item.id for item in for_session(consent, 1).items}
    assert {item.id for item in consent.items} - first == {"what_changed"}
    assert "new choice" in _text("consent", "what_changed")


def test_the_signature_on_the_day_is_asked_only_of_who_signed_before() -> None:
    """Proves: P6 (the form and the plan)."""
    step = book().plan.step("reaffirm")
    assert (step.owner, step.closes, step.due) == ("patient", "signature", "signed_ahead")
    assert {each.id for each in book().plan.steps if each.due == "signed_ahead"} == {"reaffirm"}
    told = _text("reaffirm", "still_agree")
    for said in ("not approved", "say no now", "new medicine", "felt ill", "on paper"):
        assert said in told


def test_a_clinic_may_reaffirm_on_the_same_day_too(tmp_path: Path) -> None:
    """Always is stricter than sometimes, so the plan takes it."""
    folder = copied(tmp_path)
    plan = folder / "visit.toml"
    plan.write_text(plan.read_text("utf-8").replace('due = "signed_ahead"\n', ""), "utf-8")
    loaded = formbook.load(folder, "california", Path(FORMS.parent / "resources" / "drugs"))
    assert loaded.plan.step("reaffirm").due == "always"
    assert loaded.plan.digest != book().plan.digest


def test_nothing_is_given_before_the_choice_is_confirmed() -> None:
    """Proves: P2 (premedication and vial wait for the patient's word of the day)."""
    assert NEEDS["premedication"] == NEEDS["vial"] == {"reaffirm"}
    assert NEEDS["procedure"] == {"record"}
    assert book().plan.step("procedure").manner == "procedure"


def test_an_allergy_is_lifted_by_the_three_drugs_and_by_nothing_else() -> None:
    """Proves: Q27 (the form)."""
    items = [item for item in book().forms["health_check"].items if isinstance(item, Choice)]
    assert {item.id: item.mitigations for item in items if item.mitigations} == {
        "food_or_drug_allergy": tuple(ORDERED)
    }


def test_several_vials_are_one_answer_and_each_photo_is_optional() -> None:
    """Proves: P10 (the forms)."""
    code = book().forms["vial"].item("vial_code")
    assert isinstance(code, Code) and code.many
    pictures = [item for form in book().forms.values() for item in form.items if isinstance(item, Picture)]
    assert {item.id for item in pictures} == {"sheet_photo", "vial_photo"}
    assert not any(item.required for item in pictures)


def test_receiving_asks_nine_things_and_the_rest_only_who_wants() -> None:
    """Proves: P10, X4, Q32 (six answers of the shipment, three of the label)."""
    required = [item.id for item in book().forms["receiving"].items if item.required]
    assert required == [*SHIPMENT, *ON_LABEL]


def test_every_addendum_has_a_meaning_to_sign() -> None:
    """Proves: P9 (the words)."""
    form = book().forms["addendum"]
    for about in get_args(AddendumKind):
        assert _text("addendum", f"meaning_{about}")
    what = form.item("what")
    assert isinstance(what, Text) and what.required
    assert "stays as it is" in _text("addendum", "meaning_amendment")
    assert "1-800-FDA-1088" in _text("addendum", "meaning_adverse_event")


def test_a_withdrawal_may_be_told_by_who_decides_for_the_patient() -> None:
    """Who signs it said "The patient told me" of a child's mother, too. Proves: P4, Q15 (the words)."""
    form = book().forms["addendum"]
    for language, who in (("en", "the person who decides for"), ("es", "la persona que decide por")):
        for item in ("meaning_withdrawal", "what"):
            words = form.words(item, language)
            assert who in " ".join((*words.body, *words.help)), (language, item)


def test_the_paper_for_home_lists_every_emergency_and_the_phone_of_the_fda() -> None:
    """Proves: Q47 (the words)."""
    told = _text("aftercare", "when_to_call")
    for sign in (
        "100.4",
        "38.0",
        "chills",
        "Redness",
        "pus",
        "Severe pain",
        "breathe",
        "tongue",
        "face",
        "faint",
        "911",
    ):
        assert sign in told
    assert "1-800-FDA-1088" in _text("aftercare", "report_harm")


@pytest.mark.parametrize("form", ["preparation", "aftercare"])
def test_the_papers_never_stop_a_prescribed_drug(form: str) -> None:
    """Proves: Q22 (the papers)."""
    told = _text(form, "medicines")
    assert "prescribe" in told and "blood thinner" in told and "Do not stop it" in told


def test_the_first_number_of_a_version_is_what_a_new_signature_hangs_on() -> None:
    """Proves: P6."""
    assert [major(version) for version in ("1.0.0", "1.9.12", "2.0.0", "10.1.0")] == [1, 1, 2, 10]
    for form in book().forms.values():
        assert major(form.version) == 1

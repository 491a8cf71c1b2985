"""Several vials, paper, consent ahead, a second session, no-show: what their pages say."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import pikepdf
import pytest

from chairside.domain.facts import (
    Awaited,
    Mark,
    PatientFact,
    SupplierAdded,
    VialFact,
    VialReceived,
    VisitFact,
)
from chairside.record.content import Content
from chairside.record.sentences import sentences
from tests.record import other_visits, visits
from tests.record.printed import opened, printed, text


def said(content: Content) -> str:
    return " ".join(text(printed(content)).split())


@pytest.mark.parametrize(
    "kind", [*get_args(VisitFact), *get_args(VialFact), *get_args(PatientFact), SupplierAdded]
)
def test_every_fact_a_record_can_hold_has_a_sentence(kind: type) -> None:
    assert f"fact.{kind.__name__}" in sentences("en")


def test_every_mark_and_every_wait_has_a_word() -> None:
    told = sentences("en")
    assert all(f"mark_of.{mark}" in told for mark in get_args(Mark))
    assert all(f"awaited.{awaited}" in told for awaited in get_args(Awaited))


# -- vials ---------------------------------------------------------------------------------------
def test_each_of_several_vials_has_its_own_gate_and_they_add_up() -> None:
    """Proves: P10, Q29."""
    found = said(other_visits.two_vials())
    assert all(f"Vial {code} Code {code}" in found for code in other_visits.TWO)
    assert found.count("Before it may be thawed Point Found In date Yes") == 2
    assert "10 million cells on the labels, as ordered" in found


def test_one_sheet_that_covers_two_vials_is_printed_once() -> None:
    """Proves: P10. Who copied it and who compared it stand with it."""
    found = said(other_visits.two_vials())
    assert found.count("The donor's test sheet Covers") == 1
    assert f"Covers {', '.join(other_visits.TWO)}" in found
    assert "Copied by Demo Nurse Wren Compared by Demo Nurse Ilo" in found


def test_a_vial_that_fails_a_point_says_why() -> None:
    """Proves: Q29, Q32, X4."""
    content = visits.ordinary()
    late = [
        body.replace("2027-06-01", "2026-11-30")
        .replace('"cord_tissue"', '"placental"')
        .replace('["none"]', '["biohazard","autologous_only"]')
        for body in content.bodies
    ]
    found = said(msgspec.structs.replace(content, bodies=tuple(late)))
    assert "In date The vial is past its date." in found
    product = "The label says placenta, but the consent is about a product from a donor's umbilical cord."
    assert f"Product from an umbilical cord, as in the consent {product}" in found
    for warning in ("the biohazard sign", "for autologous use only"):
        said_so = f"There is a warning on label or paper: {warning}."
        assert f"No warning on label or paper {said_so}" in found


def test_a_point_that_nobody_looked_at_is_not_met() -> None:
    """Proves: Q29, V7."""
    content = visits.ordinary()
    bodies = [body.replace('"label_warning"', '"never_asked"') for body in content.bodies]
    found = said(msgspec.structs.replace(content, bodies=tuple(bodies)))
    unasked = "Nobody has said whether label and paper carry a warning."
    assert f"No warning on label or paper {unasked}" in found
    assert "No warning on label or paper Yes" in said(content)


# The record's sentences of vials, sheets and findings; their tables in the files of words.
OF_A_VIAL = frozenset(
    ("finding", "finding_about", "physician", "panel", "vial", "gate", "sheet", "result", "test")
)


def test_the_pages_of_vial_sheet_and_findings_are_spanish_in_a_spanish_record() -> None:
    """Every English sentence of them is looked for, with every point of the gate told. Proves: Q29, X4."""
    content = visits.ordinary()
    stopped = [body.replace('"cord_tissue"', '"placental"') for body in content.bodies]
    stopped = [body.replace('["none"]', '["biohazard","autologous_only"]') for body in stopped]
    words = {"en": sentences("en"), "es": sentences("es")}
    spoken = {"language": "es", "staff_language": "es", "words": words, "bodies": tuple(stopped)}
    told = said(msgspec.structs.replace(content, **spoken))
    product = "La etiqueta dice placenta, pero el consentimiento es sobre un producto del cordón umbilical"
    assert f"Producto de un cordón umbilical, como en el consentimiento {product}" in told
    assert "Hay una advertencia en la etiqueta o en el papel: la señal de peligro biológico." in told
    ours = {key for key in words["en"] if key.partition(".")[0] in OF_A_VIAL}
    ours -= {key for key in ours if words["es"][key] == words["en"][key]}  # such as Hepatitis B
    parts = {part.strip() for key in ours for part in re.split(r"\{\w+\}", words["en"][key])}
    assert [part for part in sorted(parts) if len(part.split()) > 1 and part in told] == []


def test_a_sheet_of_another_supplier_covers_nothing() -> None:
    content = visits.ordinary()
    other = [_of_somebody_else(body) for body in content.bodies]
    found = said(msgspec.structs.replace(content, bodies=tuple(other)))
    assert "Sheet of the same supplier, donor or lot Yes" not in found
    assert "Sheet of the same supplier, donor or lot Yes" in said(content)


def _of_somebody_else(body: str) -> str:
    received = VialReceived.__name__ in body
    return body.replace("Invented Supplier", "Somebody Else") if received else body


def test_what_the_visit_waited_for_stands_with_since_and_until() -> None:
    """Proves: P1."""
    found = said(other_visits.two_vials())
    assert "Waited for Since Until Person The courier. Promised by noon 12:0" in found


# -- paper ---------------------------------------------------------------------------------------
def test_a_signature_on_paper_names_who_photographed_and_who_compared() -> None:
    """Proves: P8."""
    found = said(other_visits.on_paper())
    attested = "Attested by Demo Nurse Wren, who took the photo, and Demo Nurse Ilo, who compared it"
    assert f"Signed on paper, photographed. {attested}" in found


def test_what_was_copied_from_paper_is_marked_wherever_it_stands() -> None:
    """Proves: P8. On the pages read, at the initials, and in the audit trail."""
    found = said(other_visits.on_paper())
    assert "This was read and signed on paper (the patient prefers paper)" in found
    assert "Read on paper; written down by Demo Nurse Wren" in found
    assert "Initials on paper; written down by Demo Nurse Wren" in found
    assert "Read to the end: Risks. From paper." in found
    assert "PST (from paper)" not in found.split("Health check")[0]


def test_a_paper_signature_nobody_attested_says_so() -> None:
    content = other_visits.on_paper()
    alone = tuple(body for body in content.bodies if "PaperAttested" not in body)
    found = said(msgspec.structs.replace(content, bodies=alone))
    assert "No second person has compared the photo with the paper." in found


def test_nothing_of_a_visit_on_glass_is_said_to_be_from_paper() -> None:
    assert "rom paper" not in said(visits.ordinary())


# -- ahead, again, absent ------------------------------------------------------------------------
def test_a_consent_signed_ahead_stands_with_its_dates_and_is_reaffirmed() -> None:
    """Proves: P6, R43."""
    first = " ".join(text(printed(other_visits.signed_ahead())).split("\f")[0].split())
    assert "Text first given November 23, 2026, 12:03 PST, version 1.0.0" in first
    assert "Signed ahead of the day November 23, 2026," in first
    assert "Agreed again on the day December 1, 2026," in first


def test_a_second_session_prints_what_was_asked_in_it_and_nothing_else() -> None:
    """Proves: P7."""
    again, first = said(other_visits.signed_ahead()), said(visits.ordinary())
    assert "Session 2. Only what a patient who comes back is asked to read stands here." in again
    assert "You had this treatment here before" in again
    assert "You had this treatment here before" not in first
    assert "Your record and who sees it" in first
    assert "Your record and who sees it" not in again


def test_a_signature_that_was_given_again_says_that_the_first_no_longer_counts() -> None:
    content = other_visits.signed_ahead()
    assert "This signature no longer counts" not in said(content)
    bodies = [body for body in content.bodies if '"reaffirm.' not in body]
    assert "This signature no longer counts" not in said(
        msgspec.structs.replace(content, bodies=tuple(bodies))
    )


def test_a_no_show_is_attested_and_says_that_no_treatment_was_given() -> None:
    """Proves: P4."""
    found = said(other_visits.no_show())
    assert "The patient did not come on the day. No treatment was given." in found
    assert "Reason Called twice, no answer. Printed name Demo Nurse Wren" in found
    assert "The patient did not come: Called twice, no answer." in found


def test_the_clinics_own_settings_are_printed() -> None:
    """A physician working alone (T6) and whom the clinic treats (X14)."""
    content = visits.ordinary()
    clinic = msgspec.structs.replace(content.clinic, physician_alone=True, ages="adults")
    found = said(msgspec.structs.replace(content, clinic=clinic))
    assert "A physician who works alone may check and countersign here." in found
    assert "The clinic treats adults only." in found
    assert "works alone" not in said(content)


def test_the_washout_is_counted_from_the_injection_as_it_was_planned_last() -> None:
    """Proves: Q21, Q23. Planned a day later, the same dose lies a day further before it."""
    content = other_visits.replanned()
    found = said(content)
    assert "Planned injection December 2, 2026, 14:30 PST" in found
    assert "through December 23, 2026. It may be taken again from December 24, 2026." in found


def test_only_what_the_drug_list_counts_is_drawn_in_the_washout() -> None:
    """A blood thinner taken this morning is no cross in a window it has no part in. Proves: Q21, Q22."""
    content = visits.ordinary()
    drawn = _washouts(content)
    assert "Advil" in drawn and "Aleve" in drawn
    assert "Aleve" not in _washouts(msgspec.structs.replace(content, nsaids=("Advil",)))
    assert _washouts(msgspec.structs.replace(content, nsaids=())) == ""


def _washouts(content: Content) -> str:
    """Return the words of every drawing of a washout."""
    figures = (each for each in opened(content).objects if isinstance(each, pikepdf.Dictionary))
    told = (str(each.Alt) for each in figures if each.get("/S") == "/Figure")
    return " ".join(alt for alt in told if alt.startswith("Drawing of the 72 hours"))

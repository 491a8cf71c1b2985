"""Medicines in the record and on the sheets to take home: whom to ask, what is never stopped, who signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from chairside.domain.doses import AS_ORDERED
from chairside.domain.form import Choice
from chairside.domain.replies import (
    Chosen,
    DoseGiven,
    DrugsTaken,
    DrugTaken,
    Never,
    NotSure,
    OnDate,
    Prescriber,
)
from chairside.domain.visit import Told
from chairside.record import papers
from chairside.record.content import Content, Found
from chairside.record.pages_answers import changes
from chairside.record.press import Press
from chairside.record.sentences import sentences
from chairside.record.telling import teller
from tests.record import visits
from tests.record.printed import text
from tests.record.test_other_pages import said
from tests.record.test_papers import GIVEN, press

SHELF = '"name":"Advil","prescribed":false,"prescriber":{"asked":null,"name":"","phone":""}'
DOCTOR = Prescriber("Dr. Lake", "555 0114", asked=True)
ASPIRIN = DrugTaken("baby aspirin", NotSure(), True, DOCTOR)
CLOPIDOGREL = DrugTaken("clopidogrel", OnDate(date(2026, 11, 30)), True)
FOUND = (
    Found("clears_slowly", "clear", ("nsaids",), "Feldene", "10"),
    Found("aspirin_platelets", "clear", ("nsaids",), "Bayer"),
    Found("steroid_and_nsaid_rule", "clear", ()),
)


def _told(row: str) -> Content:
    content = visits.ordinary()
    bodies = tuple(body.replace(SHELF, row) for body in content.bodies)
    assert bodies != content.bodies
    return msgspec.structs.replace(content, bodies=bodies)


def test_a_prescribed_medicine_stands_with_whom_to_ask() -> None:
    """Proves: Q22."""
    who = '{"asked":true,"name":"Dr. Lake","phone":"555 0114"}'
    found = said(_told(f'"name":"baby aspirin","prescribed":true,"prescriber":{who}'))
    assert "Prescribed medicine Prescribed by Phone Was asked" in found
    assert "baby aspirin Dr. Lake 555 0114 Yes" in found
    assert "Do not stop this medicine. The doctor who prescribed it decides." in found


def test_whom_nobody_wrote_down_is_said_too() -> None:
    """Proves: Q22."""
    row = SHELF.replace("Advil", "baby aspirin").replace("false", "true")
    assert "baby aspirin Not told Not told Not told" in said(_told(row))
    assert "Prescribed medicine" not in said(visits.ordinary())


def test_who_prescribed_it_told_later_is_no_changed_answer() -> None:
    """Only what was said otherwise is a change; a phone number is none."""
    first, later = DrugTaken("baby aspirin", NotSure()), DrugTaken("baby aspirin", NotSure(), True)
    assert _changes(first, later, ASPIRIN) == 0
    assert _changes(first, later, msgspec.structs.replace(ASPIRIN, prescribed=False)) == 1
    assert _changes(first, msgspec.structs.replace(ASPIRIN, last_dose=Never())) == 1


def _changes(*rows: DrugTaken) -> int:
    by = visits.ordinary().stamped()[0]
    told = tuple(Told(DrugsTaken((row,)), by, place) for place, row in enumerate(rows))
    return len(list(changes(told)))


@pytest.mark.parametrize(("status", "there"), [("sample", True), ("signed", False), ("", False)])
def test_lists_that_nobody_signed_are_called_a_sample(status: str, there: bool) -> None:
    """Proves: Q48 (the lists)."""
    found = said(msgspec.convert({**msgspec.to_builtins(visits.ordinary()), "drug_lists": status}, Content))
    assert ("SAMPLE: the lists of drug names were not signed by a pharmacist" in found) is there


def test_the_notes_are_printed_and_ask_for_no_ruling() -> None:
    """Proves: Q24, Q25, X11."""
    found = said(msgspec.structs.replace(visits.ordinary(), findings=FOUND))
    assert "Feldene may stay in the body for about 10 days after the last dose." in found
    assert (
        "Bayer holds aspirin, and no doctor prescribed it. Platelets recover in 7-10 days, not in 3." in found
    )
    assert "A steroid before the injection lowers prostaglandins, as NSAIDs do." in found
    assert found.count("A note Asks for no ruling") == 3
    assert "No ruling" not in found


def _sheet(kind: str, language: str, prescribed: tuple[DrugTaken, ...]) -> str:
    plain = press()
    spoken = Press(language, {language: sentences(language)}, plain.zone, plain.clinic, plain.at)
    form = visits.book().forms[kind]
    if kind == "preparation":
        data = papers.preparation(spoken, form, papers.Planned(visits.NAME, visits.INJECTION, prescribed))
    else:
        data = papers.aftercare(spoken, form, replace(GIVEN, prescribed=prescribed))
    return " ".join(text(data).split())


@pytest.mark.parametrize("kind", ["preparation", "aftercare"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sheets_name_what_the_patient_goes_on_with(kind: str, language: str) -> None:
    """The row about pills from the shelf stays; of a prescribed one no row says none. Proves: Q22."""
    found = _sheet(kind, language, (ASPIRIN, CLOPIDOGREL))
    without = _sheet(kind, language, ())
    for name in ("baby aspirin", "clopidogrel"):
        assert name in found and name not in without
    said_so = "Do not stop this medicine." if language == "en" else "No deje esta medicina."
    assert found.count(said_so) == 2 and said_so not in without
    assert found.count("Dr. Lake") == 1


def test_a_dose_that_the_order_does_not_hold_is_printed_so() -> None:
    """And by its drug's name. Proves: Q27."""
    content = visits.ordinary()
    ordered = '"doses":"Cetirizine 10 mg, famotidine 20 mg","kind":"Decided"'
    other = ('"item":"loratadine"', '"item":"h2_given"')
    bodies = (body.replace('"doses":"","kind":"Decided"', ordered) for body in content.bodies)
    found = said(msgspec.structs.replace(content, bodies=tuple(body.replace(*other) for body in bodies)))
    assert "H2 blocker: famotidine 10 mg, Tablet, by mouth, December" in found
    assert "(This amount does not stand in the order.)" in found


@pytest.mark.parametrize("brands", [{}, {"pepcid": "famotidine"}])
def test_a_drug_ordered_by_its_brand_is_the_one_that_was_given(brands: dict[str, str]) -> None:
    """The record holds what the list said of a brand, so drawn again it says the same. Proves: Q27."""
    content = visits.ordinary()
    ordered = '"doses":"Pepcid 10 mg","kind":"Decided"'
    other = ('"item":"loratadine"', '"item":"h2_given"')
    bodies = (body.replace('"doses":"","kind":"Decided"', ordered) for body in content.bodies)
    told = tuple(body.replace(*other) for body in bodies)
    found = said(msgspec.structs.replace(content, bodies=told, brands=brands))
    assert "H2 blocker: famotidine 10 mg, Tablet, by mouth, December" in found
    assert ("(The order does not name this drug.)" in found) is not bool(brands)


def test_in_a_spanish_record_a_dose_and_its_way_are_in_spanish() -> None:
    """They stood there as the forms' files name them: "as ordered, vein". Proves: Q27."""
    both = {each: sentences(each) for each in ("en", "es")}
    spanish = msgspec.structs.replace(visits.ordinary(), language="es", words=both)
    at = spanish.stamped()[-1].stamp.utc
    given = DoseGiven(at, AS_ORDERED, "vein")
    said_so = teller(spanish, "0" * 64).reply("premedication", "steroid_given", given)
    assert said_so.startswith("Según la orden, En una vena, ")


def test_what_somebody_typed_is_never_put_right() -> None:
    """A way that is no known option, and the name of a medicine, stood there with blanks for "_"."""
    t = teller(visits.ordinary(), "0" * 64)
    given = DoseGiven(t.visit.facts[-1].stamp.utc, "10_mg", "by_hand_2")
    assert t.reply("premedication", "steroid_given", given).startswith("10_mg, by_hand_2, ")
    assert t.reply("premedication", "steroid_given", Chosen("in_a_vein")) == "in_a_vein"
    assert t.finding(Found("unknown_drug", "physician", ("nsaids",), "my_pill")).startswith("my_pill is not")


def test_a_point_that_stayed_unclear_is_named() -> None:
    """The sentence stood there with its gap: "after two explanations: {item}"."""
    question = next(item.id for item in visits.book().forms["consent"].items if isinstance(item, Choice))
    t = teller(visits.ordinary(), "0" * 64)
    told = t.finding(Found("understanding_raised", "physician", (question,), question))
    assert "{" not in told and told.endswith(t.title("consent", question))

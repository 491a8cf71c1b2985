"""Typed text, wherever in a fact it lies: it prints, and it ends; a record holds all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chairside.domain.facts import AddendumSigned, Answered, Decided, RuledOn, Signed, Stopped, VisitFact
from chairside.domain.replies import (
    AtMoment,
    Coded,
    CodesRead,
    DoseGiven,
    DoseNotGiven,
    DrugsTaken,
    DrugTaken,
    Written,
)
from chairside.errors import NotAllowed
from chairside.session.truth import unprintable
from tests.session.clinics import SteppingClock, Visitors

AT = SteppingClock().at
STRANGE = "bad \u202e text"


def telling(text: str) -> tuple[VisitFact, ...]:
    """Every fact in which somebody's text lies, some of it deep."""
    return (
        Answered("medicines", "nsaids", DrugsTaken((DrugTaken(text, AtMoment(AT)),))),
        Answered("premedication", "prp_kit", Coded(text, "typed")),
        Answered("vial", "vial_code", CodesRead((Coded("A", "scanned"), Coded(text, "scanned")))),
        Answered("premedication", "loratadine", DoseGiven(AT, text, "tablet")),
        Signed("sign.patient_signature", "patient", text, "as shown", ()),
        Answered("premedication", "loratadine", DoseNotGiven(text)),
        Decided("proceed", "in_person", 5, (), (RuledOn("cancer_within_5_years", text),)),
        AddendumSigned(1, "amendment", text, "Demo Nurse Wren", "this is what happened"),
        AddendumSigned(1, "amendment", "told", "Demo Nurse Wren", text),
        Answered("premedication", "note", Written(text)),
        Stopped("refused", text),
    )


LINES = 5  # the first of them are lines, the others texts


def test_text_nobody_can_print_is_refused_however_deep_it_lies() -> None:
    assert {unprintable(fact) for fact in telling(STRANGE)} == {"text_not_printable"}
    assert {unprintable(fact) for fact in telling("\u0007")} == {"text_not_printable"}


def test_a_line_ends_after_200_letters_and_a_text_after_2000() -> None:
    assert [unprintable(fact) for fact in telling("a" * 201)[:LINES]] == ["text_long"] * LINES
    assert {unprintable(fact) for fact in telling("a" * 200)} == {None}
    assert {unprintable(fact) for fact in telling("word " * 401)} == {"text_long"}
    assert {unprintable(fact) for fact in telling("word " * 400)[LINES:]} == {None}


def test_a_code_may_hold_what_a_scanner_sends_between_its_parts() -> None:
    assert unprintable(Answered("vial", "vial_code", Coded("=A9999\x1d&,1000", "scanned"))) is None


def test_a_drugs_name_that_cannot_be_printed_is_stored_by_nobody(visitors: Visitors) -> None:
    """Nor is a page of it."""
    visitors.open()
    before = visitors.here().visit.head
    for name, code in ((STRANGE, "text_not_printable"), ("x" * 201, "text_long")):
        taken = DrugTaken(name, AtMoment(AT - timedelta(days=30)))
        with pytest.raises(NotAllowed, match=code):
            visitors.tell(Answered("medicines", "nsaids", DrugsTaken((taken,))))
    assert visitors.here().visit.head == before

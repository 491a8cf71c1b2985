"""Whose line is asked for, under which name and in which way: read from a visit as it stands (Q14, Q15)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from chairside.domain import people
from chairside.domain.facts import Fact, PatientAdded, Signed, SignedOnPaper, Signer
from chairside.domain.facts.people import InterpreterNamed, WitnessNamed
from chairside.domain.form import Ink
from chairside.domain.visit import People, Visit
from tests.domain.made_up import BORN, NAME, SIGN_PAD, stamped, when

PATIENT = PatientAdded(NAME, BORN, "555 0100", "1 Nowhere", "post", "en")
IVO = InterpreterNamed("Ivo Example", "", "Tagalog", "in_person", sight=True)
BESIDE_PAD = "sign.interpreter_signature"
LINE = Ink(id="interpreter_signature", owner="patient", signer="interpreter")
SIGNED = Signed(SIGN_PAD, "patient", NAME, "I agree", ("s",))


@pytest.mark.parametrize(
    ("born", "minor"), [(date(2008, 12, 1), False), (date(2008, 12, 2), True), (date(2020, 1, 1), True)]
)
def test_who_is_18_on_the_day_of_the_injection_is_no_minor(born: date, minor: bool) -> None:
    """Proves: Q14."""
    visit = Visit("one", patient=structs.replace(PATIENT, born=born))
    assert people.minor(visit, when()) is minor
    assert not people.minor(Visit("one"), when())  # of whom nothing is known, no age is


def test_everybody_signs_under_the_name_that_was_told() -> None:
    """Who was not named has no name to sign under. Proves: Q15."""
    beside = People(interpreter=stamped(IVO), witness=stamped(WitnessNamed("Wim Example")))
    visit = Visit("one", patient=PATIENT, people=beside)
    named: dict[Signer, str] = {
        "patient": NAME, "interpreter": "Ivo Example", "witness": "Wim Example",
        "representative": "", "nurse": "", "physician": "",
    }  # fmt: skip
    assert {who: people.named(visit, who) for who in named} == named
    assert people.named(Visit("one"), "patient") == ""


def test_each_person_signs_in_their_own_way() -> None:
    """Proves: Q15."""
    visit = Visit("one", people=People(ways={"patient": "by_mark", "witness": "typed"}))
    ways = {who: people.way(visit, who) for who in ("patient", "witness", "interpreter")}
    assert ways == {"patient": "by_mark", "witness": "typed", "interpreter": "drawn"}


def test_staff_are_asked_for_every_line_of_their_own() -> None:
    for who in ("nurse", "physician"):
        assert people.asked_to_sign(Visit("one"), "countersign", Ink(id="line", signer=who))


ORDERS: list[tuple[tuple[Fact, ...], bool]] = [
    ((), False),
    ((SIGNED,), False),
    ((IVO,), True),
    ((IVO, SIGNED), True),
    ((SIGNED, IVO), False),
]


@pytest.mark.parametrize(("told", "asked"), ORDERS)
@pytest.mark.parametrize("where", ["glass", "paper"])
def test_an_interpreter_signs_for_what_they_heard(told: tuple[Fact, ...], asked: bool, where: str) -> None:
    """Who came after the signature did not hear what it is under. Proves: Q15."""
    facts = tuple(stamped(fact, n) for n, fact in enumerate(told, 1))
    signed = {by.fact.pad: by for by in facts if isinstance(by.fact, Signed)}
    named = next((by for by in facts if by.fact == IVO), None)
    visit = Visit("one", facts=facts, patient=PATIENT, people=People(interpreter=named))
    visit = structs.replace(visit, **{"signed" if where == "glass" else "papers": signed})
    assert people.asked_to_sign(visit, "sign", LINE) is asked


@pytest.mark.parametrize("where", ["signed", "papers"])
def test_a_line_that_was_signed_stays_one_that_is_asked_for(where: str) -> None:
    """Also where the interpreter left, or came anew, since. Proves: Q15."""
    by = stamped(Signed(BESIDE_PAD, "interpreter", "Ivo Example", "I left nothing out", ("s",)))
    visit = Visit("one", facts=(by,), patient=PATIENT)
    assert people.asked_to_sign(structs.replace(visit, **{where: {BESIDE_PAD: by}}), "sign", LINE)


def test_the_signature_of_a_form_is_that_of_who_consents_on_it() -> None:
    """Not of who signs beside them, nor of another form. Proves: Q14, Q15."""
    beside = stamped(Signed(BESIDE_PAD, "interpreter", "Ivo Example", "I left nothing out", ("s",)), 1)
    vial = stamped(Signed("vial.patient_saw", "patient", NAME, "I saw it", ("s",)), 2)
    paper = stamped(SignedOnPaper(SIGN_PAD, "patient", NAME, "I agree", ("a",)), 3)
    glass = stamped(SIGNED, 4)
    visit = Visit("one", signed={BESIDE_PAD: beside, "vial.patient_saw": vial})
    assert people.signed_by(visit, "sign") is None
    assert people.signed_by(visit, "vial") == vial
    visit = structs.replace(visit, papers={SIGN_PAD: paper})
    assert people.signed_by(visit, "sign") == paper
    visit = structs.replace(visit, signed={**visit.signed, SIGN_PAD: glass})
    assert people.signed_by(visit, "sign") == glass

"""Who comes, leaves or is replaced beside the patient, and which signatures that makes void."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec import structs

from chairside.domain import beside
from chairside.domain.facts import PageRead, PeopleFact, Signed, SignedOnPaper, Signer, Stamped
from chairside.domain.facts.people import (
    AssentNotAsked,
    InterpreterAttested,
    InterpreterNamed,
    MinorMaySign,
    PersonLeft,
    RepresentativeNamed,
    WayChosen,
    WitnessNamed,
)
from chairside.domain.visit import Pad, People, Visit
from tests.domain.made_up import NAME, stamped

IVO = InterpreterNamed("Ivo Example", "", "Tagalog", "in_person", sight=True)
WIM = WitnessNamed("Wim Example")
MOTHER = RepresentativeNamed("Olga Example", "parent", "birth certificate")
Beside = Literal["interpreter", "witness"]
NAMED: dict[Beside, PeopleFact] = {"interpreter": IVO, "witness": WIM}
NURSES = "premedication.nurse_signature"


def _signed(pad: str, signer: Signer, paper: bool = False) -> Stamped:
    if paper:
        return stamped(SignedOnPaper(pad, signer, NAME, "I agree", ("a" * 64,)))
    return stamped(Signed(pad, signer, NAME, "I agree", ("s",)))


def _visit(who: Beside, *, late: bool = False, lines: bool = False, paper: bool = False) -> Visit:
    """A consent signed with somebody beside; `late`: they came after it, `lines`: they signed too."""
    person, mine = stamped(NAMED[who]), _signed("sign.signature", "patient", paper)
    nurse = _signed(NURSES, "nurse")
    held = {"sign.signature": mine}
    if lines:
        held[f"sign.{who}_signature"] = _signed(f"sign.{who}_signature", who, paper)
    facts = (nurse, mine, person) if late else (nurse, person, mine)
    here = People(interpreter=person) if who == "interpreter" else People(witness=person)
    read = {("sign", "page"): stamped(PageRead("sign", "page", "shown"))}
    if paper:
        return Visit("one", facts, signed={NURSES: nurse}, papers=held, people=here, read=read)
    return Visit("one", facts, signed={NURSES: nurse, **held}, people=here, read=read)


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("who", NAMED)
@pytest.mark.parametrize("leaves", [False, True])
def test_a_signature_that_waits_for_a_line_goes_with_who_was_to_give_it(
    who: Beside, paper: bool, leaves: bool
) -> None:
    """On glass and on paper, whether they leave or another comes; given, or not waited for, it stays."""
    fact = PersonLeft(who, "was called away") if leaves else NAMED[who]
    by = stamped(fact)
    for visit, stays in (
        (_visit(who, paper=paper), False),
        (_visit(who, paper=paper, lines=True), True),
        (_visit(who, paper=paper, late=True), True),
    ):
        now = beside.told(visit, fact, by)
        assert ("sign.signature" in {**now.signed, **now.papers}) is bool(now.read) is stays
        assert NURSES in now.signed
        assert getattr(now.people, who) is (None if leaves else by)


@pytest.mark.parametrize("who", NAMED)
def test_the_first_to_come_makes_nothing_void(who: Beside) -> None:
    """Nor does who comes beside another of another part."""
    alone = structs.replace(_visit(who), people=People())
    assert beside.told(alone, NAMED[who], stamped(NAMED[who])).signed == alone.signed
    other: Beside = "witness" if who == "interpreter" else "interpreter"
    visit = _visit(who)
    assert beside.told(visit, NAMED[other], stamped(NAMED[other])).signed == visit.signed


def test_with_the_representative_goes_how_they_signed() -> None:
    """And all that they read and signed; how the patient signs stays. Proves: Q14, R39."""
    people = People(stamped(MOTHER), ways={"representative": "typed", "patient": "by_mark"})
    visit = structs.replace(_visit("witness"), people=people)
    now = beside.told(visit, PersonLeft("representative", "left"), stamped(WIM))
    assert now.people == People(ways={"patient": "by_mark"})
    assert set(now.signed) == {NURSES} and now.read == {}


def test_one_representative_after_another_reads_nothing_anew() -> None:
    """Proves: Q14."""
    visit = _visit("witness")
    by = stamped(MOTHER)
    first = beside.told(visit, MOTHER, by)
    assert set(first.signed) == {NURSES} and first.people.representative is by
    signed = structs.replace(first, signed=visit.signed)
    assert beside.told(signed, MOTHER, stamped(MOTHER)).signed == visit.signed


def test_another_way_of_signing_takes_ink_that_was_not_signed() -> None:
    """Proves: R39."""
    pads = {"sign.signature": Pad(("s",)), "vial.patient_saw": Pad(("s",))}
    visit = structs.replace(_visit("witness"), pads=pads)
    now = beside.told(visit, WayChosen("patient", "by_mark", "cannot write"), stamped(WIM))
    assert set(now.pads) == {"sign.signature"} and now.people.ways == {"patient": "by_mark"}


def test_staffs_word_for_an_interpreter_who_is_away_stands_on_the_interpreters_line() -> None:
    """Proves: R38."""
    by = stamped(InterpreterAttested("sign.interpreter_signature", "Ivo Example", "all said"))
    now = beside.told(_visit("interpreter"), by.fact, by)  # type: ignore[arg-type]  # it is one of people
    assert now.signed["sign.interpreter_signature"] is by


def test_the_physicians_word_on_a_child_is_kept_with_who_said_it() -> None:
    """Proves: Q14."""
    asked, alone = stamped(AssentNotAsked("does not speak")), stamped(MinorMaySign("married"))
    visit = beside.told(Visit("one"), AssentNotAsked("does not speak"), asked)
    visit = beside.told(visit, MinorMaySign("married"), alone)
    assert visit.people == People(not_asked=asked, may_sign=alone)

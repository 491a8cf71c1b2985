"""What a record says of people and of what they did, as eyes found it wrong on the pages of played visits."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from chairside.domain.facts import Fact, PageRead, SheetEntered, Signed, SignedOnPaper, Stamped
from chairside.domain.facts.people import AssentNotAsked, InterpreterNamed, RepresentativeNamed, WayChosen
from chairside.domain.replies import DoseGiven
from chairside.record.beside import beside_line, there
from chairside.record.content import Content
from chairside.record.pages_audit import told
from chairside.record.telling import Teller, teller
from tests.record import other_visits, visits
from tests.record.printed import printed, text

OLGA = RepresentativeNamed("Olga Example", "parent", "birth certificate")
IVO = InterpreterNamed("Ivo Example", "", "Tagalog", "in_person", sight=True)
MARK = WayChosen("patient", "by_mark", "cannot write since a stroke")
INK = Signed("sign.representative_signature", "representative", "Olga Example", "I agree", ("a",))
PHOTO = SignedOnPaper("sign.representative_signature", "representative", "Olga Example", "I agree", ("a",))


def _told(*facts: Fact) -> tuple[Teller, tuple[Stamped, ...]]:
    """A visit in which these facts came last."""
    t = teller(visits.ordinary(), "0" * 64)
    added = tuple(msgspec.structs.replace(t.visit.facts[-1], fact=fact) for fact in facts)
    visit = msgspec.structs.replace(t.visit, facts=(*t.visit.facts, *added))
    return replace(t, visit=visit), added


def _beside(*facts: Fact) -> dict[str, str]:
    t, added = _told(*facts)
    signed = added[-1].fact
    assert isinstance(signed, Signed | SignedOnPaper)
    return dict(beside_line(t, added[-1], signed))


def _pages(content: Content) -> list[str]:
    return [" ".join(page.split()) for page in text(printed(content)).split("\f")]


@pytest.mark.parametrize("signed", [INK, PHOTO])
def test_who_decides_for_the_patient_is_told_beside_the_line_on_paper_too(signed: Fact) -> None:
    """Values stood there in lower case, and on paper none stood there. Proves: Q15, P8."""
    assert _beside(OLGA, signed) == {"Relation": "Parent", "Shown as proof": "birth certificate"}


def test_how_somebody_signed_begins_with_a_capital_and_is_told_of_paper_too() -> None:
    """Proves: Q14, P8."""
    mark = msgspec.structs.replace(INK, signer="patient", way="by_mark")
    how = {"How it was signed": "Signed by a mark, before a witness. cannot write since a stroke."}
    assert _beside(MARK, mark) == how
    assert _beside(MARK, msgspec.structs.replace(PHOTO, signer="patient")) == how
    assert not _beside(MARK, msgspec.structs.replace(PHOTO, signer="witness"))


def test_the_name_of_who_interprets_is_not_said_twice_beside_the_line() -> None:
    signed = msgspec.structs.replace(INK, signer="interpreter", name="Ivo Example")
    said = "Tagalog, in the room; read the English pages out in that language (sight translation)"
    assert _beside(IVO, signed) == {"Interpreted": said}
    t, _ = _told(IVO)
    assert ("Interpreter", f"Ivo Example, {said}") in there(t)


def test_what_stands_alone_begins_with_a_capital() -> None:
    t, _ = _told(AssentNotAsked("does not speak"))
    assert ("The child was asked", "Not asked: does not speak") in there(t)
    given = t.reply("premedication", "steroid_given", DoseGiven(t.visit.facts[0].stamp.utc, "as ordered", ""))
    assert given.startswith("As ordered, ")
    assert "Identified by Name, birth date" in _pages(visits.ordinary())[0]


def test_a_visit_in_which_nobody_read_has_no_language_it_was_read_in() -> None:
    """And it speaks of the planned day: there was no injection."""
    first = _pages(visits.stopped())[0]
    assert "Read and signed in" not in first
    assert "years on the planned day)" in first
    assert "Read and signed in English" in _pages(visits.ordinary())[0]


def test_no_fact_says_that_the_patient_read_what_somebody_else_may_have_read() -> None:
    """Beside the name of who decides for a child stood "The patient read". Proves: Q15, Q40."""
    facts = " ".join(_pages(visits.ordinary())).split("Every fact of this visit")[1]
    assert "Read to the end: Risks" in facts and "Handed the tablet over, to read or to sign. Step:" in facts
    assert "The patient read" not in facts and "to the patient. Step" not in facts


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            msgspec.structs.replace(OLGA, incapacity="does not understand"),
            "Named Olga Example to decide for the patient: parent. "
            "Shown: birth certificate. does not understand",
        ),
        (OLGA, "Named Olga Example to decide for the patient: parent. Shown: birth certificate"),
        (
            msgspec.structs.replace(IVO, identifier="Line 4", exception="a daughter helps"),
            "Named the interpreter Ivo Example: Tagalog, in the room; read the English pages out in that "
            "language (sight translation); number or company: Line 4; not a qualified interpreter: a "
            "daughter helps",
        ),
        (SheetEntered("Supply", "D-1", ""), "Entered the test sheet of donor D-1, from Supply."),
        (SheetEntered("Supply", "", "L-2"), "Entered the test sheet of lot L-2, from Supply."),
        (SheetEntered("Supply", "D-1", "L-2"), "Entered the test sheet of donor D-1, lot L-2, from Supply."),
    ],
)
def test_what_makes_up_a_fact_does_not_run_together_and_leaves_no_gap(fact: Fact, sentence: str) -> None:
    """It said "birth certificate does not understand", and "donor D-1, lot , from". Proves: Q15, Q40."""
    t, (stamped,) = _told(fact)
    assert told(t, stamped) == sentence


def test_a_page_that_was_read_on_paper_beside_the_vial_is_from_paper_too() -> None:
    """The step is the nurse's, the page is the patient's. Proves: P8."""
    content = other_visits.on_paper()
    story, last = visits.Story(), content.stamped()[-1]
    story.at, story.head, story.bodies = last.stamp.utc, last.hash, list(content.bodies)
    story.tell(PageRead("vial", "seen", "0" * 64))
    facts = " ".join(_pages(msgspec.structs.replace(content, bodies=tuple(story.bodies))))
    assert "Read to the end: What you were shown. From paper." in facts

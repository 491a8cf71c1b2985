"""Each line that was signed is a block of its own, and the law's pages are of the size the law asks for."""

from __future__ import annotations

from functools import cache
from typing import get_args

import pikepdf
import pytest

from chairside.domain.facts import Signed, Signer
from chairside.domain.facts.people import InterpreterNamed, RepresentativeNamed, WayChosen, WitnessNamed
from chairside.domain.facts.visit import Way
from chairside.domain.replies import PanelRead, TestLine, TestResult
from chairside.record.content import Certifier, Content
from chairside.record.pages_answers import panel
from chairside.record.telling import teller
from tests.record import visits
from tests.record.printed import opened, printed, shown, text

APPROVES = Certifier("physician-1", "Demo Physician Oru", "physician", "I approve this treatment.")
BESIDE: tuple[tuple[Signer, str, str], ...] = (
    ("representative", "Olga Example", "The signature of who decides for the patient"),
    ("interpreter", "Ivo Example", "The interpreter's signature"),
    ("witness", "Wim Example", "The witness's signature"),
)
AS = {"representative": "Decides for the patient", "interpreter": "Interpreter", "witness": "Witness"}


@cache
def _all_there(way: Way) -> Content:
    """A visit with everybody beside the patient, each of whom signs in the same way."""
    story = visits.Story()
    visits.arrive(story, visits.NAME)
    visits.ask(story)
    visits.medicate(story)
    visits.inform(story)
    visits.decide(story, "proceed", ())
    story.tell(RepresentativeNamed("Olga Example", "legal_guardian", "court order 7"))
    story.tell(InterpreterNamed("Ivo Example", "Agency 12", "Tagalog", "in_person", sight=True))
    story.tell(WitnessNamed("Wim Example"))
    for signer, name, _ in BESIDE:
        pad = f"sign.{signer}_signature"
        meaning = visits.book().forms["sign"].words(f"{signer}_signature", "en").body[0]
        story.tell(WayChosen(signer, way, "as they can"))
        strokes = () if way == "typed" else story.sign(pad, 11)
        story.tell(Signed(pad, signer, name, meaning, strokes, way))
    visits.prepare(story, visits.NAME)
    visits.countersign(story, "meaning_proceed", "countersigned")
    return visits.content(story, "countersigned", "clear", (), APPROVES)


@pytest.mark.parametrize("way", get_args(Way))
@pytest.mark.parametrize(("signer", "name", "label"), BESIDE)
def test_who_signs_beside_the_patient_has_a_labelled_block_of_their_own(
    way: Way, signer: str, name: str, label: str
) -> None:
    """Label, name, role, what shows their right, how they signed, its meaning. Proves: Q15, Q14, Q37."""
    found = " ".join(text(printed(_all_there(way))).split())
    meaning = visits.book().forms["sign"].words(f"{signer}_signature", "en").body[0]
    assert found.count(f"{label} · Consent to the treatment") == 1
    block = found.partition(f"{label} · Consent to the treatment")[2].partition(meaning)[0]
    assert f"Printed name {name} Role {AS[signer]}" in block and "Signed December 1, 2026," in block
    own = {"representative": "Relation Legal guardian Shown as proof court order 7", "interpreter": "Tagalog"}
    assert own.get(signer, "") in block
    how = {"by_mark": "Signed by a mark, before a witness.", "typed": "Signed by typing the name."}
    assert how.get(way, "") in block
    assert not [other for _, other, _ in BESIDE if other != name and other in block]


def test_the_notice_of_the_law_has_a_letter_page() -> None:
    """Not smaller than 8.5 x 11 inches. Proves: Q5."""
    content = visits.ordinary()
    sheets = text(printed(content)).split("\f")
    number = next(n for n, each in enumerate(sheets) if "THIS NOTICE MUST BE" in each)
    assert [float(edge) for edge in opened(content).pages[number].MediaBox] == [0, 0, 612, 792]


def test_the_boards_notice_above_the_line_has_its_code_and_no_small_letter() -> None:
    """Every line of it at 14 points, and the code drawn with no network. Proves: Q8."""
    content = visits.ordinary()
    sheets = text(printed(content)).split("\f")
    number = next(n for n, each in enumerate(sheets) if "The patient's signature · Consent" in each)
    pdf = opened(content)
    lines = [piece for piece in shown(pdf.pages[number]) if piece.size >= 14 and piece.tag == "/P"]
    notice = visits.book().forms["notices_california"].words("medical_board", "en").body
    assert len(lines) >= len(notice)
    dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    figures = [str(each.Alt) for each in dictionaries if each.get("/S") == "/Figure"]
    address = "https://www.mbc.ca.gov/licensing/Notice-to-Consumers.aspx"
    assert figures.count(f"QR code for {address}") >= 2  # where it is read, and above the line


def test_every_result_of_a_test_is_a_word_of_its_own_in_the_record() -> None:
    """Blank, not done and nonreactive are three words. Proves: Q31, V22."""
    results = get_args(TestResult)
    rows = tuple(TestLine(f"t{n}", result) for n, result in enumerate(results))
    told = panel(teller(visits.ordinary(), "0" * 64), (*(row.test for row in rows), "blank"), PanelRead(rows))
    said = [row[1].text for row in told.rows]
    assert len(set(said)) == len(results) + 1 == 6
    assert said[0] == "Nonreactive" and "Not done" in said and said[-1] == "Not on the sheet"

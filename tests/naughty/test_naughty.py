"""Every naughty string through every field of typed text: kept and printed as it is, or refused in words.

The whole product of strings, fields and records takes minutes: `make naughty`. Here every string goes once
through the rule, the bytes, the store, the glass and a record, and some through every field of a record.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph

from chairside.canon import encode
from chairside.canon.encoding import decode
from chairside.domain.codes import parse
from chairside.domain.facts import Body, Concluded, Stopped, WaitBegan
from chairside.domain.replies import Written
from chairside.record.build import build
from chairside.session.scribe import Act
from chairside.session.texts import LONGEST_LINE, LONGEST_TEXT, text_trouble, trouble_within
from tests.canon.examples import body
from tests.naughty import STRINGS
from tests.naughty.fields import typed_facts, typed_fields, with_text
from tests.naughty.records import composed, lost, taken, whole_record
from tests.record.printed import failures, printed, squeezed, text
from tests.record.visits import NAME, Certifier, Story, arrive, ask, content, ordinary
from tests.session.clinics import Visitors, clinic_in, opened

APART = "e\u0301 and A\u030a"  # letters with their marks apart: one string more, composed before it is kept
TAKEN = (*taken(LONGEST_TEXT), APART)
REFUSED = tuple(each for each in STRINGS if text_trouble(" ".join(each.split())) == "not_printable")
LINES = (*taken(LONGEST_LINE), APART)


def breaks_a_paragraph(told: str) -> bool:
    """What happens to a text that is drawn as markup."""
    try:
        Paragraph(told, getSampleStyleSheet()["Normal"]).wrap(400, 800)
    except Exception:  # noqa: BLE001 - whatever it is that the parser throws
        return True
    return False


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitors]:
    own = clinic_in(tmp_path_factory.mktemp("naughty") / "clinic")
    yield own
    own.clinic.ledger.close()


def test_the_list_is_whole_and_most_of_it_is_taken() -> None:
    """What is refused cannot be seen on paper or has no letter in the record's faces."""
    assert len(set(STRINGS)) == len(STRINGS) == 517
    assert len(TAKEN) > 400 and len(REFUSED) > 60


def test_the_list_still_breaks_a_raw_paragraph() -> None:
    """The strings are not blunt: drawn as markup, a hundred of those that are taken here raise."""
    assert sum(map(breaks_a_paragraph, TAKEN)) > 100


def test_every_kind_of_fact_gives_up_its_typed_text() -> None:
    """The walk is not blind: it finds text in a plain field, in a reply, in a ruling inside a decision."""
    found = {(type(fact).__name__, name) for fact in typed_facts() for name in typed_fields(fact)}
    assert {("PatientAdded", "address"), ("Answered", "phone"), ("Decided", "reason")} <= found
    assert len(found) > 45
    assert with_text(Stopped("refused", "no"), "x") == Stopped("refused", "x")


def test_every_taken_string_is_the_same_in_the_bytes_of_every_field() -> None:
    """Proves: F24."""
    examples = tuple(typed_facts())
    for told in TAKEN:
        for fact in examples:
            kept = body(with_text(fact, composed(told)))
            assert decode(encode(kept)) == kept


def test_every_refused_string_is_refused_in_every_field() -> None:
    """However deep it lies in a fact of a visit. A blank that breaks a line is one, in a text of several."""
    for told in REFUSED:
        for fact in typed_facts():
            assert trouble_within(with_text(fact, told)) == "not_printable", (type(fact).__name__, told)


def test_every_taken_string_comes_back_from_the_store_of_a_clinic(visitors: Visitors) -> None:
    """Under its own stream, and after the store was closed and opened. Proves: F24."""
    scribe = visitors.clinic.scribe
    act = Act("nurse-1", "visit:naughty")
    for first in range(0, len(TAKEN), 50):
        part = TAKEN[first : first + 50]
        scribe.write(act, [Stopped("refused", each) for each in part])
    visitors.clinic.ledger.close()
    again = opened(visitors.clinic.folder, visitors.clock)
    visitors.clinic, visitors.staff, visitors.desk = again.clinic, again.staff, again.desk
    told = [stamped.fact for stamped in again.clinic.ledger.stream("visit:naughty")]
    assert told == [Stopped("refused", composed(each)) for each in TAKEN]


def test_every_string_may_be_searched_for_and_read_as_a_code(visitors: Visitors) -> None:
    """Nothing raises, and nobody is found who is not there."""
    visitors.staff.sign_in("nurse-1", "482915")
    for told in STRINGS:
        visitors.desk.find(told)
        visitors.clinic.book.drugs.find(told)
        visitors.clinic.book.drugs.search(told)
        parse(told)


def test_every_taken_string_stands_in_a_record_letter_for_letter() -> None:
    """As poppler reads it, after NFC, blanks aside. Proves: F24."""
    story = Story()
    arrive(story, NAME)
    ask(story)
    for told in LINES:
        story.tell(WaitBegan("other", composed(told)))
    story.tell(Stopped("refused", "I would rather wait."), proved=True)
    story.tell(Concluded("refused"))
    who = Certifier("nurse-1", "Demo Nurse Wren", "nurse", "I would rather wait.")
    data = build(content(story, "refused", "incomplete", (), who))
    drawn = squeezed(text(data))
    assert [told for told in LINES if squeezed(composed(told)) not in drawn] == []
    assert failures(data) == []


@pytest.mark.parametrize("told", ["_", max(LINES, key=len), *filter(breaks_a_paragraph, LINES[::90])][:5])
def test_a_naughty_string_in_every_field_of_a_visit_stands_in_its_record(told: str) -> None:
    """Name, phone, address, label, sheet, medicine, dose, decision, clinic: each with a mark of its own.

    Proves: F24 (its whole run is `python -m tests.naughty`).
    """
    assert lost(told) == []


def test_a_field_that_a_record_left_out_would_be_found() -> None:
    """The search above is not blind: a record without the marks shows none of them."""
    drawn = squeezed(text(printed(ordinary())))
    marks = whole_record("plain")[1]
    assert len(marks) > 10 and not any(squeezed(mark) in drawn for mark in marks)


def test_an_answer_over_several_lines_is_kept_with_its_lines() -> None:
    told = Body(body(Stopped("refused", "x")).stamp, Stopped("refused", "one\ntwo"))
    assert decode(encode(told)) == told and not trouble_within(Written("one\ntwo"))

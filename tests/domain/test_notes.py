"""Notes to the physician on medicines: what the three-day rule does not say, and that they hold nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain import gate, notes
from chairside.domain.drugs import Drug, DrugList
from chairside.domain.facts import Answered, Decided
from chairside.domain.finding import Finding, worst
from chairside.domain.form import Verdict
from chairside.domain.replies import AtMoment, Chosen, DrugTaken, LastDose, Never, NotSure, OnDate
from tests.domain.made_up import BORN, NOON, PHYSICIAN, Story, book_with, when

SLOW = Drug("Feldene", "piroxicam", "yes", clears_hours=250, clears_days="10")
BORDERLINE = Drug("Aleve", "naproxen", "yes", clears_hours=85, clears_days="2.5-3.5")
QUICK = Drug("Advil", "ibuprofen", "yes", clears_hours=10, clears_days="1")
ASPIRIN = Drug("Aspirin", "aspirin", "yes", antithrombotic=True, clears_hours=1, irreversible=True)
LISTED = DrugList.of((SLOW, BORDERLINE, QUICK, ASPIRIN))


def _hours_before(hours: float) -> AtMoment:
    return AtMoment(NOON - timedelta(hours=hours))


def _ids(name: str, dose: LastDose, prescribed: bool | None = None) -> list[str]:
    found = notes.of_row(DrugTaken(name, dose, prescribed), LISTED.find(name), when())
    assert all(each.weight is Verdict.CLEAR and each.about == name for each in found)
    return [each.id for each in found]


@pytest.mark.parametrize(
    ("name", "dose", "told"),
    [
        ("Feldene", _hours_before(249), True), ("Feldene", _hours_before(250), False),
        ("Feldene", _hours_before(1), True), ("Feldene", NotSure(), True), ("Feldene", Never(), False),
        ("Aleve", _hours_before(84), True), ("Aleve", _hours_before(85), False),
        ("Advil", _hours_before(1), False), ("Advil", NotSure(), False),
        ("Aspirin", _hours_before(1), False), ("nobody knows it", _hours_before(1), False),
    ],
)  # fmt: skip
def test_a_slow_drug_is_told_while_it_may_still_be_there(name: str, dose: LastDose, told: bool) -> None:
    """Five half-lives after the last dose, for what outlasts the three days. Proves: Q25."""
    assert ("clears_slowly" in _ids(name, dose)) is told


def test_the_note_says_in_about_how_many_days() -> None:
    """Proves: Q25."""
    (note,) = notes.of_row(DrugTaken("Feldene", NotSure()), SLOW, when())
    assert note == Finding("clears_slowly", Verdict.CLEAR, ("nsaids",), "Feldene", days="10")


@pytest.mark.parametrize(
    ("dose", "prescribed", "told"),
    [
        (_hours_before(239.9), False, True), (_hours_before(240), False, False),
        (_hours_before(0), False, True), (NotSure(), False, True), (Never(), False, False),
        (_hours_before(1), True, False), (_hours_before(1), None, False),
    ],
)  # fmt: skip
def test_aspirin_from_the_shelf_is_told_for_ten_days(
    dose: LastDose, prescribed: bool | None, told: bool
) -> None:
    """Platelets recover in 7 to 10 days; of a prescription nothing is said. Proves: Q24."""
    assert ("aspirin_platelets" in _ids("Aspirin", dose, prescribed)) is told
    assert "aspirin_platelets" not in _ids("Advil", dose, prescribed)


def test_a_day_alone_counts_to_its_end() -> None:
    """Proves: Q24, C17."""
    last = NOON.date() - timedelta(days=10)
    assert _ids("Aspirin", OnDate(date(2026, last.month, last.day)), False) == ["aspirin_platelets"]
    assert _ids("Aspirin", OnDate(last - timedelta(days=1)), False) == []


def test_only_an_nsaid_of_more_than_three_days_is_slow() -> None:
    """Proves: Q25, C19."""
    assert [notes.is_slow(drug) for drug in (SLOW, BORDERLINE, QUICK, ASPIRIN)] == [True, True, False, False]
    assert not notes.is_slow(structs.replace(SLOW, is_nsaid="no"))
    assert not notes.is_slow(structs.replace(SLOW, clears_hours=72))


def _ordering(story: Story, premedication: str) -> list[str]:
    story.take(Answered("decision", "premedication", Chosen(premedication)), PHYSICIAN)
    return [each.id for each in gate.findings(story.book, story.visit, when())]


def test_a_steroid_before_the_injection_is_told_against_the_reason_of_the_rule() -> None:
    """From the moment it is chosen, and while it is ordered. Proves: X11, C18."""
    story = Story().until_decision()
    assert _ordering(story, "none") == []
    assert _ordering(story, "h1_h2_steroid") == ["steroid_and_nsaid_rule"]
    assert _ordering(story, "loratadine") == []
    story.take(Decided("proceed", "in_person", 5, ("h1_h2_steroid",), ()), PHYSICIAN)
    assert [each.id for each in notes.notes(story.book.drugs, story.visit, when())] == [
        "steroid_and_nsaid_rule"
    ]
    story.take(Decided("proceed", "in_person", 5, ("loratadine",), ()), PHYSICIAN)
    assert notes.notes(story.book.drugs, story.visit, when()) == ()


def test_a_note_holds_nothing_and_changes_no_screening() -> None:
    """The oracles of the gate stand: notes are told beside it. Proves: Q24, Q25, X11."""
    rows = (
        DrugTaken("Feldene", _hours_before(80)),
        DrugTaken("Aspirin", _hours_before(80), prescribed=False),
    )
    book = structs.replace(book_with(), drugs=LISTED)
    story = Story(book).open().health().medicines(*rows).notices().read()
    screened = gate.screening(story.book, story.visit.replies, BORN, when())
    assert screened == ()
    found = gate.findings(story.book, story.visit, when())
    assert [each.id for each in found] == ["clears_slowly", "aspirin_platelets"]
    assert worst(found) is Verdict.CLEAR
    assert gate.uncovered(found, story.visit) == ()
    story.decide().sign().premedicate().show_vial().countersign()


@pytest.mark.parametrize(
    ("born", "told"),
    [(date(2004, 12, 1), False), (date(2004, 12, 2), True), (date(2010, 1, 1), True), (BORN, False)],
)
def test_under_twenty_two_the_physician_is_told_of_the_needles(born: date, told: bool) -> None:
    """On the day of the injection, as a note: it stops nobody. Proves: X14, C8."""
    story = Story().until_decision().aged(born)
    found = [
        each for each in gate.findings(story.book, story.visit, when()) if each.id == "needling_under_22"
    ]
    assert [each.weight for each in found] == [Verdict.CLEAR] * told

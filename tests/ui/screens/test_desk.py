"""The page that opens a visit: who, when, with whom; nothing preset, nothing lost, nobody twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from chairside.domain.facts import PatientAdded
from chairside.domain.replies import Chosen
from chairside.session.board import FoundPatient
from chairside.session.view import NewVisit, Who
from chairside.ui.screens.desk import OpenNew
from chairside.ui.screens.draft import Draft, OpenDesk
from chairside.ui.screens.planned import TimeChoice
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Button
from chairside.words import Words
from tests.ui.screens.room import NOW, PHYSICIAN, ZONE, book
from tests.ui.screens.touch import chosen, said, sees, settle, tap, there, write

PATIENT = PatientAdded("Jordan Avery", date(1984, 3, 14), "555-0100", "1 Sample Street", "post", "en")
ON_FILE = FoundPatient("pt9", PATIENT, 1, date(2025, 11, 2), same_name=True)
OTHER = PatientAdded("Jordan Avery", date(1999, 3, 1), "555-0177", "9 Sample Street", "phone", "es")
NAMESAKE = FoundPatient("pt8", OTHER, 0, None, same_name=True)
SECOND = Who("p2", "Kim Sample", "physician")
ANSWERS = (
    ("area", Chosen("scalp")), ("indication", Chosen("areata")),
    ("preferred_strength", Chosen("5")), ("others_present", Chosen("nobody")),
)  # fmt: skip


@dataclass
class Opening:
    """The page, and what came of it."""

    page: OpenNew
    new: list[NewVisit] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def opening_of(
    qtbot: QtBot, theme: Theme, words: Words, on_file: tuple[FoundPatient, ...] = (),
    draft: Draft | None = None, physicians: tuple[Who, ...] = (PHYSICIAN,),
) -> Opening:  # fmt: skip
    new: list[NewVisit] = []
    left: list[str] = []

    def find(text: str) -> tuple[FoundPatient, ...]:
        return tuple(each for each in on_file if each.told.name.casefold().startswith(text.casefold()))

    desk = OpenDesk(book().forms["open"], physicians, find, new.append, lambda: left.append("home"))
    page = OpenNew(words, theme, desk, draft)
    qtbot.addWidget(page)
    page.show_now(NOW, ZONE)
    page.resize(1366, 1024)
    page.show()
    settle()
    return Opening(page, new, left)


@pytest.fixture
def opening(qtbot: QtBot, theme: Theme, words: Words) -> Opening:
    """Nobody is on file, and there is one physician."""
    return opening_of(qtbot, theme, words)


def fill_person(page: OpenNew) -> None:
    for name, text in (("name", PATIENT.name), ("phone", PATIENT.phone), ("address", PATIENT.address)):
        write(page, f"open.{name}", text)
    for name in ("born.day", "born.day.14", "born.month.3", *(f"born.digit.{digit}" for digit in "1984")):
        tap(page, name)
    for name in ("letters_by.post", "letters_language.en"):
        tap(page, name)


def fill(page: OpenNew) -> None:
    """Fill everything in but the planned injection."""
    fill_person(page)
    fill_visit(page)


def fill_visit(page: OpenNew) -> None:
    for name in ("identifier.name", "identifier.born"):
        tap(page, name)
    for name in ("area.scalp", "indication.areata", "preferred_strength.5", "others_present.nobody"):
        tap(page, name)


def test_nothing_is_preset(opening: Opening) -> None:
    for name in ("letters_by.post", "identifier.name", "injection.now", "area.scalp", "preferred_strength.5"):
        assert not chosen(opening.page, name)
    assert opening.new == []


def test_an_empty_page_opens_nothing_and_says_everything_that_is_lacking(opening: Opening) -> None:
    page = opening.page
    tap(page, "open")
    assert opening.new == []
    assert sees(page, "open.lacking") and sees(page, "open.name.error") and sees(page, "born.error")
    for lack in ("Full name", "Birth date", "Two identifiers checked", "What kind of hair loss is it?"):
        assert lack in said(page)


def test_a_visit_is_opened_as_a_whole(opening: Opening) -> None:
    """The one physician there is needs no tap."""
    fill(opening.page)
    tap(opening.page, "injection.now")
    tap(opening.page, "open")
    assert opening.new == [NewVisit(PATIENT, ("name", "born"), None, ANSWERS, PHYSICIAN.person)]


def test_of_several_physicians_one_is_chosen(qtbot: QtBot, theme: Theme, words: Words) -> None:
    opening = opening_of(qtbot, theme, words, physicians=(PHYSICIAN, SECOND))
    fill(opening.page)
    tap(opening.page, "injection.now")
    tap(opening.page, "open")
    assert opening.new == [] and sees(opening.page, "physician.error")
    tap(opening.page, "physician.p2")
    tap(opening.page, "open")
    assert opening.new[0].physician == "p2"


def test_one_identifier_is_not_enough(opening: Opening) -> None:
    page = opening.page
    fill(page)
    tap(page, "injection.now")
    tap(page, "identifier.born")
    tap(page, "open")
    assert opening.new == [] and sees(page, "identifiers.error")
    assert page.draft.texts["name"] == "Jordan Avery"


def test_a_later_hour_of_today_can_be_planned(opening: Opening) -> None:
    page = opening.page
    fill(page)
    assert not sees(page, "injection.1000"), "it is half past ten already"
    tap(page, "injection.1400")
    tap(page, "open")
    assert opening.new[0].injection == datetime(2026, 3, 16, 21, 0, tzinfo=UTC)


def test_another_day_is_planned_by_its_day_and_its_hour(opening: Opening) -> None:
    """Near days are chips; every hour of another day is offered. Proves: P6."""
    page = opening.page
    fill(page)
    tap(page, "injection.another_day")
    assert not sees(page, "injection.at.1400"), "the day comes first"
    tap(page, "injection.days.2026-03-19")
    tap(page, "open")
    assert opening.new == [], "a day without an hour is no plan"
    tap(page, "injection.at.0900")
    assert chosen(page, "injection.at.0900") and chosen(page, "injection.days.2026-03-19")
    tap(page, "open")
    assert opening.new[0].injection == datetime(2026, 3, 19, 16, 0, tzinfo=UTC)


def test_a_day_far_off_is_planned_as_well_but_none_in_the_past(opening: Opening) -> None:
    page = opening.page
    fill(page)
    tap(page, "injection.another_day")
    tap(page, "injection.days.far")
    for name in (
        "injection.far.day",
        "injection.far.day.2",
        "injection.far.month.1",
        "injection.far.year.2026",
    ):
        tap(page, name)
    assert not sees(page, "injection.at.0900"), "2 January 2026 is over"
    tap(page, "injection.far.month")
    tap(page, "injection.far.month.6")
    tap(page, "injection.at.0900")
    tap(page, "open")
    assert opening.new[0].injection == datetime(2026, 6, 2, 16, 0, tzinfo=UTC)


def test_back_goes_home_and_opens_nothing(opening: Opening) -> None:
    tap(opening.page, "back")
    assert opening.left == ["home"] and opening.new == []


def test_a_person_on_file_is_found_while_the_name_is_typed(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Each row tells people of one name apart; picking one asks nothing of the person again."""
    opening = opening_of(qtbot, theme, words, (ON_FILE, NAMESAKE))
    page = opening.page
    write(page, "open.name", "J")
    assert not sees(page, "find.pt9"), "one letter fits half the town"
    write(page, "open.name", "ord")
    settle()
    for told in ("born 14 March 1984", "born 1 March 1999", "555-0177", "Same name as another person"):
        assert told in said(page)
    tap(page, "find.pt9")
    assert not sees(page, "open.name") and not sees(page, "open.new_person") and not sees(page, "find.pt8")
    assert "Treated here once, on 2 November 2025" in said(page)
    fill_visit(page)
    tap(page, "injection.now")
    tap(page, "open")
    assert opening.new == [NewVisit("pt9", ("name", "born"), None, ANSWERS, PHYSICIAN.person)]


def test_the_wrong_person_picked_is_put_back(qtbot: QtBot, theme: Theme, words: Words) -> None:
    opening = opening_of(qtbot, theme, words, (ON_FILE, NAMESAKE))
    write(opening.page, "open.name", "Jordan")
    settle()
    tap(opening.page, "find.pt8")
    tap(opening.page, "find.change")
    assert sees(opening.page, "open.name") and sees(opening.page, "find.pt9")
    tap(opening.page, "open")
    assert opening.new == []


def test_the_same_name_and_birth_date_are_not_added_twice_unasked(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """Either the one on file is taken, or somebody says that it is another person."""
    opening = opening_of(qtbot, theme, words, (ON_FILE, NAMESAKE))
    page = opening.page
    fill(page)
    tap(page, "injection.now")
    assert sees(page, "find.same")
    tap(page, "open")
    assert opening.new == [] and sees(page, "another.error")
    tap(page, "find.another")
    assert not sees(page, "find.same")
    tap(page, "open")
    assert opening.new[0].patient == PATIENT
    tap(page, "find.another")
    tap(page, "find.take")
    tap(page, "open")
    assert opening.new[1].patient == "pt9"


def test_what_was_put_in_outlives_its_page(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """A lock in the middle destroys the page and loses nothing."""
    first = opening_of(qtbot, theme, words)
    fill(first.page)
    tap(first.page, "injection.1400")
    again = opening_of(qtbot, theme, words, draft=first.page.draft)
    assert chosen(again.page, "injection.1400") and chosen(again.page, "letters_by.post")
    tap(again.page, "open")
    assert again.new[0].patient == PATIENT and again.new[0].answers == ANSWERS


def test_each_thing_that_lacks_leads_to_its_place(opening: Opening) -> None:
    """The list takes the keyboard's place first. Proves: qt.md 10.7."""
    page = opening.page
    tap(page, "open")
    assert page.focusWidget() is not None and page.focusWidget().objectName() == "open.lacking"
    ways = [each for each in page.findChildren(Button) if each.objectName().startswith("open.lacking.")]
    assert len(ways) > 5
    went: list[str] = []
    for number, way in enumerate(ways):
        tap(page, f"open.lacking.{number}")
        settle()
        focus = page.focusWidget()
        assert focus is not None and focus is not way, way.text()
        assert page.content.viewport().isAncestorOf(focus) and not focus.visibleRegion().isEmpty()
        went.append(focus.objectName())
    assert len(set(went)) == len(ways), "each to a place of its own"


def test_an_hour_that_passes_while_the_page_stands_is_no_longer_offered(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """8:00 was offered at 8:01; what was chosen stays to be seen, and no chip is made anew meanwhile."""
    told: list[datetime | None] = []
    choice = TimeChoice(words, theme, "injection", told.append)
    qtbot.addWidget(choice)
    choice.show_now(NOW, ZONE)
    choice.show()
    settle()
    tap(choice, "injection.1130")
    choice.show_choice(True, told[-1])
    there_before = there(choice, "injection.1200")
    choice.show_now(NOW + timedelta(minutes=20), ZONE)
    assert there(choice, "injection.1200") is there_before
    choice.show_now(NOW + timedelta(minutes=31), ZONE)
    settle()
    assert not sees(choice, "injection.1100") and sees(choice, "injection.1200")
    choice.show_now(NOW + timedelta(minutes=61), ZONE)
    settle()
    assert sees(choice, "injection.1130")

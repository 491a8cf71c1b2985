"""Home and the page that opens a visit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytestqt.qtbot import QtBot

from chairside.domain.facts import PatientAdded
from chairside.domain.replies import Chosen
from chairside.session.view import NewVisit, OpenVisit
from chairside.ui.screens.desk import Home, OpenNew
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import NOW, ZONE, book
from tests.ui.screens.touch import chosen, said, sees, settle, tap, write

PATIENT = PatientAdded("Jordan Avery", date(1984, 3, 14), "555-0100", "1 Sample Street", "post", "en")


@pytest.fixture
def opening(qtbot: QtBot, theme: Theme, words: Words) -> tuple[OpenNew, list[NewVisit], list[str]]:
    new: list[NewVisit] = []
    left: list[str] = []
    page = OpenNew(words, theme, book().forms["open"], new.append, lambda: left.append("home"))
    qtbot.addWidget(page)
    page.show_now(NOW, ZONE)
    page.resize(1366, 1024)
    page.show()
    settle()
    return page, new, left


def fill(page: OpenNew) -> None:
    """Fill everything in but the planned injection."""
    for name, text in (("name", PATIENT.name), ("phone", PATIENT.phone), ("address", PATIENT.address)):
        write(page, f"open.{name}", text)
    for name in ("born.day", "born.day.14", "born.month.3", *(f"born.digit.{digit}" for digit in "1984")):
        tap(page, name)
    for name in ("letters_by.post", "letters_language.en", "identifier.name", "identifier.born"):
        tap(page, name)
    for name in ("area.scalp", "indication.areata", "preferred_strength.5", "others_present.nobody"):
        tap(page, name)


def test_an_open_visit_is_taken_up_again_by_one_tap(qtbot: QtBot, theme: Theme, words: Words) -> None:
    taken: list[str] = []
    rows = (OpenVisit("v7", "Jordan Avery", date(1984, 3, 14), "read", NOW),)
    page = Home(words, theme, rows, taken.append, lambda: taken.append("new"))
    qtbot.addWidget(page)
    page.show()
    settle()
    assert "born 14 March 1984" in said(page) and "Next: Read" in said(page)
    tap(page, "resume.v7")
    tap(page, "new")
    assert taken == ["v7", "new"]


def test_no_open_visit_is_said_calmly(qtbot: QtBot, theme: Theme, words: Words) -> None:
    page = Home(words, theme, (), print, lambda: None)
    qtbot.addWidget(page)
    page.show()
    settle()
    assert "No visit is open." in said(page) and sees(page, "new")


def test_nothing_is_preset(opening: tuple[OpenNew, list[NewVisit], list[str]]) -> None:
    page, new, _ = opening
    for name in ("letters_by.post", "identifier.name", "injection.now", "area.scalp", "preferred_strength.5"):
        assert not chosen(page, name)
    assert new == []


def test_an_empty_page_opens_nothing_and_says_everything_that_is_lacking(
    opening: tuple[OpenNew, list[NewVisit], list[str]],
) -> None:
    page, new, _ = opening
    tap(page, "open")
    assert new == []
    assert sees(page, "open.lacking") and sees(page, "open.name.error") and sees(page, "born.error")
    for lack in ("Full name", "Birth date", "Two identifiers checked", "What kind of hair loss is it?"):
        assert lack in said(page)


def test_a_visit_is_opened_as_a_whole(opening: tuple[OpenNew, list[NewVisit], list[str]]) -> None:
    page, new, _ = opening
    fill(page)
    tap(page, "injection.now")
    tap(page, "open")
    answers = (
        ("area", "scalp"),
        ("indication", "areata"),
        ("preferred_strength", "5"),
        ("others_present", "nobody"),
    )
    told = tuple((item, Chosen(option)) for item, option in answers)
    assert new == [NewVisit(PATIENT, ("name", "born"), None, told)]


def test_one_identifier_is_not_enough(opening: tuple[OpenNew, list[NewVisit], list[str]]) -> None:
    page, new, _ = opening
    fill(page)
    tap(page, "injection.now")
    tap(page, "identifier.born")
    tap(page, "open")
    assert new == [] and sees(page, "identifiers.error")
    assert "Jordan Avery" in page.findChild(type(page._fields["name"].line), "open.name").text()


def test_a_later_hour_of_today_can_be_planned(opening: tuple[OpenNew, list[NewVisit], list[str]]) -> None:
    page, new, _ = opening
    fill(page)
    assert not sees(page, "injection.1000"), "it is half past ten already"
    tap(page, "injection.1400")
    tap(page, "open")
    assert new[0].injection == datetime(2026, 3, 16, 21, 0, tzinfo=UTC)


def test_back_goes_home_and_opens_nothing(opening: tuple[OpenNew, list[NewVisit], list[str]]) -> None:
    page, new, left = opening
    tap(page, "back")
    assert left == ["home"] and new == []

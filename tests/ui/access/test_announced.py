"""What is said aloud unasked: where somebody is now, what was stored, what lacks, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.ui.screens.questions import Questions
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.words import Words
from tests.ui.access.heard import Ear
from tests.ui.access.pages import Dress, on_glass
from tests.ui.screens.conftest import made
from tests.ui.screens.room import Room
from tests.ui.screens.stories import opened
from tests.ui.screens.touch import settle, tap
from tests.ui.window.glass import Shown, shown_in

pytestmark = pytest.mark.a11y


@pytest.fixture
def glass(tmp_path: Path, qapp: QApplication) -> Iterator[Shown]:
    """A window with nobody signed in."""
    shown = shown_in(tmp_path / "clinic", qapp)
    yield shown
    shown.close()


def asking(qtbot: QtBot, theme: Theme, words: Words, room: Room) -> Questions:
    page = made(Questions, words, theme, room, "health_check")
    assert isinstance(page, Questions)
    qtbot.addWidget(page)
    room.screen = page  # type: ignore[assignment]  # the room says None before its first screen
    room.show()
    page.resize(1366, 1024)
    page.show()
    settle()
    return page


def test_a_page_says_where_one_is_and_at_which_step(
    qtbot: QtBot, theme: Theme, words: Words, ear: Ear
) -> None:
    on_glass(Dress(qtbot, theme, words), "health check")
    assert "Health check. Step 2 of 12: Health check" in ear.said


def test_a_turned_page_is_said_and_the_same_one_is_not_said_again(
    qtbot: QtBot, theme: Theme, words: Words, ear: Ear
) -> None:
    page = on_glass(Dress(qtbot, theme, words), "reading")
    title = page.spoken_name()
    page.content.verticalScrollBar().setValue(page.content.verticalScrollBar().maximum())
    settle()
    assert sum(each.startswith(title) for each in ear.since()) == 1
    tap(page, "initial_not_fda_approved.initial")
    tap(page, "continue")
    turned = page.spoken_name()
    assert turned != title and sum(each.startswith(turned) for each in ear.since()) == 1


def test_an_answer_is_said_once_it_is_stored_and_so_is_what_is_left(
    qtbot: QtBot, theme: Theme, words: Words, ear: Ear
) -> None:
    page = asking(qtbot, theme, words, opened())
    ear.since()
    tap(page, "transplant.no")
    assert ear.since() == ["3 questions on this page are open", "Stored."]


def test_what_could_not_be_stored_is_not_said_to_be(
    qtbot: QtBot, theme: Theme, words: Words, ear: Ear
) -> None:
    room = opened()
    page = asking(qtbot, theme, words, room)
    room.disk_full = True
    tap(page, "transplant.no")
    assert room.refused == ["disk_full"] and "Stored." not in ear.said


def test_showing_a_visit_again_says_nothing(qtbot: QtBot, theme: Theme, words: Words, ear: Ear) -> None:
    """The clock shows it anew three times a minute."""
    room = opened()
    room.answer("health_check", transplant="no")
    asking(qtbot, theme, words, room)
    ear.since()
    room.show()
    settle()
    assert ear.since() == []


def test_a_banner_is_said_and_a_trouble_does_not_wait(qtbot: QtBot, theme: Theme, ear: Ear) -> None:
    banner = Banner(theme, "told")
    qtbot.addWidget(banner)
    banner.tell("ok", "Printed.")
    banner.tell("danger", "The disk is full.")
    assert ear.said == ["Printed.", "The disk is full."] and ear.urgent == ["The disk is full."]


def test_the_lock_is_said_at_once_and_so_is_who_may_open_it(glass: Shown, ear: Ear) -> None:
    glass.sign_in()
    ear.since()
    glass.hands.tap("header.lock")
    assert "Locked" in ear.urgent
    assert [each for each in ear.said if each != "Locked"]


def test_a_wrong_pin_is_said(glass: Shown, ear: Ear) -> None:
    glass.hands.tap("staff.nurse-1")
    ear.since()
    glass.hands.pin("000000")
    assert glass.page() == "door.pin"
    assert any(each in glass.hands.reads() for each in ear.urgent)


def test_what_lacks_is_said_line_by_line(qtbot: QtBot, theme: Theme, words: Words, ear: Ear) -> None:
    """Not only that something does: the list is made for eyes that find its lines."""
    page = on_glass(Dress(qtbot, theme, words), "new visit")
    ear.since()
    tap(page, "open")
    listed = "\n".join(ear.said)
    assert words.say("open.injection") in listed and words.say("open.physician") in listed

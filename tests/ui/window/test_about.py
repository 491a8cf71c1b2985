"""The board leads to the page about the tablet, whose self-check goes through the real store."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.window.glass import Shown


def test_the_board_leads_to_a_self_check_of_the_real_store(glass: Shown, qtbot: QtBot) -> None:
    """Proves: screens.md 8: versions, digests of the forms, a self-check through session."""
    glass.sign_in()
    glass.hands.tap("about")
    assert glass.page() == "about"
    glass.hands.tap("about.start")
    qtbot.waitUntil(lambda: "In order:" in glass.words(), timeout=20_000)
    glass.hands.tap("header.lock")
    glass.sign_in()
    assert glass.page() == "about", "a lock comes back to it"
    glass.hands.tap("back")
    assert glass.page() == "board"


def test_leaving_before_the_check_has_ended_says_nothing_on_another_page(glass: Shown) -> None:
    glass.sign_in()
    glass.hands.tap("about")
    glass.hands.tap("about.start")
    glass.hands.tap("back")
    glass.window.work.finish()
    glass.hands.settle()
    assert glass.page() == "board" and "In order:" not in glass.words()

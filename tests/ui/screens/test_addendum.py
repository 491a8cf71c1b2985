"""The page on which something is added to a sealed record."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from chairside.domain.facts import AddendumSigned
from chairside.ui.screens.addendum import Addendum, Draft
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import Room, book
from tests.ui.screens.stories import sealed, unsealed
from tests.ui.screens.touch import chosen, said, sees, settle, tap, there


class Side:
    """Where the page tells to; what it tells is judged by the real rules."""

    def __init__(self, room: Room, draft: Draft | None = None) -> None:
        self.room, self.draft, self.left = room, draft or Draft(), 0

    def back(self) -> None:
        self.left += 1

    def put(self, qtbot: QtBot, theme: Theme, words: Words) -> Addendum:
        page = Addendum(words, theme, self.draft, (self.room.tell, self.back))
        qtbot.addWidget(page)
        page.show_view(self.room.view())
        page.resize(1366, 1024)
        page.show()
        settle()
        return page


def write(page: Addendum, text: str) -> None:
    field = there(page, "addendum.text")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText(text)


def test_nothing_is_preset_and_nothing_is_told(qtbot: QtBot, theme: Theme, words: Words) -> None:
    side = Side(sealed())
    page = side.put(qtbot, theme, words)
    for kind in ("amendment", "withdrawal", "adverse_event"):
        assert not chosen(page, f"addendum.kind.{kind}")
    tap(page, "sign")
    assert side.room.told == [] and sees(page, "addendum.lacking")


def test_a_correction_is_told_with_the_words_that_stood_there(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """Proves: P9."""
    side = Side(sealed())
    page = side.put(qtbot, theme, words)
    tap(page, "addendum.kind.amendment")
    meaning = "\n".join(book().forms["addendum"].words("meaning_amendment", "en").body)
    assert meaning in said(page)
    tap(page, "sign")
    assert side.room.told == [] and sees(page, "addendum.text.error")
    write(page, "The lot of the kit was KIT-2.\nIt stands on the box.")
    tap(page, "sign")
    text = "The lot of the kit was KIT-2.\nIt stands on the box."
    assert side.room.told == [AddendumSigned(1, "amendment", text, "Robin Example", meaning)]
    assert side.room.refused == []


def test_a_withdrawal_is_told_once(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Proves: P4: a withdrawal after the seal is an addendum."""
    side = Side(sealed())
    page = side.put(qtbot, theme, words)
    tap(page, "addendum.kind.withdrawal")
    write(page, "The patient rang and said so.")
    tap(page, "sign")
    assert side.room.refused == []
    again = Side(side.room).put(qtbot, theme, words)
    assert not sees(again, "addendum.kind.withdrawal")


def test_before_the_seal_nothing_but_a_withdrawal_is_told(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """What has no file yet needs no correction; a consent can be taken back at any time. Proves: P4."""
    side = Side(unsealed())
    page = side.put(qtbot, theme, words)
    assert not sees(page, "addendum.kind.amendment") and not sees(page, "addendum.kind.adverse_event")
    tap(page, "addendum.kind.withdrawal")
    write(page, "The patient said stop.")
    tap(page, "sign")
    assert side.room.refused == []


def test_before_the_seal_no_page_promises_one_at_once(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """The record is not sealed yet: what is written is signed now and sealed after it."""
    early, late = (said(Side(room).put(qtbot, theme, words)) for room in (unsealed(), sealed()))
    assert words.say("addendum.sign") in late and words.say("addendum.first_stays") in late
    assert words.say("addendum.sign") not in early and words.say("addendum.first_stays") not in early


def test_what_was_written_outlives_the_page(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """A cancelled PIN, or a look at the record, loses no word."""
    side = Side(sealed())
    page = side.put(qtbot, theme, words)
    tap(page, "addendum.kind.adverse_event")
    write(page, "A rash on the arm.")
    tap(page, "back")
    assert side.left == 1
    second = side.put(qtbot, theme, words)
    assert chosen(second, "addendum.kind.adverse_event")
    tap(second, "sign")
    told = side.room.told[-1]
    assert isinstance(told, AddendumSigned) and told.text == "A rash on the arm."


def test_no_more_is_taken_than_the_form_allows(qtbot: QtBot, theme: Theme, words: Words) -> None:
    side = Side(sealed())
    page = side.put(qtbot, theme, words)
    write(page, "x" * 3000)
    field = there(page, "addendum.text")
    assert isinstance(field, QPlainTextEdit) and len(field.toPlainText()) == 2000

"""What large type pushes below the glass: the way there stays in sight. Complaint 43."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chairside.session.view import Outcome
from chairside.ui.screens.door import Asked, PinPage
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import AnswerRow
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.page_view import PageView
from chairside.ui.widgets.pairs import Pairs
from chairside.ui.widgets.pin_pad import PinPad
from chairside.ui.widgets.text import Text
from tests.looks.dress import NAUGHTY, nothing
from tests.looks.gallery import SIZES, hung, place_at
from tests.ui.look import sentences
from tests.ui.screens.touch import sees, settle, tap


def below(page: Page, part: AnswerRow | PinPad | QLineEdit) -> bool:
    """Tell whether a part ends below what is in sight."""
    window = page.content.viewport()
    return part.mapTo(window, QPoint(0, part.height())).y() > window.height()


def test_more_leads_to_answers_that_lie_below(theme: Theme) -> None:
    """A question of three lines left none of its answers in sight, and no button led to them."""
    with hung(theme, "teach-back", "en") as page:
        assert not sees(page, "more")
        place_at(page, theme, (800, 1280), 2.0)
        last = page.findChildren(AnswerRow)[-1]
        assert below(page, last)
        while sees(page, "more"):
            tap(page, "more")
            settle()
        assert not below(page, last)


def test_a_name_is_not_signed_before_its_field_was_in_sight(theme: Theme) -> None:
    """Sign over a field nobody has seen yet only led to an error."""
    with hung(theme, "name typed", "en") as page:
        assert sees(page, "sign")
        place_at(page, theme, (1280, 800), 2.0)
        field = page.findChild(QLineEdit, "patient_signature.typed")
        assert field is not None and below(page, field)
        assert sees(page, "more") and not sees(page, "sign")
        QTest.keyClicks(field, "J")
        settle()
        assert sees(page, "sign")


def test_a_page_of_the_record_that_was_turned_to_is_in_sight(theme: Theme) -> None:
    """All 26 pages were turned, and not one of them was ever on the glass."""
    with hung(theme, "record", "en") as page:
        for size, scale in (((800, 1280), 2.0), ((1366, 1024), 1.0)):
            place_at(page, theme, size, scale)
            tap(page, "record.pages.next")
            settle()
            pages, window = page.findChild(PageView), page.content.viewport()
            assert pages is not None
            assert 0 <= pages.mapTo(window, QPoint(0, 0)).y() < window.height() // 8


def test_what_a_vial_is_has_the_whole_width_at_large_type(theme: Theme) -> None:
    """ "What does the paper say about the donor?" broke into four lines beside one word."""
    with hung(theme, "vial", "en") as page:
        place_at(page, theme, (800, 1280), 2.0)
        table = page.findChildren(Pairs)[0]
        texts = table.findChildren(Text)
        assert all(each.width() == table.width() for each in texts)
        place_at(page, theme, (1280, 800), 2.0)
        assert all(each.width() < table.width() for each in texts)


@pytest.mark.parametrize("meaning", ["door.opens_decision", "door.opens_countersign", "pin.to_close"])
def test_the_whole_pad_is_in_sight(theme: Theme, meaning: str) -> None:
    """The row of 0 and Enter lay below the glass under a long name at text size 2."""
    words = sentences("en")
    asked = Asked(NAUGHTY.nurse, words.say(meaning), nothing, nothing)
    page = PinPage(theme, words, asked, lambda _: Outcome(), nothing)
    try:
        page.show()
        pad = page.findChild(PinPad)
        assert pad is not None
        for size in SIZES:
            place_at(page, theme, size, 2.0)
            assert not below(page, pad), size
    finally:
        page.close()
        page.deleteLater()

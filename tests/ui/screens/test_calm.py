"""A list with nothing in it says so calmly, and what would put something there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from chairside.ui.screens import vial_lists
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.find import Finder, PersonFinder
from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.screens.stock import NAMED, dressed, nothing
from tests.ui.screens.touch import said, write

WAYS = (nothing, nothing, nothing)
EMPTY: dict[str, tuple[Callable[[Dress], Page], str, str]] = {
    "sheets": (lambda dress: vial_lists.SheetList(dress, (), NAMED, WAYS), "No donor sheet", "Enter the one"),
    "suppliers": (lambda dress: vial_lists.SupplierList(dress, (), WAYS), "No supplier", "Add the one"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_list_says_so_and_what_to_do(qtbot: QtBot, theme: Theme, words: Words, name: str) -> None:
    """Proves: screens.md 8: a calm empty state."""
    make, empty, what_to_do = EMPTY[name]
    page = make(dressed(theme, words))
    qtbot.addWidget(page)
    page.show()
    assert empty in said(page) and what_to_do in said(page)


def test_a_name_nobody_on_file_has_is_said_to_be_new(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Not before two letters, and not once somebody fits."""
    finder = Finder(lambda text: (), lambda _: None, lambda _: None, nothing)
    page = PersonFinder(words, theme, finder)
    qtbot.addWidget(page)
    page.show()
    write(page, "open.name", "Q")
    assert "Nobody on file" not in said(page)
    write(page, "open.name", "u")
    assert "Nobody on file" in said(page)

"""A list with nothing in it says so calmly, and what would put something there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from chairside.ui.screens import vial_lists
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.find import Finder, PersonFinder
from chairside.ui.screens.setup import CLINIC
from chairside.ui.screens.supplier import SupplierForm
from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.screens.stock import NAMED, dressed, nothing
from tests.ui.screens.touch import said, sees, show, tap, write

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
    below = page.sizeHint().height()
    write(page, "open.name", "u")
    assert "Nobody on file" in said(page)
    assert page.sizeHint().height() == below, "its place was kept: what stands below stays under the finger"


def test_a_list_of_what_lacks_keeps_its_room_while_it_shortens(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """The next answer moved up under the finger."""
    page = SupplierForm(dressed(theme, words), None, frozenset(), (nothing, nothing))
    show(qtbot, page)
    tap(page, "supplier.save")
    assert sees(page, "supplier.lacking.2")
    summary = page.summary.height()
    tap(page, "supplier.move.yes")
    assert not sees(page, "supplier.lacking.2") and page.summary.height() == summary


def test_a_phone_number_is_no_address() -> None:
    """An address with seven digits passed, and was refused after four more pages."""
    asked = next(ask for ask in CLINIC if ask.key == "phone_24h")
    refused = {"12 Main Street, 90210-1234": "setup.phone_letters", "555": "setup.phone_short"}
    for told, code in {**refused, "+1 (555) 555-0100 ext. 4": ""}.items():
        assert asked.wrong({"phone_24h": told}) == code

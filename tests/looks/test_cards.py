"""What is tapped on a card stands at its end on every list, and what cuts a photo beside the photo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Button
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.photo import Photo
from tests.looks.gallery import SIZES, hung, place_at

LISTS = ("board", "vials: vials", "vials: sheets", "vials: suppliers", "people", "setup, staff", "papers")
BESIDE = {"setup, recover, wrong": "setup.recovery_key", "setup, retype, wrong": "setup.recovery_key"}


def last_button(card: Card) -> Button | None:
    """Return the button of a card that ends farthest to the right."""
    taps = [each for each in card.findChildren(Button) if each.action.kind != "chip"]
    return max(taps, key=lambda each: each.mapTo(card, QPoint(each.width(), 0)).x(), default=None)


@pytest.mark.parametrize("name", LISTS)
def test_what_is_tapped_on_a_card_stands_at_its_end(theme: Theme, name: str) -> None:
    """On the board it stood at the right, on the lists below the words at the left, and two ways indented."""
    with hung(theme, name, "en") as page:
        for size, scale in ((SIZES[0], 1.0), ((800, 1280), 2.0)):
            place_at(page, theme, size, scale)
            for card in page.findChildren(Card):
                button = last_button(card)
                if button is None:
                    continue
                inner = card.contentsRect().right() - card.column.contentsMargins().right()
                ends = button.mapTo(card, QPoint(button.width() - 1, 0)).x()
                assert abs(inner - ends) <= 1, (size, button.objectName(), inner, ends)


@pytest.mark.parametrize("size", SIZES)
def test_the_photo_and_what_cuts_it_are_in_sight_together(theme: Theme, size: tuple[int, int]) -> None:
    """On a low glass the picture alone filled the page, and nobody saw what a cut took away."""
    with hung(theme, "vials: cut", "en") as page:
        place_at(page, theme, size, 1.0)
        photo = page.findChild(Photo)
        assert photo is not None and in_sight(page, photo)
        cuts = [each for each in page.findChildren(Button) if each.objectName().startswith("photo.cut.")]
        assert len(cuts) == 5 and all(in_sight(page, each) for each in cuts)


def in_sight(page: Page, part: Photo | Button) -> bool:
    """Tell whether a part is whole in what scrolls."""
    window = page.content.viewport()
    top = part.mapTo(window, QPoint(0, 0)).y()
    return top >= 0 and top + part.height() <= window.height()


@pytest.mark.parametrize("name", BESIDE)
def test_a_refused_key_is_said_beside_its_field(theme: Theme, name: str) -> None:
    """One of the two pages said it in a strip above every question. Proves: qt.md 10.7."""
    with hung(theme, name, "en") as page:
        field = page.findChild(QLineEdit, BESIDE[name])
        assert field is not None and "recovery key" in field.accessibleDescription()

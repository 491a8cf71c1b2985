"""What is always in reach of a patient, in one place: a question, a break, not to go on (screens.md 1)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from tests.looks.gallery import PIECES, SCALES, SIZES, hung, place_at

THREE = ("question", "break", "stop")
WITHOUT = {
    "who are you": "nobody has said yet who holds the tablet; not to go on is offered",
    "who are you, no": "somebody else holds the tablet, and only gives it back",
    "interpreter": "who stands beside the patient decides nothing",
    "hand back": "the page asks to go to the staff now; not to go on is offered",
}
PAGES = tuple(name for name, piece in PIECES.items() if piece.reader == "patient" and name not in WITHOUT)


def _place(page: Page, name: str) -> tuple[int, int]:
    """Return where it stands: from the left edge, and from the bottom, as the footer grows upwards."""
    button = page.footer.offered(name)
    assert button is not None and button.isVisible(), f"{name} is not offered"
    whole = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
    assert page.rect().contains(whole), f"{name} is cut"
    return whole.left(), page.height() - whole.bottom()


@pytest.mark.parametrize("cast", ["en", "es"])
def test_a_question_and_not_to_go_on_stand_in_one_place_on_every_page_of_the_patient(
    theme: Theme, cast: str
) -> None:
    """Only the pages of reading had the first; the second stood beside the line here, above it there."""
    hangs = [(size, scale) for scale in SCALES for size in SIZES]
    found: dict[object, dict[tuple[int, int], list[str]]] = {}
    for name in PAGES:
        with hung(theme, name, cast) as page:
            for hang in hangs:
                place_at(page, theme, *hang)
                for each in THREE:
                    found.setdefault((each, *hang), {}).setdefault(_place(page, each), []).append(name)
    apart = {where: places for where, places in found.items() if len(places) > 1}
    assert not apart, apart


def test_what_is_not_asked_of_a_page_is_a_page() -> None:
    assert set(WITHOUT) <= {name for name, piece in PIECES.items() if piece.reader == "patient"}


@pytest.mark.parametrize("name", ["who are you", "hand back"])
def test_between_two_hands_not_to_go_on_is_offered(theme: Theme, name: str) -> None:
    with hung(theme, name, "en") as page:
        stop = page.findChild(QWidget, "stop")
        assert stop is not None and stop.isVisible()

"""The gallery: every page of the product in its states, built once and then hung at every size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from tests.looks import contrast, rules
from tests.looks.desk_pages import DESK, DOOR, SETUP
from tests.looks.dress import CASTS, Piece, Set
from tests.looks.people_pages import PEOPLE
from tests.looks.visit_pages import VISIT
from tests.ui.screens.touch import settle, tap

Size = tuple[int, int]
Hang = tuple[Size, float]
SIZES: tuple[Size, ...] = ((1366, 1024), (1024, 1366), (1280, 800), (800, 1280), (1920, 1280))
SCALES = (1.0, 2.0)
PIECES: dict[str, Piece] = {**DOOR, **DESK, **SETUP, **VISIT, **PEOPLE}
BLANK = (  # nobody has answered anything on these yet
    *("new visit", "new visit, lacking", "open the day", "close the day", "setup, clinic", "setup, rules"),
    *("health check", "medicines", "decision", "premedication", "vial, empty", "vial", "stopping"),
    *("notices", "reading", "teach-back", "check answers", "signature", "released"),
    *(f"vials: {name}" for name in ("compare", "received", "assigned", "late", "why", "aside", "supplier")),
)


def casts_of(name: str) -> tuple[str, ...]:
    """Return with which casts a page is made: the staff's pages have no Spanish words (es.toml)."""
    return tuple(cast for cast in CASTS if cast != "es" or PIECES[name].reader == "patient")


@contextmanager
def hung(theme: Theme, name: str, cast: str) -> Iterator[Page]:
    """Build a page, tap what its state wants, and give it up afterwards."""
    piece = PIECES[name]
    theme.read_by("gallery", patient=piece.reader == "patient")
    page = piece.make(Set(theme, CASTS[cast]))
    try:
        page.resize(*SIZES[0])
        page.show()
        settle()
        for target in piece.taps:
            tap(page, target)
        yield page
    finally:
        page.close()
        page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        theme.set_scale(1.0)


def place_at(page: Page, theme: Theme, size: Size, scale: float) -> None:
    """Give the page this size and text size, and let it arrange itself."""
    theme.set_scale(scale)
    page.resize(*size)
    settle()
    assert (page.width(), page.height()) == size, f"{page.size()} instead of {size}"


def faults_of(theme: Theme, name: str, cast: str, hangs: Sequence[Hang]) -> Iterator[tuple[str, str]]:
    """Hang a page at these sizes; yield the rule and the fault of everything that is wrong there."""
    piece = PIECES[name]
    if cast not in casts_of(name):
        return
    with hung(theme, name, cast) as page:
        for number, (size, scale) in enumerate(hangs):
            place_at(page, theme, size, scale)
            kept: tuple[rules.Rule, ...] = rules.ALWAYS
            if cast == "naughty" and scale > 1.0:  # a name of 70 letters may take its lines
                kept = tuple(rule for rule in kept if rule is not rules.the_content_has_its_share)
            kept += rules.ONCE if number == 0 or scale > 1.0 else ()
            for rule in kept:
                for fault in rule(page, piece.reader):
                    yield rule.__name__, f"{size[0]}x{size[1]} at {scale:g}: {fault}"
        if cast == "en":
            yield from _looked_at(page, theme, name)


def _looked_at(page: Page, theme: Theme, name: str) -> Iterator[tuple[str, str]]:
    """What the pixels tell, in both sets of colours, and what nobody has answered."""
    reader = PIECES[name].reader
    place_at(page, theme, SIZES[0], 1.0)
    for strong in (False, True):
        theme.set_high_contrast(strong)
        settle()
        for fault in contrast.words_stand_out(page, "patient" if strong else reader):
            yield contrast.words_stand_out.__name__, f"{'strong' if strong else 'calm'}: {fault}"
    theme.set_high_contrast(False)
    if name in BLANK:
        for fault in rules.nothing_is_preset(page, reader):
            yield rules.nothing_is_preset.__name__, fault

"""Pages that are no step list what they still lack, too, and each line leads to where it is mended."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.ui.screens.addendum import Addendum, Draft
from chairside.ui.screens.on_paper import OnPaper
from chairside.ui.screens.procedure import Procedure
from chairside.ui.screens.stopping import Choices, Stopping
from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.screens.conftest import Stage
from tests.ui.screens.stories import decided, sealed
from tests.ui.screens.test_on_paper import Side
from tests.ui.screens.touch import sees, settle, show, tap, there


def _leads_to(page: Page, line: str, part: str) -> bool:
    """Tap a line of the list; tell whether the keyboard is then in this part, in sight."""
    tap(page, line)
    settle()
    focus, place = QApplication.focusWidget(), there(page, part)
    assert focus is not None and place is not None, part
    here = focus is place or place.isAncestorOf(focus)
    return here and not focus.visibleRegion().isEmpty()


def _held() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_an_addendum_lists_its_kind_and_its_words(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Proves: qt.md 10.7."""
    room = sealed()
    page = Addendum(words, theme, Draft(), (room.tell, lambda: None))
    page.show_view(room.view())
    show(qtbot, page)
    tap(page, "sign")
    assert room.told == [] and _held() == "addendum.lacking"
    assert _leads_to(page, "addendum.lacking.1", "addendum.text")
    assert _leads_to(page, "addendum.lacking.0", "addendum.kind")
    text = there(page, "addendum.text")
    assert text is not None
    stood = text.mapTo(page, text.rect().topLeft())
    tap(page, "addendum.kind.amendment")
    assert text.mapTo(page, text.rect().topLeft()) == stood, "nothing moves up under the finger"
    assert sees(page, "addendum.lacking.0") and not sees(page, "addendum.lacking.1")


def test_the_end_of_a_visit_leads_to_its_reason(qtbot: QtBot, theme: Theme, words: Words) -> None:
    attested: list[str] = []
    page = Stopping(theme, words, Choices("refused", attested.append, lambda: None))
    show(qtbot, page)
    tap(page, "attest")
    assert attested == [] and _leads_to(page, "stopping.lacking.0", "said")
    tap(page, "said.likely.changed_mind")
    assert not sees(page, "stopping.lacking")


def test_a_panel_that_asks_why_leads_to_its_reason(stage: Stage) -> None:
    room = sealed()
    screen = stage(Procedure, "procedure", room)
    tap(screen, "procedure.not_given")
    tap(screen, "procedure.why.confirm")
    assert room.told == [] and _leads_to(screen, "procedure.why.lacking.0", "procedure.why")


def test_a_page_copied_from_paper_lists_its_rows_and_its_photo(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    side = Side(decided())
    screen = side.put(qtbot, theme, words, "sign")
    assert isinstance(screen, OnPaper)
    tap(screen, "paper.patient_signature.sign")
    assert _held() == "paper.lacking"
    assert _leads_to(screen, "paper.lacking.0", "check_answers.card")
    assert _leads_to(screen, "paper.lacking.1", "patient_signature.card")
    tap(screen, "paper.check_answers")
    assert sees(screen, "paper.lacking.0") and not sees(screen, "paper.lacking.1")

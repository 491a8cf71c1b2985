"""The footer: how many lines it takes, and what stands beside what."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.page import Page
from chairside.words import Words


def nothing() -> None:
    """Do nothing when tapped."""


def test_what_would_fill_a_third_line_stands_beside_back_and_nothing_grave_beside_the_main_action(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """Board and vials had three lines upright at the largest text. Proves: qt.md 10.14."""
    page = Page(theme, words, "vials", "whole")
    qtbot.addWidget(page)
    back, main = Action("back", "Back", nothing), Action("main", "Receive a vial", nothing, "primary")

    def lines(kind: str, scale: float) -> list[list[str]]:
        names = ("Expect a vial", "Donor sheets", "Suppliers")
        page.footer.show_actions(back, main, [Action(name, name, nothing, kind) for name in names])
        theme.set_scale(scale)
        page.resize(800, 1280)
        page.show()
        QApplication.processEvents()
        shown = [each for each in page.footer.findChildren(Button) if each.isVisible()]
        assert {each.font().pixelSize() for each in shown} == {theme.font("control").pixelSize()}
        at = {each.text(): each.mapTo(page, QPoint(0, 0)) for each in shown}
        tops = sorted({where.y() for where in at.values()})
        return [sorted((n for n in at if at[n].y() == top), key=lambda n: at[n].x()) for top in tops]

    above, below = ["Expect a vial", "Donor sheets"], ["Back", "Receive a vial"]
    assert lines("secondary", 2.0) == [above, ["Back", "Suppliers", "Receive a vial"]]
    assert lines("danger", 2.0) == [above, ["Suppliers"], below]
    assert lines("secondary", 1.0) == [[below[0], *above, "Suppliers", below[1]]]

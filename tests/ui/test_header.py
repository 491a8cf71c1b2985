"""The line above every page: what it names, and how many lines that takes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.header import Head, Header
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Text
from chairside.words import Words


def nothing() -> None:
    """Do nothing when tapped."""


def test_who_is_signed_in_is_named_where_that_takes_no_line_more(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """On the narrowest glass too: the patient's line has room for the name."""
    page, header = Page(theme, words, "read", "text"), Header(theme, words, nothing)
    qtbot.addWidget(page)
    page.set_header(header)
    header.offer(Action("header.visit", "Visit", nothing, "quiet"))
    beside, clock, marks = "born 14 March 1984", "10:42 am · Battery 83 %", "DEMO · SAMPLE"
    header.show_head(Head("Jordan Avery", beside, clock, marks))
    page.resize(800, 1280)
    page.show()
    QApplication.processEvents()
    before = header.height()
    header.show_head(Head("Jordan Avery", beside, clock, marks, "Signed in: Robin Example"))
    page.arrange()
    QApplication.processEvents()
    names = [text for text in header.findChildren(Text) if text.text() == "Signed in: Robin Example"]
    assert [name.isVisible() for name in names].count(True) == 1 and header.height() == before

"""The list of what a page of its own still lacks: at its top, each line a way to where it is mended.

A screen of a visit and a form of the desk have the same of their own; this is for every other page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from chairside.ui.screens.missing import Missing
from chairside.ui.theme import Theme
from chairside.ui.widgets.jump import Jump
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.summary import Summary
from chairside.ui.widgets.words import Words


class StillOpen:
    """Knows one page; `put` its list where the page lays itself out, each time it does."""

    def __init__(self, words: Words, theme: Theme, page: Page) -> None:
        self._words, self._theme, self._page = words, theme, page
        self._jump = Jump(theme, page)
        self._summary: Summary | None = None

    def put(self, name: str) -> None:
        """Put the list, which says nothing yet, into the page."""
        self._summary = Summary(self._theme, name)
        self._page.body.addWidget(self._summary)

    def refuse(self, lacks: Sequence[Missing]) -> bool:
        """List what lacks and go there, if anything does; tell whether something does."""
        self._list(lacks)
        if lacks and self._summary is not None:
            self._jump.to_list(self._summary)
        return bool(lacks)

    def again(self, lacks: Sequence[Missing]) -> None:
        """Once what lacks was said, go on saying it until it is there."""
        if self._summary is not None and self._summary.isVisibleTo(self._page):
            self._list(lacks, steady=True)

    def _list(self, lacks: Sequence[Missing], steady: bool = False) -> None:
        assert self._summary is not None  # `put` comes first
        title = self._words.say("screens.still_open", count=len(lacks))
        self._summary.list_lines(title, [(each.said, self._way_to(each.at)) for each in lacks], steady)

    def _way_to(self, name: str) -> Callable[[], None]:
        return lambda: self._jump.to(lambda: self._place(name))

    def _place(self, name: str) -> QWidget | None:
        """Return the part of the page with this name; one that is on its way out is hidden."""
        found = self._page.content.findChildren(QWidget, name)
        return next((each for each in found if each.isVisibleTo(self._page)), None)

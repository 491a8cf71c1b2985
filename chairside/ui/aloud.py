"""Reads the patient's page aloud and marks the word it is at.

It speaks what stands on the glass, in the order it stands there, from what is in sight: no page has to
know of it. It is silent as soon as what it reads is no longer on show, and that is every way a page can
go: another page or section, hand-over, lock, another window in front. It posts no event, so the watch
takes it for nobody's touch.
"""

from __future__ import annotations

from functools import cache, partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from chairside.ui.speech import Heard, Speech
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import AnswerRow, TickRow
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Text
from chairside.ui.widgets.two_words import TwoWords
from chairside.words import Words

Part = Text | AnswerRow | TickRow


class Aloud(QObject):
    """The button of one page, and the reading it begins and ends."""

    def __init__(self, page: Page, speech: Speech, words: Words, theme: Theme) -> None:
        super().__init__(page)
        self._page, self._speech, self._language = page, speech, words.language
        self._left: list[Part] = []
        self._now: Part | None = None
        self._line: tuple[Part, QRect] | None = None  # what was last said, and where it stands
        begin = Action("header.aloud", words.say("button.read_aloud"), self._on_tapped, "quiet")
        self.button = TwoWords(theme, begin, words.say("button.read_stop"))

    @property
    def reading(self) -> bool:
        """Whether it is reading."""
        return self._now is not None

    def _on_tapped(self) -> None:
        if self.reading:
            self.stop()
            return
        self._left, self._line = self._in_sight(), None
        self._next()

    def _in_sight(self) -> list[Part]:
        """Return what can be read in the order of the page, from the first that is in sight."""
        seen, mirrored = self._page.content.viewport(), self._page.isRightToLeft()
        every: list[Part] = [*seen.findChildren(Text), *seen.findChildren(AnswerRow)]
        every += seen.findChildren(TickRow)

        def place(part: QWidget) -> tuple[int, int]:
            corner = part.mapTo(seen, QPoint(part.width() if mirrored else 0, 0))
            return corner.y(), -corner.x() if mirrored else corner.x()

        shown = [each for each in every if each.isVisible() and any(map(str.isalnum, each.text()))]
        return sorted((each for each in shown if place(each)[0] + each.height() > 0), key=place)

    @Slot()
    def _next(self) -> None:
        """Read the next part; after the last, or where nothing more is on show, be silent."""
        self._unmark()
        left = [each for each in self._left if isValid(each) and each.isVisible()]
        self._now, self._left = (left[0], left[1:]) if left else (None, [])
        self.button.show_second(self.reading)
        if self._now is None:
            return
        self._now.installEventFilter(self)
        self._keep_in_sight(self._now, 0)
        if not self._speech.tells_words:
            self._on_word(self._now, 0, len(self._now.text()))
        heard = Heard(partial(self._on_word, self._now), self._on_ended)
        self._speech.say(self._now.text(), getattr(self._now, "language", self._language), heard)

    def _on_word(self, part: Part, start: int, length: int) -> None:
        if part is self._now and isinstance(part, Text):
            part.mark(start, length)
            self._keep_in_sight(part, start)

    def _keep_in_sight(self, part: Part, letter: int) -> None:
        """Scroll along with the voice; who scrolled away from the line before is left where they are."""
        line = part.line_at(letter) if isinstance(part, Text) else part.rect()
        before, self._line = self._line, (part, line)
        if (before is None or self._sees(*before)) and not self._sees(part, line):
            bar, seen = self._page.content.verticalScrollBar(), self._page.content.viewport()
            top = part.mapTo(seen, line.topLeft()).y()
            bar.setValue(bar.value() + top - line.height())  # the line before stays above it

    def _sees(self, part: Part, line: QRect) -> bool:
        """Tell whether this line of a part is in sight."""
        seen = self._page.content.viewport()
        return isValid(part) and seen.rect().contains(line.translated(part.mapTo(seen, QPoint())))

    def _on_ended(self) -> None:
        """Go on in a turn of its own: an engine that just ended does not begin again inside its own word."""
        QTimer.singleShot(0, self, self._next)

    def _unmark(self) -> None:
        if self._now is not None and isValid(self._now):
            self._now.removeEventFilter(self)
            if isinstance(self._now, Text):
                self._now.mark(0, 0)

    def stop(self) -> None:
        """Be silent, and mark nothing any more."""
        if self._now is None:
            return
        self._speech.stop()
        self._left = []
        self._next()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and watched is self._now:
            self.stop()
        return False


def offer(page: Page, speech: Speech | None, words: Words, theme: Theme) -> None:
    """Put the button into the page's header, where there is a voice of the page's language."""
    if speech is not None and page.header is not None and speech.speaks(words.language):
        page.header.take(Aloud(page, speech, words, theme).button)


@cache
def tablet_voice() -> Speech | None:
    """Return the tablet's own voice, None where the extra or an engine is absent."""
    try:
        from chairside.ui.voice import voice  # here: it imports Qt's speech library, most never need it
    except ImportError:
        return None
    return voice()

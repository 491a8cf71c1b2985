"""Read aloud: the word that is said is the word that is marked, and nothing is said that is not on show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.aloud import Aloud
from chairside.ui.screens.leaf import LawText
from chairside.ui.speech import Heard
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options, TickRow
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words
from tests.ui.window.glass import Shown


@dataclass
class Voice:
    """A voice without sound that says a word, or ends, when it is told to."""

    languages: tuple[str, ...] = ("en",)
    tells_words: bool = True
    said: list[tuple[str, str]] = field(default_factory=list)
    heard: Heard | None = None
    stopped: int = 0

    def speaks(self, language: str) -> bool:
        return language in self.languages

    def say(self, text: str, language: str, heard: Heard) -> None:
        self.said.append((text, language))
        self.heard = heard

    def stop(self) -> None:
        self.heard = None
        self.stopped += 1

    def word(self, start: int, length: int) -> None:
        assert self.heard is not None, "a stopped voice says nothing"
        self.heard.word(start, length)

    def end(self) -> None:
        assert self.heard is not None
        heard, self.heard = self.heard, None
        heard.ended()
        QApplication.processEvents()


def _with(glass: Shown, voice: Voice | None) -> Shown:
    glass.window.parts = replace(glass.window.parts, speech=lambda: voice)
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.hand_over("read")
    glass.enter()
    return glass


@pytest.fixture
def voice(glass: Shown) -> Iterator[Voice]:
    """A patient's first page, and a voice that has begun to read it."""
    made = Voice()
    _with(glass, made)
    glass.hands.tap("header.aloud")
    yield made


def _shown(glass: Shown) -> list[Text]:
    page = glass.window.page
    assert isinstance(page, Page)
    inside = page.content.widget()
    found = [each for each in inside.findChildren(Text) if each.isVisible() and each.text()]
    return sorted(found, key=lambda each: each.mapTo(inside, each.rect().topLeft()).y())


def _marked(theme: Theme, text: Text) -> list[int]:
    """The columns of the first line that are in the colour of the mark."""
    image = text.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = theme.colour("primary").rgb()
    row = theme.line("display" if isinstance(text, Heading) else "body") // 2
    return [x for x in range(image.width()) if QColor(image.pixel(x, row)).rgb() == ground]


def test_the_word_being_spoken_is_the_word_highlighted(glass: Shown, voice: Voice) -> None:
    """Where the mark lies is read from the pixels: each word's is right of the one before."""
    first = _shown(glass)[0]
    assert voice.said == [(first.text(), "en")], "the page is read from its top"
    assert _marked(glass.window.parts.theme, first) == [], "nothing is said yet"
    ends, start = 0, 0
    for word in first.text().split(" ")[:3]:
        voice.word(start, len(word))
        columns = _marked(glass.window.parts.theme, first)
        assert columns and min(columns) >= ends - 1, f"{word} is marked, and only it"
        ends, start = max(columns), start + len(word) + 1


def test_paragraph_follows_paragraph_and_then_it_is_silent(glass: Shown, voice: Voice) -> None:
    expected = [each.text() for each in _shown(glass) if any(letter.isalnum() for letter in each.text())]
    texts = _shown(glass)
    while voice.heard is not None:
        voice.word(0, 2)
        voice.end()
    assert [said for said, _ in voice.said][: len(expected)] == expected
    assert all(_marked(glass.window.parts.theme, each) == [] for each in texts), "no mark is left behind"
    button = glass.hands.find("header.aloud")
    assert button.accessibleName() == "Read aloud"


def test_the_answers_are_read_too(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """A question without its answers would not be one; what is out of sight above is not read again."""
    page, voice = Page(theme, words, "page"), Voice()
    qtbot.addWidget(page)
    high = Text(theme, "Above")
    high.setFixedHeight(2_000)
    options = Options(theme, "item", [("yes", "Yes, I do"), ("no", "No")], lambda _option: None)
    low = QWidget()
    low.setFixedHeight(700)
    tick = TickRow(theme, Action("tick", "I saw", print))
    for part in (high, Text(theme, "Do you see?"), options, tick, low):
        page.body.addWidget(part)
    page.resize(800, 700)
    page.show()
    QApplication.processEvents()
    top = options.mapTo(page.content.widget(), options.rect().topLeft()).y()
    page.content.verticalScrollBar().setValue(top - 55)
    aloud = Aloud(page, voice, words, theme)
    aloud.button.action.tapped()
    while voice.heard is not None:
        voice.end()
    assert [said for said, _ in voice.said] == ["Do you see?", "Yes, I do", "No", "I saw"]
    assert not aloud.reading


def test_a_second_tap_stops_it(glass: Shown, voice: Voice) -> None:
    button = glass.hands.find("header.aloud")
    assert button.accessibleName() == "Stop reading"
    wide = button.size()
    glass.hands.tap("header.aloud")
    assert voice.stopped == 1 and voice.heard is None
    assert button.accessibleName() == "Read aloud" and button.size() == wide, "nothing moves"


def _turn(glass: Shown) -> None:
    while glass.hands.sees("more"):
        glass.hands.tap("more")
    glass.hands.tap("continue")


def _hand_back(glass: Shown) -> None:
    glass.window.hand_back()


def _look_elsewhere(glass: Shown) -> None:
    glass.window._look_away(True)


def _lock(glass: Shown) -> None:
    glass.window.doorway.lock()


def _ask_to_leave(glass: Shown) -> None:
    glass.hands.tap("stop")


@pytest.mark.parametrize("way", [_turn, _hand_back, _look_elsewhere, _lock, _ask_to_leave])
def test_it_is_silent_at_once_when_the_page_goes(
    glass: Shown, voice: Voice, way: Callable[[Shown], None]
) -> None:
    """Page turned, handed back, another window in front, locked, leaving asked for. Proves: T1, T2."""
    heard = voice.heard
    assert heard is not None
    way(glass)
    assert voice.stopped == 1 and voice.heard is None
    QApplication.processEvents()
    heard.ended()  # an engine that is late
    heard.word(0, 3)
    QApplication.processEvents()
    assert len(voice.said) == 1, "and stays silent"


def test_speaking_is_nobodys_touch(glass: Shown, voice: Voice) -> None:
    """The idle watch counts anew at a touch; a whole page read aloud is none. Proves: T1."""
    touched: list[object] = []
    watched = glass.window.watch._watched
    glass.window.watch._watched = replace(watched, idle_ms=lambda: touched.append(1))
    while voice.heard is not None:
        for start in range(20):
            voice.word(start, 1)
        voice.end()
    assert len(voice.said) > 1 and touched == []


def test_the_page_follows_the_voice_but_not_who_looks_elsewhere(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """A paragraph of a hundred lines: the word stays in sight; scrolled back to the top, the top stays."""
    page, voice = Page(theme, words, "page"), Voice()
    qtbot.addWidget(page)
    long = Text(theme, "word " * 2_000)
    page.body.addWidget(long)
    page.resize(800, 700)
    page.show()
    QApplication.processEvents()
    Aloud(page, voice, words, theme).button.action.tapped()
    seen, bar = page.content.viewport(), page.content.verticalScrollBar()
    for start in range(0, 4_000, 5):
        voice.word(start, 4)
        assert seen.rect().contains(long.mapTo(seen, long.line_at(start).center())), start
    assert bar.value() > 1_000
    bar.setValue(0)
    for start in range(4_000, 5_000, 5):
        voice.word(start, 4)
    assert bar.value() == 0


@pytest.mark.parametrize("absent", [None, Voice(languages=("es",)), Voice(languages=())])
def test_without_a_voice_of_the_pages_language_nothing_is_offered(glass: Shown, absent: Voice | None) -> None:
    _with(glass, absent)
    assert glass.page() == "notices" and not glass.hands.sees("header.aloud")


def test_staff_pages_ask_for_no_voice(glass: Shown) -> None:
    """The library is looked for when a patient's page comes, not before."""
    asked: list[int] = []
    glass.window.parts = replace(glass.window.parts, speech=lambda: asked.append(1))
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    assert asked == []
    glass.window.home()
    glass.visitors.hand_over("read")
    glass.enter()
    assert asked and not glass.hands.sees("header.aloud")


def test_a_voice_that_tells_no_words_marks_the_paragraph(glass: Shown) -> None:
    _with(glass, Voice(tells_words=False))
    first = _shown(glass)[0]
    glass.hands.tap("header.aloud")
    columns = _marked(glass.window.parts.theme, first)
    assert max(columns) - min(columns) > first.sizeHint().width() * 0.9 or len(columns) > first.width() // 3


def test_the_laws_own_words_are_read_in_their_own_language(theme: Theme, qtbot: QtBot) -> None:
    """A Spanish voice would make nothing of them."""
    holder = QWidget()
    qtbot.addWidget(holder)
    assert LawText(theme, "NOTICE TO CONSUMERS", False).language == "en"


def test_another_window_in_front_hides_the_page_and_the_voice(glass: Shown, voice: Voice) -> None:
    """Qt's own signal, as the watch hears it. Proves: T1."""
    QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)  # type: ignore[union-attr]
    assert voice.stopped == 1

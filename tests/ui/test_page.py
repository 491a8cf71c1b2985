"""Pages at every size and text size: room for content, targets, names, the ring, nothing lost sideways."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScroller, QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import InitialRow, Options
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.footer import Places
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.header import Head, Header
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.steps import StepBar, StepMark
from chairside.ui.widgets.text import Paragraphs, Text
from chairside.words import Words
from tests.ui.hands import Finger

SIZES = [(1366, 1024), (1024, 1366), (1280, 800), (800, 1280), (1920, 1280)]
STEPS = [
    "Open",
    "Health check",
    "Medicines",
    "Notices",
    "Read",
    "Decision",
    "Sign",
    "Premedication",
    "Vial",
    "Countersign",
    "Record",
]
SENTENCE = "Some patients see new growth from about one month. Some see none. No one can promise a result. "


def nothing() -> None:
    """Do nothing when tapped."""


def reading(theme: Theme, words: Words, staff: bool) -> Page:
    """A full page: title, text, a row of initials, a question, every action."""
    page = Page(theme, words, "read", "text")
    page.set_header(Header(theme, words, nothing if staff else None))
    assert page.header is not None
    page.header.show_head(
        Head("Jordan Avery", "born 14 March 1984", "10:42", "Battery 83 %") if staff else Head("Jordan A.")
    )
    page.show_steps(
        [
            StepMark(title.lower(), title, "done" if n < 4 else "current" if n == 4 else "waiting")
            for n, title in enumerate(STEPS)
        ]
    )
    card = Card(theme, "card")
    page.body.addWidget(card)
    card.column.addWidget(Paragraphs(theme, "text", "What we know", [SENTENCE * 3, "- " + SENTENCE]))
    card.column.addWidget(
        InitialRow(theme, Action("initial", "I know that it is not approved", nothing), "JA")
    )
    card.column.addWidget(Options(theme, "q", [("yes", "Yes"), ("no", "No")], lambda key: None))
    others = [
        Action(f"page.{name}", text, nothing, "quiet")
        for name, text in (
            ("question", "I have a question"),
            ("break", "I need a break"),
            ("stop", "I do not want to go on"),
        )
    ]
    page.footer.show_actions(
        Action("page.back", "Back", nothing),
        Action("page.continue", "Continue", nothing, "primary"),
        others,
        "One section is not initialled",
    )
    return page


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """One of the five sizes of screens.md 7."""
    return request.param  # type: ignore[no-any-return]


def on_glass(page: Page, size: tuple[int, int], qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    for _ in range(3):
        QApplication.processEvents()
    assert (page.width(), page.height()) == size


@pytest.mark.parametrize("staff", [False, True])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_full_page_keeps_its_promises_at_every_size(
    theme: Theme, words: Words, size: tuple[int, int], qtbot: QtBot, scale: float, staff: bool
) -> None:
    """Content has 55 % of the height, nothing is cut or pushed sideways. Proves: screens.md 6 and 7."""
    theme.set_scale(scale)
    page = reading(theme, words, staff)
    on_glass(page, size, qtbot)
    assert page.content.height() >= 0.55 * page.height()
    assert page.content.horizontalScrollBar().maximum() == 0
    check_parts(page)


def check_parts(page: Page) -> None:
    """Every visible control is large enough, named, inside the page; every label has room for its lines."""
    names = []
    for button in page.findChildren(QAbstractButton):
        if not button.isVisible() or button.objectName() == "":
            continue
        assert button.width() >= 48 and button.height() >= 48, button.objectName()
        assert button.accessibleName(), button.objectName()
        names.append(button.objectName())
        place = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
        assert place.left() >= 0 and place.right() <= page.width(), button.objectName()
    assert len(names) == len(set(names)) >= 9
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_the_primary_action_is_last_and_back_is_first(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """Same place on every page, mirrored for right-to-left readers. Proves: qt.md 10.6."""
    page = reading(theme, words, staff=False)
    on_glass(page, (1366, 1024), qtbot)
    back, go = page.findChild(Button, "page.back"), page.findChild(Button, "page.continue")
    assert back.mapTo(page, QPoint()).x() < 60 and go.mapTo(page, QPoint()).x() > 1100
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert back.mapTo(page, QPoint()).x() > 1100 and go.mapTo(page, QPoint()).x() < 60


def test_text_grows_under_the_readers_hands(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """The page itself stays, so nothing half-entered is lost."""
    page = reading(theme, words, staff=False)
    on_glass(page, (1366, 1024), qtbot)
    row = page.findChild(InitialRow, "initial")
    before = row.height()
    for _ in range(3):
        QTest.mouseClick(page.findChild(Button, "header.larger"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert theme.scale == 2.0 and page.findChild(InitialRow, "initial") is row and row.height() > before
    assert page.content.height() >= 0.55 * page.height()


def test_a_header_of_large_type_breaks_no_short_name_and_no_pair(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """The two text sizes stay beside each other, and long marks leave the name on one line."""
    page = reading(theme, words, staff=True)
    assert page.header is not None
    page.header.offer(Action("header.visit", "Visit", nothing, "quiet"))
    page.header.show_head(
        Head("Lucía F.", "DEMO · BORRADOR, no para uso clínico", "9:00 am", "DEMO · SAMPLE")
    )
    theme.set_scale(2.0)
    on_glass(page, (800, 1280), qtbot)
    name = next(text for text in page.header.findChildren(Text) if text.text() == "Lucía F.")
    assert name.width() >= name.fontMetrics().horizontalAdvance(name.text())
    smaller, larger = (page.findChild(Button, f"header.{key}") for key in ("smaller", "larger"))
    assert smaller.mapTo(page, QPoint()).y() == larger.mapTo(page, QPoint()).y()


def test_a_larger_text_leaves_each_button_its_words(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """The line below the page is divided once its buttons know how wide they have become."""
    page = reading(theme, words, staff=False)
    on_glass(page, (1280, 800), qtbot)
    names = ("I have a question", "I need a break", "I do not want to go on")
    others = [Action(f"other.{n}", name, nothing, "quiet") for n, name in enumerate(names)]
    more = Action("more", "More of it", nothing, "primary")
    page.footer.show_actions(Action("back", "Back", nothing), more, others, "Page 1 of 17")
    page.arrange()
    theme.set_scale(2.0)
    QApplication.processEvents()
    shown = [button for button in page.footer.findChildren(Button) if button.isVisible()]
    assert len(shown) == 5
    for button in shown:
        assert button.width() >= button.minimumSizeHint().width(), button.text()


def test_a_tap_that_takes_the_keyboard_from_a_field_is_not_lost(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """The field tells its text, the page is shown anew under the finger, and the tap still counts, once."""
    went: list[str] = []
    page = Page(theme, words, "asked", "form")

    def show(text: str) -> None:
        page.footer.show_actions(None, Action("page.go", "Continue", lambda: go(text), "primary"))

    def go(text: str) -> None:
        went.append(text)
        show(text)

    field = FieldRow(theme, "name", "Name", show)
    page.body.addWidget(field)
    show("")
    on_glass(page, (1366, 1024), qtbot)
    page.activateWindow()
    field.line.setFocus()
    QTest.keyClicks(field.line, "Jordan")
    before, glass = page.findChild(Button, "page.go"), page.windowHandle()
    where = before.mapTo(page, before.rect().center())
    QTest.mousePress(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert QApplication.focusWidget() is not field.line
    QTest.mouseRelease(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert went == ["Jordan"]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.findChild(Button, "page.go") is not before  # a second tap of a double tap meets a new one


def test_the_focus_begins_on_the_page_and_the_ring_follows_tab(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """The ring is visible, outside its control, above the page. Proves: screens.md 6, qt.md 10.11."""
    page = reading(theme, words, staff=True)
    on_glass(page, (1366, 1024), qtbot)
    page.activateWindow()
    QApplication.processEvents()
    assert QApplication.focusWidget() is page
    seen: list[str] = []
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        held = QApplication.focusWidget()
        seen.append(held.objectName())
        check_ring(page, held, theme)
    order = ["initial", "q.yes", "q.no", "page.back", "page.question", "page.break", "page.stop"]
    assert [name for name in seen if name in order][: len(order)] == order
    assert seen.index("header.smaller") > seen.index(
        "page.continue"
    )  # the frame comes after what there is to do


def check_ring(page: Page, held: QWidget, theme: Theme) -> None:
    """Look for the ring's blue just outside the control, on the side that is in view."""
    corner = held.mapTo(page, QPoint(held.width() // 2, -4))
    if page.rect().contains(corner) and not held.visibleRegion().isEmpty():
        assert page.grab().toImage().pixelColor(corner) == theme.colour("focus"), held.objectName()


def test_a_finger_scrolls_the_page_and_its_end_is_known(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """A page counts as shown to its end only when its end has been in view."""
    theme.set_scale(2.0)
    page = reading(theme, words, staff=False)
    on_glass(page, (800, 1280), qtbot)
    assert not page.at_end()
    finger, viewport = Finger(), page.content.viewport()
    finger.press(viewport, (300, 600))
    for step in range(1, 26):
        finger.move(viewport, (300, 600 - 16 * step))
        QTest.qWait(8)
    finger.lift(viewport, (300, 200))
    assert page.content.verticalScrollBar().value() > 100
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_End)
    assert page.at_end()


def test_only_a_page_that_is_longer_than_the_glass_follows_a_finger(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """A scroller is made for each page that has one and costs memory; a page that grows gets its own."""
    page = Page(theme, words, "short", "text")
    page.body.addWidget(Text(theme, SENTENCE))
    on_glass(page, (800, 1280), qtbot)
    assert not QScroller.hasScroller(page.content.viewport())
    page.body.addWidget(Text(theme, SENTENCE * 60))
    bar = page.content.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert QScroller.hasScroller(page.content.viewport())


def test_the_rail_says_every_state_in_a_word(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """Never colour alone. Proves: qt.md 10.4."""
    page = reading(theme, words, staff=True)
    on_glass(page, (1366, 1024), qtbot)
    stop = page.findChild(QWidget, "step.read")
    assert stop.accessibleName() == words.say(
        "widgets.step_spoken", title="Read", state=words.say("widgets.step_current")
    )
    page.resize(800, 1280)
    QApplication.processEvents()
    bar = page.findChild(QWidget, "bar")
    assert bar.isVisible()
    assert bar.accessibleName() == words.say("widgets.step_of", number=5, count=11, title="Read")


def test_the_end_stays_seen_when_the_footer_grows_by_it(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """A reader who reached the end may go on, though the action offered there takes the end out of view."""
    page = reading(theme, words, staff=False)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    bar = page.content.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 2)
    assert not page.at_end()
    bar.setValue(bar.maximum())
    assert page.at_end()
    page.footer.setFixedHeight(page.footer.height() + 120)
    qtbot.waitUntil(lambda: bar.value() < bar.maximum() - 2)
    assert page.at_end()
    page.clear()
    assert not page.at_end() or bar.maximum() <= 2


def test_the_bar_names_the_step_on_show_also_when_others_are_stopped(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """After a stop the physician's page is named, not the first step that was stopped."""
    bar = StepBar(theme, words)
    qtbot.addWidget(bar)
    bar.show_steps([StepMark("a", "Open", "stopped"), StepMark("b", "Decision", "current")])
    assert bar.accessibleName() == words.say("widgets.step_of", number=2, count=2, title="Decision")


@pytest.mark.parametrize("lacking", ["Not answered yet: How did you talk with the patient? (and 2 more)", ""])
def test_the_footer_takes_two_lines_at_most_where_its_buttons_fit_in_one(
    theme: Theme, words: Words, qtbot: QtBot, lacking: str
) -> None:
    """A decision at 200 % left 50 % of the height for itself. Proves: qt.md 10.10."""
    theme.set_scale(2.0)
    page = reading(theme, words, staff=True)
    others = [Action("defer", "Defer", nothing), Action("do_not_treat", "Do not treat", nothing, "danger")]
    page.footer.show_actions(None, Action("proceed", "Proceed", nothing, "primary"), others, lacking)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    QApplication.processEvents()
    shown = [each for each in page.footer.findChildren(Button) if each.isVisible()]
    tops = {each.mapTo(page, QPoint(0, 0)).y() for each in shown}
    assert len(tops) == 1, "all buttons in one line, the words above them"
    assert page.content.height() >= 0.55 * page.height()


def test_a_counting_footer_keeps_its_height(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """On the upright tablet page 10 of 17 had a line more than pages 9 and 11, for the width of a nought."""
    page, heights = reading(theme, words, staff=False), set()
    back, main = Action("back", "Back", nothing), Action("go", "Continue", nothing, "primary")
    qtbot.addWidget(page)
    for number in (1, 9, 10, 11, 17):
        page.footer.show_actions(back, main, (), f"Page {number} of 17")
        for width in range(300, 500, 2):
            page.footer.fit(width, low=False)
            heights.add((width, page.footer.heightForWidth(width)))
    assert len(heights) == 100, "one height for each width"
    assert len({height for _, height in heights}) == 2, "the narrow ones need a second line"


def test_what_lacks_is_said_where_no_main_action_would_list_it(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """A page copied from paper stood above an empty bar at the largest text."""
    theme.set_scale(2.0)
    page = reading(theme, words, staff=True)
    lacking = "Not read yet: The most important things first (and 18 more)"
    page.footer.show_actions(None, None, (), lacking)
    on_glass(page, (800, 1280), qtbot)
    (told,) = [each for each in page.footer.findChildren(Text) if each.isVisible()]
    assert told.text() == lacking and told.height() >= told.heightForWidth(told.width())


def test_a_button_beside_a_taller_one_keeps_its_own_height(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """Back was drawn out to the two lines of the main action, and Sign to the height of Emergency."""
    theme.set_scale(2.0)
    page = reading(theme, words, staff=True)
    main = Action("main", "Save, then a second person checks", nothing, "primary")
    page.footer.keep_places(Places("Back", (main.text,)))  # Back stays beside it, as on a patient's pages
    page.footer.show_actions(Action("back", "Back", nothing), main)
    on_glass(page, (800, 1280), qtbot)
    heights = {each.objectName(): each.height() for each in page.footer.findChildren(Button)}
    assert heights["back"] < heights["main"]


def test_a_page_that_is_gone_before_it_was_said_is_let_go(
    theme: Theme, words: Words, qapp: QApplication
) -> None:
    """One that was left at once stayed in memory with all that stood on it, as long as the tablet ran."""
    page = reading(theme, words, staff=True)
    page.show()
    QApplication.processEvents()
    kept = weakref.ref(page)
    page.deleteLater()
    del page
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert kept() is None

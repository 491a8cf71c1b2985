"""What was chosen looks chosen and is no action; a reason is one thing; a second tap does nothing unmeant."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.double_tap import DoubleTap, guard
from chairside.ui.screens.stopping import Choices, Stopping
from chairside.ui.screens.why import Offered, Reason
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.steps import StepMark
from chairside.words import Words
from tests.ui.screens.touch import chosen, leave, second_press, sees, settle, tap, there, write

LIKELY = Offered([("unwell", "The patient is unwell"), ("asked", "The patient asked")])


def nothing() -> None:
    """Do nothing when tapped."""


def shown(qtbot: QtBot, *parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    settle()
    return page


def _fill(button: Button) -> QColor:
    """The colour of most of a button."""
    image = button.grab().toImage()
    return image.pixelColor(image.width() // 2, 6)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_chosen_answer_does_not_look_like_the_main_action(theme: Theme, qtbot: QtBot, scale: float) -> None:
    """It has the tint of a chosen row and a tick, and choosing moves nothing on the page."""
    theme.set_scale(scale)
    options = Options(theme, "answer", [("yes", "Yes"), ("no", "No")], lambda _: None, chips=True)
    main = Button(theme, Action("go", "Continue", nothing, "primary"))
    _glass = shown(qtbot, options, main)
    yes = options.rows["yes"]
    assert isinstance(yes, Button)
    before = yes.geometry()
    options.show_choice("yes")
    settle()
    assert yes.geometry() == before
    assert _fill(yes) == theme.colour("primary_tint") != _fill(main)
    tick = yes.grab().toImage()
    inks = {tick.pixelColor(x, y).name() for x in range(6, 28) for y in range(10, tick.height() - 10)}
    assert theme.colour("primary").name() in inks, "a chosen one has its tick: colour alone says nothing"


def test_of_a_tap_and_a_word_the_later_is_the_reason(theme: Theme, words: Words, qtbot: QtBot) -> None:
    reason = Reason(words, theme, "why", LIKELY)
    page = shown(qtbot, reason)
    assert not reason.given() and sees(page, "why.own.error")
    tap(page, "why.likely.unwell")
    assert reason.text == "The patient is unwell" and not sees(page, "why.own.error")
    write(page, "why.own", "fainted")
    leave(page, "why.own")
    assert reason.text == "fainted" and not chosen(page, "why.likely.unwell")
    tap(page, "why.likely.asked")
    assert reason.text == "The patient asked"
    write(page, "why.own", "fainted")
    leave(page, "why.own")
    assert reason.text == "fainted" and not chosen(page, "why.likely.asked"), "the same words count again"


def test_a_stop_is_recorded_with_what_was_said_last(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """Words written first do not outlive the tap on another reason."""
    told: list[str] = []
    page = Stopping(theme, words, Choices("refused", told.append, nothing))
    _glass = shown(qtbot, page)
    tap(page, "attest")
    assert told == [] and sees(page, "said.own.error")
    write(page, "said.own", "too dear")
    leave(page, "said.own")
    tap(page, "said.likely.more_time")
    tap(page, "attest")
    assert told == [words.say("stop.more_time")]


def test_a_second_tap_counts_only_where_the_first_landed(theme: Theme, qtbot: QtBot) -> None:
    """A key takes both digits; another button in the same place takes none."""
    taps: list[str] = []
    keys = [Button(theme, Action(name, name, partial(taps.append, name), "key")) for name in "12"]
    page = shown(qtbot, *keys)
    tap(page, "1")
    second_press(there(page, "1"))
    second_press(there(page, "2"))
    assert taps == ["1", "1"]


def test_a_second_tap_in_the_footer_never_counts(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """Its buttons turn pages: the same button would turn one that nobody saw."""
    taps: list[str] = []
    page = Page(theme, words, "any")
    page.footer.show_actions(None, Action("continue", "Continue", lambda: taps.append("on"), "primary"))
    _glass = shown(qtbot, page)
    tap(page, "continue")
    second_press(there(page, "continue"))
    assert taps == ["on"]


def test_one_guard_watches_the_application(theme: Theme, qapp: QApplication) -> None:
    guard(qapp)
    theme.dress(qapp)
    assert len(qapp.findChildren(DoubleTap)) == 1


@pytest.mark.parametrize(("size", "scale"), [((800, 1280), 1.0), ((1280, 800), 2.0)])
def test_between_two_steps_no_empty_bar_is_drawn(
    theme: Theme, words: Words, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    """At hand-over no step is under way; the bar would be a blank line, at large text a speck."""
    theme.set_scale(scale)
    page = Page(theme, words, "any")
    _glass = shown(qtbot, page)
    page.resize(*size)
    waiting = StepMark("sign", "Sign", "waiting")
    for mark, seen in (
        (StepMark("read", "Read", "open"), False),
        (StepMark("read", "Read", "current"), True),
    ):
        page.show_steps((mark, waiting))
        settle()
        assert sees(page, "bar") is seen

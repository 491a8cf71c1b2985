"""The door: who gets in, what is said when not, and what is never on the glass."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from chairside.session.view import Outcome, Who
from chairside.settings import shipped
from chairside.ui.screens.between import HandBack, Ways, WhoAreYou
from chairside.ui.screens.door import Asked, HandOver, Locked, PinPage, SignIn, waiting
from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.pin_pad import PinPad
from chairside.ui.widgets.text import Heading
from chairside.words import Words

STAFF = (Who("n1", "Dana Whitfield", "nurse"), Who("p1", "Robin Castellano", "physician"))
PATIENT = "Jordan Avery"


def nothing() -> None:
    """Do nothing when tapped."""


def nothing_of(who: Who) -> None:
    """Choose nobody."""


def said(page: Page) -> str:
    """Return every visible word on the page."""
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(texts + [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()])


def tap(page: Page, name: str) -> None:
    QTest.mouseClick(page.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def on_glass(page: Page, qtbot: QtBot) -> Page:
    qtbot.addWidget(page)
    page.resize(1366, 1024)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    QApplication.processEvents()
    return page


def test_a_tile_says_who_and_what_they_are(theme: Theme, words: Words, qtbot: QtBot) -> None:
    chosen: list[Who] = []
    page = on_glass(SignIn(theme, words, STAFF, chosen.append), qtbot)
    tile = page.findChild(QAbstractButton, "staff.p1")
    assert tile.accessibleName() == "Robin Castellano, Physician" and tile.height() >= 96
    tap(page, "staff.p1")
    assert chosen == [STAFF[1]]


def test_an_act_that_asks_who_can_be_left_and_the_door_itself_cannot(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    left: list[int] = []
    page = SignIn(theme, words, STAFF, nothing_of)
    on_glass(page, qtbot)
    assert page.findChild(QAbstractButton, "sign_in.cancel") is None
    page.offer_cancel(lambda: left.append(1))
    tap(page, "sign_in.cancel")
    assert left == [1]


@pytest.mark.parametrize(
    ("outcome", "key", "facts"),
    [
        (Outcome("pin_wrong", tries_left=2), "door.wrong", {"count": 2}),
        (Outcome("pin_wrong", tries_left=1), "door.wrong", {"count": 1}),
        (Outcome("pin_wrong", wait_seconds=30), "door.wrong_wait", {"wait": "30 seconds"}),
        (Outcome("pin_wait", wait_seconds=241), "door.wait", {"wait": "5 minutes"}),
        (Outcome("person_disabled"), "door.disabled", {}),
        (Outcome("something_new"), "door.not_accepted", {}),
    ],
)
def test_a_wrong_pin_is_said_with_what_is_left(
    theme: Theme, words: Words, qtbot: QtBot, outcome: Outcome, key: str, facts: dict[str, object]
) -> None:
    """Proves: T1."""
    tried: list[str] = []

    def prove(secret: str) -> Outcome:
        tried.append(secret)
        return outcome

    page = on_glass(PinPage(theme, words, Asked("Dana Whitfield"), prove, nothing), qtbot)
    QTest.keyClicks(QApplication.focusWidget(), "246801")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert tried == ["246801"]
    assert words.say(key, **facts) in said(page)
    assert "246801" not in said(page)


def test_a_right_pin_says_nothing_more(theme: Theme, words: Words, qtbot: QtBot) -> None:
    page = on_glass(PinPage(theme, words, Asked("Dana Whitfield"), lambda secret: Outcome(), None), qtbot)
    QTest.keyClicks(QApplication.focusWidget(), "246801")
    before = said(page)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert said(page) == before


def test_waits_are_said_in_whole_minutes_rounded_up(words: Words) -> None:
    assert [waiting(words, seconds) for seconds in (1, 119, 120, 121)] == [
        "one second",
        "119 seconds",
        "2 minutes",
        "3 minutes",
    ]


def test_the_pin_page_says_what_the_pin_means(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """A nurse closes the health check with "I asked and recorded"."""
    meaning = words.say("pin.to_close")
    page = on_glass(
        PinPage(theme, words, Asked("Dana Whitfield", meaning), lambda pin: Outcome(), nothing), qtbot
    )
    assert meaning in said(page)


@pytest.mark.parametrize(("percent", "warned"), [(24, True), (25, False), (None, False)])
def test_hand_over_warns_of_a_low_battery(
    theme: Theme, words: Words, qtbot: QtBot, percent: int | None, warned: bool
) -> None:
    """Under 25 % hand-over warns (product.md, patient mode)."""
    page = on_glass(HandOver(theme, words, PATIENT, (nothing, nothing), percent), qtbot)
    assert ("%" in said(page)) is warned
    assert PATIENT in said(page)


@pytest.mark.parametrize("language", ["en", "es"])
def test_hand_over_names_who_takes_the_tablet_on_its_button_too(
    theme: Theme, qtbot: QtBot, language: str
) -> None:
    """It said "The patient has it" of whoever decides, interprets or watches beside the patient."""
    words = Words.load(shipped("resources") / "words", language)
    page = on_glass(HandOver(theme, words, "Kim E.", (nothing, nothing)), qtbot)
    button = page.footer.offered("hand_over.given")
    assert button is not None and "Kim E." in button.text()


def test_no_that_is_not_me_takes_the_name_off_the_glass(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """The wrong person reads nothing more and can only give the tablet back. Proves: Q39, T2."""
    told: list[str] = []
    page = on_glass(
        WhoAreYou(theme, words, PATIENT, Ways(lambda: told.append("yes"), lambda: told.append("staff"))),
        qtbot,
    )
    tap(page, "who_are_you.no")
    assert told == [] and PATIENT not in said(page)
    assert not any(PATIENT in child.text() for child in page.findChildren(QLabel))
    tap(page, "who_are_you.staff")
    assert told == ["staff"]


def test_yes_that_is_me_is_one_tap(theme: Theme, words: Words, qtbot: QtBot) -> None:
    told: list[str] = []
    page = on_glass(WhoAreYou(theme, words, PATIENT, Ways(lambda: told.append("yes"), nothing)), qtbot)
    tap(page, "who_are_you.yes")
    assert told == ["yes"]


def test_the_lock_and_the_way_back_name_nobody(theme: Theme, words: Words, qtbot: QtBot) -> None:
    """A locked tablet on a table tells a passer-by nothing. Proves: T1."""
    pages: list[Callable[[], Page]] = [
        lambda: Locked(theme, words, nothing),
        lambda: HandBack(theme, words, nothing),
    ]
    for make in pages:
        page = on_glass(make(), qtbot)
        assert PATIENT not in said(page) and all(who.name not in said(page) for who in STAFF)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_a_pin_is_answered_with_moves_the_pad(
    theme: Theme, words: Words, qtbot: QtBot, scale: float
) -> None:
    """Being checked, wrong, to be waited for, right: the keys stay where the fingers know them."""
    theme.set_scale(scale)
    page = PinPage(theme, words, Asked("Dana Whitfield"), lambda _pin: None, nothing)
    on_glass(page, qtbot)
    pad = page.findChild(PinPad, "pin")
    before = pad.mapTo(page, pad.rect().topLeft())
    told = [Outcome("pin_wrong", 4), Outcome("pin_wrong", wait_seconds=86_400)]
    told += [Outcome("pin_wait", wait_seconds=90), Outcome("person_disabled"), Outcome("other"), Outcome()]
    for outcome in told:
        for digit in "482915":
            tap(page, f"pin.{digit}")
        tap(page, "pin.enter")
        QApplication.processEvents()
        assert pad.mapTo(page, pad.rect().topLeft()) == before and "Checking" in said(page)
        page.answer(outcome)
        QApplication.processEvents()
        assert pad.mapTo(page, pad.rect().topLeft()) == before, outcome


@pytest.mark.parametrize("size", [(1366, 1024), (1280, 800), (800, 1280), (1024, 1366)])
def test_whose_pin_it_is_stays_in_sight_with_every_key(
    theme: Theme, words: Words, qtbot: QtBot, size: tuple[int, int]
) -> None:
    """At 1280x800 the largest text pushed the keys below the page, and typing the name above it."""
    page = on_glass(PinPage(theme, words, Asked("Dana Whitfield"), lambda _pin: None, nothing), qtbot)
    for scale in (1.0, 1.5, 2.0):
        theme.set_scale(scale)
        page.resize(*size)
        QApplication.processEvents()
        page.content.ensureWidgetVisible(page.findChild(PinPad, "pin"))
        window = page.content.viewport()
        keys = page.findChild(PinPad, "pin").findChildren(QAbstractButton)
        name = next(each for each in page.findChildren(Heading) if "Dana Whitfield" in each.text())
        for part in (name, *keys):
            at = QRect(part.mapTo(window, part.rect().topLeft()), part.size())
            assert window.rect().contains(at), f"{part.objectName() or 'name'} at {scale:g}: {at}"


def test_the_room_kept_for_a_refusal_is_that_of_the_text_size(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """It stayed as high as the largest text had needed it."""
    page = on_glass(PinPage(theme, words, Asked("Dana Whitfield"), lambda _pin: None, nothing), qtbot)
    least = [0, 0]
    for turn in range(2):
        theme.set_scale(1.0)
        QApplication.processEvents()
        least[turn] = page.body.itemAt(0).widget().minimumSizeHint().height()
        theme.set_scale(2.0)
        QApplication.processEvents()
    assert least[0] == least[1] > 0


def test_while_a_pin_is_checked_the_pad_says_so_and_takes_nothing(
    theme: Theme, words: Words, qtbot: QtBot
) -> None:
    """Enter again, more digits: one PIN was handed up."""
    handed: list[str] = []
    page = PinPage(theme, words, Asked("Dana Whitfield"), handed.append, nothing)
    on_glass(page, qtbot)
    for digit in "482915":
        tap(page, f"pin.{digit}")
    tap(page, "pin.enter")
    assert handed == ["482915"] and "Checking the PIN." in said(page)
    for key in ("1", "2", "3", "4", "5", "6", "enter"):
        tap(page, f"pin.{key}")
    assert handed == ["482915"]
    page.answer(Outcome("pin_wrong", 4))
    assert "Checking" not in said(page)
    for digit in "482916":
        tap(page, f"pin.{digit}")
    tap(page, "pin.enter")
    assert handed == ["482915", "482916"], "what was tapped meanwhile is not part of it"


@pytest.mark.parametrize("back", [False, True])
def test_who_does_not_go_on_says_so_between_the_steps_too(
    theme: Theme, words: Words, qtbot: QtBot, back: bool
) -> None:
    """What follows is said first; the way back is open. Beside the patient nobody may. Proves: Q16."""
    told: list[str] = []
    ways = Ways(nothing, nothing, lambda: told.append("leave"))
    asks, gives = WhoAreYou(theme, words, PATIENT, ways), HandBack(theme, words, nothing, ways.leave)
    page = on_glass(gives if back else asks, qtbot)
    before = said(page)
    tap(page, "stop")
    assert words.say("hand_over.stop_title") in said(page) and told == [] and PATIENT not in said(page)
    tap(page, "stay")
    assert said(page) == before
    tap(page, "stop")
    tap(page, "leave")
    assert told == ["leave"]
    beside = on_glass(WhoAreYou(theme, words, PATIENT, Ways(nothing, nothing)), qtbot)
    assert beside.findChild(QAbstractButton, "stop") is None

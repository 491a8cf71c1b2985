"""Something comes in between: a tap during a redraw, a turn in mid-stroke, a burst on any page, a hand-over.

Nothing is lost, nothing is doubled, and nothing is on the glass that is not stored.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from chairside.demo.acts import HEALTH
from chairside.domain.facts import Answered
from chairside.domain.replies import Chosen
from chairside.ui.widgets.ink_pad import InkPad
from tests.session.clinics import PINS
from tests.ui.window.glass import Shown
from tests.ui.window.reach import at_premedication
from tests.ui.window.test_ink_on_glass import PATIENTS, half_a_stroke, patients_pad, stored
from tests.ui.window.test_scanner import Wedge

BURST = "LOT-4711 x\r"
TURNS = ((1024, 1366), (1366, 1024), (800, 1280), (1920, 1280))


def post_tap(target: QWidget) -> None:
    """Leave a tap waiting in the queue, as a finger does while the glass is busy."""
    here = QPointF(target.rect().center())
    there = QPointF(target.mapToGlobal(target.rect().center()))
    none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
        keys = Qt.KeyboardModifier.NoModifier
        QCoreApplication.postEvent(target, QMouseEvent(kind, here, there, left, held, keys))


def answers(glass: Shown) -> list[tuple[str, str]]:
    """Every answer of the health check in the ledger, in the order it was stored."""
    facts = [by.fact for by in glass.visitors.clinic.ledger.stream(glass.visitors.here().stream)]
    given = [fact for fact in facts if isinstance(fact, Answered) and fact.form == "health_check"]
    return [(fact.item, fact.reply.option) for fact in given if isinstance(fact.reply, Chosen)]


def health_check(glass: Shown) -> None:
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    assert glass.page() == "health_check"


# -- taps during a redraw ---------------------------------------------------------------------------
def test_taps_that_wait_while_the_page_is_drawn_all_count_once(glass: Shown) -> None:
    """Every question of the page answered before the first answer is shown."""
    health_check(glass)
    items = [item for item in HEALTH if glass.hands.sees(f"{item}.no")]
    assert len(items) > 1
    for item in items:
        post_tap(glass.hands.find(f"{item}.no"))
    assert answers(glass) == [], "nothing happens before its turn"
    glass.hands.settle()
    assert answers(glass) == [(item, "no") for item in items]
    assert all(glass.hands.find(f"{item}.no").isChecked() for item in items)  # type: ignore[attr-defined]


def test_a_second_tap_that_waited_says_nothing_twice(glass: Shown) -> None:
    """It comes before the next page is painted, and meets that page: yes was said once, nothing was read."""
    glass.to_the_patient()
    yes, handle = glass.hands.find("who_are_you.yes"), glass.window.windowHandle()
    place = yes.mapTo(glass.window, yes.rect().center())
    post_tap(yes)
    post_tap(yes)
    QTimer.singleShot(0, handle, lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place))
    glass.hands.settle()
    room = glass.window.room
    assert room is not None and glass.page() == "notices"
    kinds = [type(by.fact).__name__ for by in room.visit.facts]
    assert kinds.count("IdentityConfirmed") == 1 and kinds.count("PageRead") == 0


def test_a_tap_while_the_store_is_busy_waits_for_it(glass: Shown) -> None:
    """The second tap comes in the middle of the first one's writing; both are stored, in order."""
    health_check(glass)
    scribe, first, second = glass.visitors.clinic.scribe, HEALTH[0], HEALTH[1]
    button = glass.hands.find(f"{second}.no")
    heard, scribe.heard = scribe.heard, lambda _: post_tap(button)
    post_tap(glass.hands.find(f"{first}.no"))
    QApplication.sendPostedEvents()
    scribe.heard = heard
    glass.hands.settle()
    assert answers(glass) == [(first, "no"), (second, "no")]


# -- the tablet is turned, handed over, loses the focus ----------------------------------------------
def test_turning_the_tablet_in_mid_stroke_loses_nothing(glass: Shown) -> None:
    """Four turns, a text twice as large and a tick of the clock under one stroke: one stroke, whole."""
    pad = patients_pad(glass)
    pen = half_a_stroke(pad)
    for number, size in enumerate(TURNS):
        glass.window.resize(*size)
        glass.window.parts.theme.set_scale(2.0 if number == 1 else 1.0)
        glass.window.pages.tick()
        QApplication.processEvents()
        pen.move(pad, (100 + 9 * number, 100))
    pen.lift(pad, (100 + 9 * len(TURNS), 100))
    assert glass.hands.find("patient_signature.pad") is pad, "the pad outlives the turn"
    assert stored(glass, PATIENTS) == [65]
    assert [len(stroke.points) for stroke in pad.strokes] == [65]


def test_the_tablet_taken_back_in_mid_stroke_keeps_the_stroke(glass: Shown) -> None:
    """A nurse takes it back while the pen is on the glass."""
    half_a_stroke(patients_pad(glass))
    glass.window.hand_back()
    glass.hands.settle()
    assert stored(glass, PATIENTS) == [60]
    glass.sign_in()
    room = glass.window.room
    assert room is not None and not room.visit.with_patient
    assert len(room.visit.pads[PATIENTS].strokes) == 1 and glass.banner() == ""


def test_another_language_in_mid_stroke_keeps_the_stroke(glass: Shown) -> None:
    """It was refused: what is read in one language is not signed in another."""
    half_a_stroke(patients_pad(glass))
    glass.hands.tap("header.language.es")
    assert stored(glass, PATIENTS) == [60] and glass.banner() == ""


def test_a_pen_that_goes_on_after_its_page_is_gone_draws_nowhere(glass: Shown) -> None:
    """The stroke ended with the page; what the pen still sends makes no second one."""
    pad = patients_pad(glass)
    pen = half_a_stroke(pad)
    glass.window.hand_back()
    pen.move(pad, (300, 90))
    pen.lift(pad, (310, 90))
    glass.hands.settle()
    assert stored(glass, PATIENTS) == [60]


def test_what_is_half_typed_is_told_before_the_lock(glass: Shown) -> None:
    """A date typed and not left yet, when somebody taps Lock."""
    visitors = glass.visitors
    at_premedication(glass)
    glass.hands.type("prp_kit_expires.text", "2028-05")
    glass.hands.tap("header.lock")
    replies = glass.visitors.desk.room(visitors.here().visit.id).visit.replies
    assert ("premedication", "prp_kit_expires") in replies
    assert glass.page() == "door.sign_in"


# -- a scanner's burst on every page -----------------------------------------------------------------
def _until_paper(glass: Shown) -> None:
    glass.visitors.open()
    glass.visitors.health()


def _hand_over(step: str) -> Callable[[Shown], None]:
    def held(glass: Shown) -> None:
        glass.visitors.until_decision()
        glass.visitors.decide()
        glass.visitors.hand_over(step)

    return held


def _reading(glass: Shown) -> None:
    _until_paper(glass)
    glass.visitors.hand_over("notices")


def _not_confirmed(glass: Shown) -> None:
    _until_paper(glass)
    glass.enter()
    glass.window.hand_over("notices")


def _countersigning(glass: Shown) -> None:
    glass.visitors.until_vial()
    glass.visitors.show_vial()


def _asking(glass: Shown) -> None:
    glass.visitors.open()


def _deciding(glass: Shown) -> None:
    glass.visitors.until_decision()


STAGES: dict[str, Callable[[Shown], None]] = {
    "who_are_you": _not_confirmed,
    "read": _reading,
    "sign": _hand_over("sign"),
    "decision": _deciding,
    "health_check": _asking,
    "countersign": _countersigning,
}
STEPS = {"health_check": ("health_check", "medicines"), "decision": ("decision",)}


def _every_focus(glass: Shown) -> list[QWidget]:
    """Everything on the page that takes the keyboard's focus."""
    page = glass.window.page
    assert page is not None
    every = [page, *page.findChildren(QWidget)]
    return [each for each in every if each.isVisible() and each.isEnabled() and each.focusPolicy()]


@pytest.mark.parametrize("stage", STAGES)
def test_a_burst_on_any_page_changes_nothing_wherever_the_focus_is(glass: Shown, stage: str) -> None:
    """Every widget that takes keys gets one: no fact, no other page, no letter left. Proves: T19."""
    glass.sign_in()
    STAGES[stage](glass)
    if glass.window.room is None:
        glass.enter()
    if stage in ("decision", "countersign") and glass.hands.sees("pin.1"):
        glass.hands.pin(PINS["physician-1"])
    wedge, room = Wedge(glass.window), glass.window.room
    assert room is not None
    for step in STEPS.get(stage, ("",)):
        if step:
            glass.window.choose(step)
        page, facts = glass.page(), len(room.visit.facts)
        for focus in _every_focus(glass):
            focus.setFocus()
            wedge.types(BURST)
            assert (glass.page(), len(room.visit.facts)) == (page, facts), focus.objectName()
            assert isinstance(focus, InkPad) or "4711" not in _written(focus), focus.objectName()


@pytest.mark.parametrize("page", ["board", "open", "vials", "door.pin", "door.sign_in"])
def test_a_burst_at_the_desk_presses_nothing(glass: Shown, page: str) -> None:
    """The pages without a visit; the vials' page looks the code up and says so. Proves: T19."""
    if not page.startswith("door."):
        glass.sign_in()
    match page:
        case "open":
            glass.hands.tap("new")
        case "vials":
            glass.hands.tap("vials")
        case "door.sign_in":
            glass.hands.tap("pin.others") if glass.hands.sees("pin.others") else None
        case "door.pin":
            glass.hands.tap("staff.nurse-1") if glass.hands.sees("staff.nurse-1") else None
    ledger, tablet = glass.visitors.clinic.ledger, glass.visitors.clinic.scribe.desk.tablet
    before, wedge = ledger.last_number(tablet), Wedge(glass.window)
    ways = {glass.page(), "receive"} if page == "vials" else {glass.page()}  # a vial's code opens its page
    for focus in _every_focus(glass):
        if not isValid(focus):
            continue  # the page was laid out anew, and has another in its place
        name = focus.objectName()
        focus.setFocus()
        wedge.types(BURST)
        assert glass.page() in ways and ledger.last_number(tablet) == before, name
        left = _written(focus) if isValid(focus) else ""
        assert "4711" not in left and not left.startswith("L"), name


def _written(focus: QWidget) -> str:
    """What stands in a field; a line by its text, a note by its plain text."""
    if isinstance(focus, QLineEdit):
        return focus.text()
    plain = getattr(focus, "toPlainText", None)
    return str(plain()) if callable(plain) else ""

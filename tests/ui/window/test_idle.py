"""Left alone: the staff side locks by page and is come back to; a patient's page is blanked, never left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chairside.domain.facts import SignedOut
from chairside.ui.double_tap import page_came
from chairside.ui.idling import idle_ms
from tests.ui.window.glass import Shown

MINUTE_MS = 40  # short enough to wait for, long enough to tell one page's minutes from another's


def _leave_alone(shown: Shown, qtbot: QtBot) -> None:
    """Let the page's minutes pass, each forty milliseconds long; then give them their length back."""
    whole = shown.window.parts
    shown.window.parts = replace(whole, minute_ms=MINUTE_MS)
    shown.window.watch.begin()
    _locked(shown, qtbot)
    shown.window.parts = whole


def _locked(shown: Shown, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown.visitors.staff.who is None, timeout=5_000)
    shown.hands.settle()
    assert shown.page() == "door.sign_in"


def _last_out(shown: Shown) -> SignedOut:
    clinic = shown.visitors.clinic
    facts = (stamped.fact for stamped in reversed(clinic.ledger.stream(clinic.tablet_stream)))
    return next(fact for fact in facts if isinstance(fact, SignedOut))


def test_each_page_has_its_own_minutes(glass: Shown) -> None:
    """Desk one minute, a visit what the clinic set, patient and door none. Proves: T1, T7."""
    window, minute = glass.window, glass.window.parts.minute_ms
    assert minute == 60_000 and idle_ms(window) is None, "nobody is signed in"
    glass.sign_in()
    assert idle_ms(window) == minute and window.watch.left_ms is not None
    glass.visitors.open()
    glass.enter()
    minutes = glass.visitors.clinic.founded.idle_minutes
    assert idle_ms(window) == minutes * minute and 2 <= minutes <= 5
    window.home()
    glass.visitors.hand_over("read")
    glass.enter()
    assert glass.page() == "notices"
    assert idle_ms(window) is None and window.watch.left_ms is None, "a patient is not hurried"


def test_the_board_left_alone_locks(glass: Shown, qtbot: QtBot) -> None:
    """And says why the person went. Proves: T7."""
    glass.sign_in()
    _leave_alone(glass, qtbot)
    assert _last_out(glass) == SignedOut("nurse-1", "idle")
    glass.sign_in("nurse-2")
    assert glass.page() == "board"


def test_a_visit_left_alone_locks_and_goes_on_where_it_stood(glass: Shown, qtbot: QtBot) -> None:
    """With nothing of it on the glass meanwhile. Proves: T7."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    glass.hands.tap("step.medicines")
    _leave_alone(glass, qtbot)
    assert "Avery" not in glass.words()
    glass.sign_in("nurse-2")
    assert glass.page() == "medicines"


def test_what_was_typed_for_a_new_visit_outlives_the_lock(glass: Shown, qtbot: QtBot) -> None:
    """The page is gone with its names; the draft is not."""
    glass.sign_in()
    glass.hands.tap("new")
    glass.hands.type("open.name", "Quentin Marsh")
    glass.hands.tap("identifier.photo")
    glass.hands.tap("letters_by.post")
    _leave_alone(glass, qtbot)
    assert "Marsh" not in glass.words()
    glass.sign_in("nurse-2")
    assert glass.page() == "open"
    assert glass.window.page.draft.texts["name"] == "Quentin Marsh"  # type: ignore[union-attr]
    assert glass.window.page.draft.letters_by == "post"  # type: ignore[union-attr]


@pytest.mark.parametrize("touch", ["key", "mouse", "wheel"])
def test_any_touch_begins_the_minute_anew(glass: Shown, touch: str) -> None:
    """Counted on the timer itself, not by waiting."""
    glass.sign_in()
    watch, page = glass.window.watch, glass.window.page
    assert page is not None
    watch._idle.start(5)  # nearly over
    match touch:
        case "key":
            QTest.keyClick(page, Qt.Key.Key_Down)
        case "mouse":
            QTest.mousePress(page, Qt.MouseButton.LeftButton)
        case _:
            glass.hands._show_whole(page)
            QTest.mouseMove(page)
            QApplication.sendEvent(page, _mouse(QEvent.Type.MouseMove))
    assert watch.left_ms is not None and watch.left_ms > 5_000


def _mouse(kind: QEvent.Type) -> QMouseEvent:
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QMouseEvent(kind, QPointF(9, 9), QPointF(9, 9), QPointF(9, 9), button, button, none)


@pytest.fixture
def held(glass: Shown) -> Shown:
    """A patient who has not said yet who they are."""
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.hand_over("read")
    glass.enter()
    return glass


@pytest.fixture
def look() -> Callable[[bool], None]:
    """Let another window take the focus from the application, or give it back."""
    application = QApplication.instance()
    assert isinstance(application, QGuiApplication)

    def change(away: bool) -> None:
        state = Qt.ApplicationState.ApplicationInactive if away else Qt.ApplicationState.ApplicationActive
        application.applicationStateChanged.emit(state)

    return change


def _visible(shown: Shown) -> str:
    words = [each for each in shown.window.findChildren(QWidget) if each.isVisible()]
    return "\n".join(each.accessibleName() or getattr(each, "text", str)() for each in words)


def test_a_patients_page_is_blank_while_another_window_has_the_focus(
    held: Shown, look: Callable[[bool], None]
) -> None:
    """And there again when this one has it back; nothing was left. Proves: T1."""
    page = held.page()
    look(True)
    held.hands.settle()
    assert held.page() == "glass.blank" and "Avery" not in _visible(held)
    assert held.window.page is not None and not held.window.page.isVisible()
    look(False)
    held.hands.settle()
    assert held.page() == page and held.visitors.staff.who is None


def test_a_page_that_is_blanked_does_not_move(held: Shown, look: Callable[[bool], None]) -> None:
    """Page and veil never share the height: the page would be laid out anew, twice, under nobody's eyes."""
    page = held.window.page
    assert page is not None
    sizes: list[QSize] = []
    seen = _Resized(sizes)
    page.installEventFilter(seen)
    for away in (True, False):
        look(away)
        held.hands.settle()
    page.removeEventFilter(seen)
    assert sizes == []


class _Resized(QObject):
    """Keeps every size a widget is given."""

    def __init__(self, sizes: list[QSize]) -> None:
        super().__init__()
        self._sizes = sizes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._sizes.append(event.size())
        return False


def test_a_staff_page_stays_as_it_is_beside_another_window(
    glass: Shown, look: Callable[[bool], None]
) -> None:
    glass.sign_in()
    look(True)
    assert glass.page() == "board"


def test_the_second_tap_of_a_double_tap_does_not_reach_the_next_page(glass: Shown) -> None:
    """On the same page both count: a PIN may hold the same digit twice."""
    glass.sign_in()
    glass.hands.tap("new")
    back = glass.hands.find("back")
    QTest.mousePress(back, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(back, Qt.MouseButton.LeftButton)
    assert glass.page() == "board"
    new = glass.hands.find("new")
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        QApplication.sendEvent(new, _mouse(kind))
    glass.hands.settle()
    assert glass.page() == "board"
    glass.hands.tap("new")
    assert glass.page() == "open"


def test_nobody_taps_in_the_instant_a_page_comes(glass: Shown) -> None:
    """It was meant for the page before, and is dropped; what taps for a person waits until it is seen."""
    glass.sign_in()
    page_came()
    new = glass.hands.find("new")
    page_came()
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    assert glass.page() == "board"
    page_came()
    glass.hands.tap("new")
    assert glass.page() == "open"


def test_a_hand_that_rests_gives_the_store_time_to_tidy_up(glass: Shown, qtbot: QtBot) -> None:
    """What was answered is then in the main file too, and no later answer waits for that."""
    glass.sign_in()
    store = glass.visitors.clinic.ledger.path
    before = store.read_bytes()
    glass.visitors.open()
    assert store.read_bytes() == before
    glass.enter()
    qtbot.waitUntil(lambda: store.read_bytes() != before, timeout=5_000)


def test_what_makes_a_record_gets_ready_when_the_hand_rests(glass: Shown, qtbot: QtBot) -> None:
    """Not while the first answers of a visit are given: they took twice as long meanwhile."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    assert not glass.window.sealing.warmed
    qtbot.waitUntil(lambda: glass.window.sealing.warmed, timeout=5_000)

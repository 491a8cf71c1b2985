"""What can be touched: nothing preset, nothing shown that was not written, all by hand and by key."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import AnswerRow, InitialRow, Options, TickRow
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.page_view import PageView
from chairside.ui.widgets.pin_pad import PinPad
from chairside.ui.widgets.qr_code import QrCode
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.washout import DoseMark, WashoutPicture, WindowWords
from chairside.words import Words
from tests.ui.hands import Finger

OPTIONS = [("yes", "Yes"), ("no", "No"), ("unsure", "Not sure")]
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Glass(Protocol):
    def __call__(self, *parts: QWidget, width: int = 600) -> QWidget: ...


@pytest.fixture
def on_glass(qtbot: QtBot) -> Glass:
    """Show these one below the other, for as long as the test runs."""
    page = QWidget()
    column = QVBoxLayout(page)
    qtbot.addWidget(page)

    def show(*parts: QWidget, width: int = 600) -> QWidget:
        for part in parts:
            column.addWidget(part)
        page.resize(width, 500)
        with qtbot.waitExposed(page):
            page.show()
        return page

    return show


def nothing() -> None:
    """Do nothing when tapped."""


@pytest.mark.parametrize("chips", [False, True])
def test_no_answer_is_preset_and_a_tap_is_shown_only_once_written(
    theme: Theme, on_glass: Glass, chips: bool
) -> None:
    """Compute, write, then show. Proves: P2."""
    told: list[str] = []
    options = Options(theme, "transplant", OPTIONS, told.append, chips)
    on_glass(options)
    rows = options.rows
    assert not any(row.isChecked() for row in rows.values())
    QTest.mouseClick(rows["no"], LEFT)
    assert told == ["no"] and not rows["no"].isChecked()
    options.show_choice("no")
    assert [key for key, row in rows.items() if row.isChecked()] == ["no"]
    QTest.mouseClick(rows["yes"], LEFT)
    assert told == ["no", "yes"] and rows["no"].isChecked()
    options.show_choice(None)
    assert not any(row.isChecked() for row in rows.values())


def test_the_whole_row_is_the_target_by_finger_mouse_and_key(theme: Theme, on_glass: Glass) -> None:
    """Proves: screens.md 1 and 6."""
    told: list[str] = []
    options = Options(theme, "q", OPTIONS, told.append)
    on_glass(options)
    row = options.rows["no"]
    QTest.mouseClick(row, LEFT, PLAIN, row.rect().bottomRight())
    Finger().tap(row)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        row.setFocus()
        QTest.keyClick(row, key)
    assert told == ["no"] * 4
    assert row.height() >= 60


def test_rows_say_what_they_are_to_a_screen_reader(theme: Theme, on_glass: Glass) -> None:
    """Role, name and state. Proves: screens.md 6."""
    answer, tick = AnswerRow(theme, Action("a", "Yes", nothing)), TickRow(theme, Action("t", "Seen", nothing))
    initial = InitialRow(theme, Action("i", "I know that it is not approved", nothing), "JA")
    heading = Heading(theme, "Read this")
    on_glass(answer, tick, initial, heading)
    roles = [QAccessible.queryAccessibleInterface(part).role() for part in (answer, tick, initial, heading)]
    kinds = QAccessible.Role
    assert roles == [kinds.RadioButton, kinds.CheckBox, kinds.CheckBox, kinds.Heading]
    initial.show_checked(True)
    assert QAccessible.queryAccessibleInterface(initial).state().checked


def test_tab_and_arrows_reach_every_row_and_answer_none(theme: Theme, on_glass: Glass) -> None:
    """Moving about by keyboard is not answering. Proves: screens.md 6."""
    told: list[str] = []
    options = Options(theme, "q", OPTIONS, told.append)
    on_glass(options)
    rows = list(options.rows.values())
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Down):
        for chosen in (None, "yes"):
            options.show_choice(chosen)
            rows[0].setFocus()
            reached = [QApplication.focusWidget()]
            for _ in range(2):
                QTest.keyClick(QApplication.focusWidget(), key)
                reached.append(QApplication.focusWidget())
            assert reached == rows
    assert told == []


def test_long_words_wrap_and_nothing_is_cut(theme: Theme, on_glass: Glass) -> None:
    """At text size 2 on a narrow page every line of a label has its room. Proves: screens.md 7."""
    theme.set_scale(2.0)
    words = "I would rather talk with the physician about this before I answer anything at all"
    parts = (
        AnswerRow(theme, Action("a", words, nothing)),
        Button(theme, Action("b", words, nothing)),
        Text(theme, words),
    )
    on_glass(*parts, width=500).resize(500, 1600)
    QApplication.processEvents()
    for part in parts:
        assert part.height() >= part.heightForWidth(part.width())
        assert part.heightForWidth(part.width()) > part.heightForWidth(16_000)


def test_text_is_never_read_as_markup(theme: Theme) -> None:
    """A name may hold a less-than sign; a form may not smuggle in a picture."""
    text = Text(theme, "<b>5 < 6</b>")
    assert text.textFormat() == Qt.TextFormat.PlainText and text.text() == "<b>5 < 6</b>"


def test_the_pin_pad_gives_the_digits_once_and_keeps_none(
    theme: Theme, words: Words, on_glass: Glass
) -> None:
    """Proves: T1."""
    entered: list[str] = []
    pad = PinPad(theme, words, "pin", entered.append)
    on_glass(pad)
    for digit in "135790":
        QTest.mouseClick(pad.findChild(Button, f"pin.{digit}"), LEFT)
    assert not any(
        "135" in child.accessibleName() + child.objectName() for child in pad.findChildren(QWidget)
    )
    QTest.mouseClick(pad.findChild(Button, "pin.enter"), LEFT)
    assert entered == ["135790"]
    assert "135790" not in repr(vars(pad)) and not pad.findChild(Button, "pin.enter").isEnabled()
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert entered == ["135790"]


def test_the_pin_pad_works_from_the_keyboard_and_wants_six_digits(
    theme: Theme, words: Words, on_glass: Glass
) -> None:
    """Proves: screens.md 6."""
    entered: list[str] = []
    pad = PinPad(theme, words, "pin", entered.append)
    on_glass(pad)
    pad.setFocus()
    QTest.keyClicks(pad, "12345")
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert entered == []
    QTest.keyClicks(pad, "67")
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert entered == ["123456"]


def test_enter_on_a_focused_key_presses_that_key_only(theme: Theme, words: Words, on_glass: Glass) -> None:
    """There is no default button to trap a stray Enter."""
    entered: list[str] = []
    pad = PinPad(theme, words, "pin", entered.append)
    on_glass(pad)
    QTest.keyClicks(pad, "123456")
    seven = pad.findChild(Button, "pin.7")
    seven.setFocus()
    QTest.keyClick(seven, Qt.Key.Key_Return)
    assert entered == []
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert entered == ["1234567"]


def touch_date(row: DateRow, *names: str) -> None:
    """Touch these parts of a date row in order."""
    for name in names:
        buttons = [one for one in row.findChildren(Button, f"born.{name}") if one.isVisible()]
        QTest.mouseClick(buttons[-1], LEFT)
        QApplication.processEvents()


def test_a_birth_date_is_touched_not_typed(theme: Theme, words: Words, on_glass: Glass) -> None:
    picked: list[date] = []
    row = DateRow(theme, words, "born", Span(date(1900, 1, 1), date(2026, 11, 22)), picked.append)
    on_glass(row, width=760)
    touch_date(row, "day", "day.14", "month.3", "digit.1", "digit.9", "digit.8", "digit.4")
    assert picked == [date(1984, 3, 14)]


def test_a_day_that_does_not_exist_or_is_in_the_future_is_refused_in_words(
    theme: Theme, words: Words, on_glass: Glass
) -> None:
    """The 31st of February, and next month."""
    picked: list[date] = []
    row = DateRow(theme, words, "born", Span(date(2020, 1, 1), date(2026, 11, 22)), picked.append)
    on_glass(row, width=760)
    touch_date(row, "day", "day.31", "month.2", "year.2026")
    error = row.findChild(Text, "born.error")
    assert picked == [] and error.text() == words.say("widgets.no_such_day")
    touch_date(row, "month", "month.12")
    assert picked == [] and error.text() == words.say("widgets.day_too_late")


def test_a_field_tells_its_text_when_left_and_keeps_it_beside_its_error(
    theme: Theme, on_glass: Glass
) -> None:
    """Nothing entered is lost. Proves: qt.md 10.7."""
    written: list[str] = []
    field = FieldRow(theme, "patient.name", "Full name", written.append)
    page = on_glass(field)
    field.line.setFocus()
    QTest.keyClicks(field.line, " Jordan Avery ")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert written == ["Jordan Avery"]
    field.show_error("Please check the name.")
    assert field.text == "Jordan Avery" and field.line.accessibleDescription() == "Please check the name."
    page.setFocus()
    assert written == ["Jordan Avery"]
    QTest.keyClicks(field.line, "x")
    assert field.line.accessibleDescription() == ""  # what was said about it is over once it is mended


def test_a_long_answer_shows_its_begin_once_its_field_is_left(theme: Theme, on_glass: Glass) -> None:
    """An address stood there without its house number, a dose without its drug."""
    field = FieldRow(theme, "patient.address", "Address", lambda _: None)
    page = on_glass(field, width=300)
    field.line.setFocus()
    QTest.keyClicks(field.line, "17 Sample Row, Demo City, CA 90000, at the back of the yard")
    assert field.line.cursorPosition() > 0
    page.setFocus()
    assert field.line.cursorPosition() == 0


def test_a_banner_says_its_sentence_and_offers_one_way_out(theme: Theme, on_glass: Glass) -> None:
    mended: list[int] = []
    banner = Banner(theme, "banner")
    on_glass(banner)
    assert not banner.isVisible()
    banner.tell("danger", "The disk is full.", Action("banner.retry", "Try again", lambda: mended.append(1)))
    assert banner.isVisible() and banner.accessibleName() == "The disk is full."
    QTest.mouseClick(banner.findChild(Button, "banner.retry"), LEFT)
    banner.silence()
    assert mended == [1] and not banner.isVisible()


def test_pictures_mirror_for_right_to_left_readers(theme: Theme, on_glass: Glass) -> None:
    """Custom painting does not mirror by itself. Proves: screens.md 6."""
    washout, row = WashoutPicture(theme, "washout"), AnswerRow(theme, Action("a", "Yes", nothing))
    washout.show_window(72, [DoseMark("", 20, True)], WindowWords("", "", "One dose inside the window."))
    on_glass(washout, row)
    for part in (washout, row):
        image = part.grab().toImage()
        part.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        other = part.grab().toImage()
        assert image != other
    tall = row.height() // 2
    assert other.pixel(other.width() - 18, tall) != other.pixel(18, tall)
    assert image.pixel(18, tall) == other.pixel(other.width() - 19, tall)


def test_a_document_is_shown_page_by_page(theme: Theme, words: Words, on_glass: Glass) -> None:
    asked: list[int] = []

    def draw(page: int) -> QImage:
        asked.append(page)
        return QImage()

    view = PageView(theme, words, "record", draw)
    on_glass(view)
    view.show_document(2)
    before, after = view.findChild(Button, "record.previous"), view.findChild(Button, "record.next")
    assert not before.isEnabled()
    QTest.mouseClick(after, LEFT)
    assert asked == [0, 1] and not after.isEnabled() and before.isEnabled()
    sheet = next(each for each in view.children() if type(each).__name__ == "_Sheet")
    assert isinstance(sheet, QWidget)
    assert sheet.minimumHeight() == sheet.heightForWidth(sheet.width())  # no scrolling page squeezes it


def test_a_qr_code_has_its_quiet_zone_and_its_words(theme: Theme, on_glass: Glass) -> None:
    code = QrCode(theme, "notice.qr", "https://www.example.org/", "Scan to read the notice")
    on_glass(code)
    picture = code.grab().toImage()
    module = code.width() // (len(code._rows) + 8)
    assert picture.pixelColor(2, 2).lightness() == 255
    assert picture.pixelColor(4 * module + 1, 4 * module + 1).lightness() == 0
    assert code.accessibleName() == "Scan to read the notice"


def test_a_tap_never_takes_the_keyboards_place(theme: Theme, on_glass: Glass) -> None:
    """The ring marks where the keyboard is; fingers leave it there."""
    field = FieldRow(theme, "f", "Name", lambda text: None)
    button = Button(theme, Action("b", "Go", nothing))
    on_glass(field, button)
    field.line.setFocus()
    QTest.mouseClick(button, LEFT)
    assert QApplication.focusWidget() is field.line

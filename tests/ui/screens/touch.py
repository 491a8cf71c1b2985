"""Taps and looks at a screen by the names a robot uses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.widgets.page import Page

LEFT = Qt.MouseButton.LeftButton


def settle() -> None:
    """Let Qt lay out, paint and clear away."""
    for _ in range(4):
        QApplication.processEvents()


def show(qtbot: QtBot, page: QWidget) -> None:
    """Put a page on the glass of a tablet."""
    qtbot.addWidget(page)
    page.resize(1366, 1024)
    page.show()
    settle()


def there(page: QWidget, name: str) -> QWidget | None:
    """Return what is on show under this name."""
    found = [each for each in page.findChildren(QWidget, name) if each.isVisibleTo(page)]
    return found[-1] if found else None


def sees(page: QWidget, name: str) -> bool:
    return there(page, name) is not None


def tap(page: QWidget, name: str) -> None:
    """Tap it in the middle, as a finger does."""
    target = there(page, name)
    assert target is not None, f"nothing on show is called {name}"
    QTest.mouseClick(target, LEFT)
    settle()


def second_press(target: QWidget | None) -> None:
    """Press and release as the second tap of a double tap."""
    assert target is not None
    where = QPointF(target.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, where, where, where, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(target, event)
    settle()


def write(page: QWidget, name: str, text: str) -> None:
    """Type into a field; the field keeps the keyboard."""
    field = there(page, name)
    assert isinstance(field, QLineEdit), name
    field.setFocus()
    QTest.keyClicks(field, text)


def leave(page: QWidget, name: str) -> None:
    """Go out of a field."""
    field = there(page, name)
    assert isinstance(field, QLineEdit), name
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def chosen(page: QWidget, name: str) -> bool:
    """Tell whether an option is shown as the stored answer."""
    option = there(page, name)
    assert isinstance(option, QAbstractButton), name
    return option.isChecked()


def said(page: QWidget) -> str:
    """Return every word on show."""
    labels = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    buttons = [button for button in page.findChildren(QAbstractButton) if button.isVisibleTo(page)]
    return "\n".join([*(label.text() for label in labels), *(button.text() for button in buttons)])


def moves_before_its_footer(screen: Page) -> None:
    """Scroll to the end, and see that the footer follows only once the move is over."""
    bar, offered = screen.content.verticalScrollBar(), list[bool]()
    bar.valueChanged.connect(lambda: offered.append(sees(screen, "more")))
    bar.setValue(bar.maximum())
    assert offered == [True] and sees(screen, "more")
    settle()
    assert sees(screen, "continue") and not sees(screen, "more")

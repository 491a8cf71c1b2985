"""How the glass is told to a person who cannot see it: the role and name of what Qt knows only as a widget.

One table by class name says what each painted widget is; Qt asks for every class a widget comes from, so
a page's own class need not stand here. A widget may name itself anew each time it is asked (`spoken_name`),
because a page is called by the heading it shows now. Controls that are Qt's own kinds (buttons, rows,
fields, words) need nothing.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable
from weakref import ref

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

_Role = QAccessible.Role
ROLES: dict[str, QAccessible.Role] = {
    "Window": _Role.Window,
    "Page": _Role.Pane,
    "Header": _Role.ToolBar,
    "Footer": _Role.ToolBar,
    "Rail": _Role.List,
    "_Stop": _Role.ListItem,
    "StepBar": _Role.StatusBar,
    "Heading": _Role.Heading,
    "Banner": _Role.AlertMessage,
    "Options": _Role.Grouping,
    "Tiles": _Role.Grouping,
    "PinPad": _Role.Grouping,
    "_Dots": _Role.StatusBar,
    "InkPad": _Role.Canvas,
    "WashoutPicture": _Role.Graphic,
    "VialClock": _Role.Graphic,
    "TimeBar": _Role.Graphic,
    "QrCode": _Role.Graphic,
    "Photo": _Role.Graphic,
    "_Sheet": _Role.Graphic,
}


@runtime_checkable
class NamesItself(Protocol):
    """A widget whose name is asked for each time it is spoken."""

    def spoken_name(self) -> str:
        """Return the name as it is now."""
        ...


class _Interface(QAccessibleWidget):
    """A widget with the role of the table."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = ref(widget)  # Qt for Python never lets go of an interface: it must hold no page

    def text(self, which: QAccessible.Text) -> str:
        widget = self._widget()
        if which == QAccessible.Text.Name and isValid(widget) and isinstance(widget, NamesItself):
            return widget.spoken_name()
        return super().text(which)


_kept: list[QAccessibleInterface] = []
_taught: list[bool] = []


def _interface(key: str, thing: QObject) -> QAccessibleInterface | None:
    role = ROLES.get(key)
    if role is None or not isinstance(thing, QWidget):
        return None
    _kept[:] = [each for each in _kept if isValid(each)]
    made = _Interface(thing, role)
    _kept.append(made)  # Qt keeps only a pointer, and deletes it with the widget
    return made


def teach() -> None:
    """Tell Qt once how these widgets are spoken; the application's look does so before any is made."""
    if not _taught:
        QAccessible.installFactory(_interface)
        _taught.append(True)


def to_qt(event: QAccessibleEvent) -> None:
    """Hand an event to Qt; a test listens here, for Qt lets nobody else hear."""
    QAccessible.updateAccessibility(event)


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Speak a sentence that no focus leads to; an urgent one does not wait for what is being said."""
    if not text:
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    to_qt(event)

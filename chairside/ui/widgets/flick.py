"""Scrolling by finger, with one gesture for all pages.

`QScroller.grabGesture` makes a gesture of its own for each page that comes, and PySide a class for each that
it never lets go: 2 KiB a page, 60 a visit. So one is made, and every page takes that.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QScroller, QWidget


class Flick(QObject):
    """One for an application; Qt's gesture lives as long as this."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.gesture = QScroller.grabGesture(self, QScroller.ScrollerGestureType.TouchGesture)


def scroll_by_finger(view: QWidget) -> None:
    """Let a finger scroll what is seen through this view."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    flick = application.findChild(Flick) or Flick(application)
    QScroller.scroller(view)
    view.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    view.grabGesture(flick.gesture)

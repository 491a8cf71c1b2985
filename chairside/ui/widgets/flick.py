"""Scrolling by finger, with one gesture for all pages.

`QScroller.grabGesture` makes a gesture of its own for each page that comes, and PySide a class for each that
it never lets go: 2 KiB a page, 60 a visit. So one is made, and every page takes that.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScroller, QWidget


class _Flick(QObject):
    """Whose gesture it is; no child of the application, as which it would end after Qt's gestures."""

    def __init__(self) -> None:
        super().__init__()
        self.gesture = QScroller.grabGesture(self, QScroller.ScrollerGestureType.TouchGesture)


@cache
def _flick() -> _Flick:
    return _Flick()


def scroll_by_finger(view: QWidget) -> None:
    """Let a finger scroll what is seen through this view."""
    QScroller.scroller(view)
    view.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    view.grabGesture(_flick().gesture)

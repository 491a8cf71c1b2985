"""A pair of eyes on a window: what is on the glass, by the names of its controls, as a person would find it.

A control that is hidden or disabled is not there for them.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from shiboken6 import isValid

from chairside.ui.double_tap import unseen
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.pin_pad import PinPad

WAIT_SECONDS = 30.0


class Lost(Exception):
    """The robot does not find what it looks for on the glass; a defect of the story or of a screen."""


class Eyes:
    """Looks at one window."""

    window: QWidget
    role: str

    def page(self) -> str:
        """Return the name of the page on the glass."""
        pages = [each for each in self.window.children() if isinstance(each, QWidget) and each.isVisible()]
        named = [
            each.objectName() for each in pages if each.objectName() and "banner" not in each.objectName()
        ]
        return named[-1] if named else ""

    def place(self) -> str:
        """Return what tells one page from another: name, first heading, warnings, how far it is scrolled."""
        headings = [
            each
            for each in self.window.findChildren(QLabel)
            if each.isVisible() and "Heading" in repr(type(each))
        ]
        areas = [each for each in self.window.findChildren(QScrollArea) if each.isVisible()]
        part = 0.1 if self.role == "patient" else 0.6  # of a view: every line a patient reads is pictured
        scrolled = [
            round(each.verticalScrollBar().value() / (part * max(each.viewport().height(), 1)))
            for each in areas
        ]
        numbered = [
            each.text()
            for each in self.window.findChildren(QLabel)
            if each.isVisible() and each.text().startswith("Page ")
        ]
        told = [each.said for each in self.window.findChildren(Banner) if each.isVisible()]
        return f"{self.page()} {[each.text() for each in headings[:1]]} {numbered} {told} {scrolled}"

    def sees(self, name: str) -> bool:
        """Tell whether a control with this name is on the glass and can be used."""
        return self._found(name) is not None

    def _found(self, name: str) -> QWidget | None:
        usable = [
            each for each in self.window.findChildren(QWidget, name) if each.isVisible() and each.isEnabled()
        ]
        buttons = [each for each in usable if isinstance(each, QAbstractButton)]
        return next(iter(buttons or usable), None)

    def find(self, name: str) -> QWidget:
        """Return the control, waiting for it a while as a person would. Raises: Lost."""
        until = time.monotonic() + WAIT_SECONDS
        while (widget := self._found(name)) is None or unseen():
            time.sleep(0.005)  # what is waited for is made by another thread or process: it needs this core
            self.settle()
            if time.monotonic() > until:
                raise Lost(f"{name!r} is not on page {self.page()!r}; on it: {self._names()}; {self._said()}")
        return widget

    def _said(self) -> list[str]:
        """Return what the banners on the glass say."""
        banners = [each for each in self.window.findChildren(QWidget) if type(each).__name__ == "Banner"]
        return [each.accessibleName() for each in banners if each.isVisible()]

    def _names(self) -> list[str]:
        widgets = self.window.findChildren(QWidget)
        return sorted({each.objectName() for each in widgets if each.isVisible() and each.objectName()})

    def named(self, prefix: str, said: str) -> str:
        """Return the name of the control that begins so and says this. Raises: Lost."""
        for each in self.window.findChildren(QAbstractButton):
            told = f"{each.text()} {each.accessibleName()}"
            if each.objectName().startswith(prefix) and said in told and each.isVisible():
                return each.objectName()
        raise Lost(f"nothing named {prefix!r} says {said!r}; on page {self.page()!r}: {self._names()}")

    def names(self, prefix: str) -> list[str]:
        """Return the names of the controls that begin so, from top to bottom."""
        found = [each for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
        found.sort(key=lambda each: each.mapTo(self.window, each.rect().topLeft()).y())
        return [each.objectName() for each in found if each.objectName().startswith(prefix)]

    def reads(self) -> str:
        """Return everything that stands on the glass, as a person could read it."""
        labels = [each for each in self.window.findChildren(QLabel) if each.isVisible()]
        return "\n".join([*self._said(), *(each.text() for each in labels)])

    def demand(self, *said: str) -> None:
        """Look for these words on the glass. Raises: Lost where one is not there."""
        read = self.reads()
        missing = [each for each in said if each not in read]
        if missing:
            raise Lost(f"page {self.page()!r} does not say {missing}; it says: {read[:1500]}")

    def settle(self) -> None:
        """Let the window do what the last input started, and wait while a PIN is being checked."""
        self._turn()
        while isValid(self.window) and any(pad.checking for pad in self.window.findChildren(PinPad)):
            time.sleep(0.005)
            self._turn()
        self._turn()  # a page that came with the last turn has its places only after another

    def _turn(self) -> None:
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()

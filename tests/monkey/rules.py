"""What holds after every doing while a patient has the tablet: T1, T2, and that the glass tells the truth."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from chairside.ui.screens.board import Board
from chairside.ui.screens.desk import OpenNew
from chairside.ui.screens.more import More
from chairside.ui.screens.picker import Picker
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.record import Record
from chairside.ui.screens.review import Review
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.ink_pad import InkPad
from chairside.ui.widgets.pin_pad import PinPad
from tests.monkey.doings import Doing
from tests.ui.window.glass import Shown

STAFF_PAGES = (Board, OpenNew, Questions, Picker, Review, More, Record)
PAGES = {
    "door.who_are_you", "door.hand_back", "door.sign_in", "door.pin", "notices", "read", "sign", "vial",
    "glass.blank",
}  # fmt: skip
TOLD_BY_PATIENTS = {
    "Answered", "BreakTaken", "ClearUndone", "Explained", "IdentityConfirmed", "InkCleared",
    "LanguageChosen", "PageRead", "QuestionRaised", "Signed", "StrokeDrawn",
}  # fmt: skip
SEARCHED_EVERY = 40
IN_REACH, GOES_ON = ("question", "break", "stop"), ("stay",)  # on every page, and on the panel of who stops


class Broken(Exception):
    """A rule that did not hold: a way out, a foreign name, something shown that is not stored, a crash."""


def demand(holds: object, said: str) -> None:
    """Raises: Broken where it does not hold."""
    if not holds:
        raise Broken(said)


class Troubles:
    """Every bug and every warning of Qt, while it is open; neither may ever come."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __enter__(self) -> Troubles:
        self._hook, sys.excepthook = sys.excepthook, self._caught
        self._qt = qInstallMessageHandler(self._said)
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook = self._hook
        qInstallMessageHandler(self._qt)

    def _caught(self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        self.seen.append(f"{kind.__name__}: {bug}")
        sys.__excepthook__(kind, bug, trace)

    def _said(self, kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and "propagateSizeHints" not in text:
            self.seen.append(text)


class Rules:
    """The rules of one round: `foreign` are the words no patient's page may hold in any way."""

    def __init__(self, shown: Shown, foreign: tuple[str, ...], troubles: Troubles) -> None:
        assert shown.window.room is not None
        self._shown, self._foreign, self._troubles = shown, foreign, troubles
        self._window, self._room = shown.window, shown.window.room
        clinic = shown.visitors.clinic
        self._ledger, self._tablet, self._door = (
            clinic.ledger, clinic.scribe.desk.tablet, clinic.tablet_stream
        )  # fmt: skip
        self._last = self._ledger.last_number(self._tablet)
        self._page: QWidget | None = None
        self._checked = 0
        self._under_way = (0, "", 0)  # the pad, what draws on it, and how many points there are
        self._asked = False  # a PIN was being checked before this doing: its answer is not the doing's own
        self._stored = self._strokes = 0
        self._recount()

    def after(self, doing: Doing) -> None:
        """Look at everything after one doing. Raises: Broken."""
        demand(not self._troubles.seen, f"a bug: {self._troubles.seen}")
        self._is_held()
        self._is_in_reach()
        strokes = self._strokes
        grown = self._has_grown(doing)
        self._is_stored()
        self._ink_is_whole(doing, strokes)
        self._asked = any(pad.checking for pad in self._window.findChildren(PinPad))
        self._checked += 1
        if self._page is not self._window.page or (grown and self._checked % 5 == 0):
            self._page = self._window.page
            self.search()
        elif self._checked % SEARCHED_EVERY == 0:
            self.search()

    # -- T1 -------------------------------------------------------------------------------------
    def _is_held(self) -> None:
        window = self._window
        demand(window.isVisible(), "the window is gone")
        demand(self._shown.page() in PAGES, f"page {self._shown.page()!r} is not the patient's")
        demand(self._shown.visitors.staff.here is None, "somebody of the staff is in")
        demand(window.room is self._room and self._room.visit.with_patient, "the visit was taken back")
        demand(window.view is not None and window.view.mode == "patient", "the view is the staff's")
        demand(QApplication.activePopupWidget() is None, "a menu is open")
        demand(QApplication.activeModalWidget() is None, "a dialog is open")
        tops = [top for top in QApplication.topLevelWidgets() if top is not window and top.isVisible()]
        demand(not tops, f"another window is open: {tops}")

    def _is_in_reach(self) -> None:
        """Whoever reads or decides may ask, rest or stop (screens.md 1); at the door nobody does."""
        page = self._window.page
        if isinstance(page, Screen):
            found = {name: page.footer.offered(name) for name in (*IN_REACH, *GOES_ON)}
            here = tuple(name for name, button in found.items() if button and button.isVisibleTo(page))
            demand(here in (IN_REACH, GOES_ON), f"on {page.objectName()} only {here} is in reach")

    # -- the ledger -----------------------------------------------------------------------------
    def _rows(self, after: int) -> list[tuple[Any, ...]]:
        return self._ledger.ask(
            "SELECT stream, kind, signature FROM event WHERE tablet = ? AND number > ?",
            (self._tablet, after),
        )

    def _recount(self) -> None:
        """Count what the visit holds: only after the ledger grew, as nothing is ever taken out of it."""
        asked = "SELECT count(*), count(*) FILTER (WHERE kind = 'StrokeDrawn') FROM event WHERE stream = ?"
        self._stored, self._strokes = self._ledger.ask(asked, (self._room.stream,))[0]

    def _has_grown(self, doing: Doing) -> bool:
        """Only what patients tell was added, and only to their visit; a wrong PIN stands at the door."""
        last = self._ledger.last_number(self._tablet)
        demand(last >= self._last, "the ledger shrank")
        if last == self._last:
            return False
        rows, self._last = self._rows(self._last), last
        for stream, kind, signature in rows:
            mine = stream == self._room.stream and kind in TOLD_BY_PATIENTS
            demand(mine or (stream, kind) == (self._door, "PinRefused"), f"{kind} was stored in {stream}")
            demand(not signature, f"{kind} was proved by a PIN")
        own = [row for row in rows if row[1] != "PinRefused" or not self._asked]
        demand(doing.kind != "burst" or not own, f"a scanner's burst stored {own}")
        self._recount()
        return True

    # -- what is shown is what is stored --------------------------------------------------------
    def _is_stored(self) -> None:
        visit, view, stored = self._room.visit, self._window.view, self._stored
        demand(len(visit.facts) == stored, f"{stored} facts stored, {len(visit.facts)} known")
        assert view is not None
        demand(len(view.visit.facts) == stored, f"{stored} facts stored, {len(view.visit.facts)} shown")
        page = self._window.page
        assert page is not None
        for row in page.findChildren(QAbstractButton):
            if row.isCheckable() and row.isChecked():
                demand(self._is_answered(row.objectName()), f"{row.objectName()} is shown and not stored")
        for pad in page.findChildren(InkPad):
            ink = next((ink for name, ink in view.strokes.items() if self._is_pad(pad, name)), ())
            demand(pad.strokes == ink, f"{len(pad.strokes)} strokes are shown, {len(ink)} are stored")

    def _is_answered(self, name: str) -> bool:
        item, _, option = name.rpartition(".")
        visit, forms = self._room.visit, self._room.book.forms
        if option == "initial":
            return any((form, item) in visit.told for form in forms)
        return any(visit.option(form, item) == option for form in forms)

    def _is_pad(self, pad: InkPad, name: str) -> bool:
        return pad.objectName() == f"{name.partition('.')[2]}.pad"

    def _ink_is_whole(self, doing: Doing, strokes: int) -> None:
        """A stroke that was under way and is not any more was stored once, with every point it had."""
        page = self._window.page
        pad = next(iter(page.findChildren(InkPad)), None) if page is not None else None
        before = self._under_way
        now = (id(pad), pad._device or "", len(pad._points)) if pad is not None else (0, "", 0)
        self._under_way = now
        if not before[1] or (now[:2] == before[:2] and now[2] >= before[2]):
            return
        if before[1] == "touch" and doing.kind.startswith(("pen", "palm")):
            return  # the finger was a palm
        demand(self._strokes > strokes, f"a stroke of {before[2]} points was lost ({doing})")
        demand(self._strokes - strokes <= 2, f"a stroke of {before[2]} points was stored twice")
        drawn = [by.fact.stroke for by in self._room.visit.facts if type(by.fact).__name__ == "StrokeDrawn"]
        lengths = [len(self._room.stroke(each).points) for each in drawn[strokes:]]
        demand(lengths[0] - before[2] in (0, 1), f"{before[2]} points drawn, {lengths[0]} stored")

    # -- T2 -------------------------------------------------------------------------------------
    def search(self) -> None:
        """Look for foreign words in every widget, every accessible node, the title and the clipboard."""
        window = self._window
        pages = [each for each in window.findChildren(QWidget) if isinstance(each, STAFF_PAGES)]
        demand(not pages, f"pages of the staff exist: {pages}")
        said = [self._shown.words(), window.windowTitle(), QGuiApplication.clipboard().text()]
        said += list(_spoken(QAccessible.queryAccessibleInterface(window)))
        everything = "\n".join(said)
        found = [word for word in self._foreign if word in everything]
        demand(not found, f"on {self._shown.page()}: {found}")


def _spoken(node: QAccessibleInterface | None) -> Iterator[str]:
    """What a screen reader may find at a node and below it."""
    if node is None or not node.isValid():
        return
    for what in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield node.text(what)
    for number in range(node.childCount()):
        yield from _spoken(node.child(number))

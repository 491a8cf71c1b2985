"""What was freed in pieces goes back to the system."""

from __future__ import annotations

import ctypes
import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.heap import give_back
from chairside.ui.theme import Theme
from chairside.ui.widgets.page import Page
from chairside.words import Words

PIECE, MANY = 64 * 1024, 1024  # small enough to lie in the heap, 64 MiB of them
KEPT_EVERY = 64
WARM, PAGES, LEFT_BYTES = 60, 150, 400


class _Used(ctypes.Structure):
    """What `mallinfo2` tells, in bytes; Source: mallinfo(3)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd",
            "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    )  # fmt: skip


def _resident_mib() -> float:
    told = Path("/proc/self/status").read_text("ascii").split("VmRSS:")[1]
    return int(told.split()[0]) / 1024


def test_what_lies_between_pieces_that_stay_is_given_back() -> None:
    """Freed alone it stays the process's: the piece on top holds everything below it. Proves: F17."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "malloc_trim"):
        pytest.skip("another C library than glibc: there is nothing to ask for")
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    pieces = [library.malloc(PIECE) for _ in range(MANY)]
    for piece in pieces:
        ctypes.memset(piece, 1, PIECE)
    for place, piece in enumerate(pieces, 1):
        if place % KEPT_EVERY:
            library.free(piece)
    before = _resident_mib()
    give_back(lambda _: None, lambda: False)
    assert before - _resident_mib() > 50
    for piece in pieces[KEPT_EVERY - 1 :: KEPT_EVERY]:
        library.free(piece)


def test_a_page_that_was_shown_and_has_gone_leaves_nothing_in_the_heap(
    theme: Theme, words: Words, qtbot: QtBot, qapp: QApplication
) -> None:
    """The style kept what it had worked out for a part of each: 1 KB a page. Proves: F17."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("a C library that does not tell what is in use")
    library.mallinfo2.restype = _Used
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    window.show()

    def show(count: int) -> int:
        for _ in range(count):
            page = Page(theme, words, "page")
            column.addWidget(page)
            page.show()
            qapp.processEvents()
            qapp.processEvents()
            column.removeWidget(page)
            page.hide()
            page.deleteLater()
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return int(library.mallinfo2().uordblks)

    before = show(WARM)
    assert (show(PAGES) - before) / PAGES < LEFT_BYTES

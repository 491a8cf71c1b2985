"""What was freed in pieces goes back to the system."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from chairside.ui.heap import give_back

PIECE, MANY = 64 * 1024, 1024  # small enough to lie in the heap, 64 MiB of them
KEPT_EVERY = 64


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

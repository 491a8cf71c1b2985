"""What the C library keeps of the memory that was freed, given back to the system.

A record is made of many small pieces beside a few that stay, so glibc holds on to nearly all of the room:
33 MiB after twenty visits, and more with each day of a tablet that nobody switches off.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable


def give_back(_progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> None:
    """Let go of every page that holds nothing; where the library has no such call, nothing is done."""
    if os.name == "nt":
        return  # its heap gives back by itself, and there is no library of the process to ask
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)

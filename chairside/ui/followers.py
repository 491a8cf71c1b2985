"""Whom the look has to tell: bound methods of widgets, for as long as each widget is there.

Not a signal: of each connection to a widget that is gone Qt for Python keeps some 60 bytes, with Qt's own
part of it, and a visit makes more than two hundred (traced over 30 visits with PySide 6.11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from weakref import ref

from shiboken6 import isValid

FEW = 256  # so many are kept before those that are gone are looked for


class Followers:
    """Bound methods in the order in which they came; none of them keeps its widget alive."""

    def __init__(self) -> None:
        self._told: list[tuple[ref[object], str]] = []  # Qt's own methods know no weak reference
        self._enough = FEW

    def __len__(self) -> int:
        return sum(1 for _ in self._there())

    def add(self, method: Callable[[], None]) -> None:
        """Tell this bound method of a widget from now on."""
        if len(self._told) >= self._enough:
            self._told = [(ref(owner), name) for owner, name in self._there()]
            self._enough = max(FEW, 2 * len(self._told))
        self._told.append((ref(getattr(method, "__self__", method)), getattr(method, "__name__", "__call__")))

    def tell(self) -> None:
        """Call each whose widget is there when its turn comes."""
        for owner, name in self._there():
            getattr(owner, name)()

    def _there(self) -> Iterator[tuple[object, str]]:
        for kept, name in tuple(self._told):
            owner = kept()
            if owner is not None and isValid(owner):
                yield owner, name

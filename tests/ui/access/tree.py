"""The glass as a screen reader walks it: every node Qt tells of, with its role, name and state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Node:
    """One thing that is told of."""

    role: QAccessible.Role
    name: str
    kind: str
    control: str  # its object name
    focusable: bool
    checked: bool
    disabled: bool

    @property
    def told(self) -> str:
        return f"{self.role.name} {self.name!r} ({self.kind} {self.control!r})"


def walk(widget: QWidget) -> Iterator[Node]:
    """Tell of a widget and of everything visible in it, in the order of the tree."""
    QAccessible.setActive(True)
    spoken = QAccessible.queryAccessibleInterface(widget)
    state = spoken.state()
    if state.invisible:
        return
    yield Node(
        spoken.role(),
        spoken.text(QAccessible.Text.Name),
        type(widget).__name__,
        widget.objectName(),
        bool(state.focusable),
        bool(state.checked),
        bool(state.disabled),
    )
    for number in range(spoken.childCount()):
        child = spoken.child(number)
        thing = child.object() if child is not None else None
        if isinstance(thing, QWidget):
            yield from walk(thing)

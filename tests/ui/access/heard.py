"""An ear: keeps every sentence that is announced, and lets Qt have it all the same."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from chairside.ui import spoken


@dataclass
class Ear:
    """What was said, oldest first; `urgent` holds what did not wait."""

    said: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)

    def listen(self, monkeypatch: pytest.MonkeyPatch) -> Ear:
        to_qt = spoken.to_qt

        def hear(event: QAccessibleEvent) -> None:
            if isinstance(event, QAccessibleAnnouncementEvent):
                self.said.append(event.message())
                if event.politeness() == QAccessible.AnnouncementPoliteness.Assertive:
                    self.urgent.append(event.message())
            to_qt(event)

        monkeypatch.setattr(spoken, "to_qt", hear)
        return self

    def since(self) -> list[str]:
        """Return what was said since this was asked last."""
        told, self.said = self.said, []
        return told

"""The clinic's own card for an emergency: first words, the 24-hour phone, and how long ago it began."""

from __future__ import annotations

from datetime import datetime

from chairside.domain.form import Statement
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text

CARD = "emergency_card"  # a statement the clinic may put into its own form of the procedure


class EmergencyCard(Card):
    """Large, at the top, and it stays."""

    def __init__(self, screen: Screen, phone: str) -> None:
        super().__init__(screen.theme, "procedure.card")
        self._screen = screen
        self._since = Banner(screen.theme, "procedure.card.since")
        self.column.addWidget(self._since)
        self.column.addWidget(Heading(screen.theme, screen.say("procedure.call_911")))
        for line in self._lines():
            self.column.addWidget(Text(screen.theme, line, "strong"))
        if phone:
            self.column.addWidget(Heading(screen.theme, screen.say("procedure.phone", phone=phone), 2))

    def _lines(self) -> tuple[str, ...]:
        """Return the clinic's own words, or the ones that hold everywhere."""
        view, form = self._screen.view, self._screen.form
        if isinstance(form.item(CARD), Statement):
            return form.words(CARD, view.language).body
        return tuple(self._screen.say(f"procedure.first_{number}") for number in (1, 2, 3))

    def show_since(self, view: View, called: datetime, now: datetime) -> None:
        """Say when it began and how long ago that is."""
        minutes = max(0, int((now - called).total_seconds() // 60))
        at = saying.time(self._screen.words, called, view.zone)
        said = self._screen.say("procedure.emergency_since", at=at, ago=self._ago(minutes))
        if self._since.said != said:
            self._since.tell("danger", said)

    def _ago(self, minutes: int) -> str:
        return self._screen.say("when.ago", count=minutes) if minutes else self._screen.say("when.now")

"""When the injection is planned: now, later today, or on another day; one choice wherever that is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.words import Words

HALF_HOURS = tuple((hour, minute) for hour in range(7, 20) for minute in (0, 30))
NEAR_DAYS = 7  # offered as chips; a day further off is picked by day, month and year
FURTHEST_DAYS = 366
NOW, ANOTHER, FAR = "now", "another_day", "far"


class TimeChoice(QWidget):
    """Tells the planned instant, or None for now; nothing is preset."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        name: str,
        told: Callable[[datetime | None], None],
        with_now: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}.time")
        self._theme = theme
        self._words, self._name, self._told, self._with_now = words, name, told, with_now
        self._now: datetime | None = None
        self._zone = ""
        self._day: date | None = None  # another day than today, once it is chosen
        self._elsewhere = self._far = False
        self._chosen: tuple[bool, datetime | None] = (False, None)
        self._laid: object = None
        column = Stack(theme, "gap", self)
        column.addWidget(Text(theme, words.say("open.injection"), "strong"))
        self._rows = Stack(theme, "gap")
        column.addLayout(self._rows)

    # -- what is offered ------------------------------------------------------------------------
    def show_now(self, now: datetime, zone: str) -> None:
        """Say what time it is where the clinic is; what is past is not offered."""
        self._now, self._zone = now, zone
        self._offer()

    def show_choice(self, said: bool, at: datetime | None) -> None:
        """Show what was chosen."""
        if at is not None and self._now is not None:
            day = saying.local_day(at, self._zone)
            self._day = day if day != self._today() else self._day
            self._elsewhere = self._elsewhere or day != self._today()
        self._chosen = (said, at)
        self._offer()

    def _today(self) -> date:
        assert self._now is not None
        return saying.local_day(self._now, self._zone)

    def _offer(self) -> None:
        """Lay the chips out anew where anything about them changed; the clock alone moves none that stays."""
        today = self._today() if self._now is not None else None
        near = [] if today is None or self._elsewhere else self._times(today)
        laid = (today, near, self._zone, self._day, self._elsewhere, self._far, self._chosen)
        if laid == self._laid:
            return
        self._laid = laid
        empty(self._rows)
        labels = [(NOW, self._words.say("screens.injection_now"))] if self._with_now else []
        if self._now is None:
            self._add_options(self._name, labels, self._pick_first, None)
            return
        labels += [("today", self._words.say("open.later_today"))] if self._elsewhere else near
        labels.append((ANOTHER, self._words.say("open.another_day")))
        chosen = ANOTHER if self._elsewhere else self._slot()
        self._add_options(self._name, labels, self._pick_first, chosen)
        if self._elsewhere:
            self._offer_days()

    def _offer_days(self) -> None:
        days = [self._today() + timedelta(days=ahead) for ahead in range(1, NEAR_DAYS + 1)]
        labels = [(each.isoformat(), self._named(each)) for each in days]
        labels.append((FAR, self._words.say("open.far_day")))
        near = self._day.isoformat() if self._day in days else FAR if self._far or self._day else None
        self._add_options(f"{self._name}.days", labels, self._pick_day, near)
        if near == FAR:
            span = Span(days[0], self._today() + timedelta(days=FURTHEST_DAYS))
            row = DateRow(self._theme, self._words, f"{self._name}.far", span, self._pick_far)
            row.show_date(self._day)
            self._rows.addWidget(row)
        if self._day is not None:
            self._add_options(f"{self._name}.at", self._times(self._day), self._pick_time, self._slot())

    def _named(self, day: date) -> str:
        weekday = self._words.say(f"open.weekday_{day.weekday()}")
        month = self._words.say(f"widgets.month_{day.month}")
        return self._words.say("open.a_near_day", weekday=weekday, day=day.day, month=month)

    def _times(self, day: date) -> list[tuple[str, str]]:
        slots = [(hour, minute, self._at(day, hour, minute)) for hour, minute in HALF_HOURS]
        kept = self._chosen[1]  # what was chosen stays to be seen once its time has come
        ahead = [each for each in slots if self._now and (each[2] > self._now or each[2] == kept)]
        return [
            (f"{hour:02}{minute:02}", saying.time(self._words, at, self._zone)) for hour, minute, at in ahead
        ]

    def _add_options(
        self, name: str, labels: list[tuple[str, str]], choose: Callable[[str], None], chosen: str | None
    ) -> None:
        options = Options(self._theme, name, labels, choose, chips=True)
        options.show_choice(chosen)
        self._rows.addWidget(options)

    def _slot(self) -> str | None:
        said, at = self._chosen
        if not said:
            return None
        return at.astimezone(ZoneInfo(self._zone)).strftime("%H%M") if at is not None else NOW

    def _at(self, day: date, hour: int, minute: int) -> datetime:
        local = datetime.combine(day, time(hour, minute), ZoneInfo(self._zone))
        return local.astimezone(ZoneInfo("UTC"))

    # -- taps -----------------------------------------------------------------------------------
    def _pick_first(self, key: str) -> None:
        if key in (ANOTHER, "today"):
            self._elsewhere, self._day, self._far = key == ANOTHER, None, False
            self._offer()
        elif key == NOW:
            self._elsewhere, self._day = False, None
            self._told(None)
        else:
            self._told(self._at(self._today(), int(key[:2]), int(key[2:])))

    def _pick_day(self, key: str) -> None:
        self._far = key == FAR
        self._day = None if self._far else date.fromisoformat(key)
        self._offer()

    def _pick_far(self, day: date) -> None:
        self._day = day
        self._offer()

    def _pick_time(self, key: str) -> None:
        assert self._day is not None
        self._told(self._at(self._day, int(key[:2]), int(key[2:])))

"""Opening the day (clock, battery, printer, vials due) and closing it (what is not settled, and why)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chairside.session.board import BoardRow, Day, VialCard
from chairside.ui.screens import saying, standing
from chairside.ui.screens.door import LOW_BATTERY_PERCENT
from chairside.ui.screens.missing import Missing
from chairside.ui.screens.still_open import StillOpen
from chairside.ui.screens.why import Reason, shared
from chairside.ui.theme import Theme
from chairside.ui.widgets.across import Across, at_end
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.words import Words


@dataclass(frozen=True)
class Seen:
    """What the tablet itself can tell when the day is opened. Units: `battery_percent` None: not known."""

    now: datetime
    zone: str
    battery_percent: int | None
    printers: tuple[str, ...]
    vials: tuple[VialCard, ...]  # those expected today, and those that are late


class OpenDay(Page):
    """A person compares the clock with another; the rest is only to be read."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        seen: Seen,
        open_day: Callable[[dict[str, str]], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__(theme, words, "day_open", "form")
        self._words, self._theme, self._seen = words, theme, seen
        self._open_day, self._clock = open_day, ""
        self.body.addWidget(Heading(theme, words.say("day.open_title")))
        self._open = StillOpen(words, theme, self)
        self._open.put("day.lacking")
        self.body.addWidget(self._clock_card())
        self.body.addWidget(self._card("battery", [self._battery()]))
        self.body.addWidget(self._card("printer", [self._printer()]))
        self.body.addWidget(self._card("vials", [self._vial(vial) for vial in seen.vials]))
        self.footer.show_actions(
            Action("back", words.say("button.back"), back),
            Action("day.open", words.say("board.open_day"), self._do, "primary"),
        )

    def _clock_card(self) -> Card:
        say = self._words.say
        card = Card(self._theme, "day.clock.card")
        card.column.addWidget(Text(self._theme, say("day.clock"), "strong"))
        said = saying.moment(self._words, self._seen.now, self._seen.zone)
        card.column.addWidget(Heading(self._theme, said, 2))
        labels = [(key, say(f"day.clock_{key}")) for key in ("right", "wrong")]
        self._right = Options(self._theme, "day.clock", labels, self._choose, chips=True)
        self._right.entitle(say("day.clock"))
        card.column.addWidget(self._right)
        self._banner = Banner(self._theme, "day.clock.mend")
        card.column.addWidget(self._banner)
        return card

    def _card(self, name: str, lines: Sequence[tuple[str, str]]) -> Card:
        card = Card(self._theme, f"day.{name}")
        card.column.addWidget(Text(self._theme, self._words.say(f"day.{name}"), "strong"))
        for said, colour in lines or [(self._words.say("day.none_due"), "ink")]:
            card.column.addWidget(Text(self._theme, said, "staff", colour))
        return card

    def _battery(self) -> tuple[str, str]:
        percent = self._seen.battery_percent
        if percent is None:
            return self._words.say("day.battery_unknown"), "ink"
        said = self._words.say("common.battery", percent=percent)
        low = percent < LOW_BATTERY_PERCENT
        return (f"{said}. {self._words.say('day.battery_low')}", "warn") if low else (said, "ink")

    def _printer(self) -> tuple[str, str]:
        if not self._seen.printers:
            return self._words.say("day.no_printer"), "warn"
        return ", ".join(self._seen.printers), "ink"

    def _vial(self, vial: VialCard) -> tuple[str, str]:
        return vial_line(self._words, vial, self._seen.zone), "warn" if vial.late_minutes > 0 else "ink"

    def _choose(self, key: str) -> None:
        self._clock = key
        self._right.show_choice(key)
        if key == "wrong":
            self._banner.tell("warn", self._words.say("day.clock_mend"))
        else:
            self._banner.silence()
        self._open.again(self._lacks())

    def _lacks(self) -> list[Missing]:
        if self._clock == "right":
            return []
        said = self._words.say("day.clock_mend" if self._clock else "day.clock_first")
        return [Missing(said, "day.clock")]

    def _do(self) -> None:
        if self._open.refuse(self._lacks()):
            return
        seen = self._seen
        battery = "unknown" if seen.battery_percent is None else f"{seen.battery_percent} %"
        printers = ", ".join(seen.printers) or "none"
        vials = str(len(seen.vials))
        self._open_day({"clock": "right", "battery": battery, "printer": printers, "vials_due": vials})


def vial_line(words: Words, vial: VialCard, zone: str) -> str:
    """Return a vial in a line: 5 million, Supplier, due 9:30 am, for Jordan Avery, 45 min late."""
    parts = [vial.code] if vial.code else []
    if vial.strength_million is not None:
        parts.append(words.say("day.strength", million=vial.strength_million))
    parts.append(vial.supplier)
    if vial.due is not None:
        parts.append(words.say("day.due", at=saying.moment(words, vial.due, zone)))
    if vial.patient:
        parts.append(words.say("day.vial_for", name=vial.patient))
    if vial.late_minutes > 0:
        parts.append(words.say("day.late", count=vial.late_minutes))
    return " · ".join(part for part in parts if part)


class CloseDay(Page):
    """What is not settled stands here by name; closing over it needs a reason."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        left: tuple[Day, datetime, str],
        close_day: Callable[[str], None],
        ways: tuple[Callable[[], None], Callable[[str], None]],
    ) -> None:
        """`left` is the day as it stands, now, and the clinic's zone; `ways` lead back, and to a visit."""
        super().__init__(theme, words, "day_close", "form")
        self._words, self._theme = words, theme
        self._day, self._now, self._zone = left
        self._close_day = close_day
        back, self._enter = ways
        self.body.addWidget(Heading(theme, words.say("day.close_title")))
        self._open = StillOpen(words, theme, self)
        self._open.put("day.lacking")
        self._reason: Reason | None = None
        day = self._day
        left_open = (*day.released_not_given, *day.ended_not_signed, *day.vials_without_fate)
        if not left_open:
            self.body.addWidget(Text(theme, words.say("day.all_settled"), "body"))
        self._visits("released", day.released_not_given)
        self._visits("not_signed", day.ended_not_signed)
        self._vials(day.vials_without_fate)
        if left_open:
            card = Card(theme, "day.reason")
            card.column.addWidget(Text(theme, words.say("day.why_left"), "strong"))
            self._reason = Reason(words, theme, "day.reason", shared(words, "not_today", "with_physician"))
            self._reason.tell_of(self._open)
            card.column.addWidget(self._reason)
            self.body.addWidget(card)
        self.footer.show_actions(
            Action("back", words.say("button.back"), back),
            Action("day.close", words.say("board.close_day"), self._do, "primary"),
        )

    def _card(self, name: str) -> Card:
        card = Card(self._theme, f"day.{name}")
        card.column.addWidget(Text(self._theme, self._words.say(f"day.{name}"), "strong"))
        self.body.addWidget(card)
        return card

    def _vials(self, vials: Sequence[VialCard]) -> None:
        if vials:
            card = self._card("without_fate")
            for vial in vials:
                card.column.addWidget(Text(self._theme, vial_line(self._words, vial, self._zone), "staff"))

    def _visits(self, name: str, rows: Sequence[BoardRow]) -> None:
        """Name each visit, with one tap to where it is settled."""
        if not rows:
            return
        card = self._card(name)
        for row in rows:
            said = Stack(self._theme, "small")
            said.addWidget(Text(self._theme, self._visit(row), "staff"))
            card.column.addWidget(Across(self._theme, said, at_end(self._theme, self._leading_to(row))))

    def _leading_to(self, row: BoardRow) -> Action:
        say = self._words.say
        act = say("screens.resume")
        spoken = say("board.spoken", act=act, name=row.name)
        return Action(f"day.resume.{row.visit}", act, lambda: self._enter(row.visit), "secondary", spoken)

    def _visit(self, row: BoardRow) -> str:
        status = standing.state(self._words, row.status) if row.status is not None else ""
        born = self._words.say("screens.born", day=saying.day(self._words, row.born)) if row.born else ""
        return " · ".join(part for part in (row.name, born, status) if part)

    def _do(self) -> None:
        if self._reason is None:
            self._close_day("")
        elif self._reason.given():
            self._close_day(self._reason.text)

"""A vial that is on its way: from whom, how strong, when it is due, and for whose visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chairside.domain.facts import VialExpected
from chairside.session.board import BoardRow
from chairside.ui.screens import saying
from chairside.ui.screens.desk_form import Blank, DeskForm, Dress
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.text import Stack

FIRST_HOUR, LAST_HOUR = 7, 19  # couriers come within these; another time of day is "any time"
FARTHEST_DAYS = 365
ANY_TIME = time(23, 59)  # no hour was said: late only once the day is over
TODAY, TOMORROW, ANOTHER = "today", "tomorrow", "another"


@dataclass
class Expecting:
    """What was said so far, kept while another page is looked at."""

    supplier: str = ""
    strength: str = ""
    day: date | None = None
    another: bool = False
    hour: str = ""  # "any", or four digits
    visit: str = ""
    reference: str = ""


@dataclass(frozen=True)
class ExpectWays:
    """Where the page leads."""

    keep: Callable[[VialExpected], None]
    new_supplier: Callable[[], None]
    back: Callable[[], None]


class Expect(DeskForm):
    """Asks for one vial that is due."""

    def __init__(
        self,
        dress: Dress,
        draft: Expecting,
        offered: tuple[Sequence[str], Sequence[tuple[str, str]], Sequence[BoardRow]],
        ways: ExpectWays,
    ) -> None:
        """`offered` are: the suppliers, the strengths with their words, the visits that are not over."""
        super().__init__(dress, "expect", dress.say("vials.expect"))
        self._draft, self._ways = draft, ways
        self._today = saying.local_day(dress.now, dress.zone)
        suppliers, strengths, visits = offered
        self._ask_who(suppliers, strengths)
        self._ask_when()
        self._ask_whom(visits)
        self.show_state()

    # -- layout ---------------------------------------------------------------------------------
    def _ask_who(self, suppliers: Sequence[str], strengths: Sequence[tuple[str, str]]) -> None:
        card = self.card("supplier", self.say("vial.supplier"))
        self._suppliers = self.rows(
            card, "supplier", [(name, name) for name in suppliers], self._choose_supplier
        )
        fresh = Action("expect.new_supplier", self.say("vials.new_supplier"), self._new_supplier)
        card.column.addWidget(Button(self.theme, fresh))
        strong = self.card("strength", self.say("vials.strength_ordered"))
        self._strengths = self.rows(strong, "strength", strengths, self._choose_strength)

    def _ask_when(self) -> None:
        card = self.card("day", self.say("vials.due"))
        days = [
            (TODAY, self.say("screens.days_ago_0")),
            (TOMORROW, self.say("vials.tomorrow")),
            (ANOTHER, self.say("screens.another_day")),
        ]
        self._days = Options(self.theme, "expect.day", days, self._choose_day, chips=True)
        self._days.entitle(self.say("vials.due"))
        card.column.addWidget(self._days)
        span = Span(self._today, self._today + timedelta(days=FARTHEST_DAYS))
        self._date = DateRow(self.theme, self.words, "expect.date", span, self._pick_day)
        card.column.addWidget(self._date)
        self.error(card, "day")
        self._hours_place = Stack(self.theme, "small")
        card.column.addLayout(self._hours_place)
        self.error(card, "hour")
        self._hours_of: date | None = None
        self._hours: Options | None = None

    def _ask_whom(self, visits: Sequence[BoardRow]) -> None:
        card = self.card("visit", self.say("vials.for_visit"), self.say("vials.for_visit_help"))
        names = [(row.visit, visit_line(self.dress, row)) for row in visits]
        self._visits = self.rows(
            card, "visit", [*names, ("", self.say("vials.no_visit"))], self._choose_visit
        )
        more = self.card("reference")
        blank = Blank("reference", self.say("vials.reference"), 60)
        self.field(more, blank, self._draft.reference)

    # -- state ----------------------------------------------------------------------------------
    def show_state(self) -> None:
        draft = self._draft
        if "reference" in self._fields:
            draft.reference = self.written("reference")
        self._suppliers.show_choice(draft.supplier or None)
        self._strengths.show_choice(draft.strength or None)
        self._days.show_choice(self._day_key())
        self._date.setVisible(draft.another)
        self._show_hours()
        self._visits.show_choice(draft.visit)
        self.refilled()
        back = self.act("back", "button.back", self._ways.back)
        self.offer(back, self.act("save", "vials.expect_save", self._save, "primary"))

    def _day_key(self) -> str | None:
        if self._draft.another:
            return ANOTHER
        days = {self._today: TODAY, self._today + timedelta(days=1): TOMORROW}
        return days.get(self._draft.day) if self._draft.day else None

    def _show_hours(self) -> None:
        """Offer the half hours of the chosen day that still lie ahead, and no hour at all."""
        day = self._draft.day
        if day != self._hours_of:
            self._hours_of = day
            empty(self._hours_place)
            self._hours = None
            if day is not None:
                self._hours = Options(
                    self.theme, "expect.hour", self._ahead(day), self._choose_hour, chips=True
                )
                self._hours_place.addWidget(self._hours)
        if self._hours is not None:
            self._hours.show_choice(self._draft.hour or None)

    def _ahead(self, day: date) -> list[tuple[str, str]]:
        hours = [time(hour, minute) for hour in range(FIRST_HOUR, LAST_HOUR + 1) for minute in (0, 30)]
        ahead = [each for each in hours if self._at(day, each) > self.dress.now]
        labels = [
            (f"{each:%H%M}", saying.time(self.words, self._at(day, each), self.dress.zone)) for each in ahead
        ]
        return [*labels, ("any", self.say("vials.any_time"))]

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.dress.zone)).astimezone(ZoneInfo("UTC"))

    def lacks(self) -> dict[str, str]:
        draft = self._draft
        wanted = {
            "supplier": (draft.supplier, "vials.say_supplier"),
            "strength": (draft.strength, "vials.say_strength"),
            "day": (draft.day, "vials.say_day"),
            "hour": (draft.hour or draft.day is None, "vials.say_hour"),
        }
        return {key: self.say(said) for key, (there, said) in wanted.items() if not there}

    # -- taps -----------------------------------------------------------------------------------
    def _choose_supplier(self, name: str) -> None:
        self._draft.supplier = name
        self.show_state()

    def _new_supplier(self) -> None:
        self._draft.reference = self.written("reference")
        self._ways.new_supplier()

    def _choose_strength(self, million: str) -> None:
        self._draft.strength = million
        self.show_state()

    def _choose_day(self, key: str) -> None:
        draft = self._draft
        draft.another = key == ANOTHER
        days = {TODAY: self._today, TOMORROW: self._today + timedelta(days=1)}
        draft.day, draft.hour = days.get(key), ""
        self.show_state()

    def _pick_day(self, day: date) -> None:
        self._draft.day, self._draft.hour = day, ""
        self.show_state()

    def _choose_hour(self, hour: str) -> None:
        self._draft.hour = hour
        self.show_state()

    def _choose_visit(self, visit: str) -> None:
        self._draft.visit = visit
        self.show_state()

    def _save(self) -> None:
        if not self.whole():
            return
        draft = self._draft
        assert draft.day is not None
        hour = ANY_TIME if draft.hour == "any" else time(int(draft.hour[:2]), int(draft.hour[2:]))
        due = self._at(draft.day, hour)
        reference = self.written("reference")
        self._ways.keep(VialExpected(reference, draft.supplier, int(draft.strength), due, draft.visit))


def visit_line(dress: Dress, row: BoardRow) -> str:
    """Return whom a visit is with and when, enough to tell two people of one name apart."""
    at = saying.moment(dress.words, row.injection, dress.zone)
    if row.born is None:
        return f"{row.name} · {at}"
    born = dress.say("screens.born", day=saying.day(dress.words, row.born))
    return f"{row.name} · {born} · {at}"

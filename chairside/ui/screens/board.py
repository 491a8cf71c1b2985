"""The board: the first page of the staff side, with every visit of the day by what it needs.

It is made of frozen rows and shown anew as the clock goes on; the same rows again change nothing, so
that a page somebody is scrolling does not jump.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chairside.session.board import Board as Rows
from chairside.session.board import BoardRow, VialCard
from chairside.ui.screens import saying, standing
from chairside.ui.screens.board_card import CardDoors, Setting, VisitCard, said_of
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.columns import Columns
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Text
from chairside.words import Words

GROUPS = ("today", "ahead", "over")
_NEED = {"decided": 3, "open": 3, "released": 3, "waiting": 4, "planned": 5}
UNSETTLED = frozenset({"expected", "received", "checked"})


@dataclass(frozen=True)
class Doors:
    """Where the board leads; all but `card` and `new` are offered only where there is a page for them."""

    card: CardDoors
    new: Callable[[], None]
    vials: Callable[[], None] | None = None
    day: Callable[[], None] | None = None
    print_: Callable[[], None] | None = None
    people: Callable[[], None] | None = None
    about: Callable[[], None] | None = None


def need(row: BoardRow) -> tuple[int, datetime]:
    """Return how much a visit needs somebody, the most first; what is over needs nobody."""
    over = row.status is not None and row.status.state in standing.OVER
    if row.trouble:
        rank = 0
    elif row.thawed_at is not None and not over:
        rank = 1
    elif row.unsealed:
        rank = 2
    else:
        rank = _NEED.get(row.status.state, 6) if row.status is not None else 6
    return rank, row.injection


def group_of(row: BoardRow, today: date, zone: str) -> str:
    """Return where a visit stands on the board; an unsealed one is never out of sight among those over."""
    if row.status is not None and row.status.state in standing.OVER and not (row.unsealed or row.owed):
        return "over"
    return "ahead" if saying.local_day(row.injection, zone) > today else "today"


class Board(Page):
    """Today's visits, those planned ahead, those that are over."""

    def __init__(self, words: Words, theme: Theme, zone: str, doors: Doors) -> None:
        super().__init__(theme, words, "board", "whole")
        self.words, self.theme, self._zone, self._doors = words, theme, zone, doors
        self._shown: object = None
        self._cards: dict[str, dict[str, VisitCard]] = {name: {} for name in GROUPS}
        self._title = Heading(theme, "")
        self._day = Banner(theme, "board.day")
        self._vials = Banner(theme, "board.vials")
        self._calm = Text(theme, words.say("board.empty"), "body")
        for part in (self._title, self._day, self._vials, self._calm):
            self.body.addWidget(part)
        self._groups: dict[str, tuple[Heading, Columns]] = {}
        for name in GROUPS:
            heading = Heading(theme, words.say(f"board.group_{name}"), 2)
            columns = Columns(theme, f"board.{name}")
            self._groups[name] = (heading, columns)
            self.body.addWidget(heading)
            self.body.addWidget(columns)

    def show_board(self, rows: Rows) -> None:
        """Show this; a minute later the waits have grown, and the place on the page stays."""
        shown = (rows.now.replace(second=0, microsecond=0), rows.visits, rows.vials, rows.day)
        if shown == self._shown:
            return
        self._shown = shown
        today = rows.day.today
        self._title.setText(self.words.say("board.title", day=saying.day(self.words, today)))
        setting = Setting(self.words, self.theme, rows.now, self._zone)
        for name in GROUPS:
            chosen = [row for row in rows.visits if group_of(row, today, self._zone) == name]
            self._show_group(name, setting, sorted(chosen, key=need))
        self._calm.setVisible(not rows.visits)
        self._say_day(rows)
        self._say_vials(rows.vials)
        self._offer(rows)

    def _show_group(self, name: str, setting: Setting, rows: Sequence[BoardRow]) -> None:
        """Show a group; a card of which nothing changed stays, so that a minute costs what it changes."""
        heading, columns = self._groups[name]
        heading.setVisible(bool(rows) and name != "today")  # the page's title says so already
        here = {row.visit: self._card(name, setting, row) for row in rows}
        self._cards[name] = here
        columns.show_widgets(list(here.values()))

    def _card(self, name: str, setting: Setting, row: BoardRow) -> VisitCard:
        made = self._cards[name].get(row.visit)
        if made is not None and made.row == row and made.said == said_of(setting, row):
            return made
        return VisitCard(setting, row, self._doors.card)

    def _say_day(self, rows: Rows) -> None:
        if self._doors.day is None or (rows.day.opened and not rows.day.closed):
            self._day.silence()
            return
        key = "board.day_closed" if rows.day.closed else "board.day_not_opened"
        self._day.tell("notice", self.words.say(key))

    def _say_vials(self, vials: Sequence[VialCard]) -> None:
        """Say what the desk should know of the vials; the rest stands on their own page."""
        late = [vial for vial in vials if vial.fate == "expected" and vial.late_minutes > 0]
        to_check = [vial for vial in vials if vial.fate in UNSETTLED and vial.fate != "expected"]
        said = [self.words.say("board.vials_late", count=len(late))] if late else []
        said += [self.words.say("board.vials_to_check", count=len(to_check))] if to_check else []
        if not said:
            self._vials.silence()
            return
        self._vials.tell("warn" if late else "notice", " ".join(said))

    def _offer(self, rows: Rows) -> None:
        day = "board.close_day" if rows.day.opened and not rows.day.closed else "board.open_day"
        others = [
            Action(name, self.words.say(key), way)
            for name, key, way in (
                ("vials", "board.vials", self._doors.vials),
                ("day", day, self._doors.day),
                ("print", "board.print", self._doors.print_),
                ("people", "people.button", self._doors.people),
                ("about", "about.button", self._doors.about),
            )
            if way is not None
        ]
        new = Action("new", self.words.say("screens.new_visit"), self._doors.new, "primary")
        self.footer.show_actions(None, new, others)
        self.arrange()

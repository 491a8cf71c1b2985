"""One visit on the board: whose it is, how it stands, what it waits for, and one tap to go on with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from chairside.errors import ChairsideError
from chairside.session.board import BoardRow
from chairside.ui.screens import saying, standing
from chairside.ui.theme import Theme
from chairside.ui.widgets.across import Across
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.tag import Tag
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.time_bar import Lasted, TimeBar
from chairside.words import Words

PAPERS = frozenset({"notices", "record", "aftercare"})


@dataclass(frozen=True)
class Setting:
    """What every card needs: words, look, the board's own now and the clinic's zone."""

    words: Words
    theme: Theme
    now: datetime
    zone: str


@dataclass(frozen=True)
class CardDoors:
    """What can be done with a visit from the board: go on with it; say that a paper was handed."""

    enter: Callable[[str], None]
    handed: Callable[[str, str], None]


def said_of(setting: Setting, row: BoardRow) -> list[tuple[str, str, str]]:
    """Return the lines on how it stands: text, kind of type, colour; what presses most comes first."""
    words, now = setting.words, setting.now
    if row.trouble:
        return [(" ".join(words.trouble(ChairsideError(row.trouble))), "staff_strong", "danger")]
    lines: list[tuple[str, str, str]] = []
    over = row.status is not None and row.status.state in standing.OVER
    if row.thawed_at is not None and not over:
        tone, said = standing.thawed(words, row.thawed_at, row.limit_minutes, now)
        lines.append((said, "strong", tone))
    waits = row.status.waits if row.status is not None else ()
    lines += [(standing.waiting(words, wait, now), "staff_strong", "ink") for wait in waits]
    if row.unsealed and all(wait.what != "seal" for wait in waits):
        lines.append((words.say("board.unsealed"), "staff_strong", "ink"))
    if row.holder == "patient":
        lines.append((words.say("board.patient_holds"), "staff_strong", "ink"))
    if row.step and not over and not waits:
        step = _step(words, row.step)
        lines.append((words.say("screens.next_step", step=step), "staff", "ink"))
    return lines


def pictures_of(setting: Setting, row: BoardRow) -> dict[str, Lasted]:
    """Return the picture that belongs to a line, by the line."""
    words, now = setting.words, setting.now
    waits = row.status.waits if row.status is not None else ()
    pictures = {standing.waiting(words, wait, now): standing.wait_picture(words, wait, now) for wait in waits}
    if row.thawed_at is not None:
        said = standing.thawed(words, row.thawed_at, row.limit_minutes, now)[1]
        pictures[said] = standing.thawed_picture(words, row.thawed_at, row.limit_minutes, now)
    return {said: lasted for said, lasted in pictures.items() if lasted is not None}


def _step(words: Words, step: str) -> str:
    return words.say(f"step.{step}") if words.has(f"step.{step}") else step


class VisitCard(Card):
    """A visit; `row` is all it knows."""

    def __init__(self, setting: Setting, row: BoardRow, doors: CardDoors) -> None:
        super().__init__(setting.theme, f"visit.{row.visit}")
        self._setting, self.row, self._doors = setting, row, doors
        self.said = said_of(setting, row)
        self._theme, self._say = setting.theme, setting.words.say
        self._lines, self._end = Stack(setting.theme, "small"), Stack(setting.theme, "snug")
        self.column.addWidget(Across(setting.theme, self._lines, self._end))
        self._lay_out()

    def _lay_out(self) -> None:
        row = self.row
        self._lines.addWidget(Heading(self._theme, row.name, 2))
        self._line(self._who(), "staff", "ink2")
        if row.similar:
            self._line(self._say("board.similar"), "staff_strong", "warn")
        pictures = pictures_of(self._setting, row)
        for number, (said, kind, colour) in enumerate(self.said):
            self._line(said, kind, colour)
            if said in pictures:
                name = f"lasted.{row.visit}.{number}"
                self._lines.addWidget(TimeBar(self._theme, name, pictures[said]))
        if row.owed:
            self._lines.addWidget(self._papers())
        self._lines.addStretch(1)
        if row.status is not None:
            tag = Tag(self._theme, standing.state(self._setting.words, row.status), standing.tone(row.status))
            self._end.addWidget(tag, 0, Qt.AlignmentFlag.AlignRight)
        self._end.addStretch(1)
        self._end.addWidget(Button(self._theme, self._go_on()), 0, Qt.AlignmentFlag.AlignRight)

    def _line(self, said: str, kind: str = "staff", colour: str = "ink") -> None:
        self._lines.addWidget(Text(self._theme, said, kind, colour))

    def _who(self) -> str:
        row, words, zone = self.row, self._setting.words, self._setting.zone
        parts = []
        if row.born is not None:
            parts.append(self._say("screens.born", day=saying.day(words, row.born)))
        parts.append(self._say("board.session", number=row.session))
        today = saying.local_day(row.injection, zone) == saying.local_day(self._setting.now, zone)
        parts.append((saying.time if today else saying.moment)(words, row.injection, zone))
        return " · ".join(parts)

    def _go_on(self) -> Action:
        row = self.row
        over = row.status is not None and row.status.state in standing.OVER
        said = self._say("board.look" if over else "screens.resume")
        spoken = self._say("board.spoken", act=said, name=row.name)
        return Action(f"resume.{row.visit}", said, self._enter, "secondary", spoken)

    def _papers(self) -> QWidget:
        """Return the papers that are owed: one tap each says that it was handed."""
        holder = QWidget()
        line = FlowLayout(self._theme, holder)
        for paper in self.row.owed:
            name = self._say(f"board.owed_{paper}" if paper in PAPERS else "board.owed_record")
            line.addWidget(Button(self._theme, self._hander(paper, name)))
        return holder

    def _hander(self, paper: str, said: str) -> Action:
        row = self.row
        spoken = self._say("board.spoken", act=said, name=row.name)
        return Action(
            f"handed.{row.visit}.{paper}", said, lambda: self._doors.handed(row.visit, paper), "chip", spoken
        )

    def _enter(self) -> None:
        self._doors.enter(self.row.visit)

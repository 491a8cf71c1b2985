"""The row for each kind of item staff fill in.

A row tells whole replies up and shows only what comes back. Statements, initials, ink and drugs have
screens of their own and make no row.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import get_args

from PySide6.QtWidgets import QWidget

from chairside.domain.form import Choice, Code, Dose, Item, Measure, Moment, Panel, Picture, Several, Text
from chairside.domain.form import Words as Prose
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    ChosenSeveral,
    OnDate,
    PanelRead,
    Pictured,
    Reply,
    TestLine,
    TestResult,
    Written,
)
from chairside.ui.screens import saying
from chairside.ui.screens.codes import CodesRow
from chairside.ui.screens.handled import CodeRow, DoseRow
from chairside.ui.screens.illness import IllnessWarning
from chairside.ui.screens.measure import MeasureRow
from chairside.ui.screens.row import Desk, Row, show_line
from chairside.ui.widgets import text
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.beside import Beside
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.fields import FieldRow

EARLIER_MINUTES = (0, 5, 15, 30)  # what a moment row offers; a moment is never in the future
FIRST_YEAR = 1900
LATEST_YEARS = 5  # of a day that is still to come
FOLLOWS_PX = 330  # the least that a sentence in staff's type needs beside the options


class ChoiceRow(Row):
    """Options side by side, one tap."""

    def build(self) -> None:
        assert isinstance(self.item, Choice)
        labels = [(option, self.prose.options.get(option, option)) for option in self.item.options]
        chips = not self.desk.whole_rows
        self.options = Options(self.desk.theme, self.item.id, labels, self._choose, chips=chips)
        self.options.entitle(self.prose.title, each=True)
        self.column.addWidget(self.options)

    def stand_beside(self, follows: Banner) -> None:
        """Put what follows from the answer beside the options, where its room moves nothing."""
        self.column.removeWidget(self.options)
        both = QWidget()
        Beside(self.desk.theme, both, (self.options, follows), FOLLOWS_PX)
        self.column.addWidget(both)

    def _choose(self, option: str) -> None:
        self.tell(Chosen(option))

    def show_reply(self, reply: Reply | None) -> None:
        self.options.show_choice(reply.option if isinstance(reply, Chosen) else None)


class SeveralRow(Row):
    """Chips of which any may be chosen; the one that stands alone lets go of the others."""

    def build(self) -> None:
        assert isinstance(self.item, Several)
        self._told: tuple[str, ...] = ()
        labels = [(option, self.prose.options.get(option, option)) for option in self.item.options]
        self.options = Options(self.desk.theme, self.item.id, labels, self._choose, chips=True)
        self.options.entitle(self.prose.title)
        self.column.addWidget(self.options)

    def _choose(self, option: str) -> None:
        assert isinstance(self.item, Several)
        if (chosen := self.item.tapped(self._told, option)) != self._told:
            self.tell(ChosenSeveral(chosen))

    def show_reply(self, reply: Reply | None) -> None:
        self._told = reply.options if isinstance(reply, ChosenSeveral) else ()
        self.options.show_chosen(self._told)


class TextRow(Row):
    """Free text, told when the field is left."""

    def build(self) -> None:
        assert isinstance(self.item, Text)
        self.field = FieldRow(self.desk.theme, f"{self.item.id}.text", self.prose.title, self._on_written)
        self.field.line.setMaxLength(self.item.most)
        IllnessWarning(self.desk.words, self.desk.theme, self.field)
        self.title.hide()  # the field repeats the title as its label
        self.column.insertWidget(0, self.field)  # its label first, then the help

    def _on_written(self, written: str) -> None:
        if written:
            self.tell(Written(written))

    def show_reply(self, reply: Reply | None) -> None:
        self.field.show_text(reply.text if isinstance(reply, Written) else "")


class MomentRow(Row):
    """Now, or a little earlier; a day where the item asks for a day."""

    def build(self) -> None:
        assert isinstance(self.item, Moment)
        self._stored = self.line("strong")
        self._day: DateRow | None = None
        if self.item.precision == "day":
            today = self.desk.now().date()
            earliest = today if self.item.future else date(FIRST_YEAR, 1, 1)
            latest = date(today.year + LATEST_YEARS, 12, 31) if self.item.future else today
            span = Span(earliest, latest)
            self._day = DateRow(self.desk.theme, self.desk.words, self.item.id, span, self._pick)
            self.column.addWidget(self._day)
            return
        self._offers = self.chips([self._offer(minutes) for minutes in EARLIER_MINUTES])

    def show_since(self, since: datetime | None) -> None:
        """Offer no time before this one: no blood is drawn before the patient's signature."""
        early = {f"{self.item.id}.{minutes}" for minutes in self.not_before(since, EARLIER_MINUTES)}
        for name, button in self._offers.items():
            button.setVisible(name in early or name.endswith(".now"))

    def _offer(self, minutes: int) -> Action:
        said = self.say("when.ago", count=minutes) if minutes else self.say("dose.now")
        name = f"{self.item.id}.{minutes}" if minutes else f"{self.item.id}.now"
        return Action(name, said, lambda: self._stamp(minutes), "chip", f"{self.prose.title} {said}")

    def _stamp(self, minutes: int) -> None:
        self.tell(AtMoment(self.desk.now() - timedelta(minutes=minutes)))

    def _pick(self, day: date) -> None:
        self.tell(OnDate(day))

    def show_reply(self, reply: Reply | None) -> None:
        if self._day is not None:
            self._day.show_date(reply.day if isinstance(reply, OnDate) else None)
        at = reply.at if isinstance(reply, AtMoment) else None
        show_line(self._stored, saying.moment(self.desk.words, at, self.desk.zone) if at else "")


class PanelRow(Row):
    """A result for each test; blank stays blank."""

    def build(self) -> None:
        assert isinstance(self.item, Panel)
        self._rows: dict[str, TestResult] = {}
        self._tests: dict[str, Options] = {}
        labels = [(result, saying.result(self.desk.words, result)) for result in get_args(TestResult)]
        for test in self.item.tests:
            title = text.Text(self.desk.theme, self.prose.options.get(test, test), "staff_strong")
            self.column.addWidget(title)
            name = f"{self.item.id}.{test}"
            chosen = Options(self.desk.theme, name, labels, self._chooser(test), chips=True)
            chosen.entitle(title.text())
            self._tests[test] = chosen
            self.column.addWidget(chosen)

    def _chooser(self, test: str) -> Callable[[str], None]:
        return lambda result: self._choose(test, result)

    def _choose(self, test: str, result: str) -> None:
        known = next(each for each in get_args(TestResult) if each == result)
        rows = {**self._rows, test: known}
        self.tell(PanelRead(tuple(TestLine(each, rows[each]) for each in self._tests if each in rows)))

    def show_reply(self, reply: Reply | None) -> None:
        self._rows = {row.test: row.result for row in reply.rows} if isinstance(reply, PanelRead) else {}
        for test, options in self._tests.items():
            options.show_choice(self._rows.get(test))


class PictureRow(Row):
    """A photo from a file; it supports what was typed and never stands for it."""

    def build(self) -> None:
        self._stored = self.line("strong")
        pick = Action(f"{self.item.id}.pick", self.say("screens.pick_photo"), self._pick)
        self.chips([pick])

    def _pick(self) -> None:
        if self.desk.pick is not None:
            self.desk.pick(self.item)

    def show_reply(self, reply: Reply | None) -> None:
        show_line(self._stored, self.say("screens.pictured") if isinstance(reply, Pictured) else "")


def row_for(desk: Desk, item: Item, prose: Prose) -> Row | None:
    """Return the row of an item staff fill in, or None where another screen shows it."""
    kinds: dict[type[object], type[Row]] = {
        Choice: ChoiceRow,
        Several: SeveralRow,
        Text: TextRow,
        Code: CodeRow,
        Moment: MomentRow,
        Measure: MeasureRow,
        Dose: DoseRow,
        Panel: PanelRow,
    }
    if desk.pick is not None:
        kinds[Picture] = PictureRow
    many = isinstance(item, Code) and item.many
    made = CodesRow if many else kinds.get(type(item))
    return made(desk, item, prose) if made else None

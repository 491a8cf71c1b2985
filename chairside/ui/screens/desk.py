"""The desk: visits that can be taken up again, and a new one for a person who is not on file yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import PatientAdded
from chairside.domain.form import Form, Item
from chairside.domain.replies import Reply
from chairside.session.view import NewVisit, OpenVisit
from chairside.ui.screens import saying
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options, TickRow
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import Card, empty
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words

FIRST_BORN = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)  # session knows today and refuses a birth date that lies ahead
IDENTIFIERS = ("name", "born", "photo")
LETTERS = ("post", "phone", "in_person")
HALF_HOURS = tuple((hour, minute) for hour in range(7, 20) for minute in (0, 30))


class Home(Page):
    """The visits that are not over, oldest first, and the way to a new one."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        rows: Sequence[OpenVisit],
        enter: Callable[[str], None],
        new: Callable[[], None],
    ) -> None:
        super().__init__(theme, words, "home", "form")
        self.words, self._enter = words, enter
        self.body.addWidget(Heading(theme, words.say("screens.home_title")))
        if not rows:
            self.body.addWidget(Text(theme, words.say("screens.home_empty"), "body"))
        for row in rows:
            self.body.addWidget(self._row(theme, row))
        self.footer.show_actions(None, Action("new", words.say("screens.new_visit"), new, "primary"))

    def _row(self, theme: Theme, row: OpenVisit) -> QWidget:
        card = Card(theme, f"visit.{row.visit}")
        card.column.addWidget(Text(theme, row.name, "strong"))
        born = self.words.say("screens.born", day=saying.day(self.words, row.born))
        step = self.words.say("screens.next_step", step=self.words.say(f"step.{row.step}"))
        card.column.addWidget(Text(theme, f"{born} · {step}", "staff"))
        said = self.words.say("screens.resume")
        resume = Action(
            f"resume.{row.visit}", said, self._resumer(row.visit), "secondary", f"{said}: {row.name}"
        )
        card.column.addWidget(Button(theme, resume))
        return card

    def _resumer(self, visit: str) -> Callable[[], None]:
        return lambda: self._enter(visit)


@dataclass
class Draft:
    """What was put in so far, before there is a visit to keep it."""

    born: date | None = None
    letters_by: str = ""
    identifiers: tuple[str, ...] = ()
    injection: datetime | None = None
    injection_said: bool = False


class OpenNew(Page):
    """A person who is not on file, and the visit: asked on one page, opened as a whole."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        form: Form,
        open_visit: Callable[[NewVisit], None],
        home: Callable[[], None],
    ) -> None:
        super().__init__(theme, words, "open", "form")
        self.words, self.theme, self.form = words, theme, form
        self._open_visit, self._home = open_visit, home
        self._draft, self._replies = Draft(), dict[str, Reply]()
        self._now: datetime | None = None
        self._zone = ""
        self._lay_out()

    # -- layout ---------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        say, theme = self.words.say, self.theme
        self.body.addWidget(Heading(theme, say("open.title")))
        self._summary = Banner(theme, "open.lacking")
        self.body.addWidget(self._summary)
        person = Card(theme, "open.person")
        self._fields = {
            key: FieldRow(theme, f"open.{key}", say(f"open.{key}"), self._on_written)
            for key in ("name", "phone", "address")
        }
        person.column.addWidget(self._fields["name"])
        person.column.addWidget(Text(theme, say("open.born"), "strong"))
        self._born = DateRow(theme, self.words, "born", Span(FIRST_BORN, LAST_DAY), self._pick_born)
        person.column.addWidget(self._born)
        person.column.addWidget(self._fields["phone"])
        person.column.addWidget(self._fields["address"])
        person.column.addWidget(Text(theme, say("open.letters_by"), "strong"))
        labels = [
            ("post", say("open.post")),
            ("phone", say("open.by_phone")),
            ("in_person", say("open.in_person")),
        ]
        self._letters = Options(theme, "letters_by", labels, self._choose_letters, chips=True)
        person.column.addWidget(self._letters)
        self.body.addWidget(person)
        self.body.addWidget(self._identity())
        self.body.addWidget(self._injection())
        self._rows = self._form_rows()
        self.show_state()

    def _identity(self) -> Card:
        card = Card(self.theme, "open.identity")
        card.column.addWidget(Text(self.theme, self.words.say("open.identifiers"), "strong"))
        self._ticks: dict[str, TickRow] = {}
        for key in IDENTIFIERS:
            said = self.words.say(f"open.identifier_{key}")
            self._ticks[key] = TickRow(self.theme, Action(f"identifier.{key}", said, self._ticker(key)))
            card.column.addWidget(self._ticks[key])
        return card

    def _injection(self) -> Card:
        card, say = Card(self.theme, "open.injection"), self.words.say
        card.column.addWidget(Text(self.theme, say("open.injection"), "strong"))
        self._planned = Text(self.theme, "", "staff_strong")
        card.column.addWidget(self._planned)
        self._times = Stack(self.theme, "small")
        card.column.addLayout(self._times)
        self._offer_times()
        return card

    def _offer_times(self) -> None:
        """Offer now, and the half hours of today that are still ahead once it is known what time it is."""
        empty(self._times)
        labels = [("now", self.words.say("screens.injection_now"))]
        for hour, minute in HALF_HOURS if self._now is not None else ():
            at = self._today_at(hour, minute)
            if self._now is not None and at > self._now:
                labels.append((f"{hour:02}{minute:02}", saying.time(self.words, at, self._zone)))
        self._slots = Options(self.theme, "injection", labels, self._plan, chips=True)
        self._times.addWidget(self._slots)

    def _form_rows(self) -> list[Row]:
        desk = Desk(self.words, self.theme, self._answer, self._moment, self._zone)
        rows = []
        for item in self.form.items:
            row = row_for(desk, item, self.form.words(item.id, self.language))
            if row is not None:
                card = Card(self.theme, f"{item.id}.card")
                card.column.addWidget(row)
                self.body.addWidget(card)
                rows.append(row)
        return rows

    @property
    def language(self) -> str:
        """The language staff read the form in."""
        return "en" if "en" in self.form.prose else next(iter(self.form.prose))

    def _moment(self) -> datetime:
        assert self._now is not None
        return self._now

    def show_now(self, now: datetime, zone: str) -> None:
        """Say what time it is where the clinic is, so that a later hour of today can be planned."""
        self._now, self._zone = now, zone
        self._offer_times()
        self.show_state()

    def _today_at(self, hour: int, minute: int) -> datetime:
        today = saying.local_day(self._moment(), self._zone)
        local = datetime.combine(today, time(hour, minute), ZoneInfo(self._zone))
        return local.astimezone(ZoneInfo("UTC"))

    # -- state ----------------------------------------------------------------------------------
    def show_state(self) -> None:
        """Show what was put in so far; nothing is kept before the visit is opened."""
        draft = self._draft
        self._letters.show_choice(draft.letters_by or None)
        for key, tick in self._ticks.items():
            tick.show_checked(key in draft.identifiers)
        for row in self._rows:
            row.show_reply(self._replies.get(row.item.id))
        self._slots.show_choice(self._slot())
        self._planned.setVisible(False)
        lacks = self._lacks()
        if self._summary.isVisibleTo(self):
            self._say_lacking()
        back = Action("back", self.words.say("button.back"), self._home)
        opens = Action("open", self.words.say("button.open_visit"), self._open, "primary")
        self.footer.show_actions(back, opens, (), saying.lacking(self.words, lacks))

    def _slot(self) -> str | None:
        draft = self._draft
        if not draft.injection_said:
            return None
        if draft.injection is None:
            return "now"
        return draft.injection.astimezone(ZoneInfo(self._zone)).strftime("%H%M")

    def _lacks(self) -> list[str]:
        say, draft = self.words.say, self._draft
        lacks = []
        if not self._fields["name"].text:
            lacks.append(say("open.name"))
        if draft.born is None:
            lacks.append(say("open.born"))
        if not draft.letters_by:
            lacks.append(say("open.letters_by"))
        if len(draft.identifiers) < 2:
            lacks.append(say("open.identifiers"))
        if not draft.injection_said:
            lacks.append(say("open.injection"))
        asked = [item for item in self.form.items if item.required and item.id not in self._replies]
        lacks += [self.form.words(item.id, self.language).title for item in asked]
        return [say("screens.lacks", item=lack) for lack in lacks]

    def _say_lacking(self) -> None:
        lacks = self._lacks()
        self._fields["name"].show_error(
            "" if self._fields["name"].text else self.words.say("next.name_missing")
        )
        if lacks:
            self._summary.tell("warn", "\n".join(lacks))
        else:
            self._summary.silence()

    # -- taps -----------------------------------------------------------------------------------
    def _on_written(self, _: str) -> None:
        self.show_state()

    def _pick_born(self, day: date) -> None:
        self._draft.born = day
        self.show_state()

    def _choose_letters(self, key: str) -> None:
        self._draft.letters_by = key
        self.show_state()

    def _ticker(self, key: str) -> Callable[[], None]:
        return lambda: self._tick(key)

    def _tick(self, key: str) -> None:
        had = self._draft.identifiers
        chosen = [each for each in IDENTIFIERS if (each in had) != (each == key)]
        self._draft.identifiers = tuple(chosen)
        self.show_state()

    def _plan(self, slot: str) -> None:
        self._draft.injection_said = True
        self._draft.injection = None if slot == "now" else self._today_at(int(slot[:2]), int(slot[2:]))
        self.show_state()

    def _answer(self, item: Item, reply: Reply) -> None:
        self._replies[item.id] = reply
        self.show_state()

    def _open(self) -> None:
        """Open the visit as a whole, or say everything that is lacking."""
        if self._lacks():
            self._say_lacking()
            self.content.verticalScrollBar().setValue(0)
            return
        draft = self._draft
        assert draft.born is not None
        letters = next(each for each in ("post", "phone", "in_person") if each == draft.letters_by)
        text = {key: field.text for key, field in self._fields.items()}
        patient = PatientAdded(
            text["name"], draft.born, text["phone"], text["address"], letters, self.language
        )
        answers = tuple(
            (item.id, self._replies[item.id]) for item in self.form.items if item.id in self._replies
        )
        self._open_visit(NewVisit(patient, draft.identifiers, draft.injection, answers))

"""The desk: a new visit for a person who is not on file yet, beside the home page it is opened from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from chairside.domain.facts import PatientAdded
from chairside.domain.form import Form, Item
from chairside.domain.replies import Reply
from chairside.session.view import NewVisit
from chairside.ui.screens import saying
from chairside.ui.screens.home import Home
from chairside.ui.screens.row import Desk, Row, show_line
from chairside.ui.screens.rows import row_for
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options, TickRow
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import Card, empty
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words

__all__ = ["Home", "OpenNew"]

FIRST_BORN = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)  # session knows today and refuses a birth date that lies ahead
IDENTIFIERS = ("name", "born", "photo")
LEAST_IDENTIFIERS = 2
LANGUAGES = (("en", "English"), ("es", "Español"))  # each in its own name, whatever is on screen
HALF_HOURS = tuple((hour, minute) for hour in range(7, 20) for minute in (0, 30))


@dataclass
class Draft:
    """What was put in so far, before there is a visit to keep it."""

    born: date | None = None
    letters_by: str = ""
    letters_language: str = ""
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
        self._errors: dict[str, Text] = {}
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
        person.column.addWidget(self._error("born"))
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
        person.column.addWidget(self._error("letters_by"))
        person.column.addWidget(Text(theme, say("open.letters_language"), "strong"))
        self._language = Options(theme, "letters_language", LANGUAGES, self._choose_language, chips=True)
        person.column.addWidget(self._language)
        person.column.addWidget(self._error("letters_language"))
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
        card.column.addWidget(self._error("identifiers"))
        return card

    def _injection(self) -> Card:
        card, say = Card(self.theme, "open.injection"), self.words.say
        card.column.addWidget(Text(self.theme, say("open.injection"), "strong"))
        self._times = Stack(self.theme, "small")
        card.column.addLayout(self._times)
        card.column.addWidget(self._error("injection"))
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
                card.column.addWidget(self._error(item.id))
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
        self._language.show_choice(draft.letters_language or None)
        for key, tick in self._ticks.items():
            tick.show_checked(key in draft.identifiers)
        for row in self._rows:
            row.show_reply(self._replies.get(row.item.id))
        self._slots.show_choice(self._slot())
        lacks = [self.words.say("screens.lacks", item=lack) for lack in self._lacks().values()]
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

    def _lacks(self) -> dict[str, str]:
        """Return what is still to fill in: where on the page, and what it is called."""
        say, draft = self.words.say, self._draft
        given = {
            "name": bool(self._fields["name"].text),
            "born": draft.born is not None,
            "letters_by": bool(draft.letters_by),
            "letters_language": bool(draft.letters_language),
            "identifiers": len(draft.identifiers) >= LEAST_IDENTIFIERS,
            "injection": draft.injection_said,
        }
        lacks = {key: say(f"open.{key}") for key, there in given.items() if not there}
        asked = [item for item in self.form.items if item.required and item.id not in self._replies]
        return lacks | {item.id: self.form.words(item.id, self.language).title for item in asked}

    def _say_lacking(self) -> None:
        """Say it at the top, and once more beside each place."""
        lacks = self._lacks()
        required = self.words.say("common.required")
        self._fields["name"].show_error(self.words.say("next.name_missing") if "name" in lacks else "")
        for key, line in self._errors.items():
            show_line(line, required if key in lacks else "")
        if lacks:
            self._summary.tell("warn", "\n".join((self.words.say("screens.to_fill_in"), *lacks.values())))
        else:
            self._summary.silence()

    def _error(self, key: str) -> Text:
        self._errors[key] = Text(self.theme, "", "staff_strong", "danger")
        self._errors[key].setObjectName(f"{key}.error")
        self._errors[key].hide()
        return self._errors[key]

    # -- taps -----------------------------------------------------------------------------------
    def _on_written(self, _: str) -> None:
        self.show_state()

    def _pick_born(self, day: date) -> None:
        self._draft.born = day
        self.show_state()

    def _choose_letters(self, key: str) -> None:
        self._draft.letters_by = key
        self.show_state()

    def _choose_language(self, key: str) -> None:
        self._draft.letters_language = key
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
            text["name"], draft.born, text["phone"], text["address"], letters, draft.letters_language
        )
        answers = tuple(
            (item.id, self._replies[item.id]) for item in self.form.items if item.id in self._replies
        )
        self._open_visit(NewVisit(patient, draft.identifiers, draft.injection, answers))

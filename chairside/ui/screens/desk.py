"""The desk: who it is, when, with which physician; asked on one page, opened as a whole.

A visit may be opened days ahead. What was put in so far is a Draft that outlives the page, so that a
lock in the middle loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from chairside.domain.facts import PatientAdded
from chairside.domain.form import Item
from chairside.domain.replies import Reply
from chairside.session.board import FoundPatient
from chairside.session.view import NewVisit
from chairside.ui.screens import saying
from chairside.ui.screens.draft import Draft, LettersBy, OpenDesk
from chairside.ui.screens.find import Finder, PersonFinder
from chairside.ui.screens.planned import TimeChoice
from chairside.ui.screens.row import Desk, Row, show_line
from chairside.ui.screens.rows import row_for
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options, TickRow
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.jump import Jump, asked_above
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.summary import Summary
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words

FIRST_BORN = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)  # session knows today and refuses a birth date that lies ahead
IDENTIFIERS = ("name", "born", "photo")
LEAST_IDENTIFIERS = 2
LANGUAGES = (("en", "English"), ("es", "Español"))  # each in its own name, whatever is on screen
LETTERS: tuple[tuple[LettersBy, str], ...] = (
    ("post", "open.post"), ("phone", "open.by_phone"), ("in_person", "open.in_person")
)  # fmt: skip


class OpenNew(Page):
    """A person, and the visit."""

    def __init__(self, words: Words, theme: Theme, desk: OpenDesk, draft: Draft | None = None) -> None:
        super().__init__(theme, words, "open", "form")
        self.words, self.theme, self._desk = words, theme, desk
        self.draft = draft or Draft()
        self._errors: dict[str, Text] = {}
        self._now: datetime | None = None
        self._twin = False
        self._offered: list[str] | None = None  # what the footer says is lacking
        self._zone = ""
        if len(desk.physicians) == 1:  # nothing to choose
            self.draft.physician = desk.physicians[0].person
        self._lay_out()

    # -- layout ---------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.body.addWidget(Heading(self.theme, self.words.say("open.title")))
        self._summary, self._jump = Summary(self.theme, "open.lacking"), Jump(self.theme, self)
        self.body.addWidget(self._summary)
        person, desk = Card(self.theme, "open.person"), self._desk
        finder = Finder(desk.find, self._pick_person, self._on_name, self._toggle_another, desk.last)
        self._finder = PersonFinder(self.words, self.theme, finder)
        person.column.addWidget(self._finder)
        person.column.addWidget(self._error("another"))
        self.body.addWidget(person)
        self._new_person = self._lay_out_new_person()
        self.body.addWidget(self._new_person)
        self.body.addWidget(self._identity())
        self._time = TimeChoice(self.words, self.theme, "injection", self._plan)
        when = Card(self.theme, "open.injection")
        when.column.addWidget(self._time)
        when.column.addWidget(self._error("injection"))
        self.body.addWidget(when)
        self.body.addWidget(self._physician())
        self._rows = self._form_rows()
        self._fields["phone"].show_text(self.draft.texts.get("phone", ""))
        self._fields["address"].show_text(self.draft.texts.get("address", ""))
        self._born.show_date(self.draft.born)
        if self.draft.texts.get("name"):
            self._finder.look(self.draft.texts["name"])
        self.show_state()

    def _lay_out_new_person(self) -> Card:
        card, say, theme = Card(self.theme, "open.new_person"), self.words.say, self.theme
        card.column.addWidget(Text(theme, say("open.born"), "strong"))
        self._born = DateRow(theme, self.words, "born", Span(FIRST_BORN, LAST_DAY), self._pick_born)
        card.column.addWidget(self._born)
        card.column.addWidget(self._error("born"))
        self._fields = {
            key: FieldRow(theme, f"open.{key}", say(f"open.{key}"), self._writer(key))
            for key in ("phone", "address")
        }
        for made in self._fields.values():
            card.column.addWidget(made)
        card.column.addWidget(Text(theme, say("open.letters_by"), "strong"))
        labels = [(key, say(sentence)) for key, sentence in LETTERS]
        self._letters = Options(theme, "letters_by", labels, self._choose_letters, chips=True)
        self._letters.entitle(say("open.letters_by"))
        card.column.addWidget(self._letters)
        card.column.addWidget(self._error("letters_by"))
        card.column.addWidget(Text(theme, say("open.letters_language"), "strong"))
        self._language = Options(theme, "letters_language", LANGUAGES, self._choose_language, chips=True)
        self._language.entitle(say("open.letters_language"))
        card.column.addWidget(self._language)
        card.column.addWidget(self._error("letters_language"))
        return card

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

    def _physician(self) -> Card:
        card = Card(self.theme, "open.physician")
        card.column.addWidget(Text(self.theme, self.words.say("open.physician"), "strong"))
        labels = [(who.person, who.name) for who in self._desk.physicians]
        self._physicians = Options(self.theme, "physician", labels, self._choose_physician, chips=True)
        self._physicians.entitle(self.words.say("open.physician"))
        card.column.addWidget(self._physicians)
        card.column.addWidget(self._error("physician"))
        return card

    def _form_rows(self) -> list[Row]:
        desk = Desk(self.words, self.theme, self._answer, self._moment, self._zone)
        rows = []
        for item in self._desk.form.items:
            row = row_for(desk, item, self._desk.form.words(item.id, self.language))
            if row is not None:
                card = Card(self.theme, f"{item.id}.card")
                card.column.addWidget(row)
                card.column.addWidget(self._error(item.id))
                self.body.addWidget(card)
                rows.append(row)
        return rows

    def _error(self, key: str) -> Text:
        made = self._errors[key] = Text(self.theme, "", "staff_strong", "danger")
        made.setObjectName(f"{key}.error")
        made.hide()
        return made

    @property
    def language(self) -> str:
        """The language staff read the form in."""
        prose = self._desk.form.prose
        return "en" if "en" in prose else next(iter(prose))

    def _moment(self) -> datetime:
        assert self._now is not None
        return self._now

    def show_now(self, now: datetime, zone: str) -> None:
        """Say what time it is where the clinic is, so that a later hour can be planned."""
        self._now, self._zone = now, zone
        self._time.show_now(now, zone)
        self.show_state()

    # -- state ----------------------------------------------------------------------------------
    def show_state(self) -> None:
        """Show what was put in so far; nothing is kept before the visit is opened."""
        draft = self.draft
        self._twin = self._finder.show_state(draft.found, draft.born, draft.another)
        self._new_person.setVisible(draft.found is None)
        self._letters.show_choice(draft.letters_by)
        self._language.show_choice(draft.letters_language or None)
        self._physicians.show_choice(draft.physician or None)
        for key, tick in self._ticks.items():
            tick.show_checked(key in draft.identifiers)
        for row in self._rows:
            row.show_reply(draft.replies.get(row.item.id))
        if self._now is not None:
            self._time.show_choice(draft.injection_said, draft.injection)
        lacks = [self.words.say("screens.lacks", item=lack) for lack in self._lacks().values()]
        if self._summary.isVisibleTo(self):
            self._say_lacking(steady=True)
        if lacks == self._offered:
            return
        self._offered = lacks
        back = Action("back", self.words.say("button.back"), self._desk.home)
        opens = Action("open", self.words.say("button.open_visit"), self._open, "primary")
        self.footer.show_actions(back, opens, (), saying.lacking(self.words, lacks))

    def _lacks(self) -> dict[str, str]:
        """Return what is still to fill in: where on the page, and what it is called."""
        say, draft = self.words.say, self.draft
        given = {
            "name": bool(self._finder.name.text),
            "born": draft.born is not None,
            "letters_by": draft.letters_by is not None,
            "letters_language": bool(draft.letters_language),
        }
        if draft.found is not None:
            given = {}
        given["identifiers"] = len(draft.identifiers) >= LEAST_IDENTIFIERS
        given["injection"] = draft.injection_said
        given["physician"] = bool(draft.physician) or not self._desk.physicians
        lacks = {key: say(f"open.{key}") for key, there in given.items() if not there}
        lacks |= {"another": say("find.same_or_another")} if self._twin else {}
        asked = [item for item in self._desk.form.items if item.required and item.id not in draft.replies]
        return lacks | {item.id: self._desk.form.words(item.id, self.language).title for item in asked}

    def _say_lacking(self, steady: bool = False) -> None:
        """Say it at the top, where a list that shortens keeps its room, and once more beside each place."""
        lacks = self._lacks()
        required = self.words.say("common.required")
        self._finder.name.show_error(self.words.say("next.name_missing") if "name" in lacks else "")
        for key, line in self._errors.items():
            show_line(line, required if key in lacks else "")
        lines = [(said, self._way_to(key)) for key, said in lacks.items()]
        self._summary.list_lines(self.words.say("screens.still_open", count=len(lines)), lines, steady)

    def _way_to(self, key: str) -> Callable[[], None]:
        rows = {row.item.id: row for row in self._rows} | {"name": self._finder}
        return lambda: self._jump.to(lambda: rows.get(key) or asked_above(self._errors[key]))

    # -- taps -----------------------------------------------------------------------------------
    def _on_name(self, text: str) -> None:
        if text != self.draft.texts.get("name", ""):
            self.draft.texts["name"], self.draft.another = text, False
            self.show_state()

    def _writer(self, key: str) -> Callable[[str], None]:
        def written(text: str) -> None:
            self.draft.texts[key] = text
            self.show_state()

        return written

    def _pick_person(self, found: FoundPatient | None) -> None:
        self.draft.found, self.draft.another = found, False
        if found is None:
            self._finder.look(self.draft.texts.get("name", ""))
        self.show_state()

    def _toggle_another(self) -> None:
        self.draft.another = not self.draft.another
        self.show_state()

    def _pick_born(self, day: date) -> None:
        self.draft.born = day
        self.show_state()

    def _choose_letters(self, key: str) -> None:
        self.draft.letters_by = next(each for each, _ in LETTERS if each == key)
        self.show_state()

    def _choose_language(self, key: str) -> None:
        self.draft.letters_language = key
        self.show_state()

    def _choose_physician(self, person: str) -> None:
        self.draft.physician = person
        self.show_state()

    def _ticker(self, key: str) -> Callable[[], None]:
        return lambda: self._tick(key)

    def _tick(self, key: str) -> None:
        had = self.draft.identifiers
        self.draft.identifiers = tuple(each for each in IDENTIFIERS if (each in had) != (each == key))
        self.show_state()

    def _plan(self, at: datetime | None) -> None:
        self.draft.injection, self.draft.injection_said = at, True
        self.show_state()

    def _answer(self, item: Item, reply: Reply) -> None:
        self.draft.replies[item.id] = reply
        self.show_state()

    def _open(self) -> None:
        """Open the visit as a whole, or say everything that is lacking."""
        if self._lacks():
            self._say_lacking()
            self._jump.to_list(self._summary)
            return
        draft, items = self.draft, self._desk.form.items
        answers = tuple((item.id, draft.replies[item.id]) for item in items if item.id in draft.replies)
        person = draft.found.patient if draft.found is not None else self._added()
        self._desk.open_visit(NewVisit(person, draft.identifiers, draft.injection, answers, draft.physician))

    def _added(self) -> PatientAdded:
        draft = self.draft
        assert draft.born is not None and draft.letters_by is not None
        phone, address = (self._fields[key].text for key in ("phone", "address"))
        name = self._finder.name.text
        return PatientAdded(name, draft.born, phone, address, draft.letters_by, draft.letters_language)

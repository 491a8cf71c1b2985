"""The nurse asks: at most four questions a page, one tap each, what follows from an answer said beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chairside.domain import gate
from chairside.domain.checklist import UNDER_AGE, answer_verdict, weight_of, years_old
from chairside.domain.evidence import BESIDE, is_asked
from chairside.domain.facts import Answered
from chairside.domain.form import Choice, Form, Item, Step, Verdict
from chairside.domain.replies import Chosen, Reply
from chairside.domain.visit import Told
from chairside.session.view import Tell, View
from chairside.ui.screens import saying
from chairside.ui.screens.missing import Missing, in_one_line, missing
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import ChoiceRow, row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner, Tone
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words

MOST_A_PAGE = 4
_TONE: dict[Verdict, Tone] = {
    Verdict.PHYSICIAN: "warn",
    Verdict.HOLD: "danger",
    Verdict.DEFER: "danger",
    Verdict.DO_NOT_TREAT: "danger",
}


def weighed(item: Item) -> list[Verdict]:
    """Return what the answers of a question can lead to that is said beside it."""
    if not isinstance(item, Choice):
        return []
    found = {answer_verdict(weight_of(item), option) for option in item.options}
    return [verdict for verdict in _TONE if verdict in found]


def _is_beside(item: Item) -> bool:
    return item.id in BESIDE


class Asked:
    """One question on the page: its row, what follows from its answer, whether it was asked in private.

    What is measured, tested or dated beside a question has its row only; `card` comes with certain answers.
    """

    def __init__(
        self,
        row: Row,
        follows: Banner | None = None,
        private: Button | None = None,
        card: Card | None = None,
    ) -> None:
        self.row, self.follows, self.private, self.card = row, follows, private, card


class Questions(Screen):
    """Answers show once they are stored; closing says "I asked and recorded" under PIN."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell) -> None:
        super().__init__(step, words, theme, tell)
        self._page = -1  # until the answers are known: it begins where something is still open
        self._asked: list[Asked] = []
        self.alone: Callable[[], None] | None = None  # hands the tablet over for the private questions

    def _pages(self, form: Form) -> list[tuple[Item, ...]]:
        """Return what each page asks: so many questions, each with what stands beside it."""
        pages: list[list[Item]] = []
        questions = 0
        for item in form.items:
            if item.owner not in (self.step.owner, "any"):
                continue
            if not _is_beside(item):
                if questions % MOST_A_PAGE == 0:
                    pages.append([])
                questions += 1
            pages[-1].append(item)
        return [tuple(page) for page in pages]

    def layout_of(self, view: View) -> object:
        if self._page < 0:
            self._page = self._first_open()
        return (view.visit.id, self._page)

    def _first_open(self) -> int:
        """Return the first page with something open; the last where only the PIN is lacking."""
        pages = self._pages(self.form)
        lacking = (number for number, page in enumerate(pages) if any(self._is_open(item) for item in page))
        return next(lacking, len(pages) - 1)

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        pages = self._pages(self.form)
        self.body.addWidget(Heading(self.theme, self.form.told_in(view.language).title))
        place = self.say("read.page_of", page=self._page + 1, pages=len(pages))
        self.body.addWidget(Text(self.theme, place, "staff"))
        self._summary = self.summary("questions.lacking")
        desk = Desk(self.words, self.theme, self._answer, lambda: self.view.when.now, view.zone)
        self._asked = []
        card: Card | None = None
        further: list[Row] = []
        for item in pages[self._page]:
            row = row_for(desk, item, self.form.words(item.id, view.language))
            if row is None:
                continue
            if card is None or not _is_beside(item):
                asked, card = self._card(row, item)
                self._asked.append(asked)
            elif item.only_if:
                further.append(row)
            else:
                card.column.addWidget(row)
                self._asked.append(Asked(row))
        self._asked += [self._further(row) for row in further]
        self._age = Text(self.theme, "", "staff")
        self.body.addWidget(self._age)

    def _further(self, row: Row) -> Asked:
        """Put what is asked after some answers only below everything else: it moves nothing when it comes."""
        card = Card(self.theme, f"{row.item.id}.card")
        card.column.addWidget(row)
        self.body.addWidget(card)
        return Asked(row, card=card)

    def _card(self, row: Row, item: Item) -> tuple[Asked, Card]:
        card = Card(self.theme, f"{item.id}.card")
        card.column.addWidget(row)
        before = saying.before(self.words, self.view, self.form, item.id)
        if before:
            card.column.addWidget(Text(self.theme, before, "staff", "ink2"))
        if item.clinic_added:
            card.column.addWidget(Text(self.theme, self.say("health.clinic_added"), "caption"))
        private = None
        if isinstance(item, Choice) and item.private:
            private = self._private(card, row)
        follows = Banner(self.theme, f"{item.id}.follows", small=True)
        if isinstance(row, ChoiceRow):
            follows.keep_room([self._verdict(each) for each in weighed(item)])
            row.stand_beside(follows)
        else:
            card.column.addWidget(follows)
        self.body.addWidget(card)
        return Asked(row, follows, private), card

    def _private(self, card: Card, row: Row) -> Button:
        """Offer to hand the tablet over for this one, and say whether it was answered in private."""
        holder, title = QWidget(), row.prose.title
        line = FlowLayout(self.theme, holder)
        if self.alone is not None:
            said = self.say("health.alone")
            hand = Action(f"{row.item.id}.alone", said, self.alone, "chip", f"{title} {said}")
            line.addWidget(Button(self.theme, hand))
        said = self.say("health.in_private")
        name = f"{row.item.id}.private"
        action = Action(name, said, self._toggler(row.item.id), "chip", f"{title} {said}")
        private = Button(self.theme, action)
        policy = private.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # it comes with the answer, and moves nothing
        private.setSizePolicy(policy)
        line.addWidget(private)
        card.column.addWidget(holder)
        return private

    # -- state ----------------------------------------------------------------------------------
    def _told(self, item: str) -> Told | None:
        """Return the answer that still counts today."""
        current = gate.current(self.view.book, self.view.visit, self.view.when)
        rows = current.told.get((self.form.id, item))
        return rows[-1] if rows else None

    def fill(self, view: View) -> None:
        for asked in self._asked:
            told = self._told(asked.row.item.id)
            asked.row.show_reply(told.reply if told else None)
            if asked.card is not None:
                due = is_asked(self.form.id, asked.row.item, view.visit.replies)
                asked.card.setVisible(due or told is not None)
            if asked.private is not None:
                fact = told.by.fact if told else None
                asked.private.setVisible(told is not None)
                asked.private.show_chosen(isinstance(fact, Answered) and fact.private)
            if asked.follows is not None:
                self._say_what_follows(view, asked.row.item, asked.follows)
        self._say_age(view)
        if self._summary.isVisibleTo(self):
            self.say_lacks(self._summary, self._lacks())
        self._offer()

    def _say_what_follows(self, view: View, item: Item, follows: Banner) -> None:
        found = next((each for each in view.findings if item.id in each.items), None)
        if found is None or found.weight not in _TONE:
            follows.silence()
            return
        sentence = self._verdict(found.weight)
        if follows.said != sentence:
            follows.tell(_TONE[found.weight], sentence)

    def _verdict(self, weight: Verdict) -> str:
        """Return what follows in a few words: the decision page says the whole of it."""
        return self.say(f"verdict.{weight.word}_beside")

    def _say_age(self, view: View) -> None:
        born = view.visit.patient.born if view.visit.patient else None
        years = years_old(born, view.when.injection_day) if born else 0
        self._age.setText(self.say("health.under_12_derived", years=years))
        young = any(found.id == UNDER_AGE for found in view.findings)
        self._age.set_colour("warn" if young else "ink")

    def _lacks(self) -> list[Missing]:
        return missing(self.words, self.view, self.view.state(self.step.id).lacks)

    def _page_of(self, name: str) -> int | None:
        pages = enumerate(self._pages(self.form))
        return next((number for number, page in pages if any(item.id == name for item in page)), None)

    def mends(self, name: str) -> bool:
        return self._page_of(name) is not None

    def go_to(self, name: str) -> None:
        page = self._page_of(name)
        if page is not None and page != self._page:
            self._page = page
            self.refresh()
        super().go_to(name)

    def _offer(self) -> None:
        back = self.action("back", "button.back", self._back) if self._page else None
        lacking = [each.row.prose.title for each in self._asked if self._is_open(each.row.item)]
        said = self.say("screens.questions_open", count=len(lacking)) if lacking else ""
        if self._page < len(self._pages(self.form)) - 1:
            self.offer(back, self.action("continue", "button.continue", self._continue, "primary"), (), said)
            return
        left = self._lacks()
        said = in_one_line(self.words, left)
        self.offer(back, self.action("close", "button.close_with_pin", self._close, "primary"), (), said)

    def _is_open(self, item: Item) -> bool:
        return item.required and self._told(item.id) is None

    # -- taps -----------------------------------------------------------------------------------
    def _answer(self, item: Item, reply: Reply) -> None:
        told = self._told(item.id)
        if told is None or told.reply != reply:
            self.tell(Answered(self.form.id, item.id, reply))

    def _toggler(self, item: str) -> Callable[[], None]:
        return lambda: self._toggle(item)

    def _toggle(self, item: str) -> None:
        told = self._told(item)
        if told is not None and isinstance(told.reply, Chosen):
            fact = told.by.fact
            private = isinstance(fact, Answered) and fact.private
            self.tell(Answered(self.form.id, item, told.reply, not private))

    def _continue(self) -> None:
        if self.holds():
            return
        self._page = min(self._page + 1, len(self._pages(self.form)) - 1)
        self.refresh()

    def _back(self) -> None:
        if self.holds():
            return
        self._page = max(0, self._page - 1)
        self.refresh()

    def _close(self) -> None:
        self.close_step(self._summary, self._lacks)

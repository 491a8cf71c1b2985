"""Reading: one section a page in big type, its initials, then the questions back.

The place on show is the reader's own; what is read is only what the view says is read. Continue comes
when the end of the text has been on the screen, until then the same button shows more of it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot

from chairside.domain import gate, people
from chairside.domain.facts import Answered, Explained, PageRead
from chairside.domain.form import Choice, Initial, Item, Statement, Step
from chairside.domain.form import Words as Prose
from chairside.domain.replies import Chosen, Initialled, Reply
from chairside.domain.source import SOURCE
from chairside.domain.steps import item_lack
from chairside.session.shown import shown_digest
from chairside.session.view import Tell, View
from chairside.ui.screens.in_reach import InReach
from chairside.ui.screens.leaf import FORTY_POINT, LawText, Leaf, leaves
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import InitialRow, Options
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Column
from chairside.ui.widgets.qr_code import QrCode
from chairside.ui.widgets.text import Heading, Paragraphs, Text
from chairside.ui.widgets.words import Words


class Reading(Screen):
    """The patient reads; in staff hands only what staff answer on the same form is shown."""

    column: Column = "text"

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell, leave: Callable[[], None]) -> None:
        super().__init__(step, words, theme, tell)
        self._at: int | None = None
        self._reach = InReach(self, leave, lambda: self.leaf.item.id)
        self._rows: list[Row] = []
        self._answers: Options | None = None
        self._initials: InitialRow | None = None
        bar = self.content.verticalScrollBar()
        later = Qt.ConnectionType.QueuedConnection  # a layout moves the bar: the footer must not change in it
        bar.valueChanged.connect(self._on_moved, later)
        bar.rangeChanged.connect(self._on_moved, later)

    # -- layout ---------------------------------------------------------------------------------
    @property
    def leaf(self) -> Leaf:
        """The page on show."""
        found = leaves(self.form.items)
        return found[min(self._at or 0, len(found) - 1)]

    def layout_of(self, view: View) -> object:
        if self._at is None:
            self._at = self._first_lacking(0)
        return (view.visit.id, view.mode, self._at, self._reach.left)

    def _lacks(self, leaf: Leaf) -> bool:
        return any(item_lack(self.form, item, self.view.visit) for item in leaf.items)

    def _first_lacking(self, start: int) -> int:
        found = leaves(self.form.items)
        return next((at for at in range(start, len(found)) if self._lacks(found[at])), start)

    def lay_out(self, view: View) -> None:
        self._rows, self._answers, self._initials = [], None, None
        if view.mode == "staff":
            self._lay_out_staff(view)
            return
        if self._reach.lay_out():
            return
        prose = self.form.words(self.leaf.item.id, view.language)
        card = Card(self.theme, "reading.page")
        if isinstance(self.leaf.item, Statement) and self.leaf.item.statutory:
            self._lay_out_statute(card, self.leaf.item, prose)
        else:
            card.column.addWidget(Paragraphs(self.theme, self.leaf.item.id, prose.title, prose.body))
        self.body.addWidget(card)
        if self.leaf.initial is not None:
            self._lay_out_initials(view, self.leaf.initial)
        if isinstance(self.leaf.item, Choice):
            self._lay_out_question(self.leaf.item, prose)

    def _lay_out_statute(self, card: Card, item: Statement, prose: Prose) -> None:
        """Show the law's own words at the size the law asks for, with the code it asks for.

        They are the law's, in English: another language says so, and what they mean, under them.
        """
        card.column.addWidget(Heading(self.theme, prose.title))
        if self.view.language != SOURCE:
            card.column.addWidget(Text(self.theme, self.say("screens.only_english"), "strong"))
        for line in prose.body:
            card.column.addWidget(LawText(self.theme, line, item.id in FORTY_POINT))
        if item.qr:
            spoken = self.say("screens.qr_spoken", address=item.qr)
            card.column.addWidget(QrCode(self.theme, f"{item.id}.qr", item.qr, spoken))
        for line in prose.help:
            card.column.addWidget(Text(self.theme, line, "body"))

    def _lay_out_initials(self, view: View, item: Initial) -> None:
        said = " ".join(self.form.words(item.id, view.language).body)
        name = people.named(view.visit, people.consenting(view.visit))
        letters = "".join(part[0] for part in name.split())
        action = Action(
            f"{item.id}.initial", said or self.form.words(item.id, view.language).title, self._initial
        )
        self._initials = InitialRow(self.theme, action, letters)
        self.body.addWidget(self._initials)
        self._first = self.banner("reading.first")

    def _lay_out_question(self, item: Choice, prose: Prose) -> None:
        self.body.addWidget(Text(self.theme, self.say("screens.tap_one"), "body"))
        labels = [(option, prose.options.get(option, option)) for option in item.options]
        self._answers = Options(self.theme, item.id, labels, self._answer)
        self._answers.entitle(prose.title)
        self.body.addWidget(self._answers)
        self._again = self.banner("reading.again")

    def _lay_out_staff(self, view: View) -> None:
        desk = Desk(self.words, self.theme, self._answer_staff, lambda: self.view.when.now, view.zone)
        self.body.addWidget(
            Paragraphs(
                self.theme,
                "reading.staff",
                self.form.told_in(view.language).title,
                (self.say("screens.for_staff"),),
            )
        )
        for item in self.form.items:
            row = (
                row_for(desk, item, self.form.words(item.id, view.language))
                if item.owner == "nurse"
                else None
            )
            if row is not None:
                self._rows.append(row)
                self.body.addWidget(row)

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        if view.mode == "staff":
            for row in self._rows:
                row.show_reply(view.visit.replies.get((self.form.id, row.item.id)))
            self.offer(None, None)
            return
        if not self._reach.fill():
            self._fill_page(view)

    def _fill_page(self, view: View) -> None:
        leaf = self.leaf
        if self._initials is not None and leaf.initial is not None:
            told = (self.form.id, leaf.initial.id) in view.visit.told
            self._initials.show_checked(told)
            if told:
                self._first.silence()
        if self._answers is not None and isinstance(leaf.item, Choice):
            self._answers.show_choice(view.visit.option(self.form.id, leaf.item.id))
            self._explain(view, leaf.item)
        self._offer()

    def _explain(self, view: View, item: Choice) -> None:
        """Say the point again after a wrong answer; after two, that this is fine and a person will help."""
        times = view.visit.explained.get((self.form.id, item.id), 0)
        if not times or gate.understood(item, view.visit, self.form.id):
            self._again.silence()
            return
        prose, covered = (self.form.words(name, view.language) for name in (item.id, item.explains))
        said = [self.say("screens.explain", title=covered.title), *prose.help]
        said.append(self.say("screens.explain_enough" if times >= gate.EXPLANATIONS else "read.try_again"))
        self._again.tell("notice", "\n".join(said))

    # -- footer ---------------------------------------------------------------------------------
    def _offer(self) -> None:
        leaf, count = self.leaf, len(leaves(self.form.items))
        back = self.action("back", "button.back", self._back) if self._at else None
        progress = self.say("read.page_of", page=(self._at or 0) + 1, pages=count)
        asks = isinstance(leaf.item, Choice) and self._lacks(leaf)
        onward = self.action("continue", "button.continue", self._continue, "primary")
        primary: Action | None = self.when_seen(onward, self.at_end())
        if asks and not self._enough(leaf.item) and self.at_end():  # its answers are all in sight
            primary = None
        self.offer(back, primary, self._reach.ways(), progress)

    def _enough(self, item: Item) -> bool:
        return self.view.visit.explained.get((self.form.id, item.id), 0) >= gate.EXPLANATIONS

    @Slot()
    def _on_moved(self) -> None:
        if self.shown is not None and self.shown.mode == "patient" and not self._reach.left:
            self._offer()

    def _continue(self) -> None:
        leaf = self.leaf
        if not self.at_end():  # the button is older than the page's last layout
            self.show_more()
            return
        if isinstance(leaf.item, Statement) and (self.form.id, leaf.item.id) not in self.view.visit.read:
            if leaf.initial is not None and (self.form.id, leaf.initial.id) not in self.view.visit.told:
                self._first.tell("warn", self.say("screens.initial_first"))
                QTimer.singleShot(0, self, self._show_end)  # once it has its place: the row is at the end
                return
            shown = shown_digest(self.form.words(leaf.item.id, self.view.language))
            self.tell(PageRead(self.form.id, leaf.item.id, shown))
        self._go_on(leaf)

    @Slot()
    def _show_end(self) -> None:
        bar = self.content.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _go_on(self, leaf: Leaf) -> None:
        """Turn to the next page once nothing of this one is lacking; a refused fact leaves it open."""
        if leaf == self.leaf and not self._lacks(leaf):
            last = len(leaves(self.form.items)) - 1
            self._at = min((self._at or 0) + 1, last)
            self.refresh()

    def _back(self) -> None:
        self._at = max(0, (self._at or 0) - 1)
        self.refresh()

    def _initial(self) -> None:
        item = self.leaf.initial
        if item is not None and (self.form.id, item.id) not in self.view.visit.told:
            self.tell(Answered(self.form.id, item.id, Initialled()))

    def _answer(self, option: str) -> None:
        leaf = self.leaf
        if not isinstance(leaf.item, Choice):
            return
        self.tell(Answered(self.form.id, leaf.item.id, Chosen(option)))
        if leaf.item.right and option != leaf.item.right:
            self.tell(Explained(self.form.id, leaf.item.id))
        else:
            self._go_on(leaf)

    def _answer_staff(self, item: Item, reply: Reply) -> None:
        self.tell(Answered(self.form.id, item.id, reply))

"""The paper route (P8): what the patient read, ticked, initialled and signed on paper, copied by staff.

The same facts through the same gates as on glass. A signature counts once a second person has compared
the photos of the signed pages with the paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from chairside.domain import paper, people
from chairside.domain.facts import Answered, Explained, PageRead, PaperAttested, SignedOnPaper
from chairside.domain.form import Initial, Ink, Item, Statement, Step
from chairside.domain.replies import Initialled, Reply
from chairside.domain.steps import Lack, owner_of, pad_of
from chairside.session.shown import shown_digest
from chairside.session.view import Tell, View
from chairside.ui import turns
from chairside.ui.screens.missing import Missing, in_one_line, missing
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import TickRow
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words

DIGEST_SHOWN = 16  # characters of a form's digest, as many as the printed page shows


@dataclass(frozen=True)
class PaperDoors:
    """What the page needs beside telling: the pack printed, photos of signed pages, and the PIN over them.

    `photos` says how many are picked for a pad and not stored yet; `glass` leads back to the tablet.
    """

    print_: Callable[[], str]
    pick: Callable[[str], None]
    photos: Callable[[str], int]
    drop: Callable[[str], None]
    sign: Callable[[SignedOnPaper], None]
    glass: Callable[[], None]


class OnPaper(Screen):
    """One form of the patient's, row by row as it lies on the table."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell, doors: PaperDoors) -> None:
        super().__init__(step, words, theme, tell)
        self._doors = doors
        self._ticks: dict[str, TickRow] = {}
        self._rows: list[Row] = []

    def layout_of(self, view: View) -> object:
        explain = tuple(lack.item for lack in self._lacks(view) if lack.why == "explain_again")
        photos = tuple(self._doors.photos(self._pad(ink)) for ink in self._inks(view))
        back = paper.may_return(view.visit)
        return (view.visit.id, explain, view.visit.papers, view.visit.signed, photos, back)

    def _lacks(self, view: View) -> list[Lack]:
        return [lack for lack in view.state(self.step.id).lacks if lack.why != "unclosed"]

    def _mine(self, view: View) -> list[Item]:
        form = view.book.forms[self.step.form]
        here = turns.lines(view, form)  # a line of somebody who is not here is on no paper
        items = [item for item in form.items if not isinstance(item, Ink) or item in here]
        return [
            item for item in items if owner_of(item, self.step) == "patient" or self.step.owner == "patient"
        ]

    def _inks(self, view: View) -> list[Ink]:
        return [item for item in self._mine(view) if isinstance(item, Ink)]

    def _pad(self, ink: Ink) -> str:
        return pad_of(self.step.form, ink.id)

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        self._ticks, self._rows = {}, []
        self.body.addWidget(Heading(self.theme, self.form.told_in(view.visit.language).title))
        self._summary = self.summary("paper.lacking")
        self._lay_out_pack(view)
        desk = Desk(self.words, self.theme, self._answer, lambda: self.view.when.now, view.zone)
        for item in self._mine(view):
            if isinstance(item, Ink):
                self._lay_out_ink(view, item)
            else:
                self._lay_out_row(view, desk, item)

    def _lay_out_pack(self, view: View) -> None:
        card = Card(self.theme, "paper.pack")
        card.column.addWidget(Text(self.theme, self.say("paper.how"), "staff"))
        digest = self.form.digest[:DIGEST_SHOWN]
        said = self.say("paper.version", version=self.form.version, digest=digest)
        card.column.addWidget(Text(self.theme, said, "staff_strong"))
        actions = [self.action("paper.print", "paper.print", self._print)]
        if paper.may_return(view.visit):
            actions.append(self.action("paper.glass", "paper.glass", self._doors.glass, "quiet"))
        card.column.addWidget(self._line(actions))
        self._printed = Banner(self.theme, "paper.printed")
        card.column.addWidget(self._printed)
        self.body.addWidget(card)

    def _line(self, actions: list[Action]) -> QWidget:
        holder = QWidget()
        line = FlowLayout(self.theme, holder)
        for action in actions:
            line.addWidget(Button(self.theme, action))
        return holder

    def _lay_out_row(self, view: View, desk: Desk, item: Item) -> None:
        card = Card(self.theme, f"{item.id}.card")
        prose = self.form.words(item.id, view.visit.language)
        if isinstance(item, (Statement, Initial)):
            key = "paper.read" if isinstance(item, Statement) else "paper.initialled"
            said = self.say(key, title=prose.title)
            tick = TickRow(self.theme, Action(f"paper.{item.id}", said, self._ticker(item)))
            self._ticks[item.id] = tick
            card.column.addWidget(tick)
        else:
            row = row_for(desk, item, prose)
            if row is None:
                return
            self._rows.append(row)
            card.column.addWidget(row)
            self._lay_out_explaining(view, item, card)
        self.body.addWidget(card)

    def _lay_out_explaining(self, view: View, item: Item, card: Card) -> None:
        """A wrong answer on paper is explained by a person, and asked again."""
        if not any(lack.why == "explain_again" and lack.item == item.id for lack in self._lacks(view)):
            return
        banner = Banner(self.theme, f"paper.{item.id}.explain")
        card.column.addWidget(banner)
        fact = Explained(self.form.id, item.id)
        mend = self.action(f"paper.{item.id}.explained", "paper.explained", lambda: self.tell(fact))
        banner.tell("warn", self.say("paper.explain"), mend)

    # -- the signature --------------------------------------------------------------------------
    def _lay_out_ink(self, view: View, ink: Ink) -> None:
        pad, card = self._pad(ink), Card(self.theme, f"{ink.id}.card")
        prose = self.form.words(ink.id, view.visit.language)
        card.column.addWidget(Heading(self.theme, prose.title, 2))
        for line in prose.body:
            card.column.addWidget(Text(self.theme, line))
        if pad in view.visit.signed:
            card.column.addWidget(Text(self.theme, self.say("paper.counts"), "staff_strong", "ok"))
        elif pad in view.visit.papers:
            self._lay_out_attesting(view, pad, card)
        else:
            self._lay_out_photos(pad, ink, card)
        self.body.addWidget(card)

    def _lay_out_photos(self, pad: str, ink: Ink, card: Card) -> None:
        count = self._doors.photos(pad)
        said = self.say("paper.photos", count=count) if count else self.say("paper.no_photo")
        card.column.addWidget(Text(self.theme, said, "staff_strong"))
        actions = [self.action(f"paper.{ink.id}.photo", "paper.add_photo", lambda: self._doors.pick(pad))]
        if count:
            actions.append(
                self.action(f"paper.{ink.id}.drop", "paper.drop", lambda: self._doors.drop(pad), "quiet")
            )
        actions.append(self.action(f"paper.{ink.id}.sign", "paper.sign", lambda: self._sign(ink), "primary"))
        card.column.addWidget(self._line(actions))

    def _lay_out_attesting(self, view: View, pad: str, card: Card) -> None:
        by = view.visit.papers[pad]
        stored = next((who.name for who in view.staff if who.person == by.stamp.person), by.stamp.person)
        card.column.addWidget(Text(self.theme, self.say("paper.second", name=stored), "staff_strong", "warn"))
        attest = self.action("paper.attest", "paper.attest", lambda: self.tell(PaperAttested(pad)), "primary")
        card.column.addWidget(self._line([attest]))

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        visit, form = view.visit, self.form.id
        for item, tick in self._ticks.items():
            tick.show_checked((form, item) in visit.read or (form, item) in visit.told)
        for row in self._rows:
            row.show_reply(visit.replies.get((form, row.item.id)))
        if self._summary.isVisibleTo(self):
            self.say_lacks(self._summary, self._missing(view))
        self.offer(None, None, (), in_one_line(self.words, missing(self.words, view, self._lacks(view))))

    def _missing(self, view: View) -> list[Missing]:
        """Return what lacks before a signature on paper: the rows not copied yet, and a photo of the page."""
        lacks = [lack for lack in self._lacks(view) if lack.why != "unsigned"]
        photos = [
            Missing(self.say("paper.photo_first"), ink.id)
            for ink in self._inks(view)
            if self._to_sign(view, ink) and not self._doors.photos(self._pad(ink))
        ]
        return [*missing(self.words, view, lacks), *photos]

    def _to_sign(self, view: View, ink: Ink) -> bool:
        pad = self._pad(ink)
        return pad not in view.visit.signed and pad not in view.visit.papers

    def place(self, name: str) -> QWidget | None:
        """What lacks is mended on the card of its item."""
        return super().place(f"{name}.card") or super().place(name)

    # -- taps -----------------------------------------------------------------------------------
    def _answer(self, item: Item, reply: Reply) -> None:
        if self.view.visit.replies.get((self.form.id, item.id)) != reply:
            self.tell(Answered(self.form.id, item.id, reply))

    def _print(self) -> None:
        said = self._doors.print_()
        if said:
            self._printed.tell("ok", said)

    def _ticker(self, item: Item) -> Callable[[], None]:
        return lambda: self._tick(item)

    def _tick(self, item: Item) -> None:
        """Copy a tick from paper, once: what was read there cannot be unread here."""
        key = (self.form.id, item.id)
        if key in self.view.visit.read or key in self.view.visit.told:
            return
        if isinstance(item, Initial):
            self.tell(Answered(*key, Initialled()))
        else:
            self.tell(PageRead(*key, shown_digest(self.form.words(item.id, self.view.visit.language))))

    def _sign(self, ink: Ink) -> None:
        lacks = self._missing(self.view)
        if not self._doors.photos(self._pad(ink)) and self.refuse(self._summary, lacks):
            return
        meaning = "\n".join(self.form.words(ink.id, self.view.visit.language).body)
        name = people.named(self.view.visit, ink.signer)
        self._doors.sign(SignedOnPaper(self._pad(ink), ink.signer, name, meaning, ()))

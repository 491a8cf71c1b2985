"""The physician's page: what stands in the way, worst first, each with its reason in place; then the order.

A ruling is told as it is written; it counts once the decision, under PIN, repeats it. Proceed does not
exist while an absolute answer stands; every button that is there says in words why it does not act.
"""

from __future__ import annotations

from chairside.domain import gate
from chairside.domain.deciding import DOSES
from chairside.domain.facts import Answered, Decided, Ruling
from chairside.domain.finding import Finding
from chairside.domain.form import Choice, Form, Item, Step, Verdict
from chairside.domain.premedication import H1_ORDER
from chairside.domain.replies import Reply, Written
from chairside.domain.washout import MEDICINES, NSAIDS
from chairside.session.view import Tell, View
from chairside.ui.screens import saying
from chairside.ui.screens.answer_list import AnswerList
from chairside.ui.screens.asked import OpenQuestions
from chairside.ui.screens.finding_card import FindingCard
from chairside.ui.screens.missing import Missing, in_one_line, missing
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Tone
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words

RESCREEN = "rescreen_on"
DISCUSSED, REASON = (
    "discussed",
    "reason",
)  # asked whatever the ruling; strength and premedication only of a treatment
ANSWERED_FORMS = ("health_check", "medicines")
PREMEDICATION = "premedication"
OF_THE_ORDER = "steroid_and_nsaid_rule"  # the one note that an order on this page brings (X11)
TONE: dict[Verdict, Tone] = {
    Verdict.CLEAR: "ok",
    Verdict.PHYSICIAN: "warn",
    Verdict.INCOMPLETE: "warn",
    Verdict.HOLD: "danger",
    Verdict.DEFER: "danger",
    Verdict.DO_NOT_TREAT: "danger",
}


class Review(Screen):
    """One page for the decision."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell) -> None:
        super().__init__(step, words, theme, tell)
        self._cards: list[FindingCard] = []
        self._rows: list[Row] = []
        self._questions = OpenQuestions(self)

    def layout_of(self, view: View) -> object:
        taken = view.visit.replies.get((MEDICINES, NSAIDS))  # a finding's card says whom to call
        return (view.visit.id, self._found(view), taken, self._questions.asked(view))

    def _found(self, view: View) -> tuple[Finding, ...]:
        """Return what was found before this page; what its own order adds is said beside the order."""
        return tuple(found for found in view.findings if found.id != OF_THE_ORDER)

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        self.body.addWidget(Heading(self.theme, self.form.told_in(view.language).title))
        self._verdict = self.banner("review.verdict")
        self._summary = self.summary("review.lacking")
        aside = (Verdict.INCOMPLETE, Verdict.CLEAR)
        weighed = [found for found in view.findings if found.weight not in aside]
        self._cards = [FindingCard(self, found) for found in weighed]
        for card in self._cards:
            self.body.addWidget(card)
        self._lay_out_notes(view)
        self._lay_out_open(view)
        self.body.addWidget(self._questions.card(view))
        self._lay_out_order(view)
        for name in ANSWERED_FORMS:
            if name in view.book.forms:
                answers = AnswerList(self.words, self.theme, self._wrong if self.change else None, "staff")
                self.body.addWidget(answers.card(view, view.book.forms[name]))

    def _wrong(self, form: Form, item: Item, _: Stack) -> None:
        if self.change is not None:
            self.change(form.id, item.id)

    def _lay_out_notes(self, view: View) -> None:
        """Say what the physician should know and need not rule on: an early second session."""
        notes = [found for found in self._found(view) if found.weight is Verdict.CLEAR]
        if notes:
            card = Card(self.theme, "review.notes")
            card.column.addWidget(Heading(self.theme, self.say("review.notes"), 2))
            for found in notes:
                card.column.addWidget(
                    Text(self.theme, saying.finding(self.words, view, found), "staff_strong")
                )
            self.body.addWidget(card)

    def _lay_out_open(self, view: View) -> None:
        """Name what was not asked in one place: after a stop it stays so, before it staff go and ask."""
        unasked = [found for found in view.findings if found.weight is Verdict.INCOMPLETE]
        if unasked:
            card = Card(self.theme, "review.open")
            for found in unasked:
                card.column.addWidget(Text(self.theme, saying.finding(self.words, view, found), "staff"))
            self.body.addWidget(card)

    def _lay_out_order(self, view: View) -> None:
        desk = Desk(self.words, self.theme, self._answer, lambda: self.view.when.now, view.zone)
        self._rows = []
        self._order_note = Text(self.theme, "", "staff_strong", "warn")
        self._order_note.setObjectName("review.order_note")
        card = Card(self.theme, "review.order")
        preferred = view.visit.option("open", "preferred_strength")
        if preferred is not None and not gate.stops(view.findings):
            said = self.say("review.preferred", million=preferred)
            card.column.addWidget(Text(self.theme, said, "staff_strong"))
        for item in self.form.items:
            row = row_for(desk, item, self.form.words(item.id, view.language))
            if row is not None and (
                item.id in (DISCUSSED, RESCREEN, REASON) or not gate.stops(view.findings)
            ):
                card.column.addWidget(row)
                self._rows.append(row)
                if item.id == PREMEDICATION:
                    card.column.addWidget(self._order_note)
        self.body.addWidget(card)

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        said = self.say(f"verdict.{view.verdict.word}")
        if self._verdict.said != said:
            self._verdict.tell(TONE[view.verdict], said)
        told = [found for found in view.findings if found.id == OF_THE_ORDER]
        self._order_note.setText(" ".join(saying.finding(self.words, view, found) for found in told))
        self._order_note.setVisible(bool(told) and self._order_note.parent() is not None)
        for card in self._cards:
            card.show_ruling(view.visit.ruled.get(card.key))
        for row in self._rows:
            row.show_reply(view.visit.replies.get((self.form.id, row.item.id)))
            row.setVisible(row.item.id != DOSES or H1_ORDER in self._ordered())
        self._questions.fill(view)
        if self._summary.isVisibleTo(self):
            self.say_lacks(self._summary, self._lacks("proceed"))
        self._offer(view)

    def _offer(self, view: View) -> None:
        others = [
            self.action("defer", "button.defer", lambda: self._decide("defer")),
            self.action(
                "do_not_treat", "button.do_not_treat", lambda: self._decide("do_not_treat"), "danger"
            ),
        ]
        if gate.stops(view.findings):
            self.offer(None, None, others, self.say("review.cannot_proceed"))
            return
        primary = self.action("proceed", "button.proceed", lambda: self._decide("proceed"), "primary")
        self.offer(None, primary, others, in_one_line(self.words, self._lacks("proceed")))

    def is_settled(self) -> bool:
        """A decision in force is made anew where its order was changed."""
        decision = self.view.visit.decision
        said = decision and (decision.strength_million, decision.premedication, decision.doses)
        return super().is_settled() and (
            said is None or said == (self._strength(), self._ordered(), self._doses())
        )

    def _lacks(self, ruling: Ruling) -> list[Missing]:
        """Say what a ruling still wants; session judges it again."""
        view = self.view
        lacks = missing(self.words, view, view.state(self.step.id).lacks)
        if ruling == "proceed":
            weighed = tuple(found for found in view.findings if found.weight is not Verdict.CLEAR)
            standing = gate.standing(weighed, view.visit.ruled, self._ordered())
            lacks += [
                Missing(saying.finding(self.words, view, found), f"finding.{gate.key_of(found)}")
                for found in standing
            ]
        for item in self.form.items:
            wanted = item.id == DISCUSSED or ruling == "proceed"
            if isinstance(item, Choice) and wanted and view.visit.option(self.form.id, item.id) is None:
                lacks.append(self._unanswered(item.id))
        doses = self.form.item(DOSES)
        if doses and ruling == "proceed" and H1_ORDER in self._ordered() and not self._doses():
            lacks.append(self._unanswered(DOSES))
        if ruling != "proceed" and (self.form.id, REASON) not in view.visit.told:
            lacks.append(self._unanswered(REASON))
        return lacks

    def _unanswered(self, item: str) -> Missing:
        title = self.form.words(item, self.view.language).title
        return Missing(self.say("lack.unanswered", item=title), item)

    def _strength(self) -> int | None:
        """Return the strength in millions, as chosen so far."""
        chosen = self.view.visit.option(self.form.id, "strength")
        return int(chosen) if chosen else None

    def _ordered(self) -> tuple[str, ...]:
        """Return what is to be given before the injection, as chosen so far."""
        chosen = self.view.visit.option(self.form.id, PREMEDICATION)
        return (chosen,) if chosen not in (None, "none") else ()

    def _written(self, item: str) -> str:
        reply = self.view.visit.replies.get((self.form.id, item))
        return reply.text if isinstance(reply, Written) else ""

    def _doses(self) -> str:
        """Return how much of each part of a mitigation, and how, as written so far."""
        return self._written(DOSES) if H1_ORDER in self._ordered() else ""

    # -- taps -----------------------------------------------------------------------------------
    def _answer(self, item: Item, reply: Reply) -> None:
        if self.view.visit.replies.get((self.form.id, item.id)) != reply:
            self.tell(Answered(self.form.id, item.id, reply))

    def _decide(self, ruling: Ruling) -> None:
        self.finish_typing()
        if self.refuse(self._summary, self._lacks(ruling)):
            return
        visit = self.view.visit
        discussed = next(
            way for way in ("in_person", "video", "phone") if way == visit.option(self.form.id, DISCUSSED)
        )
        strength = self._strength() if ruling == "proceed" else None
        ordered = self._ordered() if ruling == "proceed" else ()
        keys = {gate.key_of(found) for found in self.view.findings}
        rulings = tuple(ruled for key, ruled in visit.ruled.items() if key in keys)
        why = self._written(REASON) if ruling != "proceed" else ""
        doses = self._doses() if ruling == "proceed" else ""
        self.tell(Decided(ruling, discussed, strength, ordered, rulings, why, doses))

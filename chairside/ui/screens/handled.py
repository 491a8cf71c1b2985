"""Rows for what is handled rather than said: a code from a label, a dose that was given."""

from __future__ import annotations

from chairside.domain.form import Dose
from chairside.domain.replies import Coded, DoseGiven, DoseNotGiven, Reply
from chairside.ui.screens import saying
from chairside.ui.screens.row import Row, show_line
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.fields import FieldRow

NOT_GIVEN = ("already_taken", "reacts", "declined", "not_ordered")


class CodeRow(Row):
    """A code scanned once or typed twice; typing alone, once, is never a code."""

    def build(self) -> None:
        self._shown: Coded | None = None
        self._stored = self.line("strong")
        first, again = self.say("code.type"), self.say("code.again")
        self._first = FieldRow(self.desk.theme, f"{self.item.id}.typed", first, self._on_written)
        self._again = FieldRow(self.desk.theme, f"{self.item.id}.again", again, self._on_written)
        change = Action(f"{self.item.id}.change", self.say("screens.change"), self._on_change, "quiet")
        self._change = self.chips([change])[change.name]
        self.column.addWidget(self._first)
        self.column.addWidget(self._again)
        self._open(True)

    def take_scan(self, scanned: str) -> None:
        """Take what the scanner read."""
        self.tell(Coded(scanned, "scanned"))

    def _on_written(self, _: str) -> None:
        first, again = self._first.text, self._again.text
        if not first or not again:
            return
        if first != again:
            self._again.show_error(self.say("code.differs"))
            return
        self._again.show_error("")
        self.tell(Coded(first, "typed"))

    def show_reply(self, reply: Reply | None) -> None:
        stored = reply if isinstance(reply, Coded) else None
        show_line(
            self._stored, self.say(f"screens.code_{stored.entered}", code=stored.text) if stored else ""
        )
        if stored != self._shown:
            self._shown = stored
            self._open(stored is None)

    def _on_change(self) -> None:
        self._open(True)

    def _open(self, opened: bool) -> None:
        """Offer the two fields, empty, or put them away once a code is stored."""
        self._change.setVisible(not opened)
        for field in (self._first, self._again):
            field.show_text("")
            field.line.clear()
            field.setVisible(opened)


class DoseRow(Row):
    """One tap for what was given now, or the reason why nothing was."""

    def build(self) -> None:
        assert isinstance(self.item, Dose)
        self._stored = self.line("strong")
        self.chips([self._given(dose, form) for dose in self.item.doses for form in self.item.forms])
        withheld = Action(f"{self.item.id}.not_given", self.say("button.not_given"), self._ask_why, "chip")
        self._why = {**self.chips([withheld]), **self.chips([self._reason(why) for why in NOT_GIVEN])}
        self._other = FieldRow(
            self.desk.theme, f"{self.item.id}.reason", self.say("dose.reason"), self._on_reason
        )
        self.column.addWidget(self._other)
        self._open(False)

    def _given(self, dose: str, form: str) -> Action:
        name = f"{self.item.id}.{dose.replace(' ', '_')}_{form}"
        label = self.prose.options.get(form, form)
        return Action(
            name, self.say("screens.give_now", dose=dose, form=label), lambda: self._give(dose, form), "chip"
        )

    def _give(self, dose: str, form: str) -> None:
        self._open(False)
        self.tell(DoseGiven(self.desk.now(), dose, form))

    def _reason(self, why: str) -> Action:
        said = self.say(f"screens.not_given_{why}")
        return Action(f"{self.item.id}.{why}", said, lambda: self._on_reason(said), "chip")

    def _ask_why(self) -> None:
        self._open(True)

    def _open(self, opened: bool) -> None:
        for name, button in self._why.items():
            button.setVisible(opened or name.endswith(".not_given"))
        self._other.setVisible(opened)

    def _on_reason(self, reason: str) -> None:
        if reason:
            self._open(False)
            self.tell(DoseNotGiven(reason))

    def show_reply(self, reply: Reply | None) -> None:
        said = ""
        if isinstance(reply, DoseGiven):
            form = self.prose.options.get(reply.form, reply.form)
            at = saying.time(self.desk.words, reply.at, self.desk.zone)
            said = self.say("dose.given", dose=reply.dose, form=form, time=at)
        elif isinstance(reply, DoseNotGiven):
            said = self.say("dose.not_given", reason=reply.reason)
        show_line(self._stored, said)

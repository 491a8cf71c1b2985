"""Rows for what is handled rather than said: a code from a label, a dose that was given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from chairside.domain.codes.doubt import doubt
from chairside.domain.form import Dose
from chairside.domain.replies import Coded, DoseGiven, DoseNotGiven, Reply
from chairside.ui.screens import saying
from chairside.ui.screens.row import Row, show_line
from chairside.ui.screens.vial_words import shown_code
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.text import keep_place
from chairside.ui.widgets.typed_twice import TypedTwice

EARLIER_MINUTES = (5, 15, 30, 60)
NOT_GIVEN = ("already_taken", "reacts", "declined", "not_ordered")


class CodeRow(Row):
    """A code scanned once or typed twice; typing alone, once, is never a code."""

    def build(self) -> None:
        self._shown: Coded | None = None
        self._stored = self.line("strong")
        self._doubt = self.line("staff_strong", "warn")
        self._fields = TypedTwice(
            self.desk.words, self.desk.theme, self.item.id, self.prose.title, self._on_typed
        )
        change = Action(f"{self.item.id}.change", self.say("screens.change"), self._on_change, "quiet")
        self._change = self.chips([change])[change.name]
        self.column.addWidget(self._fields)
        self._open(True)

    def take_scan(self, scanned: str) -> None:
        """Take what the scanner read."""
        self.tell(Coded(scanned, "scanned"))

    def _on_typed(self, code: str) -> None:
        self.tell(Coded(code, "typed"))

    def show_reply(self, reply: Reply | None) -> None:
        stored = reply if isinstance(reply, Coded) else None
        said = self.say(f"screens.code_{stored.entered}", code=shown_code(stored.text)) if stored else ""
        show_line(self._stored, said)
        look = doubt(stored.text) if stored else ""
        show_line(self._doubt, self.say(f"code_doubt.{look}") if look else "")
        if stored != self._shown:
            self._shown = stored
            self._open(stored is None)

    def _on_change(self) -> None:
        self._open(True)

    def _open(self, opened: bool) -> None:
        """Offer the two fields, empty, or put them away once a code is stored."""
        self._change.setVisible(not opened)
        self._fields.open(opened)


class DoseRow(Row):
    """One tap for what was given now, or the reason why nothing was; the time can be set back afterwards."""

    def build(self) -> None:
        assert isinstance(self.item, Dose)
        self._reply: DoseGiven | None = None
        self._since: datetime | None = None
        self._stored = self.line("strong")
        self._stored.keep_room(["0"])
        keep_place(self._stored)
        self._doubt = self.line("staff_strong", "warn")
        self._held = self.line("staff_strong", "warn")
        offers = [(dose, form) for dose in self.item.doses for form in self.item.forms]
        made = self.chips([self._given(dose, form) for dose, form in offers])
        self._offers = dict(zip(offers, made.values(), strict=True))
        withheld = Action(f"{self.item.id}.not_given", self.say("button.not_given"), self._ask_why, "chip")
        late = Action(f"{self.item.id}.late", self.say("dose.earlier"), self._ask_when, "quiet")
        beside = self.chips([withheld, late])  # in one line: what a dose brings with it moves nothing below
        earlier = self.chips([self._ago(minutes) for minutes in EARLIER_MINUTES])
        self._late = {late.name: beside.pop(late.name), **earlier}
        self._why = {**beside, **self.chips([self._reason(why) for why in NOT_GIVEN])}
        self._other = FieldRow(
            self.desk.theme, f"{self.item.id}.reason", self.say("dose.reason"), self._on_reason
        )
        self._other.line.setAccessibleName(f"{self.prose.title}: {self.say('dose.reason')}")
        self.column.addWidget(self._other)
        self._open(False)
        self._open_late(False)

    # -- what may be given ----------------------------------------------------------------------
    def show_allowed(self, allowed: Collection[tuple[str, str]], why: str) -> None:
        """Offer only these (dose, form); where there are none, say why in place of them."""
        for offer, button in self._offers.items():
            button.setVisible(offer in allowed)
        show_line(self._held, "" if allowed else why)

    def show_doubt(self, said: str) -> None:
        """Say in what the dose given is not the one ordered, or nothing."""
        show_line(self._doubt, said)

    def _given(self, dose: str, form: str) -> Action:
        name = f"{self.item.id}.{dose.replace(' ', '_')}_{form}"
        label = self.prose.options.get(form, form)
        said = self.say("screens.give_now", dose=dose, form=label)
        return Action(name, said, lambda: self._give(dose, form), "chip", f"{self.prose.title}: {said}")

    def _give(self, dose: str, form: str) -> None:
        self._open(False)
        self.tell(DoseGiven(self.desk.now(), dose, form))

    # -- when -----------------------------------------------------------------------------------
    def _ago(self, minutes: int) -> Action:
        said = self.say("when.ago", count=minutes)
        name = f"{self.item.id}.ago_{minutes}"
        return Action(name, said, lambda: self._set_back(minutes), "chip", f"{self.prose.title}: {said}")

    def show_since(self, since: datetime | None) -> None:
        """Offer no time before this one: nothing is given before the patient's signature."""
        self._since = since
        self._open_late(self._asked_late)

    def _ask_when(self) -> None:
        self._open_late(True)

    def _open_late(self, opened: bool) -> None:
        self._asked_late = opened
        early = [] if self._reply is None else self.not_before(self._since, EARLIER_MINUTES)
        ago = {f"{self.item.id}.ago_{minutes}" for minutes in early}
        for name, button in self._late.items():
            button.setVisible(name in ago if opened else bool(ago) and name.endswith(".late"))

    def _set_back(self, minutes: int) -> None:
        if self._reply is not None:
            at = self.desk.now() - timedelta(minutes=minutes)
            self.tell(DoseGiven(at, self._reply.dose, self._reply.form))

    # -- why not --------------------------------------------------------------------------------
    def _reason(self, why: str) -> Action:
        said = self.say(f"screens.not_given_{why}")
        spoken = f"{self.prose.title}: {said}"
        return Action(f"{self.item.id}.{why}", said, lambda: self._on_reason(said), "chip", spoken)

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

    # -- what is stored -------------------------------------------------------------------------
    def show_reply(self, reply: Reply | None) -> None:
        given = reply if isinstance(reply, DoseGiven) else None
        for offer, button in self._offers.items():
            button.show_chosen(given is not None and offer == (given.dose, given.form))
        self._why[f"{self.item.id}.not_given"].show_chosen(isinstance(reply, DoseNotGiven))
        if given != self._reply:
            self._reply = given
            self._open_late(False)
        said = ""
        if given is not None:
            form = self.prose.options.get(given.form, given.form)
            at = saying.time(self.desk.words, given.at, self.desk.zone)
            said = self.say("dose.given", dose=given.dose, form=form, time=at)
        elif isinstance(reply, DoseNotGiven):
            said = self.say("dose.not_given", reason=reply.reason)
        show_line(self._stored, said)

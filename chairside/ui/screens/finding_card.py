"""One finding on the physician's page: its sentence, reason and mitigation; an absolute one: asked again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from chairside.domain import gate
from chairside.domain.deciding import UNDERSTANDING
from chairside.domain.facts import Answered, Explained, RuledOn
from chairside.domain.finding import Finding
from chairside.domain.form import Verdict
from chairside.domain.replies import NOBODY_NAMED, Chosen, DrugsTaken
from chairside.domain.washout import MEDICINES, NSAIDS
from chairside.ui.screens import saying
from chairside.ui.screens.ask_again import AskAgain, to_ask_again
from chairside.ui.screens.illness import IllnessWarning
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Text

REASONS = ("discussed", "low_risk")
# A few findings have reasons of their own that physicians write again and again; the text is always there.
OWN_REASONS: dict[str, tuple[str, ...]] = {
    "cancer_within_5_years": ("in_remission", "oncologist_agrees"),
    "washout_not_met": ("waits_longer", "low_dose"),
    "last_dose_unknown": ("asked_closely",),
    "prescribed_antithrombotic": ("prescriber_agrees",),
    UNDERSTANDING: ("explained_in_person",),
}
ORDER = ("decision", "premedication")  # where a mitigation is ordered: its id is an option there


class FindingCard(Card):
    """What stands in the way, and what the physician says to it."""

    def __init__(self, review: Screen, found: Finding) -> None:
        self.key = gate.key_of(found)
        super().__init__(review.theme, f"finding.{self.key}")
        self._review, self._found, self._ruled = review, found, RuledOn(self.key, "")
        self.column.addWidget(self._sentence())
        self._say_whom_to_call()
        if found.weight is Verdict.PHYSICIAN:
            self._build_ruling()
        elif found.weight >= Verdict.HOLD:
            for item in to_ask_again(review.view, found):
                self.column.addWidget(AskAgain(review, item))

    def _sentence(self) -> QWidget:
        review, found = self._review, self._found
        colour = "danger" if found.weight >= Verdict.HOLD else "warn"
        return Text(review.theme, saying.finding(review.words, review.view, found), "strong", colour)

    def _say_whom_to_call(self) -> None:
        """Say who prescribed the medicine, as far as the nurse was told (Q22)."""
        review, found = self._review, self._found
        reply = review.view.visit.replies.get((MEDICINES, NSAIDS))
        rows = reply.rows if isinstance(reply, DrugsTaken) and found.id == "prescribed_antithrombotic" else ()
        for row in rows:
            if row.name == found.about and row.prescriber != NOBODY_NAMED:
                said = saying.drug(review.words, row, review.view.zone)
                self.column.addWidget(Text(review.theme, said, "staff_strong"))

    def _chips(self, actions: list[Action]) -> list[Button]:
        holder = QWidget()
        line = FlowLayout(self._review.theme, holder)
        made = [Button(self._review.theme, action) for action in actions]
        for button in made:
            line.addWidget(button)
        self.column.addWidget(holder)
        return made

    # -- a ruling -------------------------------------------------------------------------------
    def _build_ruling(self) -> None:
        say, found = self._review.say, self._found
        self._draft = ""  # a reason that waits for its mitigation: the rule wants both in one fact
        also = (
            ("mitigated",) if found.mitigations else OWN_REASONS.get(found.id.removesuffix("_not_sure"), ())
        )
        common = () if found.id == UNDERSTANDING else REASONS  # it was explained in person, or not yet
        self._reasons = self._chips([self._preset(name) for name in (*also, *common)])
        self._reason = FieldRow(
            self._review.theme, f"finding.{self.key}.reason", say("review.reason"), self._on_reason
        )
        sentence = saying.finding(self._review.words, self._review.view, found)
        self._reason.line.setAccessibleName(f"{sentence} {say('review.reason')}")
        IllnessWarning(self._review.words, self._review.theme, self._reason)
        self.column.addWidget(self._reason)
        self._mitigations: dict[str, Button] = {}
        if found.mitigations:
            self.column.addWidget(Text(self._review.theme, say("review.mitigation"), "strong"))
            made = self._chips([self._offered(mitigation) for mitigation in found.mitigations])
            self._mitigations = dict(zip(found.mitigations, made, strict=True))
            self._wants = Text(self._review.theme, say("review.mitigation_first"), "staff_strong", "warn")
            self._wants.setObjectName(f"finding.{self.key}.wants")
            self.column.addWidget(self._wants)

    def _preset(self, name: str) -> Action:
        said = self._review.say(f"screens.reason_{name}")
        sentence = saying.finding(self._review.words, self._review.view, self._found)
        spoken = f"{sentence} {said}"
        return Action(f"finding.{self.key}.{name}", said, lambda: self._on_preset(said), "chip", spoken)

    def _on_preset(self, said: str) -> None:
        """Take a likely reason; words half-written before it would else be told when the field is left.

        That a point was explained in person is a fact of its own, by whoever taps it (Q13).
        """
        self._reason.line.clear()
        point = (gate.CONSENT, self._found.about)
        if self._found.id == UNDERSTANDING and point not in self._review.view.visit.in_person:
            self._review.tell(Explained(*point))
        self._on_reason(said)

    def _offered(self, mitigation: str) -> Action:
        said = self._review.say(f"screens.mitigation_{mitigation}")
        name = f"finding.{self.key}.{mitigation}"
        spoken = self._review.say("review.mitigation_spoken", mitigation=said)
        return Action(name, said, lambda: self._mitigate(mitigation), "chip", spoken)

    def _on_reason(self, reason: str) -> None:
        if self._found.mitigations and not self._ruled.mitigation:
            self._draft = reason
            self.show_ruling(None)
        else:
            self._rule(reason, self._ruled.mitigation)

    def _mitigate(self, mitigation: str) -> None:
        """Rule and order with the same tap: a mitigation that nobody orders is none (Q27)."""
        reason = self._ruled.reason or self._draft or self._review.say("screens.reason_mitigated")
        self._rule(reason, mitigation)
        if self._review.view.visit.option(*ORDER) != mitigation:
            self._review.tell(Answered(*ORDER, Chosen(mitigation)))

    def _rule(self, reason: str, mitigation: str) -> None:
        ruled = RuledOn(self.key, reason, mitigation)
        if ruled != self._ruled:
            self._review.tell(ruled)

    def show_ruling(self, ruled: RuledOn | None) -> None:
        """Show what is stored of the ruling; a reason that still waits for its mitigation too."""
        if self._found.weight is not Verdict.PHYSICIAN:
            return
        self._ruled = ruled or RuledOn(self.key, "")
        reason = self._ruled.reason or self._draft
        for button in self._reasons:
            button.show_chosen(button.text() == reason)
        tapped = any(button.isChecked() for button in self._reasons)
        self._reason.show_text("" if tapped else reason)  # what is ticked above is not said twice
        for mitigation, button in self._mitigations.items():
            button.show_chosen(mitigation == self._ruled.mitigation)
        if self._mitigations:
            self._wants.setVisible(bool(reason) and not self._ruled.mitigation)

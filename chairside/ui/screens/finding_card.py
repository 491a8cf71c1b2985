"""One finding on the physician's page: its sentence, reason and mitigation; an absolute one: asked again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from chairside.domain import gate
from chairside.domain.checklist import HEALTH_CHECK
from chairside.domain.facts import Corrected, RuledOn
from chairside.domain.finding import Finding
from chairside.domain.form import Choice, Verdict
from chairside.domain.replies import Chosen
from chairside.ui.screens import saying
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Text

REASONS = ("discussed", "low_risk")
# Source: Q27 and the clinic's FAQ: a strong allergy may be met with H1, H2 and a non-particulate steroid.
MITIGATED = frozenset({"food_or_drug_allergy", "food_or_drug_allergy_not_sure"})


class FindingCard(Card):
    """What stands in the way, and what the physician says to it."""

    def __init__(self, review: Screen, found: Finding) -> None:
        self.key = gate.key_of(found)
        super().__init__(review.theme, f"finding.{self.key}")
        self._review, self._found, self._ruled = review, found, RuledOn(self.key, "")
        self._again: QWidget | None = None
        self.column.addWidget(self._sentence())
        if found.weight is Verdict.PHYSICIAN:
            self._build_ruling()
        elif found.weight >= Verdict.HOLD:
            self._build_asking()

    def _sentence(self) -> QWidget:
        review, found = self._review, self._found
        colour = "danger" if found.weight >= Verdict.HOLD else "warn"
        return Text(review.theme, saying.finding(review.words, review.view, found), "strong", colour)

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
        say = self._review.say
        also = ("mitigated",) if self._found.id in MITIGATED else ()
        self._reasons = self._chips([self._preset(name) for name in (*REASONS, *also)])
        self._reason = FieldRow(
            self._review.theme, f"finding.{self.key}.reason", say("review.reason"), self._on_reason
        )
        self.column.addWidget(self._reason)
        self._mitigations: list[Button] = []
        if self._found.id in MITIGATED:
            said = say("screens.mitigation_h1_h2_steroid")
            name = f"finding.{self.key}.mitigation"
            self._mitigations = self._chips([Action(name, said, lambda: self._mitigate(said), "chip")])

    def _preset(self, name: str) -> Action:
        said = self._review.say(f"screens.reason_{name}")
        sentence = saying.finding(self._review.words, self._review.view, self._found)
        spoken = f"{sentence} {said}"
        return Action(f"finding.{self.key}.{name}", said, lambda: self._on_reason(said), "chip", spoken)

    def _on_reason(self, reason: str) -> None:
        self._rule(reason, self._ruled.mitigation)

    def _mitigate(self, mitigation: str) -> None:
        self._rule(self._ruled.reason, "" if self._ruled.mitigation == mitigation else mitigation)

    def _rule(self, reason: str, mitigation: str) -> None:
        ruled = RuledOn(self.key, reason, mitigation)
        if ruled != self._ruled:
            self._review.tell(ruled)

    def show_ruling(self, ruled: RuledOn | None) -> None:
        """Show what is stored of the ruling."""
        if self._found.weight is not Verdict.PHYSICIAN:
            return
        self._ruled = ruled or RuledOn(self.key, "")
        self._reason.show_text(self._ruled.reason)
        for button in self._reasons:
            button.show_chosen(button.text() == self._ruled.reason)
        for button in self._mitigations:
            button.show_chosen(button.text() == self._ruled.mitigation)

    # -- asked again ----------------------------------------------------------------------------
    def _build_asking(self) -> None:
        item = self._review.view.book.item(HEALTH_CHECK, self._found.items[0])
        if not isinstance(item, Choice):
            return
        say, theme, name = self._review.say, self._review.theme, f"again.{item.id}"
        self._chips([Action(f"{name}.open", say("button.ask_again"), self._open, "secondary")])
        self._again = Card(theme, name)
        prose = self._review.view.book.forms[HEALTH_CHECK].words(item.id, self._review.view.language)
        self._again.column.addWidget(Text(theme, prose.title, "strong"))
        labels = [(option, prose.options.get(option, option)) for option in item.options]
        self._answer = ""
        self._options = Options(theme, name, labels, self._choose, chips=True)
        self._source = FieldRow(theme, f"{name}.source", say("health.source"), self._on_written)
        self._why = FieldRow(theme, f"{name}.reason", say("health.reason"), self._on_written)
        self._lacking = Banner(theme, f"{name}.lacking")
        confirm = Button(
            theme, Action(f"{name}.confirm", say("screens.confirm_answer"), self._confirm, "primary")
        )
        for part in (self._options, self._source, self._why, self._lacking, confirm):
            self._again.column.addWidget(part)
        self._again.hide()
        self.column.addWidget(self._again)

    def _open(self) -> None:
        if self._again is not None:
            self._again.setVisible(self._again.isHidden())

    def _choose(self, option: str) -> None:
        """Hold the new answer here until the PIN: it is a correction in the making, not an answer."""
        self._answer = option
        self._options.show_choice(option)

    def _on_written(self, _: str) -> None:
        self._lacking.silence()

    def _confirm(self) -> None:
        self._review.finish_typing()
        source, why = self._source.text, self._why.text
        if not (self._answer and source and why):
            self._lacking.tell("warn", self._review.say("screens.correction_lacks"))
            return
        item = self._found.items[0]
        self._review.tell(Corrected(HEALTH_CHECK, item, Chosen(self._answer), source, why))

"""What the physician sees before countersigning: the decision, and everything that came after it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from chairside.domain.facts import RuledOn
from chairside.domain.visit import Key
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Button
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.pairs import Pairs
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words


@dataclass(frozen=True)
class Since:
    """The answers given since the decision: as lines to be signed, on the page beside their questions."""

    words: Words
    theme: Theme

    def lines(self, view: View) -> tuple[str, ...]:
        """Return what was answered since the decision, question and answer in a line each."""
        say = self.words.say
        return tuple(
            say("screens.title_answer", title=title, answer=said) for title, said in self._told(view)
        )

    def _told(self, view: View) -> list[tuple[str, str]]:
        """Return the latest answer of each question that was answered since the decision."""
        visit = view.visit
        late = [
            (rows[-1].place, key) for key, rows in visit.told.items() if rows[-1].place > visit.decided_place
        ]
        return [self._pair(view, key) for _, key in sorted(late) if view.book.item(*key) is not None]

    def _pair(self, view: View, key: Key) -> tuple[str, str]:
        form, item = view.book.forms[key[0]], key[1]
        said = saying.answer(self.words, view, form, item, view.visit.replies[key])
        return form.words(item, view.language).title, said

    def card(self, view: View, check: Button) -> Card:
        """Return the decision with its reasons, what came after it, and the way to every answer."""
        card = Card(self.theme, "countersign.since")
        decision = view.visit.decision
        if decision is not None:
            ruling = self.words.say(f"ruling.{decision.ruling}")
            said = self.words.say("review.as_decided", ruling=ruling)
            card.column.addWidget(Heading(self.theme, said, 2))
            for ruled in decision.rulings:
                card.column.addWidget(Text(self.theme, self._ruled(view, ruled), "staff"))
        told = self._told(view)
        key = "review.changed" if told else "review.unchanged"
        card.column.addWidget(Heading(self.theme, self.words.say(key), 2))
        card.column.addWidget(Pairs(self.theme, told, "snug"))
        card.column.addWidget(check, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _ruled(self, view: View, ruled: RuledOn) -> str:
        mitigation = self.words.say(f"screens.mitigation_{ruled.mitigation}") if ruled.mitigation else ""
        parts = [saying.finding_named(self.words, view, ruled.finding), ruled.reason, mitigation]
        return "\n".join(part for part in parts if part)

"""Who is here with the patient: who decides for them, an interpreter, a witness; and how somebody signs.

Staff come here from "Visit ...", or are led here where a step waits for it. It decides nothing: what
does not fit is refused by the rules, in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import QTimer, Slot

from chairside.domain import people
from chairside.domain.facts import Way
from chairside.domain.facts.kinds import Beside as Who
from chairside.domain.facts.people import InterpreterAttested
from chairside.domain.steps import Lack, pad_of
from chairside.session.view import Tell, View
from chairside.ui.screens import naming
from chairside.ui.screens.naming import NamingCard
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.header import contrast
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.tab_order import bring_into_sight
from chairside.ui.widgets.text import Heading, Paragraphs, Text
from chairside.words import Words

_MADE: dict[str, Callable[[NamingCard, View], None]] = {
    "representative": naming.representative,
    "interpreter": naming.interpreter,
    "witness": naming.witness,
    "way": naming.way,
    "assent": naming.assent,
    "left": naming.left,
}


def unattested(view: View) -> Lack | None:
    """Return the line whose interpreter is not in the room and whose word staff have not attested yet."""
    lacks = (lack for state in view.steps for lack in state.lacks)
    return next((lack for lack in lacks if lack.why == "unattested" and _signed(view, lack.form)), None)


def _signed(view: View, form: str) -> bool:
    return people.signed_by(view.visit, form) is not None


def parts_of(view: View) -> tuple[str, ...]:
    """Return which parts mean something for this visit now, the one that is wanted first."""
    minor = people.minor(view.visit, view.when)
    named = any(people.named(view.visit, who) for who in get_args(Who))
    parts = ["attest"] if unattested(view) else []
    parts += ["representative", "interpreter", "witness", "way"]
    return (*parts, *(["assent"] if minor else []), *(["left"] if named else []))


class Beside(Page):
    """The page "Who is here"."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        tell: Tell,
        ways: tuple[Callable[[], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        """`ways` are: go on with the visit; end it; back to the board."""
        super().__init__(theme, words, "beside", "form")
        self.words, self.theme, self._tell, self._ways = words, theme, tell, ways
        self.part = ""
        self._view: View | None = None
        self._laid: object = None
        self._open: Card | None = None

    def show_view(self, view: View) -> None:
        """Show who is named and the part that is open; half-typed words outlive the clock's next minute."""
        self._view = view
        laid = (view.visit.head, self.part)
        if laid != self._laid:
            self.clear()
            self._lay_out(view)
            self._laid = (view.visit.head, self.part)

    # -- layout ---------------------------------------------------------------------------------
    def _lay_out(self, view: View) -> None:
        say, parts = self.words.say, parts_of(view)
        self.body.addWidget(Heading(self.theme, say("beside.title")))
        self._wanted(view)
        self.body.addWidget(self._named(view))
        self.part = self.part if self.part in parts else parts[0]
        labels = [(part, say(f"beside.part_{part}")) for part in parts]
        tabs = Options(self.theme, "beside.part", labels, self._open_part, chips=True)
        tabs.show_choice(self.part)
        self.body.addWidget(tabs)
        self._open = self._attest(view) if self.part == "attest" else self._card(view)
        self.body.addWidget(self._open)
        go_on, end, board = self._ways
        others = (
            Action("beside.end", say("beside.end"), end, "quiet"),
            contrast(self.theme, self.words, "beside.contrast"),
        )
        waits = people.needs_guardian(view.visit, view.when) or unattested(view) is not None
        on = None if waits else Action("beside.go_on", say("visit_more.go_on"), go_on, "primary")
        self.footer.show_actions(Action("beside.board", say("screens.back_to_visits"), board), on, others)
        self.arrange()

    def _wanted(self, view: View) -> None:
        """Say what the visit waits for here."""
        said = "guardian" if people.needs_guardian(view.visit, view.when) else ""
        if people.assent_due(view.visit, view.when) and people.dissents(view.visit):
            said = "dissent"
        if said:
            banner = Banner(self.theme, "beside.wanted")
            self.body.addWidget(banner)
            banner.tell("warn", self.words.say(f"beside.{said}"))

    def _named(self, view: View) -> Card:
        card, say = Card(self.theme, "beside.now"), self.words.say
        card.column.addWidget(Heading(self.theme, say("beside.now"), 2))
        lines = [
            say(f"beside.is_{who}", name=people.named(view.visit, who))
            for who in get_args(Who)
            if people.named(view.visit, who)
        ]
        ways: dict[str, Way] = {
            people.named(view.visit, who): way for who, way in view.visit.people.ways.items()
        }
        lines += [say(f"beside.is_{way}", name=name) for name, way in ways.items() if way != "drawn"]
        alone = "nobody_yet" if people.needs_guardian(view.visit, view.when) else "nobody"
        for line in lines or [say(f"beside.{alone}")]:
            card.column.addWidget(Text(self.theme, line, "strong" if lines else "staff"))
        return card

    def _card(self, view: View) -> Card:
        card = NamingCard(self.words, self.theme, self.part, self._tell)
        _MADE[self.part](card, view)
        return card

    def _attest(self, view: View) -> Card:
        """Show the sentence the interpreter is to say, as the form words it, and let staff attest it."""
        lack = unattested(view)
        assert lack is not None  # the part is offered only then
        prose = view.book.forms[lack.form].words(lack.item, view.language)
        meaning = "\n".join(prose.body)
        card = NamingCard(self.words, self.theme, "attest", self._tell)
        card.column.addWidget(Paragraphs(self.theme, "beside.attest.words", "", prose.body))
        name = people.named(view.visit, "interpreter")
        fact = InterpreterAttested(pad_of(lack.form, lack.item), name, meaning)
        card.deeds(("do_attest", lambda: fact), kind="primary")  # until then the visit does not go on
        return card

    def _open_part(self, part: str) -> None:
        self.part = part
        if self._view is not None:
            self.show_view(self._view)
            QTimer.singleShot(0, self, self._on_opened)

    @Slot()
    def _on_opened(self) -> None:
        """Turn the page to the part that was tapped: large text and many names push it below the glass."""
        if self._open is not None:
            bring_into_sight(self._open)

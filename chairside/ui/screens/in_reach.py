"""What the patient can say on every page they read or decide on: a question, a break, not to go on.

One wording, one fact, one place in the footer (screens.md 1); the page only says what is on show. A question
is answered before the next signature, and the page says so for as long as it is open.
"""

from __future__ import annotations

from collections.abc import Callable

from chairside.domain.facts import BreakTaken, QuestionRaised
from chairside.ui.screens.leaving import Leaving
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.footer import Places
from chairside.ui.widgets.words import Words

_MAIN = ("button.continue", "button.more", "button.sign", "private.done", "button.hand_to_staff")


def places(words: Words) -> Places:
    """Return the words that stand beside them on one page or another."""
    return Places(words.say("button.back"), tuple(words.say(key) for key in _MAIN))


class InReach:
    """The three ways of a page, its notice, and the panel that takes the page's place; for staff, nothing."""

    def __init__(self, screen: Screen, leave: Callable[[], None] | None, about: Callable[[], str]) -> None:
        """`about` returns the item on show: what a question would be about."""
        self._screen, self._about = screen, about
        self._leaving = Leaving(screen.words, screen.theme, leave, screen.refresh) if leave else None
        self._notice: Banner | None = None
        if leave:
            screen.footer.keep_places(places(screen.words))

    @property
    def left(self) -> bool:
        """Whether it is asked what happens to who does not go on."""
        return self._leaving is not None and self._leaving.open

    def _is_open(self) -> bool:
        """Tell whether a question about what is on show waits for its answer."""
        return (self._screen.form.id, self._about()) in self._screen.view.visit.questions

    def lay_out(self) -> bool:
        """Give the notice its place; or put the panel into the body, and tell that it stands for the page."""
        if self._leaving is None:
            return False
        if self.left:
            self._screen.body.addWidget(self._leaving.panel())
        else:
            self._notice = self._screen.banner("in_reach.notice")
        return self.left

    def fill(self, instead: str = "") -> bool:
        """Say that a question is noted, or this instead; tell whether the panel is on show."""
        if self._leaving is not None and self.left:
            self._screen.offer(self._leaving.stay(), None)
        elif self._notice is not None:
            self._tell(self._notice, instead)
        return self.left

    def _tell(self, notice: Banner, instead: str) -> None:
        """Say it, and leave it until the page is another: gone, it would move the line under the pen."""
        facts = self._screen.view.visit.facts
        if facts and isinstance(facts[-1].fact, BreakTaken):
            said = self._screen.say("hand_over.break_taken")
        else:
            said = instead or (self._screen.say("read.question_open") if self._is_open() else "")
        if said and said != notice.said:
            self._screen.tell_above(notice, said)

    def ways(self) -> tuple[Action, ...]:
        """Return what the footer offers; what was asked says so under the finger, in the room there is."""
        if self._leaving is None:
            return ()
        asks, noted = self._screen.say("button.question"), self._screen.say("button.question_noted")
        said = noted if self._is_open() else asks
        ask = Action("question", said, self._ask, "quiet", instead=(asks, noted))
        rest = self._screen.action("break", "button.break", self._rest, "quiet")
        return ask, rest, self._leaving.stop()

    def _ask(self) -> None:
        if not self._is_open():
            self._screen.finish_typing()  # the stroke under way first: it is stored before the question
            self._screen.tell(QuestionRaised(self._screen.form.id, self._about()))

    def _rest(self) -> None:
        self._screen.finish_typing()
        self._screen.tell(BreakTaken(self._screen.step.id))

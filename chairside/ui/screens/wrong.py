"""What can be done about an answer that is not right, at its row in the list that is checked."""

from __future__ import annotations

from chairside.domain.facts import Answered
from chairside.domain.form import Choice, Form, Item
from chairside.domain.replies import Chosen
from chairside.ui.screens.answer_list import row_name
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.text import Stack

DECISION = "decision"
STANDS = frozenset({"discussed", "rescreen_on", "reason"})  # told with a decision, changed with a new one


class WrongAnswer:
    """A private question is asked again here, as it was asked; any other is changed with the staff.

    Staff go to the question's own page. What only a new decision would change is said, and stays.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._open: set[str] = set()

    def laid_anew(self) -> None:
        """Forget what stood open: the list is drawn again."""
        self._open.clear()

    def tell(self, form: Form, item: Item, column: Stack) -> None:
        """Say below the answer what follows, or go to its question."""
        row, staff = row_name(form.id, item.id), self._screen.view.mode == "staff"
        stands = form.id == DECISION and item.id in STANDS
        if staff and not stands:
            if self._screen.change is not None:
                self._screen.change(form.id, item.id)
            return
        if row in self._open:
            return
        self._open.add(row)
        if isinstance(item, Choice) and item.private:
            column.addWidget(self._again(form, item))
        else:
            told = Banner(self._screen.theme, f"wrong.{item.id}")
            column.addWidget(told)
            if staff:
                told.tell("notice", self._screen.say("sign.goes_with_decision"))
            else:
                self._to_staff(told, form, item)
        self._screen.show_whole(row)

    def _again(self, form: Form, item: Choice) -> Options:
        screen = self._screen
        prose = form.words(item.id, screen.view.language)
        labels = [(option, prose.options.get(option, option)) for option in item.options]

        def answered(option: str) -> None:
            screen.tell(Answered(form.id, item.id, Chosen(option), private=True))

        return Options(screen.theme, f"again.{item.id}", labels, answered)

    def _to_staff(self, told: Banner, form: Form, item: Item) -> None:
        change = self._screen.change
        if change is not None:
            said, name = self._screen.say("button.give_back"), f"give_back.{item.id}"
            give = Action(name, said, lambda: change(form.id, item.id))
            told.tell("notice", self._screen.say("screens.wrong_answer"), give)

"""What a patient can do about an answer that is not right, at its row in the list they check."""

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


class WrongAnswer:
    """A private question is asked again here, as it was asked; any other is changed with the staff."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._open: set[str] = set()

    def laid_anew(self) -> None:
        """Forget what stood open: the list is drawn again."""
        self._open.clear()

    def tell(self, form: Form, item: Item, column: Stack) -> None:
        """Say below the answer what follows."""
        if item.id in self._open:
            return
        self._open.add(item.id)
        if isinstance(item, Choice) and item.private:
            column.addWidget(self._again(form, item))
        else:
            told = Banner(self._screen.theme, f"wrong.{item.id}")
            column.addWidget(told)
            self._to_staff(told, form, item)
        self._screen.show_whole(row_name(form.id, item.id))

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

"""Something is added to a sealed record: a correction, a withdrawal, a report of harm (P9).

The first record never changes. What is written here lives on the page until a PIN signs it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chairside.domain import addenda, procedure
from chairside.domain.facts import AddendumKind, AddendumSigned
from chairside.domain.form import Text as Written
from chairside.session.view import View
from chairside.ui.screens.illness import IllnessWarning
from chairside.ui.screens.missing import Missing
from chairside.ui.screens.still_open import StillOpen
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.note_field import NoteField
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words

FORM, TEXT = "addendum", "what"
KINDS: tuple[AddendumKind, ...] = ("amendment", "withdrawal", "adverse_event")
MOST_LETTERS = 2000


@dataclass
class Draft:
    """What was chosen and written so far; it outlives the page, so that a cancelled PIN loses no word."""

    kind: AddendumKind | None = None
    text: str = ""


class Addendum(Page):
    """What kind, what is so, who signs; nothing is preset. `doors` are: tell it, and back."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        draft: Draft,
        doors: tuple[Callable[[AddendumSigned], None], Callable[[], None]],
    ) -> None:
        super().__init__(theme, words, "addendum", "form")
        self.words, self.theme, self._draft = words, theme, draft
        self._tell, self._back = doors
        self._view: View | None = None
        self._options: Options | None = None
        self._field: NoteField | None = None
        self._said = Stack(theme, "small")
        self._open = StillOpen(words, theme, self)

    def show_view(self, view: View) -> None:
        """Lay the page out once; later views leave what was written alone."""
        fresh = self._view is None
        self._view = view
        if fresh:
            self._lay_out(view)
        self._offer(view)

    def _lay_out(self, view: View) -> None:
        say, prose = self.words.say, view.book.forms[FORM].told_in(view.language)
        early, gone = addenda.before_the_seal(view.visit), procedure.withdrawn(view.visit)
        self.body.addWidget(Heading(self.theme, prose.title))
        self.body.addWidget(
            Text(self.theme, say("addendum.not_sealed_yet" if early else "addendum.first_stays"))
        )
        self._open.put("addendum.lacking")
        card = Card(self.theme, "addendum.kinds")
        card.column.addWidget(Text(self.theme, say("addendum.which"), "strong"))
        kinds = [kind for kind in KINDS if (not gone if kind == "withdrawal" else not early)]
        labels = [(kind, say(f"addendum.{kind}")) for kind in kinds]
        self._options = Options(self.theme, "addendum.kind", labels, self._choose)
        self._options.entitle(say("addendum.which"))
        card.column.addWidget(self._options)
        self.body.addWidget(card)
        self._lay_out_text(view)

    def _lay_out_text(self, view: View) -> None:
        form = view.book.forms[FORM]
        item, prose = form.item(TEXT), form.words(TEXT, view.language)
        most = item.most if isinstance(item, Written) else MOST_LETTERS
        card = Card(self.theme, "addendum.text_card")
        self._field = NoteField(self.theme, "addendum.text", prose.title, most)
        self._field.lines.setPlainText(self._draft.text)
        IllnessWarning(self.words, self.theme, self._field)
        card.column.addWidget(self._field)
        for line in prose.help:
            card.column.addWidget(Text(self.theme, line, "staff", "ink2"))
        card.column.addLayout(self._said)
        self._means = Text(self.theme, "", "strong")
        self._signs = Text(self.theme, "", "staff_strong")
        self._said.addWidget(self._means)
        self._said.addWidget(self._signs)
        self.body.addWidget(card)

    # -- state ----------------------------------------------------------------------------------
    def _meaning(self, view: View) -> str:
        if self._draft.kind is None:
            return ""
        return "\n".join(view.book.forms[FORM].words(f"meaning_{self._draft.kind}", view.language).body)

    def _offer(self, view: View) -> None:
        if self._options is not None:
            self._options.show_choice(self._draft.kind)
        self._means.setText(self._meaning(view))
        self._means.setVisible(self._draft.kind is not None)
        name = view.who.name if view.who else ""
        self._signs.setText(self.words.say("addendum.signs", name=name))
        back = Action("back", self.words.say("button.back"), self._leave)
        key = "addendum.sign_early" if addenda.before_the_seal(view.visit) else "addendum.sign"
        sign = Action("sign", self.words.say(key), self._sign, "primary")
        self.footer.show_actions(back, sign)

    # -- taps -----------------------------------------------------------------------------------
    def _choose(self, key: str) -> None:
        self._draft.kind = next(kind for kind in KINDS if kind == key)
        self._open.again(self._lacks())
        if self._view is not None:
            self._offer(self._view)

    def _lacks(self) -> list[Missing]:
        text = self._field.text if self._field is not None else ""
        given = {"addendum.kind": self._draft.kind, "addendum.text": text}
        first = {"addendum.kind": "addendum.which_first", "addendum.text": "addendum.text_first"}
        return [Missing(self.words.say(first[at]), at) for at, there in given.items() if not there]

    def _leave(self) -> None:
        if self._field is not None:
            self._draft.text = self._field.text
        self._back()

    def _sign(self) -> None:
        view, field = self._view, self._field
        if view is None or field is None:
            return
        self._draft.text = field.text
        field.show_error("" if field.text else self.words.say("addendum.text_first"))
        if self._open.refuse(self._lacks()) or self._draft.kind is None:
            return
        name = view.who.name if view.who else ""
        number = len(view.visit.addenda) + 1
        self._tell(AddendumSigned(number, self._draft.kind, field.text, name, self._meaning(view)))

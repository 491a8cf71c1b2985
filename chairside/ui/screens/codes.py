"""The codes of several labels in one row: each scan adds one, a second scan of the same says so.

A code that is there twice would count a vial twice; a wrong one is taken off with one tap.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chairside.domain.codes.doubt import doubt
from chairside.domain.codes.identity import numbered, same
from chairside.domain.replies import Coded, CodesRead, Reply
from chairside.ui.screens.row import Row
from chairside.ui.screens.vial_words import shown_code
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.typed_twice import TypedTwice


class CodesRow(Row):
    """Codes scanned once or typed twice, as many as there are labels."""

    def build(self) -> None:
        self._codes: tuple[Coded, ...] = ()
        self._notice = Banner(self.desk.theme, f"{self.item.id}.notice")
        self.column.addWidget(self._notice)
        self._list = Stack(self.desk.theme, "small")
        self.column.addLayout(self._list)
        name = self.item.id
        self._fields = TypedTwice(self.desk.words, self.desk.theme, name, self.prose.title, self._on_typed)
        more = Action(f"{name}.more", self.say("code.another"), self._on_more, "quiet")
        self._more = self.chips([more])[more.name]
        self.column.addWidget(self._fields)
        self._open(True)

    # -- putting in -----------------------------------------------------------------------------
    def take_scan(self, scanned: str) -> None:
        """Take what the scanner read."""
        self._add(Coded(scanned.strip(), "scanned"))

    def _add(self, code: Coded) -> None:
        if any(same(each.text, code.text) for each in self._codes):
            self._notice.tell("notice", self.say("code.there_already", code=shown_code(code.text)))
            return
        self._notice.silence()
        self.tell(CodesRead((*self._codes, code)))

    def remove(self, code: str) -> None:
        """Take a code off the list; an empty list is an answer too: none of those was right."""
        self._notice.silence()
        self.tell(CodesRead(tuple(each for each in self._codes if not same(each.text, code))))

    def renumber(self, code: str, number: str) -> None:
        """Say which of the vials with this label is meant: the number written on it."""
        told = (
            Coded(numbered(each.text, number), each.entered) if same(each.text, code) else each
            for each in self._codes
        )
        self.tell(CodesRead(tuple(told)))

    def _remover(self, code: str) -> Callable[[], None]:
        return lambda: self.remove(code)

    def _on_typed(self, code: str) -> None:
        self._add(Coded(code, "typed"))
        self._open(not self._codes)

    # -- what is shown --------------------------------------------------------------------------
    def show_reply(self, reply: Reply | None) -> None:
        codes = reply.codes if isinstance(reply, CodesRead) else ()
        if codes == self._codes:
            return
        self._codes = codes
        empty(self._list)
        for number, code in enumerate(codes, 1):
            self._list.addWidget(self._line(number, code))
        self._open(not codes)

    def _line(self, number: int, code: Coded) -> QWidget:
        holder = QWidget()
        line = FlowLayout(self.desk.theme, holder)
        said = self.say(f"screens.code_{code.entered}", code=shown_code(code.text))
        remove = self.say("code.remove")
        name = f"{self.item.id}.remove_{number}"
        text = Text(self.desk.theme, said, "strong")
        text.setMinimumHeight(self.desk.theme.least("compact"))
        line.addWidget(text)
        action = Action(name, remove, self._remover(code.text), "quiet", f"{remove}: {shown_code(code.text)}")
        line.addWidget(Button(self.desk.theme, action))
        if look := doubt(code.text):
            line.addWidget(Text(self.desk.theme, self.say(f"code_doubt.{look}"), "staff_strong", "warn"))
        return holder

    def _on_more(self) -> None:
        self._open(True)

    def _open(self, opened: bool) -> None:
        """Offer the two fields, empty, or put them away while codes are stored."""
        self._more.setVisible(not opened)
        self._fields.open(opened)

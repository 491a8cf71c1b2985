"""The procedure's end: what happened and when, a note, the nurse's ink, and one signature over it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from chairside.domain import procedure as rules
from chairside.domain.evidence import is_asked
from chairside.domain.facts import AddendumSigned, Answered, ClearUndone, InkCleared, Mark, ProcedureMarked
from chairside.domain.form import Ink, Item
from chairside.domain.form import Text as Note
from chairside.domain.ink import Stroke
from chairside.domain.replies import Reply
from chairside.domain.steps import pad_of
from chairside.domain.strokes import lack
from chairside.domain.visit import Pad
from chairside.session.view import Drawn, View
from chairside.ui.screens import saying
from chairside.ui.screens.illness import IllnessWarning
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.ink_pad import InkPad
from chairside.ui.widgets.text import Heading, Paragraphs, Stack, Text, keep_place

NOTE = "note"
TAKES_BACK = "procedure.undo"  # beside it stands what says that the last mark was earlier


class ProcedureEnd(Card):
    """The times in a list; below it note and line, until it is signed."""

    def __init__(self, screen: Screen, signed: bool) -> None:
        super().__init__(screen.theme, "procedure.end")
        self._screen = screen
        say, theme = screen.say, screen.theme
        self.column.addWidget(Heading(theme, say("procedure.end_title"), 2))
        self._times = Stack(theme, "small")
        self.column.addLayout(self._times)
        self._list_times(screen.view, not signed)
        self._pad: InkPad | None = None
        self._rows: list[Row] = []
        if not signed:
            self.column.addWidget(Text(theme, say("procedure.answers_stay"), "staff", "ink2"))
        else:
            self.column.addWidget(Text(theme, say("procedure.signed"), "strong"))
            return
        self._lacking = Banner(theme, "procedure.lacking")
        self.column.addWidget(self._lacking)
        self._lay_out_rows()
        self._lay_out_note()
        self._lay_out_line()

    # -- layout ---------------------------------------------------------------------------------
    def _list_times(self, view: View, change: bool) -> None:
        """List what was tapped and when; before the signature each with a way to be put right."""
        for by in view.visit.marks:
            if isinstance(by.fact, ProcedureMarked):
                at = saying.time(self._screen.words, by.stamp.happened or by.stamp.utc, view.zone)
                said = self._screen.say(
                    "procedure.marked", mark=self._screen.say(f"procedure.{by.fact.mark}"), at=at
                )
                said = f"{said} {by.fact.note}" if by.fact.note else said
                time = Text(self._screen.theme, said, "staff_strong")
                if change:
                    self._times.addLayout(self._with_change(by.fact.mark, time))
                else:
                    self._times.addWidget(time)

    def _with_change(self, mark: Mark, time: Text) -> Stack:
        """Put a button beside a time; below them what follows, where the time does not change here."""
        screen, said = self._screen, self._screen.say("screens.change")
        whole, line = Stack(screen.theme, "hair"), QHBoxLayout()
        told = Banner(screen.theme, f"procedure.{mark}.stays", small=True)
        tapped = partial(self._change, mark, told)
        line.addWidget(time, 1)
        action = Action(f"procedure.change_{mark}", said, tapped, "quiet", f"{said}: {time.text()}")
        line.addWidget(Button(screen.theme, action))
        whole.addLayout(line)
        whole.addWidget(told)
        return whole

    def _change(self, mark: Mark, told: Banner) -> None:
        """Go to what puts the last mark right; say of any other what can be done."""
        if self._screen.mends(TAKES_BACK) and rules.marks(self._screen.view.visit)[-1:] == (mark,):
            self._screen.go_to(TAKES_BACK)
            return
        key = "emergency_stays" if mark == "emergency" else "time_stays"
        told.tell("notice", self._screen.say(f"procedure.{key}"))

    def _lay_out_rows(self) -> None:
        """Offer what the form asks about beside the note and the line: told as it is written."""
        screen = self._screen
        desk = Desk(screen.words, screen.theme, self._answer, lambda: screen.view.when.now, screen.view.zone)
        for item in screen.form.items:
            row = row_for(desk, item, screen.form.words(item.id, screen.view.language))
            if row is not None and item.id != NOTE:
                self._rows.append(row)
                self.column.addWidget(row)

    def _lay_out_note(self) -> None:
        """Offer the form's own note, if it has one; what is in it is told with the signature."""
        screen, item = self._screen, self._screen.form.item(NOTE)
        self._note: FieldRow | None = None
        if isinstance(item, Note):
            prose = screen.form.words(NOTE, screen.view.language)
            self._note = FieldRow(screen.theme, "procedure.note", prose.title, lambda _: None)
            self._note.line.setMaxLength(item.most)
            IllnessWarning(screen.words, screen.theme, self._note)
            self.column.addWidget(self._note)
            for line in prose.help:
                self.column.addWidget(Text(screen.theme, line, "staff", "ink2"))

    def _lay_out_line(self) -> None:
        screen, theme = self._screen, self._screen.theme
        prose = screen.form.words(self.ink.id, screen.view.language)
        self.column.addWidget(Paragraphs(theme, "procedure.meaning", prose.title, prose.body, 2))
        label = screen.say("screens.sign_as", name=self._name())
        self._pad = InkPad(theme, f"{self.ink.id}.pad", self._drawn, label, label)
        self.column.addWidget(self._pad)
        clear, undo = screen.say("button.clear"), screen.say("button.undo")
        self._clear = Button(theme, Action("clear", clear, self._on_clear, "quiet"))
        self._undo = Button(theme, Action("undo", undo, self._on_undo, "quiet"))
        place = QGridLayout()  # one for both, kept while neither is there: the page never moves under the pen
        for button in (self._clear, self._undo):
            keep_place(button)
            place.addWidget(button, 0, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(place)

    @property
    def ink(self) -> Ink:
        """The nurse's line of the form."""
        items = self._screen.form.items
        return next(item for item in items if isinstance(item, Ink) and item.signer == "nurse")

    @property
    def pad(self) -> str:
        """The name of its pad."""
        return pad_of(self._screen.form.id, self.ink.id)

    def _name(self) -> str:
        who = self._screen.view.who
        return who.name if who else ""

    # -- state ----------------------------------------------------------------------------------
    def show_view(self, view: View) -> None:
        """Show the stored answers and ink."""
        form = self._screen.form.id
        for row in self._rows:
            row.show_reply(view.visit.replies.get((form, row.item.id)))
            row.setVisible(is_asked(form, row.item, view.visit.replies))
        if self._pad is None:
            return
        self._pad.show_strokes(view.strokes.get(self.pad, ()))
        stored = view.visit.pads.get(self.pad, Pad())
        self._clear.setVisible(bool(stored.strokes))
        self._undo.setVisible(bool(stored.cleared) and not stored.strokes)
        if stored.strokes:
            self._lacking.silence()

    # -- taps -----------------------------------------------------------------------------------
    def _answer(self, item: Item, reply: Reply) -> None:
        form = self._screen.form.id
        if self._screen.view.visit.replies.get((form, item.id)) != reply:
            self._screen.tell(Answered(form, item.id, reply))

    def _drawn(self, stroke: Stroke) -> None:
        self._screen.tell(Drawn(self.pad, stroke))
        if self._pad is not None:
            self._pad.show_strokes(self._screen.view.strokes.get(self.pad, ()))

    def _on_clear(self) -> None:
        self._screen.finish_typing()
        self._screen.tell(InkCleared(self.pad))

    def _on_undo(self) -> None:
        self._screen.tell(ClearUndone(self.pad))

    def sign(self) -> None:
        """Tell the addendum of the procedure; its PIN is asked for on the way."""
        self._screen.finish_typing()
        view = self._screen.view
        strokes = view.strokes.get(self.pad, ())
        if (lacking := lack(strokes)) is not None:
            self._lacking.tell("warn", self._screen.say(f"sign.only_{lacking}"))
            self._screen.content.ensureWidgetVisible(self._lacking)
            return
        meaning = "\n".join(self._screen.form.words(self.ink.id, view.language).body)
        number, inked = len(view.visit.addenda) + 1, view.visit.pads[self.pad].strokes
        note, name = self._note.text if self._note else "", self._name()
        self._screen.tell(AddendumSigned(number, "procedure", note, name, meaning, inked))

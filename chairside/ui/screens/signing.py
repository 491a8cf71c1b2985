"""Signing: what is signed in words, the line, and the stored ink on it.

The patient checks the answers first; the Medical Board notice stands right above the line. The physician
sees what changed since the decision, and only the meaning that fits it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from chairside.domain import people
from chairside.domain.facts import ClearUndone, Countersigned, InkCleared, PageRead, Signed, Way
from chairside.domain.form import Choice, Ink, Statement, Step
from chairside.domain.ink import Stroke
from chairside.domain.people import WANTS
from chairside.domain.steps import VIAL_STEP, owner_of, pad_of
from chairside.domain.strokes import too_little
from chairside.domain.visit import CONSENTING, Pad
from chairside.session.shown import shown_digest
from chairside.session.view import Drawn, Tell, View
from chairside.ui import turns
from chairside.ui.screens import above_line, saying
from chairside.ui.screens.answer_list import ROWS
from chairside.ui.screens.countersign import Since
from chairside.ui.screens.in_reach import InReach
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.typed_name import TypedName
from chairside.ui.screens.wrong import WrongAnswer
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.ink_pad import InkPad
from chairside.ui.widgets.text import Heading, Paragraphs
from chairside.ui.widgets.words import Words

Ways: TypeAlias = tuple[Callable[[], None], Callable[[], None]]


class Signing(Screen):
    """One signature: the patient's on a patient's step, the physician's on the countersignature."""

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell, ways: Ways | None = None) -> None:
        """`ways`, with the tablet in a patient's hands: they do not go on; they give it back."""
        super().__init__(step, words, theme, tell)
        self._ways = ways
        self._reach = InReach(self, ways[0] if ways else None, self._on_show)
        self._checking = False  # back from the line to the answers
        self._pad: InkPad | None = None
        self._typed: TypedName | None = None
        self._wrong = WrongAnswer(self)
        bar = self.content.verticalScrollBar()
        later = Qt.ConnectionType.QueuedConnection  # a layout moves the bar: the footer must not change in it
        bar.valueChanged.connect(self._on_moved, later)
        bar.rangeChanged.connect(self._on_moved, later)

    # -- what is signed -------------------------------------------------------------------------
    @property
    def ink(self) -> Ink:
        """The signature this screen is about."""
        if self.view.mode == "patient":
            return turns.line(self.view, self.form)
        return next(item for item in self.form.items if isinstance(item, Ink) and item.signer == "physician")

    @property
    def pad(self) -> str:
        """The name of its pad."""
        return pad_of(self.form.id, self.ink.id)

    @property
    def to_read(self) -> Statement | None:
        """The statement the patient must have seen before the line."""
        mine = (item for item in self.form.items if isinstance(item, Statement))
        return next((item for item in mine if owner_of(item, self.step) == "patient"), None)

    def _meant(self) -> str:
        """Return the item whose words are signed: the ink's own, or the meaning that fits the decision."""
        decision = self.view.visit.decision
        if self.step.closes == "countersign" and decision is not None:
            return f"meaning_{decision.ruling}"
        return self.ink.id

    def _meaning(self) -> str:
        """Return the sentence that is signed, as the form words it."""
        return "\n".join(self.form.words(self._meant(), self.view.language).body)

    def _reads_first(self, view: View) -> bool:
        item = self.to_read
        if view.mode == "staff":
            return self._checking
        if item is None or self.ink.signer not in CONSENTING:
            return False
        return self._checking or (self.form.id, item.id) not in view.visit.read

    def _on_show(self) -> str:
        """Return what a question would be about: the page that is read first, or the line."""
        item = self.to_read
        return item.id if item is not None and self._reads_first(self.view) else self.ink.id

    def layout_of(self, view: View) -> object:
        self._checking = self._checking or self.begin_at.startswith(ROWS)  # back from a question
        changes = Since(self.words, self.theme).lines(view) if view.mode == "staff" else ()
        line = (self.ink.id, self._way, view.visit.option(self.form.id, WANTS))
        return (view.visit.id, view.mode, self._reads_first(view), self._reach.left, changes, line)

    # -- layout ---------------------------------------------------------------------------------
    def lay_out(self, view: View) -> None:
        self._pad, self._typed = None, None
        self._wrong.laid_anew()
        if self._reach.lay_out():
            return
        if self._reads_first(view):
            above_line.to_check(self, view, self.to_read, self._wrong)
        else:
            self._lay_out_line(view)

    def _lay_out_line(self, view: View) -> None:
        self.body.addWidget(Heading(self.theme, self.form.told_in(view.language).title))
        if self.step.id == VIAL_STEP and self.to_read is None:
            above_line.vials(self, view)
        if self.step.closes == "countersign":
            check = self.button(self.action("check", "button.check_answers", self._back))
            self.body.addWidget(Since(self.words, self.theme).card(view, check))
        asked = self.form.item(WANTS)
        if isinstance(asked, Choice) and not above_line.childs_answer(self, view, asked):
            return
        card = Card(self.theme, "signing.line")
        title = self.form.words(self._meant(), view.language).title
        card.column.addWidget(
            Paragraphs(self.theme, "signing.meaning", title, self._meaning().split("\n"), 2)
        )
        if self.step.closes == "signature" and above_line.is_consent(self.form, self.ink):
            above_line.board_notice(self, view, card)
        self._lay_out_pad(card)
        self.body.addWidget(card)

    def _lay_out_pad(self, card: Card) -> None:
        """The line, or the field where the name is typed; under it what is said of it."""
        name = self._name()
        if self._way == "typed":
            self._typed = TypedName(self.theme, f"{self.ink.id}.typed", self.say("sign.type_name"), name)
            self._typed.line.textEdited.connect(self._on_moved)
            card.column.addWidget(self._typed)
        else:
            label = self.say("sign.mark" if self._way == "by_mark" else "screens.sign_as", name=name)
            self._pad = InkPad(self.theme, f"{self.ink.id}.pad", self._drawn, label, label)
            card.column.addWidget(self._pad)
        self._notice = Banner(self.theme, "signing.notice")  # where it is mended: under the line
        card.column.addWidget(self._notice)
        holder = QWidget()
        line = FlowLayout(self.theme, holder)
        self._clear = self.button(self.action("clear", "button.clear", self._on_clear, "quiet"))
        self._undo = self.button(self.action("undo", "button.undo", self._on_undo, "quiet"))
        line.addWidget(self._clear)
        line.addWidget(self._undo)
        card.column.addWidget(holder)
        holder.setVisible(self._pad is not None)

    # -- state ----------------------------------------------------------------------------------
    def fill(self, view: View) -> None:
        waits = view.visit.questions and not self._reads_first(view)
        if self._reach.fill(self.say("hand_over.question_noted") if waits else ""):
            return
        if self._pad is not None:
            self._show_ink(view, self._pad)
        self._offer(view)

    def _show_ink(self, view: View, pad: InkPad) -> None:
        pad.show_strokes(view.strokes.get(self.pad, ()))
        stored = view.visit.pads.get(self.pad, Pad())
        self._clear.setVisible(bool(stored.strokes))
        self._undo.setVisible(bool(stored.cleared) and not stored.strokes)
        if stored.strokes:
            self._notice.silence()

    def _offer(self, view: View) -> None:
        theirs = view.mode == "patient" and self.ink.signer in CONSENTING
        others = self._reach.ways() if theirs else ()
        if self._reads_first(view) and view.mode == "staff":
            self.offer(self.action("to_line", "button.back", self._to_line), None)
            return
        if self._reads_first(view):
            go_on = self.action("continue", "button.continue", self._continue, "primary")
            self.offer(None, self.when_seen(go_on, self.at_end()), others)
            return
        back = self.action("back", "button.back", self._back) if theirs and self.to_read is not None else None
        give = self._give_back(view)
        if give is not None or not self._has_line:
            self.offer(back, give, others)
            return
        key = "button.countersign" if self.step.closes == "countersign" else "button.sign"
        sign = self.action("sign", key, self._sign, "primary")
        begun = view.visit.pads.get(self.pad, Pad()).strokes or (self._typed is not None and self._typed.text)
        seen = bool(begun) or self.at_end()
        self.offer(back, self.when_seen(sign, seen), others, self._lacking(view))

    def _lacking(self, view: View) -> str:
        """Say what keeps the countersignature closed; the ink itself is said when Sign is tapped."""
        if self.step.closes != "countersign":
            return ""
        lacks = [each for each in view.state(self.step.id).lacks if each.why != "unsigned"]
        return saying.lacking(self.words, [saying.lack(self.words, view, each) for each in lacks])

    @Slot()
    def _on_moved(self) -> None:
        if self.shown is not None and not self._reach.left:
            self._offer(self.shown)

    # -- taps -----------------------------------------------------------------------------------
    def _drawn(self, stroke: Stroke) -> None:
        self.tell(Drawn(self.pad, stroke))
        self._show_stored()

    def _on_clear(self) -> None:
        self.finish_typing()
        if self.view.visit.pads.get(self.pad, Pad()).strokes:
            self.tell(InkCleared(self.pad))
            self._show_stored()

    def _on_undo(self) -> None:
        self.tell(ClearUndone(self.pad))

    def _show_stored(self) -> None:
        """Show what is stored, also after a refusal: a stroke that was not written leaves the pad."""
        if self._pad is not None:
            self._pad.show_strokes(self.view.strokes.get(self.pad, ()))

    def _continue(self) -> None:
        item = self.to_read
        if item is None or not self.at_end():
            self.show_more()
            return
        self._checking = False
        if (self.form.id, item.id) in self.view.visit.read:
            self.refresh()
        else:
            shown = shown_digest(self.form.words(item.id, self.view.language))
            self.tell(PageRead(self.form.id, item.id, shown))

    def _back(self) -> None:
        self._checking = True
        self.refresh()

    def _to_line(self) -> None:
        self._checking = False
        self.refresh()

    def _sign(self) -> None:
        self.finish_typing()
        stored = self.view.visit.pads.get(self.pad, Pad()).strokes
        if (lacking := self._lack()) is not None:
            self._notice.tell("warn", self.say(f"sign.only_{lacking}"))
            QTimer.singleShot(0, self, self._on_lacking)  # once Qt has laid the notice out
            return
        if self.step.closes == "countersign":
            self.tell(Countersigned(self._name(), self._meaning(), stored))
        elif self.pad not in self.view.visit.signed:
            strokes = () if self._typed is not None else stored
            self.tell(Signed(self.pad, self.ink.signer, self._name(), self._meaning(), strokes, self._way))

    def _lack(self) -> str | None:
        """Return what lacks of a signature: of ink drawn, of a mark, of a name typed."""
        if self._typed is not None:
            return None if self._typed.fits else "typed"
        return too_little(self._way, self.view.strokes.get(self.pad, ()))

    @Slot()
    def _on_lacking(self) -> None:
        if self._pad is not None:
            self.content.ensureWidgetVisible(self._clear if self._clear.isVisible() else self._notice)

    def _name(self) -> str:
        if self.view.mode == "patient":
            return people.named(self.view.visit, self.ink.signer)
        return self.view.who.name if self.view.who else ""

    @property
    def _way(self) -> Way:
        """How who signs here signs: by hand, by a mark, by typing."""
        return people.way(self.view.visit, self.ink.signer)

    @property
    def _has_line(self) -> bool:
        """Whether there is a place to sign: not for a child who has not said yes."""
        return self._pad is not None or self._typed is not None

    def _give_back(self, view: View) -> Action | None:
        """Return the way on for who cannot sign now: a child said no, or staff answer a question first."""
        if self._ways is None:
            return None
        leave, back = self._ways
        said_no = not self._has_line and view.visit.option(self.form.id, WANTS) is not None
        if not said_no and not view.visit.questions:
            return None
        return self.action("give_back", "button.hand_to_staff", leave if said_no else back, "primary")

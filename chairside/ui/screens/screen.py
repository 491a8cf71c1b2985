"""What every screen of a visit is: a page that shows a view whole and tells facts back.

A screen lays its widgets out once for each layout and fills them for each view, so that scrolling,
focus and half-typed words outlive a stored answer. It decides nothing and reads no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chairside.domain.facts import Answered, StepClosed, StrokeDrawn
from chairside.domain.form import Form, Step
from chairside.session.view import Tell, View
from chairside.ui.double_tap import page_came
from chairside.ui.screens.missing import Missing
from chairside.ui.screens.row import Row
from chairside.ui.spoken import announce
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.ink_pad import InkPad
from chairside.ui.widgets.jump import Jump
from chairside.ui.widgets.page import Column, Page
from chairside.ui.widgets.summary import Summary
from chairside.ui.widgets.words import Words

LINES_KEPT = 2  # lines of the last view that stay in sight when more is shown


def lift(page: QWidget | None) -> bool:
    """Have the pads of a page hand up the stroke under way; tell whether nothing drawn was refused."""
    pads = page.findChildren(InkPad) if page is not None else []
    return all([pad.lift() for pad in pads])


def _stored(before: View, view: View) -> bool:
    """Tell whether an answer or ink came between the two: who does not see it is told."""
    facts = view.visit.facts
    more = before.visit.id == view.visit.id and len(facts) > len(before.visit.facts)
    return more and isinstance(facts[-1].fact, Answered | StrokeDrawn)


class Screen(Page):
    """A step of the visit on the glass."""

    column: Column = "form"

    def __init__(self, step: Step, words: Words, theme: Theme, tell: Tell) -> None:
        super().__init__(theme, words, step.id, self.column)
        self.step, self.words, self.theme, self.tell = step, words, theme, tell
        self.shown: View | None = None
        self._laid: object = None
        self._offered: object = None
        self._jump = Jump(theme, self)
        self.begin_at = ""  # the place the page opens at
        self.came_from: Callable[[], None] | None = None  # the list of answers that led here
        self.change: Callable[[str, str], None] | None = None  # goes to an answer's own question

    @property
    def view(self) -> View:
        """The view on show; taps only come from widgets a view has made."""
        assert self.shown is not None
        return self.shown

    @property
    def form(self) -> Form:
        """The step's form, as the visit keeps it."""
        return self.view.book.forms[self.step.form]

    def show_view(self, view: View) -> None:
        """Show this and nothing else."""
        before, self.shown = self.shown, view
        layout = (view.language, self.layout_of(view))
        if layout != self._laid:
            lift(self)  # a pad goes with its layout, and what is drawn on it is told first
            if self.shown is not view:
                return  # it was stored: a newer view is on show
            self._laid = layout
            self.clear()
            self.lay_out(view)
            if view.mode == "patient" and self.isVisible():
                page_came()  # a leaf of the text is a page, too
        self.fill(view)
        if before is not None and _stored(before, view):
            announce(self, self.say("glass.stored"))
        if self.begin_at:
            name, self.begin_at = self.begin_at, ""
            self.go_to(name)

    def layout_of(self, view: View) -> object:
        """Return what decides which widgets stand here; another value lays the page out anew."""
        return view.visit.id

    def lay_out(self, view: View) -> None:
        """Put the widgets into the body."""
        raise NotImplementedError

    def fill(self, view: View) -> None:
        """Show the stored state on the widgets, and the footer."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the same view again: a page was turned or a panel opened, which is no fact."""
        self.show_view(self.view)

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence."""
        return self.words.say(key, **facts)

    def action(self, name: str, key: str, tapped: Callable[[], None], kind: str = "secondary") -> Action:
        """Return an action with its words."""
        return Action(name, self.say(key), tapped, kind)

    def button(self, action: Action) -> Button:
        """Return a push button."""
        return Button(self.theme, action)

    def banner(self, name: str) -> Banner:
        """Return a notice that is not on show yet, in the body."""
        made = Banner(self.theme, name)
        self.body.addWidget(made)
        return made

    def offer(
        self, back: Action | None, primary: Action | None, others: Sequence[Action] = (), lacking: str = ""
    ) -> None:
        """Say the footer; the same again leaves the buttons, and the keyboard's place, alone."""
        if self.came_from is not None:
            back = self.action("to_answers", "button.back", self.came_from)
            primary = None if self.is_settled() else primary
        offered = (back, primary, tuple(others), lacking)
        if offered == self._offered:
            return
        self._offered = offered
        focus = QApplication.focusWidget()
        held = focus.objectName() if focus is not None and self.footer.isAncestorOf(focus) else ""
        self.footer.show_actions(back, primary, others, lacking)
        again = self.footer.offered(held)
        if again is not None:
            again.setFocus()
        self.arrange()

    def when_seen(self, onward: Action, seen: bool) -> Action:
        """Return this action once the page was seen to its end, until then one that shows more of it.

        Either has room for the other's words: a footer that grew with one of them would push the end out of
        sight, and page and footer would give way to each other for ever.
        """
        more = self.action("more", "button.more", self.show_more, "primary")
        here, other = (onward, more) if seen else (more, onward)
        return replace(here, instead=(other.text,))

    def show_more(self) -> None:
        """Scroll on by what is in view, less the lines that lead over."""
        bar = self.content.verticalScrollBar()
        bar.setValue(bar.value() + self.content.viewport().height() - LINES_KEPT * self.theme.line("body"))

    def is_settled(self) -> bool:
        """Tell whether the step is done as it stands: who only looks back has nothing to close."""
        return self.view.state(self.step.id).state == "done"

    # -- what lacks -----------------------------------------------------------------------------
    def summary(self, name: str) -> Summary:
        """Return a list of what lacks that is not on show yet, in the body."""
        made = Summary(self.theme, name)
        self.body.addWidget(made)
        return made

    def say_lacks(self, summary: Summary, lacks: Sequence[Missing], steady: bool = True) -> None:
        """List at the top what is lacking, each line a way to it; or nothing any more."""
        title = self.say("screens.still_open", count=len(lacks))
        summary.list_lines(title, [(each.said, self._way_to(each.at)) for each in lacks], steady)

    def refuse(self, summary: Summary, lacks: Sequence[Missing]) -> bool:
        """Go to the list of what lacks, if anything does; tell whether something does."""
        self.say_lacks(summary, lacks, steady=False)
        if lacks:
            self._jump.to_list(summary)
        return bool(lacks)

    def close_step(self, summary: Summary, lacks: Callable[[], Sequence[Missing]]) -> None:
        """Close the step where nothing lacks; otherwise go to the top and say what does."""
        if not self.holds() and not self.refuse(summary, lacks()):
            self.tell(StepClosed(self.step.id))

    def holds(self) -> bool:
        """Turn to what was typed and not understood, and tell that there is such: left, it would be lost."""
        self.finish_typing()
        rows = self.content.findChildren(Row)
        unread = next((row for row in rows if row.unread and row.isVisibleTo(self)), None)
        if unread is not None:
            self.go_to(unread.item.id)
        return unread is not None

    def place(self, name: str) -> QWidget | None:
        """Return the part of the page with this name; one that is on its way out is hidden."""
        found = self.content.findChildren(QWidget, name) if name else ()
        return next((each for each in found if each.isVisibleTo(self)), None)

    def _way_to(self, name: str) -> Callable[[], None] | None:
        return (lambda: self.go_to(name)) if self.mends(name) else None

    def mends(self, name: str) -> bool:
        """Tell whether this page has the place of this name."""
        return self.place(name) is not None

    def go_to(self, name: str) -> None:
        """Bring a part of the page to its top and the keyboard to what can be tapped in it."""
        self._jump.to(lambda: self.place(name))

    def show_whole(self, name: str) -> None:
        """Turn the page just so far that a part which has come is seen whole."""
        self._jump.show_whole(lambda: self.place(name))

    def tell_above(self, notice: Banner, said: str) -> None:
        """Say something above what is on show, which keeps its place: no line of text, and no ink, jumps."""
        self._jump.hold(lambda: notice.tell("notice", said))

    def finish_typing(self) -> None:
        """Have a field that is being typed in tell its text, because a tap does not take the focus; and a pad
        its stroke, for the other hand may tap while the pen is down.
        """
        lift(self)
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit) and self.isAncestorOf(focus):
            focus.clearFocus()

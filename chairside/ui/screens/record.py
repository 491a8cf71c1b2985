"""The record on the tablet: being written, waiting for its seal, or sealed and shown page by page.

Pages come as pictures from above, each when it is turned to: a whole record drawn ahead is seconds of
work and megabytes that nobody looks at. What was added later stands beside it, each file for itself.
"""

from __future__ import annotations

from PySide6.QtGui import QImage

from chairside.domain import addenda, procedure
from chairside.domain.facts import Concluded, Sealed
from chairside.domain.keeping import kept_until
from chairside.domain.visit import Visit
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.screens.record_files import CopiesCard, FilesCard, RecordDoors, Setting
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.page_view import PageView
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words


class Record(Page):
    """Shows the sealed PDFs of a visit; `doors` lead away from here, or send a file out."""

    def __init__(self, words: Words, theme: Theme, doors: RecordDoors) -> None:
        super().__init__(theme, words, "record", "form")
        self.words, self.theme, self._doors = words, theme, doors
        self._shown: object = None
        self._which: int | None = None
        self.body.addWidget(Heading(theme, words.say("record.title")))
        self._ending = Text(theme, "", "staff_strong")
        self._state = Banner(theme, "record.state")
        self._against = Banner(theme, "record.against")
        self._cards = Stack(theme, "room")
        self._paper = PageView(theme, words, "record.pages", self._picture)
        self._paper.hide()
        for part in (self._against, self._ending, self._state):
            self.body.addWidget(part)
        self.body.addLayout(self._cards)
        self.body.addWidget(self._paper)
        self._files: FilesCard | None = None
        self._copies: CopiesCard | None = None

    def show_view(self, view: View) -> None:
        """Show how far the record is; what stands here already is left as it is."""
        visit = view.visit
        due = any(
            each.step.manner == "procedure" and each.state in ("open", "lacking") for each in view.steps
        )
        hashes = tuple(each.hash if each else "" for each in (visit.sealed, visit.concluded))
        shown = (visit.id, hashes, due, visit.addenda, visit.addenda_sealed)
        if shown == self._shown:
            return
        self._shown = shown
        fact = visit.concluded.fact if visit.concluded is not None else None
        ending = fact.ending if isinstance(fact, Concluded) else ""
        self._ending.setText(self.words.say(f"ending.{ending}") if ending else "")
        if visit.sealed is not None and isinstance(visit.sealed.fact, Sealed):
            self._show_sealed(view)
            self._offer(due, procedure.withdrawn(visit))
        elif visit.concluded is not None:
            self._show_unsealed(visit)
        else:
            self._state.tell("notice", self._waiting(view))
            self.footer.show_actions(None, self._home("primary"))

    def _home(self, kind: str) -> Action:
        return Action("home", self.words.say("screens.back_to_visits"), self._doors.home, kind)

    def _offer(self, due: bool, against: bool) -> None:
        """Lead on to the procedure where the record released it, and to what is added later.

        `against`: the patient took the consent back; all that is left to do there is to say how it ended.
        """
        say, doors = self.words.say, self._doors
        if due and against:
            self._against.tell("danger", say("record.withdrew"))
        else:
            self._against.silence()
        onward = "record.end_procedure" if against else "record.begin_procedure"
        begin = Action("procedure.begin", say(onward), doors.begin, "primary")
        add = Action("record.add", say("record.add"), doors.add)
        home = self._home("secondary" if due else "primary")
        self.footer.show_actions(home if due else None, begin if due else home, (add,))

    def _show_unsealed(self, visit: Visit) -> None:
        """Offer the seal again, and to take the consent back before it: nobody waits for a PIN with that."""
        say, gone = self.words.say, procedure.withdrawn(visit)
        self._state.tell("warn", say("record.not_sealed"))
        acts = [Action("retry", say("button.try_again"), self._doors.retry)]
        if addenda.before_the_seal(visit):
            if gone:
                self._against.tell("danger", say("record.withdrew_before"))
            else:
                acts.append(Action("record.add", say("addendum.withdrawal"), self._doors.add))
        self.footer.show_actions(None, self._home("primary"), tuple(acts))

    def _waiting(self, view: View) -> str:
        lacks = [saying.lack(self.words, view, each) for each in view.state("record").lacks]
        return "\n".join(lacks) or self.words.say("common.empty")

    def show_building(self) -> None:
        """Say that the record is being written."""
        self._state.tell("notice", self.words.say("record.building"))
        self.footer.show_actions(None, self._home("primary"))

    # -- the files ------------------------------------------------------------------------------
    def _show_sealed(self, view: View) -> None:
        whole = view.record_id.replace("-", "\N{NON-BREAKING HYPHEN}")  # a number is read in one piece
        said = self.words.say("record.sealed_as", id=whole)
        self._ending.hide()
        until = kept_until(view.visit, view.book.terms.keep_years)
        kept = self.words.say("record.kept_until", day=saying.day(self.words, until)) if until else ""
        self._state.tell("ok", f"{self._ending.text()}. {said} {kept}".rstrip())
        setting = Setting(self.words, self.theme, view, self._doors)
        for gone in (self._files, self._copies):
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._files = FilesCard(setting, self._look)
        self._copies = CopiesCard(setting)
        self._cards.addWidget(self._files)
        self._cards.addWidget(self._copies)
        self._files.setVisible(not self._files.alone)  # once it is on the page: alone it would be a window
        self._look(self._files.newest)

    def _look(self, which: int) -> None:
        """Show another file from its first page."""
        if self._files is not None:
            self._files.show_looked(which)
        if self._copies is not None:
            self._copies.about = which
        if which == self._which:
            return
        count = self._doors.pages(which)
        self._which = which if count else None
        self._paper.setVisible(count > 0)
        self._paper.show_document(count)

    def _picture(self, number: int) -> QImage:
        image = None if self._which is None else self._doors.page(self._which, number)
        return QImage() if image is None else image

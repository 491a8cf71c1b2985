"""The record on the tablet: being written, waiting for its seal, or sealed and shown page by page.

Pages come as pictures from above, one at a time; how many there are is found out while the first is
already on the glass.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer, Slot
from PySide6.QtGui import QImage, QImageWriter

from chairside.domain.facts import Concluded, Sealed
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.page_view import PageView
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words

PNG_QUALITY = 90  # of no loss either way: it only says how hard to squeeze; 90 is quick


def picture(image: QImage) -> bytes:
    """Return the picture as a file's bytes (PNG)."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(
        buffer, QByteArray(b"PNG")
    )  # QImage.save's stubs and its code disagree on the format
    writer.setQuality(PNG_QUALITY)
    writer.write(image)
    return bytes(data.data())


class Record(Page):
    """Shows the sealed PDF; `doors` are the way home, another try at sealing, and on to the procedure."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        pages: Callable[[int], QImage | None],
        doors: tuple[Callable[[], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        super().__init__(theme, words, "record", "form")
        self.words, self._pages = words, pages
        self._home, self._retry, self._begin = doors
        self._files: list[bytes] = []
        self._shown: object = None
        self._paper: PageView | None = None
        self.body.addWidget(Heading(theme, words.say("record.title")))
        self._ending = Text(theme, "", "staff_strong")
        self._state = Banner(theme, "record.state")
        self.body.addWidget(self._ending)
        self.body.addWidget(self._state)

    def show_view(self, view: View) -> None:
        """Show how far the record is; a record that stands here already is left as it is."""
        sealed, concluded = view.visit.sealed, view.visit.concluded
        due = any(
            each.step.manner == "procedure" and each.state in ("open", "lacking") for each in view.steps
        )
        shown = (view.visit.id, sealed.hash if sealed else "", concluded.hash if concluded else "", due)
        if shown == self._shown:
            return
        self._shown = shown
        ending = concluded.fact.ending if concluded and isinstance(concluded.fact, Concluded) else ""
        self._ending.setText(self.words.say(f"ending.{ending}") if ending else "")
        home = Action("home", self.words.say("screens.back_to_visits"), self._home, "primary")
        if sealed is not None and isinstance(sealed.fact, Sealed):
            self._show_sealed(view)
            self._offer_procedure(due)
        elif concluded is not None:
            self._state.tell("warn", self.words.say("record.not_sealed"))
            retry = Action("retry", self.words.say("button.try_again"), self._on_retry)
            self.footer.show_actions(None, home, (retry,))
        else:
            self._state.tell("notice", self._waiting(view))
            self.footer.show_actions(None, home)

    def _offer_procedure(self, due: bool) -> None:
        """Lead on to the procedure where the record released it."""
        begin = Action("procedure.begin", self.words.say("record.begin_procedure"), self._begin, "primary")
        kind = "secondary" if due else "primary"
        home = Action("home", self.words.say("screens.back_to_visits"), self._home, kind)
        self.footer.show_actions(home if due else None, begin if due else home)

    def _waiting(self, view: View) -> str:
        lacks = [saying.lack(self.words, view, each) for each in view.state("record").lacks]
        return "\n".join(lacks) or self.words.say("common.empty")

    def show_building(self) -> None:
        """Say that the record is being written."""
        self._state.tell("notice", self.words.say("record.building"))
        home = Action("home", self.words.say("screens.back_to_visits"), self._home, "primary")
        self.footer.show_actions(None, home)

    def _on_retry(self) -> None:
        self._retry()

    def _show_sealed(self, view: View) -> None:
        said = self.words.say("screens.record_id", id=view.record_id)
        self._state.tell("ok", f"{self.words.say('record.sealed')} {said}")
        if self._add_page():
            self._paper = PageView(self._theme, self.words, "record.pages", self._file)
            self.body.addWidget(self._paper)
            self._paper.show_document(1)
            QTimer.singleShot(0, self._on_counting)

    def _file(self, number: int) -> bytes:
        return self._files[number]

    def _add_page(self) -> bool:
        image = self._pages(len(self._files))
        if image is None:
            return False
        self._files.append(picture(image))
        return True

    @Slot()
    def _on_counting(self) -> None:
        """Fetch one page more and come again, so that no tap waits for the whole document."""
        if self._add_page():
            QTimer.singleShot(0, self._on_counting)
        elif self._paper is not None:
            self._paper.show_document(len(self._files))

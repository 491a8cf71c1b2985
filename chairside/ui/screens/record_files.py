"""What is on file of a visit that is over, and its copies: print, save, and what the patient has in hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from chairside.domain.facts import AddendumSealed, AddendumSigned, Concluded, Stamped
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card, empty
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.words import Words

RECORD = 0  # an addendum goes by its own number, from 1
OWED = ("record", "aftercare")


@dataclass(frozen=True)
class RecordDoors:
    """Where the page leads, and who sends a file out.

    `pages` says how many a file has, `page` returns one as a picture, None beyond the last.
    `print_`, `aftercare` and `save` return what came of it as a sentence, or nothing where the window has
    said it; `places` are folders.
    """

    home: Callable[[], None]
    retry: Callable[[], None]
    begin: Callable[[], None]
    add: Callable[[], None]
    seal: Callable[[int], None]
    pages: Callable[[int], int]
    page: Callable[[int, int], QImage | None]
    print_: Callable[[int], str]
    places: Callable[[], Sequence[tuple[str, str]]]
    save: Callable[[int, str], str]
    aftercare: Callable[[], str] | None
    owed: Callable[[], Collection[str]]
    handed: Callable[[str], None]


@dataclass(frozen=True)
class Setting:
    """What both cards need."""

    words: Words
    theme: Theme
    view: View
    doors: RecordDoors


def _line(theme: Theme, buttons: Sequence[Button]) -> QWidget:
    holder = QWidget()
    line = FlowLayout(theme, holder)
    for button in buttons:
        line.addWidget(button)
    return holder


class FilesCard(Card):
    """The record and what was added to it, oldest first; each can be looked at once it is sealed."""

    def __init__(self, setting: Setting, look: Callable[[int], None]) -> None:
        super().__init__(setting.theme, "record.files")
        self._setting, self._look = setting, look
        self._buttons: dict[int, Button] = {}
        view, say = setting.view, setting.words.say
        self.column.addWidget(Heading(setting.theme, say("record.files"), 2))
        told = (by.fact for by in view.visit.addenda_sealed)
        self._sealed = {fact.number for fact in told if isinstance(fact, AddendumSealed)}
        if view.visit.sealed is not None:
            at = saying.moment(setting.words, view.visit.sealed.stamp.utc, view.zone)
            self._add(RECORD, say("record.file_record", at=at))
        for by in view.visit.addenda:
            self._add_addendum(by)

    @property
    def alone(self) -> bool:
        """Tell whether nothing was added: then there is nothing to choose from."""
        return not self._setting.view.visit.addenda

    @property
    def newest(self) -> int:
        """The file that is looked at first: what was sealed last."""
        return max(self._buttons)

    def _add(self, which: int, said: str) -> None:
        look = self._setting.words.say("record.look")
        self.column.addWidget(Text(self._setting.theme, said, "staff_strong"))
        action = Action(f"record.look_{which}", look, lambda: self._look(which), "chip", f"{look}: {said}")
        self._buttons[which] = Button(self._setting.theme, action)
        self.column.addWidget(_line(self._setting.theme, [self._buttons[which]]))

    def _add_addendum(self, by: Stamped) -> None:
        fact, setting = by.fact, self._setting
        if not isinstance(fact, AddendumSigned):
            return
        say, at = setting.words.say, saying.moment(setting.words, by.stamp.utc, setting.view.zone)
        about = say(f"addendum.{fact.about}")
        said = say("record.file_addendum", number=fact.number, about=about, name=fact.name, at=at)
        if fact.number in self._sealed:
            self._add(fact.number, said)
            return
        self.column.addWidget(Text(setting.theme, said, "staff_strong"))
        self.column.addWidget(
            Text(setting.theme, say("record.addendum_waits", name=fact.name), "staff", "warn")
        )
        retry = Action(f"record.seal_{fact.number}", say("button.try_again"), self._sealer(fact.number))
        self.column.addWidget(_line(setting.theme, [Button(setting.theme, retry)]))

    def _sealer(self, number: int) -> Callable[[], None]:
        return lambda: self._setting.doors.seal(number)

    def show_looked(self, which: int) -> None:
        """Mark the file that is on show below."""
        for number, button in self._buttons.items():
            button.show_chosen(number == which)


class CopiesCard(Card):
    """Print, save, and the papers the patient is owed; no printer never blocks anything (P8)."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.theme, "record.copies")
        self.about = RECORD
        self._setting = setting
        say, theme = setting.words.say, setting.theme
        self._said = Banner(theme, "record.copies.said")
        self.column.addWidget(self._said)
        actions = [
            Action("record.print", say("button.print"), self._print),
            Action("record.save", say("button.save_copy"), self._ask_where),
        ]
        concluded = setting.view.visit.concluded
        ending = concluded.fact.ending if concluded and isinstance(concluded.fact, Concluded) else ""
        self._papers = OWED if ending == "countersigned" else ("record",)  # untreated needs no aftercare
        if setting.doors.aftercare is not None and "aftercare" in self._papers:
            actions.append(Action("record.aftercare", say("record.aftercare"), self._aftercare))
        self._actions = actions
        self._line = Stack(theme, "small")
        self.column.addLayout(self._line)
        self._where = Stack(theme, "small")
        self.column.addLayout(self._where)
        self._show_owed()

    # -- sending out ----------------------------------------------------------------------------
    def _tell(self, said: str) -> None:
        if said:
            self._said.tell("ok", said)
        else:
            self._said.silence()

    def _print(self) -> None:
        self._tell(self._setting.doors.print_(self.about))

    def _aftercare(self) -> None:
        if self._setting.doors.aftercare is not None:
            self._tell(self._setting.doors.aftercare())

    def _ask_where(self) -> None:
        """Offer the sticks and folders that are there now."""
        empty(self._where)
        setting = self._setting
        places = setting.doors.places()
        key = "record.save_where" if places else "record.no_place"
        self._where.addWidget(Text(setting.theme, setting.words.say(key), "strong"))
        chips = [
            Action(f"record.save_{number}", label, self._saver(folder), "chip")
            for number, (folder, label) in enumerate(places)
        ]
        self._where.addWidget(_line(setting.theme, [Button(setting.theme, action) for action in chips]))

    def _saver(self, folder: str) -> Callable[[], None]:
        return lambda: self._save(folder)

    def _save(self, folder: str) -> None:
        empty(self._where)
        self._tell(self._setting.doors.save(self.about, folder))

    # -- what is owed ---------------------------------------------------------------------------
    def _show_owed(self) -> None:
        """Offer what can be done with the copies in one line, and say below what was handed."""
        empty(self._line)
        setting, owed = self._setting, self._setting.doors.owed()
        actions, done = list(self._actions), []
        for what in self._papers:
            key = "record.handed" if what == "record" else "record.aftercare_handed"
            if what in owed:
                actions.append(Action(f"record.handed_{what}", setting.words.say(key), self._hander(what)))
            else:
                done.append(setting.words.say(f"{key}_done"))
        self._line.addWidget(_line(setting.theme, [Button(setting.theme, action) for action in actions]))
        if done:
            self._line.addWidget(Text(setting.theme, " ".join(done), "staff"))

    def _hander(self, what: str) -> Callable[[], None]:
        return lambda: self._hand(what)

    def _hand(self, what: str) -> None:
        self._setting.doors.handed(what)
        self._show_owed()

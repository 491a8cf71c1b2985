"""The door: who signs in, the PIN, handing the tablet over, the lock.

None of these pages holds anything of a visit except, for the hand-over, the name it is asked to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout

from chairside.session.view import Outcome, Prove, Who
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner, Tone
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.pin_pad import PinPad
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.ui.widgets.tiles import TileMark, Tiles
from chairside.ui.widgets.words import Words

LOW_BATTERY_PERCENT = 25
MOST_LETTERS = 20
PAD_BELOW_FROM_PX = 560  # high at text size 1; on a lower page the pad pushed the name out of sight
_DOWN, _ALONG = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
FREE_TRIES_SAID, LONG_WAIT = 4, 24 * 3600  # the longest that is ever said of a PIN


def _sheet(page: Page, theme: Theme) -> Stack:
    """Put one white sheet on a short page; return what to fill."""
    page.stand_in_the_middle()
    card = Card(theme)
    page.body.addWidget(card)
    return card.column


class SignIn(Page):
    """The staff as tiles; a line below each says the role. `notes` are shown under them (demo PINs)."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        staff: Sequence[Who],
        choose: Callable[[Who], None],
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(theme, words, "door.sign_in", "form")
        people = {who.person: who for who in staff}
        self.stand_in_the_middle()
        self.body.addWidget(Heading(theme, words.say("door.who")))
        tiles = [TileMark(who.person, who.name, words.say(f"role.{who.role}")) for who in staff]
        self.body.addWidget(Tiles(theme, "staff", tiles, lambda person: choose(people[person])))
        if notes:
            card = Card(theme, "door.notes")
            card.column.addWidget(Heading(theme, words.say("door.demo_pins"), 2))
            for note in notes:
                card.column.addWidget(Text(theme, note))
            self.body.addWidget(card)
        self._words = words
        self.footer.hide()

    def offer_cancel(self, cancel: Callable[[], None]) -> None:
        """Let nobody be chosen: an act waits for one of these people, and may be left."""
        back = Action("sign_in.cancel", self._words.say("button.cancel"), cancel)
        self.footer.show_actions(back, None)
        self.footer.show()


@dataclass(frozen=True)
class Asked:
    """Whose PIN is asked for, and what it will mean ("Your PIN makes this your decision.")."""

    name: str
    meaning: str = ""
    others: Callable[[], None] | None = None  # somebody else takes it
    visit: Callable[[], None] | None = None  # the page about the visit, where this stands in its way


class PinPage(Page):
    """Asks for one PIN; a wrong one is said with the tries that are left, and nothing else changes.

    On a low, wide page the pad stands beside the words: whose PIN it is stays in sight while it is typed.
    """

    _halves: QBoxLayout | None = None  # until it is built; a page arranges itself before that

    def __init__(
        self, theme: Theme, words: Words, asked: Asked, prove: Prove, cancel: Callable[[], None] | None
    ) -> None:
        super().__init__(theme, words, "door.pin", "text")
        self._words, self._prove = words, prove
        self._halves, told = QBoxLayout(_DOWN), Stack(theme, "gap")
        self._heading = Heading(theme, words.say("pin.title", name=asked.name))
        self._banner = Banner(theme, "pin.banner")
        self._banner.keep_room([words.say("pin.checking"), *refusals(words)])
        self._pad = PinPad(theme, words, "pin", self._on_entered)
        for part in (self._heading, Text(theme, asked.meaning or words.say("pin.least")), self._banner):
            told.addWidget(part)
        _sheet(self, theme).addLayout(self._halves)
        self._halves.addLayout(told, 1)
        self._halves.addWidget(self._pad, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        back = Action("pin.cancel", words.say("button.cancel"), cancel) if cancel is not None else None
        other = [Action("pin.others", words.say("door.someone_else"), asked.others)] if asked.others else []
        other += [Action("pin.visit", words.say("visit_more.button"), asked.visit)] if asked.visit else []
        self.footer.show_actions(back, None, other)
        self.footer.setVisible(back is not None or bool(other))

    def arrange(self) -> None:
        beside = self.width() > self.height() and self.height() < self._theme.px(PAD_BELOW_FROM_PX)
        self._column = "form" if beside else "text"
        super().arrange()
        if self._halves is not None:
            self._halves.setSpacing(self._theme.space("far" if beside else "gap"))
            self._halves.setDirection(_ALONG if beside else _DOWN)
            self._heading.take_kind("section" if beside or self._theme.scale > 1.0 else "display")

    def _on_entered(self, digits: str) -> None:
        self._pad.check(True)
        self._banner.tell("notice", self._words.say("pin.checking"))
        outcome = self._prove(digits)
        if outcome is not None:
            self.answer(outcome)

    def answer(self, outcome: Outcome) -> None:
        """Say what came of the PIN that was being checked."""
        self._pad.check(False)
        if outcome.right:
            self._banner.silence()
        else:
            tone: Tone = "warn" if outcome.wait_seconds else "danger"
            self._banner.tell(tone, refusal(self._words, outcome))

    def forget(self) -> None:
        """Drop half-typed digits and what was said about earlier ones."""
        self._pad.forget()
        self._banner.silence()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)


def refusal(words: Words, outcome: Outcome) -> str:
    """Return why a PIN was not accepted and what is left to do."""
    if outcome.code == "person_disabled":
        return words.say("door.disabled")
    if outcome.code == "pin_wait":
        return words.say("door.wait", wait=waiting(words, outcome.wait_seconds))
    if outcome.code == "pin_wrong" and outcome.wait_seconds:
        return words.say("door.wrong_wait", wait=waiting(words, outcome.wait_seconds))
    if outcome.code == "pin_wrong":
        return words.say("door.wrong", count=outcome.tries_left)
    return words.say("door.not_accepted")


def refusals(words: Words) -> list[str]:
    """Return the longest there can be of each refusal: the page keeps room for them."""
    waits = ("pin_wait", "pin_wrong")
    told = [Outcome("pin_wrong", FREE_TRIES_SAID), *(Outcome(code, wait_seconds=LONG_WAIT) for code in waits)]
    said = [refusal(words, each) for each in (*told, Outcome("person_disabled"))]
    return [*said, words.say("door.not_accepted")]


def waiting(words: Words, seconds: int) -> str:
    """Return a wait in words; from two minutes on in whole minutes, rounded up."""
    if seconds < 120:
        return words.say("door.seconds", count=seconds)
    return words.say("door.minutes", count=ceil(seconds / 60))


def _cut(name: str) -> str:
    """Return as much of a name as a button holds at the largest text; the page says it whole above."""
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"


class HandOver(Page):
    """The staff member reads out whom to hand the tablet to, and does."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        person: str,
        actions: tuple[Callable[[], None], Callable[[], None]],
        battery_percent: int | None = None,
    ) -> None:
        """`person`: who takes it, not always the patient. `actions` are: they have it; not now."""
        super().__init__(theme, words, "door.hand_over", "text")
        given, not_now = actions
        sheet = _sheet(self, theme)
        sheet.addWidget(Heading(theme, words.say("hand_over.to_patient", name=person)))
        sheet.addWidget(Text(theme, words.say("hand_over.to_patient_help")))
        if battery_percent is not None and battery_percent < LOW_BATTERY_PERCENT:
            banner = Banner(theme, "hand_over.battery")
            sheet.addWidget(banner)
            banner.tell("warn", words.say("hand_over.low_battery", percent=battery_percent))
        self.footer.show_actions(
            Action("hand_over.not_now", words.say("button.back"), not_now),
            Action("hand_over.given", words.say("door.person_has_it", name=_cut(person)), given, "primary"),
        )


class Locked(Page):
    """Nothing of anybody; a PIN goes on where it stopped."""

    def __init__(self, theme: Theme, words: Words, unlock: Callable[[], None]) -> None:
        super().__init__(theme, words, "door.locked", "text")
        sheet = _sheet(self, theme)
        sheet.addWidget(Heading(theme, words.say("door.locked")))
        sheet.addWidget(Text(theme, words.say("door.locked_help")))
        self.footer.show_actions(None, Action("locked.unlock", words.say("door.unlock"), unlock, "primary"))

"""The door: who signs in, the PIN, handing the tablet over and back, the lock.

None of these pages holds anything of a visit except, for the hand-over, the name it is asked to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

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
    """Asks for one PIN; a wrong one is said with the tries that are left, and nothing else changes."""

    def __init__(
        self, theme: Theme, words: Words, asked: Asked, prove: Prove, cancel: Callable[[], None] | None
    ) -> None:
        super().__init__(theme, words, "door.pin", "text")
        self._words, self._prove = words, prove
        sheet = _sheet(self, theme)
        sheet.addWidget(Heading(theme, words.say("pin.title", name=asked.name)))
        sheet.addWidget(Text(theme, asked.meaning or words.say("pin.least")))
        self._banner = Banner(theme, "pin.banner")
        self._banner.keep_room([words.say("pin.checking"), *refusals(words)])
        sheet.addWidget(self._banner)
        self._pad = PinPad(theme, words, "pin", self._on_entered)
        sheet.addWidget(self._pad, 0, Qt.AlignmentFlag.AlignHCenter)
        back = Action("pin.cancel", words.say("button.cancel"), cancel) if cancel is not None else None
        other = [Action("pin.others", words.say("door.someone_else"), asked.others)] if asked.others else []
        other += [Action("pin.visit", words.say("visit_more.button"), asked.visit)] if asked.visit else []
        self.footer.show_actions(back, None, other)
        self.footer.setVisible(back is not None or bool(other))

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


class HandOver(Page):
    """The staff member reads out whom to hand the tablet to, and does."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        patient: str,
        actions: tuple[Callable[[], None], Callable[[], None]],
        battery_percent: int | None = None,
    ) -> None:
        """`actions` are: the patient has it; not now."""
        super().__init__(theme, words, "door.hand_over", "text")
        given, not_now = actions
        sheet = _sheet(self, theme)
        sheet.addWidget(Heading(theme, words.say("hand_over.to_patient", name=patient)))
        sheet.addWidget(Text(theme, words.say("hand_over.to_patient_help")))
        if battery_percent is not None and battery_percent < LOW_BATTERY_PERCENT:
            banner = Banner(theme, "hand_over.battery")
            sheet.addWidget(banner)
            banner.tell("warn", words.say("hand_over.low_battery", percent=battery_percent))
        self.footer.show_actions(
            Action("hand_over.not_now", words.say("button.back"), not_now),
            Action("hand_over.given", words.say("door.patient_has_it"), given, "primary"),
        )


class WhoAreYou(Page):
    """The patient says whether the tablet is in the right hands; a no shows only how to give it back."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        patient: str,
        actions: tuple[Callable[[], None], Callable[[], None]],
        told: str = "",
    ) -> None:
        """`actions` are: yes, that is me; the staff takes the tablet back. `told`: what they are to do."""
        super().__init__(theme, words, "door.who_are_you", "text")
        self._words = words
        self._yes, self._take_back = actions
        self._banner = Banner(theme, "who_are_you.banner")
        self._title = Heading(theme, words.say("hand_over.are_you", name=patient))
        self._help = Text(theme, words.say("hand_over.are_you_help"))
        self._told = Text(theme, told, "strong")
        if not told:
            self._told.hide()
        sheet = _sheet(self, theme)
        for part in (self._title, self._told, self._help, self._banner):
            sheet.addWidget(part)
        self.footer.show_actions(
            Action("who_are_you.no", words.say("button.not_me"), self._on_no),
            Action("who_are_you.yes", words.say("button.yes_that_is_me"), self._yes, "primary"),
        )

    def _on_no(self) -> None:
        for part in (self._title, self._told, self._help):
            part.setText("")  # the name of somebody else's visit does not stay on the glass
            part.hide()
        self._banner.tell("notice", self._words.say("hand_over.not_me"))
        staff = Action("who_are_you.staff", self._words.say("door.staff_here"), self._take_back)
        self.footer.show_actions(staff, None)


class HandBack(Page):
    """The patient's part is done; only a staff PIN goes on from here."""

    def __init__(self, theme: Theme, words: Words, staff_here: Callable[[], None], told: str = "") -> None:
        """`told` is what just happened, where it needs saying (a break, a question, a stop)."""
        super().__init__(theme, words, "door.hand_back", "text")
        sheet = _sheet(self, theme)
        sheet.addWidget(Heading(theme, words.say("hand_over.back_to_staff")))
        if told:
            sheet.addWidget(Text(theme, told))
        staff = Action("hand_back.staff", words.say("door.staff_here"), staff_here)
        self.footer.show_actions(staff, None)


class Locked(Page):
    """Nothing of anybody; a PIN goes on where it stopped."""

    def __init__(self, theme: Theme, words: Words, unlock: Callable[[], None]) -> None:
        super().__init__(theme, words, "door.locked", "text")
        sheet = _sheet(self, theme)
        sheet.addWidget(Heading(theme, words.say("door.locked")))
        sheet.addWidget(Text(theme, words.say("door.locked_help")))
        self.footer.show_actions(None, Action("locked.unlock", words.say("door.unlock"), unlock, "primary"))

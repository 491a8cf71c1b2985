"""An expected trouble on the glass: what is wrong, what to do next, and where there is one, the way to it."""

from __future__ import annotations

from collections.abc import Callable

from chairside.errors import ChairsideError
from chairside.session.staff import Proof
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action

CLOCK_TROUBLES = ("clock_behind_last_fact", "clock_jumped")


class Troubles:
    """The banner above every page."""

    def __init__(self, window: Glass, doorway: Doorway, banner: Banner) -> None:
        self._window, self._doorway, self._banner = window, doorway, banner

    def guard(self, act: Callable[[], object]) -> None:
        """Do something; an expected trouble becomes a sentence and the next action on the banner."""
        try:
            act()
        except ChairsideError as trouble:
            self.say(trouble)

    def say(self, trouble: ChairsideError) -> None:
        """Say what is wrong and what to do."""
        words = self._window.parts.words_for(self._window.view)
        sentence, action = words.trouble(trouble)
        mend = Action("banner.close", words.say("button.ok"), self._banner.silence, "quiet")
        if trouble.code in CLOCK_TROUBLES:
            said = words.say("button.clock_is_right")
            mend = Action("banner.clock", said, self._correct_clock, "secondary")
        self._banner.tell("warn", f"{sentence} {action}", mend)

    def _correct_clock(self) -> None:
        """Let a physician say under PIN that the clock is right now (T8), then go on where this stood."""
        self._doorway.prove("physician", lambda proof: self.guard(lambda: self._clock_is_right(proof)))

    def _clock_is_right(self, proof: Proof) -> None:
        parts = self._window.parts
        parts.staff.correct_clock(proof, parts.words.say("door.clock_checked"))
        self._banner.silence()
        self._window.show_again()

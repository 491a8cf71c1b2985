"""Two small pages between a vial and an act on it: why, and for whose visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chairside.session.board import BoardRow
from chairside.ui.screens.desk_form import Blank, DeskForm, Dress
from chairside.ui.screens.expecting import visit_line
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.text import Text

MOST_REASON = 200
# Likely reasons of each act, by key; any other is written.
REASONS: dict[str, tuple[str, ...]] = {
    "not_coming": ("supplier_cancelled", "lost", "not_needed"),
    "quarantine": ("asked_supplier", "paper_missing", "temperature"),
    "reject": ("damaged", "thawed_on_arrival", "wrong_vial", "supplier_said"),
    "free": ("visit_put_off", "other_strength"),
    "discard": ("past_limit", "damaged", "expired"),
    "return": ("supplier_asked", "wrong_vial", "not_needed"),
}


class Why(DeskForm):
    """Asks for the reason of one act and says what the act means."""

    def __init__(
        self, dress: Dress, act: str, code: str, ways: tuple[Callable[[str], None], Callable[[], None]]
    ) -> None:
        """`ways` are: do it for this reason, back."""
        super().__init__(dress, "why", dress.say(f"vials.act_{act}"))
        self._act, (self._do, self._back) = act, ways
        self._chosen = ""
        if code:
            self.body.addWidget(Text(self.theme, code, "strong"))
        self.body.addWidget(Text(self.theme, self.say(f"vials.means_{act}")))
        card = self.card("reason", self.say("vials.why"))
        likely = [(key, self.say(f"vials.why_{key}")) for key in REASONS[act]]
        self._said = dict(likely)
        self._likely = Options(self.theme, "why.likely", likely, self._choose)
        card.column.addWidget(self._likely)
        self._own = self.field(card, Blank("own", self.say("vials.why_own"), MOST_REASON))
        self.show_state()

    def show_state(self) -> None:
        self._likely.show_choice(None if self.written("own") else self._chosen or None)
        self.refilled()
        primary = self.act("do", f"vials.act_{self._act}", self._go, "primary")
        self.offer(self.act("back", "button.back", self._back), primary)

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._own.line.clear()
        self.show_state()

    def lacks(self) -> dict[str, str]:
        return {} if self._reason() else {"own": self.say("vials.say_why")}

    def _reason(self) -> str:
        return self.written("own") or self._said.get(self._chosen, "")

    def _go(self) -> None:
        if self.whole():
            self._do(self._reason())


class SetAside(DeskForm):
    """Asks for which visit a vial is set aside."""

    def __init__(
        self,
        dress: Dress,
        code: str,
        visits: Sequence[BoardRow],
        ways: tuple[Callable[[str], None], Callable[[], None]],
    ) -> None:
        """`ways` are: set it aside for this visit, back."""
        super().__init__(dress, "aside", dress.say("vials.act_set_aside"))
        self._do, self._back = ways
        self._chosen = ""
        self.body.addWidget(Text(self.theme, code, "strong"))
        self.body.addWidget(
            Text(self.theme, self.say("vials.means_set_aside" if visits else "vials.no_visits"))
        )
        card = self.card("visit", self.say("vials.for_visit"))
        names = [(row.visit, visit_line(dress, row)) for row in visits]
        self._visits = self.rows(card, "visit", names, self._choose)
        self.show_state()

    def show_state(self) -> None:
        self._visits.show_choice(self._chosen or None)
        self.refilled()
        primary = self.act("do", "vials.act_set_aside", self._go, "primary")
        self.offer(self.act("back", "button.back", self._back), primary)

    def lacks(self) -> dict[str, str]:
        return {} if self._chosen else {"visit": self.say("vials.say_visit")}

    def _choose(self, visit: str) -> None:
        self._chosen = visit
        self.show_state()

    def _go(self) -> None:
        if self.whole():
            self._do(self._chosen)

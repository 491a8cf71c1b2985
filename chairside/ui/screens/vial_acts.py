"""Two small pages between a vial and an act on it: why, and for whose visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chairside.session.board import BoardRow
from chairside.ui.screens.desk_form import DeskForm, Dress
from chairside.ui.screens.expecting import visit_line
from chairside.ui.screens.why import Offered, Reason
from chairside.ui.widgets.text import Text

# Likely reasons of each act, by key; any other is written.
REASONS: dict[str, tuple[str, ...]] = {
    "not_coming": ("supplier_cancelled", "lost", "not_needed"),
    "quarantine": ("asked_supplier", "paper_missing", "temperature"),
    "reject": ("damaged", "thawed_on_arrival", "wrong_vial", "supplier_said"),
    "free": ("visit_put_off", "other_strength"),
    "discard": ("past_limit", "damaged", "expired"),
    "take_back": ("tapped_wrong", "other_meant"),
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
        if code:
            self.body.addWidget(Text(self.theme, code, "strong"))
        self.body.addWidget(Text(self.theme, self.say(f"vials.means_{act}")))
        card = self.card("reason", self.say("vials.why"))
        likely = [(key, self.say(f"vials.why_{key}")) for key in REASONS[act]]
        self._reason = Reason(self.words, self.theme, "why", Offered(likely, rows=True))
        self._reason.changed.connect(self.show_state)
        card.column.addWidget(self._reason)
        self.show_state()

    def show_state(self) -> None:
        self.refilled()
        primary = self.act("do", f"vials.act_{self._act}", self._go, "primary")
        self.offer(self.act("back", "button.back", self._back), primary)

    def lacks(self) -> dict[str, str]:
        return {} if self._reason.text else {"own": self.say("reasons.first")}

    def _go(self) -> None:
        if self.whole() and self._reason.given():
            self._do(self._reason.text)


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

"""A supplier of vials: name, address, phone, and the supplier's own two words on a vial; none is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import structs

from chairside.domain.expiry import last_day
from chairside.domain.facts import SupplierAdded
from chairside.ui.screens import saying
from chairside.ui.screens.desk_form import Blank, DeskForm, Dress

MOST_LIMIT_MINUTES = 1440
NONE, STATED = "none", "minutes"
CHECKED = "registration_checked"
PAPERS = (
    "registration", CHECKED, "licence", "accreditation", "instructions", "storage", "recall_contact",
)  # fmt: skip
WORDS = {CHECKED: "checked", "recall_contact": "recall"}


class SupplierForm(DeskForm):
    """A new supplier, or one that is known, to be put right."""

    def __init__(
        self,
        dress: Dress,
        known: SupplierAdded | None,
        names: frozenset[str],
        ways: tuple[Callable[[SupplierAdded], None], Callable[[], None]],
    ) -> None:
        """`names` are the others' names, in small letters; `ways` are: keep it, back."""
        title = dress.say("vials.supplier_change" if known else "vials.new_supplier")
        super().__init__(dress, "supplier", title)
        self._keep, self._back = ways
        self._known, self._names = known, names
        self._limit = "" if known is None else NONE if known.thaw_limit_minutes is None else STATED
        self._move = "" if known is None else "yes" if known.may_move else "no"
        self._lay_out(known)
        self.show_state()

    def _lay_out(self, known: SupplierAdded | None) -> None:
        who = self.card("who")
        name = self.field(
            who, Blank("name", self.say("vials.supplier_name"), 80), known.name if known else ""
        )
        name.line.setReadOnly(known is not None)  # another name is another supplier
        address = Blank("address", self.say("vials.supplier_address"), 200)
        self.field(who, address, known.address if known else "")
        self.field(who, Blank("phone", self.say("vials.supplier_phone"), 40), known.phone if known else "")
        limit = self.card("limit", self.say("vials.limit"), self.say("vials.limit_help"))
        options = [(NONE, self.say("vials.limit_none")), (STATED, self.say("vials.limit_stated"))]
        self._limits = self.rows(limit, "limit", options, self._choose_limit)
        written = str(known.thaw_limit_minutes) if known and known.thaw_limit_minutes else ""
        self._minutes = self.field(limit, Blank("minutes", self.say("vials.minutes"), 4), written)
        move = self.card("move", self.say("vials.may_move"), self.say("vials.may_move_help"))
        self._moves = self.pair(move, "move", self.say("vials.may_move"), self._choose_move)
        self._ask_papers(known)

    def _ask_papers(self, known: SupplierAdded | None) -> None:
        """Ask what the supplier is known by (V17); none of it is required."""
        papers = self.card(
            "papers", self.say("vials.supplier_papers"), self.say("vials.supplier_papers_help")
        )
        for key in PAPERS:
            hint = self.say("vials.supplier_checked_hint") if key == CHECKED else ""
            blank = Blank(key, self.say(f"vials.supplier_{WORDS.get(key, key)}"), 200, hint)
            held = getattr(known, key) if known else None
            self.field(papers, blank, str(held or ""))

    def show_state(self) -> None:
        self._limits.show_choice(self._limit or None)
        self._minutes.setVisible(self._limit == STATED)
        self._moves.show_choice(self._move or None)
        self.refilled()
        back = self.act("back", "button.back", self._back)
        self.offer(back, self.act("save", "button.save", self._save, "primary"))

    def _stated(self) -> int | None:
        said = self.written("minutes")
        whole = said.isascii() and said.isdecimal()
        return int(said) if whole and 1 <= int(said) <= MOST_LIMIT_MINUTES else None

    def lacks(self) -> dict[str, str]:
        lacks: dict[str, str] = {}
        if not self.written("name"):
            lacks["name"] = self.say("vials.write_supplier")
        elif self._known is None and self.written("name").casefold() in self._names:
            lacks["name"] = self.say("vials.supplier_known")
        if not self._limit:
            lacks["limit"] = self.say("vials.say_limit")
        elif self._limit == STATED and self._stated() is None:
            lacks["minutes"] = self.say("vials.write_minutes", most=MOST_LIMIT_MINUTES)
        if not self._move:
            lacks["move"] = self.say("vials.say_move")
        if self.written(CHECKED) and self._looked_up() is None:
            lacks[CHECKED] = self.say("vials.supplier_day")
        return lacks

    def _looked_up(self) -> date | None:
        day = last_day(self.written(CHECKED))
        return day if day is not None and day <= saying.local_day(self.dress.now, self.dress.zone) else None

    def _choose_limit(self, key: str) -> None:
        self._limit = key
        self.show_state()

    def _choose_move(self, key: str) -> None:
        self._move = key
        self.show_state()

    def _save(self) -> None:
        if self.whole():
            limit = self._stated() if self._limit == STATED else None
            written = (self.written("name"), self.written("address"), self.written("phone"))
            told = SupplierAdded(*written, limit, self._move == "yes")
            papers = {key: self.written(key) for key in PAPERS if key != CHECKED}
            self._keep(structs.replace(told, registration_checked=self._looked_up(), **papers))

"""A donor-test sheet copied from paper, line by line; what is not on the paper is said to be not on it.

A blank line is never nonreactive: it is left out of what is stored, and the vials of such a sheet
stay apart until a whole sheet is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import get_args

from PySide6.QtGui import QImage

from chairside.domain import form as forms
from chairside.domain.facts import SheetEntered
from chairside.domain.form import Choice, Form, Item, Panel, Picture
from chairside.domain.replies import Chosen, PanelRead, Reply, TestLine, TestResult
from chairside.ui.screens import saying
from chairside.ui.screens.desk_form import Blank, DeskForm, Dress
from chairside.ui.screens.row import Desk, Row
from chairside.ui.screens.rows import row_for
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.photo import Photo
from chairside.ui.widgets.text import Text

BLANK = "blank"


@dataclass
class Entering:
    """What was copied so far, by one person; kept while another page is looked at."""

    person: str = ""
    supplier: str = ""
    written: dict[str, str] = field(default_factory=dict)  # donor, lot
    replies: dict[str, Reply] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)  # item.test -> result, or blank
    photo: bytes = b""
    stream: str = ""  # the sheet that is put right
    known: frozenset[str] = frozenset()  # items that were answered before: an answer cannot become none


@dataclass(frozen=True)
class SheetWays:
    """Where the page leads."""

    keep: Callable[[SheetEntered, tuple[tuple[str, Reply], ...]], None]
    new_supplier: Callable[[], None]
    photo: Callable[[], None]
    again: Callable[[], None]
    back: Callable[[], None]


class SheetForm(DeskForm):
    """Asks for one sheet."""

    def __init__(
        self,
        dress: Dress,
        draft: Entering,
        offered: tuple[Form, Sequence[str], QImage | None],
        ways: SheetWays,
    ) -> None:
        """`offered` are: the form, the suppliers, the photo as far as there is one."""
        self._form, suppliers, image = offered
        title = dress.say("vials.sheet_correct" if draft.stream else "vials.new_sheet")
        super().__init__(dress, "sheet", title)
        self._draft, self._ways = draft, ways
        self._options: dict[str, Options] = {}
        self._more: list[Row] = []
        self._desk = Desk(self.words, self.theme, self._answer, self._now, dress.zone)
        self._ask_whose(suppliers)
        for item in self._form.items:
            self._ask(item, image)
        self._short = Banner(self.theme, "sheet.short")
        self.body.addWidget(self._short)
        self.show_state()

    def _now(self) -> datetime:
        return self.dress.now

    @property
    def _language(self) -> str:
        return "en" if "en" in self._form.prose else next(iter(self._form.prose))

    # -- layout ---------------------------------------------------------------------------------
    def _ask_whose(self, suppliers: Sequence[str]) -> None:
        card = self.card("supplier", self.say("vials.supplier_on_sheet"))
        options = [(name, name) for name in suppliers]
        self._suppliers = self.rows(card, "supplier", options, self._choose_supplier)
        new = Action("sheet.new_supplier", self.say("vials.new_supplier"), self._new_supplier)
        card.column.addWidget(Button(self.theme, new))
        covers = self.card("covers", self.say("vials.sheet_covers"), self.say("vials.sheet_covers_help"))
        written = self._draft.written
        self.field(covers, Blank("donor", self.say("vials.donor"), 60), written.get("donor", ""))
        self.field(covers, Blank("lot", self.say("vial.lot"), 40), written.get("lot", ""))

    def _ask(self, item: Item, image: QImage | None) -> None:
        prose = self._form.words(item.id, self._language)
        match item:
            case Choice():
                card = self.card(item.id, prose.title, self._help(item, prose))
                options = [(each, prose.options.get(each, each)) for each in item.options]
                if item.required and "not_stated" not in item.options:
                    options.append((BLANK, self.say("vials.not_said")))
                self._options[item.id] = self.rows(card, item.id, options, self._chooser(item.id))
                self._options[item.id].entitle(prose.title, each=True)
            case Panel():
                self._ask_panel(item, prose)
            case Picture():
                self._ask_photo(item, prose, image)
            case _:
                self._ask_more(item, prose)

    def _help(self, item: Item, prose: forms.Words) -> str:
        """Return what helps with an item, and that it may be left open where it may."""
        return "\n".join((*prose.help, *(() if item.required else (self.say("common.optional"),))))

    def _ask_panel(self, item: Panel, prose: forms.Words) -> None:
        card = self.card(item.id, prose.title, self._help(item, prose))
        results = [*get_args(TestResult), BLANK]
        labels = [
            (result, saying.result(self.words, "" if result == BLANK else result)) for result in results
        ]
        for test in item.tests:
            title = prose.options.get(test, test)
            card.column.addWidget(Text(self.theme, title, "strong"))
            key = f"{item.id}.{test}"
            chips = Options(self.theme, f"sheet.{key}", labels, self._liner(key), chips=True)
            chips.entitle(title)
            self._options[key] = chips
            card.column.addWidget(chips)
        self.error(card, item.id)

    def _ask_photo(self, item: Item, prose: forms.Words, image: QImage | None) -> None:
        card = self.card(item.id, prose.title, self._help(item, prose))
        if image is not None:
            photo = Photo(self.theme, "sheet.photo.shown", prose.title)
            photo.show_image(image)
            card.column.addWidget(photo)
        if image is not None and not self._draft.stream:  # a stored photo is followed, never taken away
            away = Action("sheet.photo.remove", self.say("vials.photo_remove"), self._drop_photo)
            card.column.addWidget(Button(self.theme, away))
            return
        pick = Action("sheet.photo", self.say("vials.photo_pick"), self._pick_photo)
        card.column.addWidget(Button(self.theme, pick))

    def _ask_more(self, item: Item, prose: forms.Words) -> None:
        row = row_for(self._desk, item, prose)
        if row is not None:
            card = self.card(item.id)
            card.column.addWidget(row)
            if not item.required:
                card.column.addWidget(Text(self.theme, self.say("common.optional"), "staff", "ink2"))
            self.error(card, item.id)
            self._more.append(row)

    # -- state ----------------------------------------------------------------------------------
    def show_state(self) -> None:
        draft = self._draft
        draft.written = {key: self.written(key) for key in ("donor", "lot")}
        self._suppliers.show_choice(draft.supplier or None)
        for key, options in self._options.items():
            options.show_choice(self._shown(key))
        for row in self._more:
            row.show_reply(draft.replies.get(row.item.id))
        self._say_short()
        self.refilled()
        back = self.act("back", "button.back", self._ways.back)
        self.offer(back, self.act("save", "vials.sheet_save", self._save, "primary"))

    def _shown(self, key: str) -> str | None:
        reply = self._draft.replies.get(key)
        return reply.option if isinstance(reply, Chosen) else self._draft.lines.get(key)

    def _missing(self) -> list[str]:
        """Return in words what the paper itself leaves out."""
        told = []
        for item in self._form.items:
            prose = self._form.words(item.id, self._language)
            if self._draft.lines.get(item.id) == BLANK:
                told.append(prose.title)
            for test in item.tests if isinstance(item, Panel) else ():
                if self._draft.lines.get(f"{item.id}.{test}") == BLANK:
                    told.append(prose.options.get(test, test))
        return told

    def _say_short(self) -> None:
        missing = self._missing()
        if missing:
            lines = (self.say("vials.sheet_short"), *missing, self.say("vials.sheet_short_next"))
            if self._short.said != "\n".join(lines):
                self._short.tell("warn", "\n".join(lines))
        else:
            self._short.silence()

    def lacks(self) -> dict[str, str]:
        draft = self._draft
        lacks: dict[str, str] = {}
        if not draft.supplier:
            lacks["supplier"] = self.say("vials.say_supplier")
        if not any(draft.written.values()):
            lacks["donor"] = self.say("vials.say_donor_or_lot")
        for item in self._form.items:
            if item.required and self._open(item):
                lacks[item.id] = self._form.words(item.id, self._language).title
            if item.id in draft.known and draft.lines.get(item.id) == BLANK:
                lacks[item.id] = self.say("vials.sheet_answered")
        return lacks

    def _open(self, item: Item) -> bool:
        """Tell whether nobody has said yet what the paper says about this."""
        if isinstance(item, Panel):
            return any(f"{item.id}.{test}" not in self._draft.lines for test in item.tests)
        return item.id not in self._draft.replies and item.id not in self._draft.lines

    # -- taps -----------------------------------------------------------------------------------
    def _choose_supplier(self, name: str) -> None:
        self._draft.supplier = name
        self.show_state()

    def _chooser(self, item: str) -> Callable[[str], None]:
        return lambda option: self._choose(item, option)

    def _choose(self, item: str, option: str) -> None:
        draft = self._draft
        draft.replies.pop(item, None)
        draft.lines.pop(item, None)
        if option == BLANK:
            draft.lines[item] = BLANK
        else:
            draft.replies[item] = Chosen(option)
        self.show_state()

    def _liner(self, key: str) -> Callable[[str], None]:
        return lambda result: self._line(key, result)

    def _line(self, key: str, result: str) -> None:
        self._draft.lines[key] = result
        self.show_state()

    def _answer(self, item: Item, reply: Reply) -> None:
        self._draft.replies[item.id] = reply
        self.show_state()

    def _new_supplier(self) -> None:
        self.show_state()  # what stands in the fields is kept for the way back
        self._ways.new_supplier()

    def _pick_photo(self) -> None:
        self.show_state()
        self._ways.photo()

    def _drop_photo(self) -> None:
        self._draft.photo = b""
        self.show_state()
        self._ways.again()

    # -- what is stored -------------------------------------------------------------------------
    def _save(self) -> None:
        if not self.whole():
            return
        draft = self._draft
        told = [(item.id, self._reply(item)) for item in self._form.items]
        answers = tuple((key, reply) for key, reply in told if reply is not None)
        self._ways.keep(SheetEntered(draft.supplier, draft.written["donor"], draft.written["lot"]), answers)

    def _reply(self, item: Item) -> Reply | None:
        if not isinstance(item, Panel):
            return self._draft.replies.get(item.id)
        said = {test: self._draft.lines.get(f"{item.id}.{test}") for test in item.tests}
        known = {result: result for result in get_args(TestResult)}
        return PanelRead(tuple(TestLine(test, known[each]) for test, each in said.items() if each in known))

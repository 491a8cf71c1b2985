"""A vial that came: its code, its label, the shipment's six answers, and the sheet that covers it.

Nothing of the label is filled in beforehand, not even from what was expected: what stands here was
read from the vial in hand, or the second person's comparison would compare nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from chairside.domain import form as forms
from chairside.domain.codes.identity import numbered
from chairside.domain.expiry import last_day
from chairside.domain.facts import VialReceived
from chairside.domain.form import Choice, Several
from chairside.domain.form import Words as Prose
from chairside.domain.replies import Chosen, ChosenSeveral, Coded, Reply
from chairside.domain.vial import ON_LABEL, SHIPMENT
from chairside.session.board import SheetCard
from chairside.ui.screens import saying
from chairside.ui.screens.arrival import NO_SHEET, UNEXPECTED, Arriving, Offered, ReceiveWays
from chairside.ui.screens.desk_form import Blank, DeskForm, Dress
from chairside.ui.screens.handled import CodeRow
from chairside.ui.screens.row import Desk, Row, show_line
from chairside.ui.screens.rows import row_for
from chairside.ui.screens.vial_lists import expected_title, sheet_title
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.pair import Pair
from chairside.ui.widgets.text import Heading, Stack, Text


class Receive(DeskForm):
    """Asks for one vial that is here."""

    def __init__(self, dress: Dress, draft: Arriving, offered: Offered, ways: ReceiveWays) -> None:
        title = dress.say("vials.correct" if draft.corrects else "vials.receive")
        super().__init__(dress, "receive", title)
        self._draft, self._offered_here, self._ways = draft, offered, ways
        self._rows: list[Row] = []
        self._pairs: dict[str, Pair] = {}
        self._labelled: dict[str, Options] = {}
        self._today = saying.local_day(dress.now, dress.zone)
        self._desk = Desk(self.words, self.theme, self._answer, self._now, dress.zone)
        self._ask_code()
        self._ask_expected()
        self._ask_label()
        self._ask_shipment()
        self._ask_sheet()
        self._ask_more()
        self.show_state()

    def _now(self) -> datetime:
        return self.dress.now

    @property
    def _language(self) -> str:
        prose = self._offered_here.form.prose
        return "en" if "en" in prose else next(iter(prose))

    # -- layout ---------------------------------------------------------------------------------
    def _ask_code(self) -> None:
        card = self.card("code")
        scan = (self.say("vials.scan_here"),)
        item, prose = forms.Code(id="receive.code"), Prose(self.say("vials.code_on_label"), help=scan)
        desk = Desk(self.words, self.theme, self._take_code, self._now, self.dress.zone)
        self._code = CodeRow(desk, item, prose)
        card.column.addWidget(self._code)
        blank = Blank("number", self.say("vials.number"), 4, self.say("vials.number_hint"))
        self._number = self.field(card, blank, self._draft.written.get("number", ""))
        if self._draft.corrects:
            self._code.setEnabled(False)  # another code is another vial
        self.error(card, "code")

    def _ask_expected(self) -> None:
        expected = self._offered_here.expected
        if self._draft.corrects or not expected:
            self._expected: Options | None = None
            return
        card = self.card("expected", self.say("vials.which_expected"), self.say("vials.which_expected_help"))
        names = [(each.stream, expected_title(self.dress, each)) for each in expected]
        options = [*names, (UNEXPECTED, self.say("vials.unexpected"))]
        self._expected = self.rows(card, "expected", options, self._choose_expected)

    def _ask_label(self) -> None:
        who = self.card("supplier", self.say("vials.supplier_on_label"))
        names = [(name, name) for name in self._offered_here.suppliers]
        self._suppliers = self.rows(who, "supplier", names, self._choose_supplier)
        who.column.addWidget(
            Button(
                self.theme, Action("receive.new_supplier", self.say("vials.new_supplier"), self._new_supplier)
            )
        )
        written = self._draft.written
        label = self.card("label")
        self.field(label, Blank("product", self.say("vials.product"), 120), written.get("product", ""))
        self.field(label, Blank("lot", self.say("vial.lot"), 40), written.get("lot", ""))
        expires = Blank("expires", self.say("vial.expires"), 10, self.say("vials.expires_hint"))
        self.field(label, expires, written.get("expires", ""))
        self._read_as = Text(self.theme, "", "staff_strong")
        self._read_as.hide()
        label.column.addWidget(self._read_as)
        for item in map(self._offered_here.form.item, ON_LABEL):
            if isinstance(item, Choice | Several):
                prose = self._offered_here.form.words(item.id, self._language)
                card = self.card(item.id, prose.title, "\n".join(prose.help))
                options = [(each, prose.options.get(each, each)) for each in item.options]
                add = self.rows if isinstance(item, Choice) else self.ticks
                self._labelled[item.id] = add(card, item.id, options, self._chooser(item.id))
                self._labelled[item.id].entitle(prose.title, each=True)

    def _ask_shipment(self) -> None:
        for item in self._offered_here.form.items:
            if item.id in SHIPMENT and isinstance(item, Choice):
                prose = self._offered_here.form.words(item.id, self._language)
                card = self.card(item.id, prose.title, "\n".join(prose.help))
                self._pairs[item.id] = self.pair(card, item.id, prose.title, self._chooser(item.id))

    def _ask_more(self) -> None:
        """Ask what else the clinic's form holds; none of it stands in the way unless the form says so."""
        for item in self._offered_here.form.items:
            if item.id in self._labelled or item.id in self._pairs:
                continue
            row = row_for(self._desk, item, self._offered_here.form.words(item.id, self._language))
            if row is not None and not self._rows:
                self.body.addWidget(Heading(self.theme, self.say("vials.more_to_say"), 2))
            if row is not None:
                card = self.card(item.id)
                card.column.addWidget(row)
                self.error(card, item.id)
                self._rows.append(row)

    def _ask_sheet(self) -> None:
        card = self.card("sheet", self.say("vials.which_sheet"), self.say("vials.which_sheet_help"))
        self._sheets_place = Stack(self.theme, "small")
        card.column.addLayout(self._sheets_place)
        self._sheets: Options | None = None
        self._sheets_of: object = None
        card.column.addWidget(
            Button(self.theme, Action("receive.new_sheet", self.say("vials.new_sheet"), self._new_sheet))
        )
        self.error(card, "sheet")

    # -- state ----------------------------------------------------------------------------------
    def show_state(self) -> None:
        draft = self._draft
        draft.written = {key: self.written(key) for key in ("number", "product", "lot", "expires")}
        self._code.show_reply(draft.code)
        shared = draft.code is not None and not draft.corrects and self._ways.alike(draft.code.text)
        self._number.setVisible(shared)
        if self._expected is not None:
            self._expected.show_choice(draft.expected or None)
        self._suppliers.show_choice(draft.supplier or None)
        for key, pair in self._pairs.items():
            pair.show_choice(next(iter(self._chosen(key)), None))
        for key, labelled in self._labelled.items():
            labelled.show_chosen(self._chosen(key))
        for row in self._rows:
            row.show_reply(draft.replies.get(row.item.id))
        self._show_sheets()
        self._show_date()
        self.refilled()
        back = self.act("back", "button.back", self._ways.back)
        others = [self.act("again", "vials.start_again", self._ways.again)] if draft.begun else []
        self.offer(back, self.act("save", "vials.receive_save", self._save, "primary"), others)

    def _chosen(self, item: str) -> tuple[str, ...]:
        reply = self._draft.replies.get(item)
        several = reply.options if isinstance(reply, ChosenSeveral) else ()
        return (reply.option,) if isinstance(reply, Chosen) else several

    def _fitting(self) -> list[SheetCard]:
        """Return the sheets that cover this supplier's lot: by their donor, or by the lot itself."""
        supplier, lot = self._draft.supplier, self._draft.written.get("lot", "")
        ours = [each for each in self._offered_here.sheets if each.supplier == supplier]
        return [each for each in ours if each.donor or each.lot == lot]

    def _show_sheets(self) -> None:
        fitting = self._fitting()
        if fitting != self._sheets_of or self._sheets is None:
            self._sheets_of = fitting
            if self._draft.sheet not in (NO_SHEET, *(each.stream for each in fitting)):
                self._draft.sheet = ""
            empty(self._sheets_place)
            names = [(each.stream, sheet_title(self.dress, each)) for each in fitting]
            options = [*names, (NO_SHEET, self.say("vials.no_sheet"))]
            self._sheets = Options(self.theme, "receive.sheet", options, self._choose_sheet)
            self._sheets_place.addWidget(self._sheets)
        self._sheets.show_choice(self._draft.sheet or None)

    def _expiry(self) -> date | None:
        return last_day(self._draft.written.get("expires", ""))

    def _show_date(self) -> None:
        """Read the date back, and say at once where it has passed."""
        day = self._expiry()
        said = ""
        if day is not None:
            passed = day < self._today
            self._read_as.set_colour("danger" if passed else "ok")
            key = "vials.date_passed" if passed else "vials.good_until"
            said = self.say(key, day=saying.day(self.words, day))
        show_line(self._read_as, said)

    def lacks(self) -> dict[str, str]:
        draft, form = self._draft, self._offered_here.form
        wanted = {
            "code": (draft.code, "vials.say_code"),
            "expected": (draft.expected or self._expected is None, "vials.say_expected"),
            "supplier": (draft.supplier, "vials.say_supplier"),
            "product": (draft.written.get("product"), "vials.say_product"),
            "lot": (draft.written.get("lot"), "vials.say_lot"),
            "expires": (self._expiry(), "vials.say_expires"),
        }
        lacks = {key: self.say(said) for key, (there, said) in wanted.items() if not there}
        if draft.written.get("number") and not draft.written["number"].isdecimal():
            lacks["number"] = self.say("vials.say_number")
        elif not draft.corrects and self._ways.known(self._whole_code()):
            lacks["code"] = self.say("vials.code_known")
        for item in form.items:
            if item.required and item.id not in draft.replies:
                lacks[item.id] = form.words(item.id, self._language).title
        if not draft.sheet:
            lacks["sheet"] = self.say("vials.say_sheet")
        return lacks

    # -- taps -----------------------------------------------------------------------------------
    def take_scan(self, scanned: str) -> None:
        """Take what the scanner read as the code."""
        if not self._draft.corrects:
            self._code.take_scan(scanned)

    def _whole_code(self) -> str:
        """Return the code with the number of the vial, where others carry the same label."""
        code, number = self._draft.code, self._draft.written.get("number", "")
        if code is None:
            return ""
        return numbered(code.text, number) if number.isdecimal() else code.text.strip()

    def _take_code(self, _: object, reply: Reply) -> None:
        if isinstance(reply, Coded):
            self._draft.code = reply
            self.show_state()

    def _choose_expected(self, stream: str) -> None:
        self._draft.expected = stream
        self.show_state()

    def _choose_supplier(self, name: str) -> None:
        if name != self._draft.supplier:
            self._draft.supplier, self._draft.sheet = name, ""  # a sheet covers one supplier's vials
        self.show_state()

    def _chooser(self, item: str) -> Callable[[str], None]:
        return lambda option: self._choose(item, option)

    def _choose(self, item: str, option: str) -> None:
        asked = self._offered_here.form.item(item)
        several = asked.tapped(self._chosen(item), option) if isinstance(asked, Several) else ()
        self._draft.replies[item] = ChosenSeveral(several) if several else Chosen(option)
        self.show_state()

    def _choose_sheet(self, stream: str) -> None:
        self._draft.sheet = stream
        self.show_state()

    def _answer(self, item: forms.Item, reply: Reply) -> None:
        self._draft.replies[item.id] = reply
        self.show_state()

    def _new_supplier(self) -> None:
        self.show_state()  # what stands in the fields is kept for the way back
        self._ways.new_supplier()

    def _new_sheet(self) -> None:
        self.show_state()
        self._ways.new_sheet()

    def _save(self) -> None:
        if not self.whole():
            return
        draft, day = self._draft, self._expiry()
        assert draft.code is not None and day is not None
        received = VialReceived(
            self._whole_code(),
            draft.supplier,
            draft.written["product"],
            draft.written["lot"],
            day,
            "" if draft.sheet == NO_SHEET else draft.sheet,
            "" if draft.expected == UNEXPECTED else draft.expected,
            draft.code.entered,
        )
        answers = [(item.id, draft.replies.get(item.id)) for item in self._offered_here.form.items]
        self._ways.keep(received, tuple((key, reply) for key, reply in answers if reply is not None))

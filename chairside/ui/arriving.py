"""What is put in at the desk: a vial that is due, one that came, a sheet, its photo, a supplier.

A draft belongs to the person who began it. Somebody else begins anew: were one entry of two hands,
the second person would compare what they had typed themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QStandardPaths, QStorageInfo
from PySide6.QtGui import QImage

from chairside.domain.facts import (
    SheetEntered,
    SupplierAdded,
    VialExpected,
    VialReceived,
)
from chairside.domain.form import Choice
from chairside.domain.replies import Coded, PanelRead, Reply
from chairside.session.staff import Proof
from chairside.ui import pictures
from chairside.ui.screens import vial_entries
from chairside.ui.screens.arrival import NO_SHEET, STRENGTH, UNEXPECTED, Arriving, Offered, ReceiveWays
from chairside.ui.screens.donor_sheet import Entering, SheetForm, SheetWays
from chairside.ui.screens.expecting import Expect, Expecting, ExpectWays
from chairside.ui.screens.receiving import Receive
from chairside.ui.screens.sheet_photo import CutPhoto, PickPhoto
from chairside.ui.screens.supplier import SupplierForm
from chairside.ui.vial_table import VialTable
from chairside.ui.widgets.fields import begin_typing

Go = Callable[[], None]
Look = Callable[[str], None]
Draft: TypeAlias = Expecting | Arriving | Entering


class Arrivals:
    """The pages that are filled in."""

    def __init__(self, table: VialTable, look: Look, home: Go, sheets: Go) -> None:
        """`look` shows the vial with a code, `home` every vial, `sheets` the donor sheets."""
        self._table, self._look, self._home, self._sheets = table, look, home, sheets
        self._receiving = table.receiving
        self._expecting = Expecting()
        self._arriving = Arriving()
        self._entering = Entering()

    def _person(self) -> str:
        who = self._table.here()
        return who.person if who else ""

    # -- a vial that is due ---------------------------------------------------------------------
    def expect(self) -> None:
        """Ask for a vial that is on its way."""
        self._expecting = Expecting()
        self._expect()

    def _expect(self) -> None:
        form = self._table.form("receiving")
        strength, labels = form.item(STRENGTH), form.words(STRENGTH, vial_entries.language_of(form)).options
        options = strength.options if isinstance(strength, Choice) else ()
        strengths = [(each, labels.get(each, each)) for each in options]
        offered = (self._table.suppliers(), strengths, self._table.visits())
        again = self._table.guarded(self._expect)
        fresh = self._table.guarded(partial(self.ask_supplier, "", again, self._expecting))
        ways = ExpectWays(self._keep_expected, fresh, self._home)
        self._table.put(Expect(self._table.dress(), self._expecting, offered, ways), again)

    def _keep_expected(self, fact: VialExpected) -> None:
        self._table.do(lambda: self._receiving.expect(fact), self._home)

    # -- a supplier -----------------------------------------------------------------------------
    def ask_supplier(self, name: str, then: Go, draft: Draft | None = None) -> None:
        """Ask for a supplier, or what is known of one anew; `then` shows the page it was asked from.

        One that was added is chosen in the draft it was added from.
        """
        known = self._table.supplier(name)
        names = frozenset(each.casefold() for each in self._table.suppliers())

        def keep(fact: SupplierAdded) -> None:
            if self._receiving.changes_a_rule(fact):  # a running limit is no line to be typed over
                self._table.prove_own(lambda proof: both(fact, proof))
            else:
                self._table.do(lambda: add(fact), then)

        def add(fact: SupplierAdded) -> None:
            self._receiving.add_supplier(fact)
            if draft is not None and draft.supplier != fact.name:
                draft.supplier = fact.name
                if isinstance(draft, Arriving):
                    draft.sheet = ""  # a sheet covers one supplier's vials

        def both(fact: SupplierAdded, proof: Proof) -> None:
            self._receiving.add_supplier(fact, proof)
            then()

        page = SupplierForm(self._table.dress(), known, names, (keep, then))
        self._table.put(page, self._table.guarded(partial(self.ask_supplier, name, then, draft)))
        if known is None:
            begin_typing(page)

    # -- a vial that came -----------------------------------------------------------------------
    def receive(self, expected: str = "") -> None:
        """Ask for a vial that is here; a draft of the same person goes on where it was left."""
        if self._arriving.person != self._person() or self._arriving.corrects or expected:
            self._arriving = Arriving(self._person(), expected=expected)
        self._receive()

    def receive_unknown(self, code: str) -> None:
        """A scanned code is of no vial here: begin receiving it."""
        self.receive()
        if self._arriving.code is None:
            self._arriving.code = Coded(code, "scanned")
            self._receive()

    def correct(self, code: str) -> None:
        """Put the entries of a vial right that is not accepted yet."""
        vial = self._receiving.vial(code)
        last = next(by.fact for by in reversed(vial.facts) if isinstance(by.fact, VialReceived))
        self._arriving = Arriving(
            person=self._person(),
            code=Coded(vial.code, last.entered or "typed"),
            expected=last.expected or UNEXPECTED,
            supplier=vial.supplier,
            written={"product": vial.product, "lot": vial.lot, "expires": str(vial.expires or "")},
            replies=dict(vial.replies),
            sheet=vial.sheet_stream or NO_SHEET,
            corrects=True,
        )
        self._receive()

    def _receive(self) -> None:
        draft, table = self._arriving, self._table
        if draft.person != self._person():
            self._arriving = draft = Arriving(self._person())
        due = [card for card in self._receiving.cards() if card.fate == "expected"]
        offered = Offered(table.form("receiving"), due, table.suppliers(), self._receiving.sheets())
        again = table.guarded(self._receive)
        back = partial(self._look, draft.code.text) if draft.corrects and draft.code else self._home
        ways = ReceiveWays(
            keep=self._keep_received,
            known=lambda code: bool(self._receiving.vial(code).code),
            alike=self._receiving.alike,
            new_supplier=table.guarded(partial(self.ask_supplier, "", again, draft)),
            new_sheet=table.guarded(lambda: self.enter_sheet(draft.supplier, self._sheet_entered)),
            again=self._begin_again,
            back=back,
        )
        table.put(Receive(table.dress(), draft, offered, ways), again)

    def _begin_again(self) -> None:
        self._arriving = Arriving(self._person())
        self._table.window.guard(self._receive)

    def _sheet_entered(self, stream: str) -> None:
        self._arriving.sheet = stream
        self._table.window.guard(self._receive)

    def _keep_received(self, fact: VialReceived, answers: tuple[tuple[str, Reply], ...]) -> None:
        def keep() -> None:
            self._receiving.receive(fact, answers)
            self._arriving = Arriving(self._person())
            self._look(fact.code)

        self._table.window.guard(keep)

    # -- a sheet --------------------------------------------------------------------------------
    def enter_sheet(self, supplier: str, then: Look) -> None:
        """Ask for a donor sheet; `then` is told its stream."""
        if self._entering.person != self._person() or self._entering.stream:
            self._entering = Entering(self._person(), supplier=supplier)
        self._entering.supplier = self._entering.supplier or supplier
        self._enter(then, self._back_from(then))

    def correct_sheet(self, stream: str, back: Go) -> None:
        """Put the entries of a sheet right; it wants a second person again."""
        told = self._receiving.sheet(stream)
        panel: dict[str, str] = {
            f"{item}.{row.test}": row.result
            for item, reply in told.replies.items()
            if isinstance(reply, PanelRead)
            for row in reply.rows
        }
        self._entering = Entering(
            person=self._person(),
            supplier=told.supplier,
            written={"donor": told.donor, "lot": told.lot},
            replies={key: reply for key, reply in told.replies.items() if not isinstance(reply, PanelRead)},
            lines=panel,
            photo=self._table.photo(told),
            stream=stream,
            known=frozenset(told.replies),
        )
        self._enter(lambda _: back(), back)

    def _back_from(self, then: Look) -> Go:
        return self._table.guarded(self._receive) if then == self._sheet_entered else self._sheets

    def _enter(self, then: Look, back: Go) -> None:
        table, draft = self._table, self._entering
        if draft.person != self._person():
            self._entering = draft = Entering(self._person())
        again = table.guarded(partial(self._enter, then, back))
        ways = SheetWays(
            keep=partial(self._keep_sheet, then),
            new_supplier=table.guarded(partial(self.ask_supplier, "", again, draft)),
            photo=table.guarded(partial(self._photo, again)),
            again=again,
            back=back,
        )
        offered = (table.form("donor_sheet"), table.suppliers(), table.image(draft.photo))
        table.put(SheetForm(table.dress(), draft, offered, ways), again)

    def _keep_sheet(self, then: Look, fact: SheetEntered, answers: tuple[tuple[str, Reply], ...]) -> None:
        def keep() -> None:
            draft = self._entering
            kept = self._table.photo(self._receiving.sheet(draft.stream)) if draft.stream else b""
            photos = (draft.photo,) if draft.photo and draft.photo != kept else ()
            stream = self._receiving.enter_sheet(fact, answers, photos, draft.stream)
            self._entering = Entering(self._person())
            then(stream)

        self._table.window.guard(keep)

    # -- its photo ------------------------------------------------------------------------------
    def _photo(self, then: Go) -> None:
        """Let a photo be picked, then cut."""
        files = pictures.found_in(photo_folders())
        named = [(found.file.name, found.at) for found in files]
        again = self._table.guarded(partial(self._photo, then))

        def pick(number: int) -> None:
            self._table.window.guard(lambda: self._cut(pictures.opened(files[number].file), then))

        self._table.put(PickPhoto(self._table.dress(), named, (pick, again, then)), again)

    def _cut(self, image: QImage, then: Go) -> None:
        def keep(jpeg: bytes) -> None:
            self._entering.photo = jpeg
            then()

        back = self._table.guarded(partial(self._photo, then))
        self._table.put(CutPhoto(self._table.dress(), image, (keep, back)), partial(self._cut, image, then))


def photo_folders() -> list[Path]:
    """Return where photos are: the tablet's pictures and downloads, and every stick that is plugged in."""
    places = QStandardPaths.StandardLocation
    own = [
        Path(each)
        for place in (places.PicturesLocation, places.DownloadLocation)
        for each in QStandardPaths.standardLocations(place)
    ]
    volumes = [volume for volume in QStorageInfo.mountedVolumes() if volume.isReady() and not volume.isRoot()]
    sticks = [Path(volume.rootPath()) for volume in volumes]
    sticks = [each for each in sticks if each.parts[1:2] in (("media",), ("run",), ("mnt",), ("Volumes",))]
    return [folder for each in (*own, *sticks) for folder in (each, *_inside(each))]


def _inside(folder: Path) -> list[Path]:
    """Return a camera's own folders, which lie one or two below the top."""
    camera = folder / "DCIM"
    try:
        return [camera, *(each for each in camera.iterdir() if each.is_dir())]
    except OSError:
        return []

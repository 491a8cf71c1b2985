"""The administrator's page of the notices of the law: one is left out or shown again, under PIN (Q7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, TypeAlias

from PySide6.QtWidgets import QWidget

from chairside.domain.facts import NoticeRestored, NoticeWaived
from chairside.domain.source import SOURCE
from chairside.session import notices
from chairside.session.staff import Proof
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.screens import saying
from chairside.ui.screens.asking import Asking
from chairside.ui.screens.notices import DOCUMENT, Notice, Notices

Dress: TypeAlias = Callable[[QWidget], QWidget]
Basis: TypeAlias = Literal["ind", "counsel_memo"]


class NoticesSide:
    """Makes the page of the notices and does what is tapped on it."""

    def __init__(self, window: Glass, doorway: Doorway, dress: Dress, back: Callable[[], None]) -> None:
        self._window, self._doorway, self._dress, self._back = window, doorway, dress, back
        self._clinic = window.parts.desk.clinic

    def show(self) -> None:
        """Show which notices are shown and which are left out."""
        parts = self._window.parts
        rows = [Notice(each, self._title(each), self._why(each)) for each in notices.waivable(self._clinic)]
        self._put(Notices((parts.theme, parts.words), rows, (self._back, self._waive, self._restore)))

    def _put(self, page: QWidget) -> None:
        self._window.put(self._dress(page))
        self._window.desk_place = self.show

    def _title(self, notice: str) -> str:
        forms = (form for form in self._clinic.book.forms.values() if form.item(notice))
        return next(forms).words(notice, SOURCE).title

    def _why(self, notice: str) -> str:
        by = self._clinic.waived.get(notice)
        if by is None or not isinstance(by.fact, NoticeWaived):
            return ""
        say = self._window.parts.words.say
        return say(
            "notices.left_out",
            at=saying.local_day(by.stamp.utc, self._clinic.founded.zone).isoformat(),
            basis=say(f"notices.{by.fact.basis}"),
            reference=by.fact.reference,
            on=by.fact.on.isoformat(),
            person=self._clinic.people[by.stamp.person].name,
        )

    def _waive(self, notice: str) -> None:
        parts, said = self._window.parts, dict[str, str]()

        def go() -> None:
            try:
                on = date.fromisoformat(said["reference_on"].strip())
            except ValueError:
                page.refuse("reference_on", parts.words.say("setup.reference_on_why"))
                return
            basis: Basis = "ind" if said["basis"] == "ind" else "counsel_memo"
            self._tell(NoticeWaived(notice, basis, said["reference"], on))

        page = Asking((parts.theme, parts.words), "waiver", DOCUMENT, said, (self.show, go))
        self._put(page)

    def _restore(self, notice: str) -> None:
        self._tell(NoticeRestored(notice))

    def _tell(self, fact: NoticeWaived | NoticeRestored) -> None:
        """Ask the administrator's PIN, keep it, and show the notices again."""

        def proved(proof: Proof) -> None:
            self.show()
            self._window.guard(lambda: self._kept(fact, proof))

        self._doorway.prove("administrator", proved)

    def _kept(self, fact: NoticeWaived | NoticeRestored, proof: Proof) -> None:
        notices.tell(self._clinic, proof, fact)
        self.show()

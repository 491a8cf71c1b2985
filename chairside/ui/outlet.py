"""Where papers leave the tablet: to the printer, or into the folder for papers; each is kept as a fact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Literal, TypeAlias

from chairside.domain.facts import Printed
from chairside.errors import ChairsideError
from chairside.session import copies, papers
from chairside.ui import printing
from chairside.ui.glass import Glass

Sheet: TypeAlias = Literal["poster", "blank_pack", "preparation", "aftercare"]
How: TypeAlias = Literal["printer", "folder"]


class Outlet:
    """Sends bytes out and says what came of it; an expected trouble goes to the window's banner."""

    def __init__(self, window: Glass) -> None:
        self._window = window

    def tried(self, act: Callable[[], str]) -> str:
        """Do something and return its sentence, or nothing where the banner has said why not."""
        try:
            return act()
        except ChairsideError as trouble:
            self._window.say_trouble(trouble)
            return ""

    def paper(self, kind: Sheet, visit: str = "") -> str:
        """Make one of the clinic's papers and send it out; `visit` is whom it is about."""
        about = f"visit:{visit}" if visit else "clinic"
        clinic = self._window.parts.desk.clinic
        return self.tried(lambda: self.send(kind, about, papers.make(clinic, kind, visit)))

    def send(self, what: str, about: str, data: bytes) -> str:
        """Print; without a printer lay it into the folder for papers. Raises: ChairsideError."""
        parts = self._window.parts
        try:
            printing.print_pdf(data)
        except ChairsideError as trouble:
            if trouble.code != "no_printer" or parts.prints is None:
                raise
            name = f"{what}-{about.rpartition(':')[2]}".replace("_", "-")
            path = printing.into_folder(data, parts.prints, name)
            self.keep(what, about, "folder", data)
            return parts.words.say("record.no_printer_saved", path=path)
        self.keep(what, about, "printer", data)
        return parts.words.say("record.printed")

    def keep(self, what: str, about: str, how: How, data: bytes) -> None:
        """Keep that a paper left the tablet."""
        desk = self._window.parts.desk
        copies.printed(desk.clinic, desk.staff, Printed(what, about, how, hashlib.sha256(data).hexdigest()))

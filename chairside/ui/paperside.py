"""The paper route's side of the window, and every photo of a visit: picked, cut, stored with its fact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from msgspec import structs
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from chairside.domain.facts import Answered, SignedOnPaper
from chairside.domain.form import Step
from chairside.domain.replies import Pictured
from chairside.session.staff import Proof
from chairside.ui import pictures
from chairside.ui.arriving import photo_folders
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.outlet import Outlet
from chairside.ui.route import GLASS
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.on_paper import OnPaper, PaperDoors
from chairside.ui.screens.sheet_photo import CutPhoto, PickPhoto


class PaperSide:
    """Makes the pages of a visit that goes on on paper."""

    def __init__(self, window: Glass, doorway: Doorway, dress: Callable[[QWidget], QWidget]) -> None:
        self._window, self._doorway, self._dress = window, doorway, dress
        self._outlet = Outlet(window)
        self._picked: dict[tuple[str, str], list[bytes]] = {}  # by visit and pad; gone once they are stored

    def page(self, step: Step) -> QWidget:
        """Return the page on which staff copy a form of the patient's from paper."""
        parts = self._window.parts
        glass = partial(self._window.choose, GLASS)
        doors = PaperDoors(self._print, self._pick, self._photos, self._drop, self._sign, glass)
        return OnPaper(step, parts.words, parts.theme, self._window.tell, doors)

    def _print(self) -> str:
        return self._outlet.paper("blank_pack", self._key("")[0])

    def _key(self, pad: str) -> tuple[str, str]:
        room = self._window.room
        return (room.visit.id if room is not None else "", pad)

    def _photos(self, pad: str) -> int:
        return len(self._picked.get(self._key(pad), ()))

    def _drop(self, pad: str) -> None:
        self._picked.pop(self._key(pad), None)
        self._window.show_again()

    # -- picking --------------------------------------------------------------------------------
    def _pick(self, pad: str) -> None:
        """Let a photo of a signed page be picked; a signed page shows the patient's name, and must."""
        self._choose(lambda image: self._take(pad, image))

    def _take(self, pad: str, image: QImage) -> None:
        self._picked.setdefault(self._key(pad), []).append(pictures.encoded(image))
        self._window.show_again()

    def pick_for(self, form: str, item: str) -> None:
        """Let a photo be picked for an item staff answer, cut until no name and no face is on it."""
        self._choose(lambda image: self._cut(form, item, image))

    def _cut(self, form: str, item: str, image: QImage) -> None:
        keep = partial(self._answered, form, item)
        self._put(CutPhoto(self._look(), image, (keep, self._window.show_again)))

    def _answered(self, form: str, item: str, jpeg: bytes) -> None:
        room = self._window.room
        told = Answered(form, item, Pictured(hashlib.sha256(jpeg).hexdigest()))
        if room is not None:
            self._window.guard(lambda: room.take(told, None, (jpeg,)))
            self._window.show_again()

    def _choose(self, use: Callable[[QImage], None]) -> None:
        """Show the newest pictures of the tablet and of a stick."""
        files = pictures.found_in(photo_folders())
        named = [(found.file.name, found.at) for found in files]

        def take(number: int) -> None:
            self._window.guard(lambda: use(pictures.opened(files[number].file)))

        self._put(PickPhoto(self._look(), named, (take, lambda: self._choose(use), self._window.show_again)))

    def _look(self) -> Dress:
        parts = self._window.parts
        return Dress(parts.theme, parts.words, parts.desk.zone, parts.desk.now())

    def _put(self, page: QWidget) -> None:
        self._window.put(self._dress(page))

    # -- signing --------------------------------------------------------------------------------
    def _sign(self, told: SignedOnPaper) -> None:
        """Store the signature with its photos under the PIN of who copied it."""
        photos = tuple(dict.fromkeys(self._picked.get(self._key(told.pad), ())))
        digests = tuple(hashlib.sha256(photo).hexdigest() for photo in photos)
        fact = structs.replace(told, pictures=digests)
        self._doorway.prove("own", lambda proof: self._store(fact, photos, proof))

    def _store(self, fact: SignedOnPaper, photos: tuple[bytes, ...], proof: Proof) -> None:
        room = self._window.room
        if room is None:
            return
        try:
            room.take(fact, proof, photos)
            self._picked.pop(self._key(fact.pad), None)
        finally:
            self._window.show_again()

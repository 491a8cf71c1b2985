"""A photograph of a sheet: which file, what is cut away, and whether a name is left on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import get_args

from PySide6.QtGui import QImage, QResizeEvent

from chairside.ui import pictures
from chairside.ui.pictures import Cut, Edge
from chairside.ui.screens import saying
from chairside.ui.screens.desk_form import DeskForm, Dress
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.photo import Photo
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.tiles import TileMark, Tiles


class PickPhoto(Page):
    """The newest pictures of the tablet and of a stick; nothing to type, no small lists."""

    def __init__(
        self,
        dress: Dress,
        files: Sequence[tuple[str, datetime]],
        ways: tuple[Callable[[int], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        """`files` are names with their times; `ways` are: take one by number, look again, back."""
        super().__init__(dress.theme, dress.words, "photo.pick", "form")
        pick, again, back = ways
        theme, say = dress.theme, dress.say
        self.body.addWidget(Heading(theme, say("vials.photo_pick")))
        self.body.addWidget(Text(theme, say("vials.photo_pick_help" if files else "vials.photo_none")))
        self.banner = Banner(theme, "photo.banner")
        self.body.addWidget(self.banner)
        marks = [
            TileMark(str(number), name, saying.moment(dress.words, at, dress.zone))
            for number, (name, at) in enumerate(files)
        ]
        self.body.addWidget(Tiles(theme, "photo", marks, lambda number: pick(int(number))))
        fresh = Action("photo.again", say("vials.photo_again"), again)
        self.footer.show_actions(Action("photo.back", say("button.back"), back), None, (fresh,))


class CutPhoto(DeskForm):
    """The picture, four ways to cut it smaller, and one question that must be answered no."""

    def __init__(
        self, dress: Dress, image: QImage, ways: tuple[Callable[[bytes], None], Callable[[], None]]
    ) -> None:
        """`ways` are: keep this JPEG, back."""
        super().__init__(dress, "photo", dress.say("vials.photo_cut"))
        self._image, (self._keep, self._back) = image, ways
        self._cut, self._named = Cut(), ""
        self.body.addWidget(Text(self.theme, self.say("vials.photo_cut_help")))
        card = self.card("cut")
        self._photo = Photo(self.theme, "photo.shown", self.say("vials.photo"))
        card.column.addWidget(self._photo)
        line = FlowLayout(self.theme)
        for edge in get_args(Edge):
            action = Action(f"photo.cut.{edge}", self.say(f"vials.cut_{edge}"), self._cutter(edge), "chip")
            line.addWidget(Button(self.theme, action))
        whole = Action("photo.cut.undo", self.say("vials.cut_undo"), self._uncut, "chip")
        line.addWidget(Button(self.theme, whole))
        card.column.addLayout(line)
        names = self.card("named", self.say("vials.photo_named"), self.say("vials.photo_named_help"))
        self._names = self.pair(names, "named", self.say("vials.photo_named"), self._say_named)
        self._warning = Banner(self.theme, "photo.warning")
        names.column.addWidget(self._warning)
        self.show_state()

    def show_state(self) -> None:
        self._photo.show_image(pictures.cut(self._image, self._cut))
        self._names.show_choice(self._named or None)
        if self._named == "yes":
            self._warning.tell("warn", self.say("vials.photo_cover"))
        else:
            self._warning.silence()
        self.refilled()
        back = self.act("back", "button.back", self._back)
        self.offer(back, self.act("save", "vials.photo_keep", self._save, "primary"))

    def lacks(self) -> dict[str, str]:
        if self._named == "no":
            return {}
        return {"named": self.say("vials.photo_cover" if self._named else "vials.photo_say_named")}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture so low that what cuts it is in sight with it, below the heading."""
        super().resizeEvent(event)
        self._photo.stand_within(self.height() * 3 // 8)

    def _cutter(self, edge: Edge) -> Callable[[], None]:
        return lambda: self._cut_more(edge)

    def _cut_more(self, edge: Edge) -> None:
        self._cut = self._cut.more(edge)
        self._named = ""  # said of another picture
        self.show_state()

    def _uncut(self) -> None:
        self._cut, self._named = Cut(), ""
        self.show_state()

    def _say_named(self, answer: str) -> None:
        self._named = answer
        self.show_state()

    def _save(self) -> None:
        if self.whole():
            self._keep(pictures.encoded(pictures.cut(self._image, self._cut)))

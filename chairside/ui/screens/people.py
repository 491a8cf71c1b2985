"""The staff as the administrator sees it: who may act, who may start the tablet, who no longer may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chairside.session.view import Who
from chairside.ui.screens.asking import Ask
from chairside.ui.theme import Theme
from chairside.ui.widgets.across import Across, at_end
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.words import Words

REASON = (Ask("reason"),)


@dataclass(frozen=True)
class Member:
    """A row: who, whether they open the store, whether they are switched off."""

    who: Who
    opener: bool
    off: bool


@dataclass(frozen=True)
class PeopleDoors:
    """What can be done here; two take the person. `notices` is None where none may be left out (Q7)."""

    back: Callable[[], None]
    add: Callable[[], None]
    switch_off: Callable[[str], None]
    make_opener: Callable[[str], None]
    notices: Callable[[], None] | None = None


class People(Page):
    """Everybody, those who are here first."""

    def __init__(self, words: Words, theme: Theme, members: Sequence[Member], doors: PeopleDoors) -> None:
        super().__init__(theme, words, "people", "form")
        self._words, self._theme, self._doors = words, theme, doors
        self.body.addWidget(Heading(theme, words.say("people.title")))
        self.body.addWidget(Text(theme, words.say("people.help")))
        for member in sorted(members, key=lambda each: each.off):
            self.body.addWidget(self._card(member))
        law = [Action("people.notices", words.say("notices.button"), doors.notices)] if doors.notices else []
        self.footer.show_actions(
            Action("people.back", words.say("button.back"), doors.back),
            Action("people.add", words.say("setup.add_person"), doors.add, "primary"),
            law,
        )

    def _card(self, member: Member) -> Card:
        who, say = member.who, self._words.say
        card = Card(self._theme, f"people.{who.person}")
        lines, acts = Stack(self._theme, "small"), []
        lines.addWidget(Text(self._theme, who.name, "strong"))
        marks = [say(f"role.{who.role}")]
        marks += [say("people.off")] if member.off else [say("people.opener")] if member.opener else []
        lines.addWidget(Text(self._theme, " · ".join(marks), "staff", "ink2"))
        lines.addStretch(1)
        if not member.off:
            acts.append(self._offer(who, "switch_off", self._doors.switch_off))
            if not member.opener:
                acts.append(self._offer(who, "make_opener", self._doors.make_opener))
        card.column.addWidget(Across(self._theme, lines, at_end(self._theme, *acts)))
        return card

    def _offer(self, who: Who, name: str, act: Callable[[str], None]) -> Action:
        said = self._words.say(f"people.{name}")
        spoken = f"{said}: {who.name}"
        return Action(f"people.{name}.{who.person}", said, lambda: act(who.person), "secondary", spoken)

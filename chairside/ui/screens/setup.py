"""The first start beyond plain questions: the staff, the recovery key, and typing it from paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chairside.session.clinic import NewStaff
from chairside.ui.screens.asking import Ask
from chairside.ui.theme import Theme
from chairside.ui.widgets.across import Across, at_end
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading, Stack, Text
from chairside.words import Words

ZONES = {
    zone.lower().replace("/", "_"): zone
    for zone in (
        "America/Los_Angeles", "America/Denver", "America/Phoenix", "America/Chicago", "America/New_York",
        "America/Anchorage", "Pacific/Honolulu",
    )
}  # fmt: skip
CLINIC = (
    Ask("name"),
    Ask("address"),
    Ask("phone_24h", "phone"),
    Ask("zone", "choice", tuple(ZONES)),
)
PROFILE = (
    Ask("profile", "choice", ("california", "other")),
    Ask("counsel", when=("profile", "other")),
    Ask("counsel_on", when=("profile", "other")),
    Ask("counsel_memo", when=("profile", "other")),
)
RULES = (
    Ask("ages", "choice", ("adults", "from_12", "any")),
    Ask("consent_valid_days", "number", least=1, most=90),
    Ask("release_hours", "number", least=1, most=24),
    Ask("idle_minutes", "number", least=2, most=5),
    Ask("keep_years", "number", least=10, most=100),
    Ask("physician_alone", "choice", ("no", "yes")),
)
PERSON = (
    Ask("staff_name"),
    Ask("staff_role", "choice", ("nurse", "physician", "administrator")),
    Ask("staff_pin", "secret"),
    Ask("staff_pin_again", "secret"),
)
RECOVER = (Ask("recovery_key"), Ask("passphrase", "secret"), Ask("passphrase_again", "secret"))
PASSPHRASE = (Ask("passphrase", "secret"), Ask("passphrase_again", "secret"))
ASKED_WITH = {  # the question whose answer is refused with this sentence
    "setup.pins_differ": "staff_pin_again",
    "setup.pin_weak": "staff_pin",
    "setup.name_taken": "staff_name",
    "setup.passphrases_differ": "passphrase_again",
    "recovery_key_mistyped": "recovery_key",
    "recovery_key_wrong": "recovery_key",
    "passphrase_short": "passphrase",
    "passphrase_too_easy": "passphrase",
}


class StaffList(Page):
    """Who works here; at least what the clinic needs must be there before it goes on."""

    def __init__(
        self,
        dress: tuple[Theme, Words],
        staff: Sequence[NewStaff],
        lacking: str,
        actions: tuple[Callable[[], None], Callable[[], None], Callable[[], None], Callable[[str], None]],
    ) -> None:
        """`actions` are: back, on, add a person, take one off the list."""
        theme, words = dress
        super().__init__(theme, words, "setup.staff", "form")
        back, on, add, remove = actions
        self.body.addWidget(Heading(theme, words.say("setup.staff_title")))
        self.body.addWidget(Text(theme, words.say("setup.staff_help")))
        for each in staff:
            card, lines = Card(theme, f"setup.person.{each.person}"), Stack(theme, "small")
            lines.addWidget(Text(theme, each.name, "strong"))
            lines.addWidget(Text(theme, words.say(f"role.{each.role}"), "staff", "ink2"))
            lines.addStretch(1)
            said = words.say("setup.remove")
            take = Action(f"setup.remove.{each.person}", said, _with(remove, each.person), "secondary",
                          f"{said}: {each.name}")  # fmt: skip
            card.column.addWidget(Across(theme, lines, at_end(theme, take)))
            self.body.addWidget(card)
        leave = Action("setup.back", words.say("button.back"), back)
        adding = [Action("setup.add_person", words.say("setup.add_person"), add)]
        go = Action("setup.continue", words.say("button.continue"), on, "primary")
        # No Continue that only says what stands beside it anyway; and it never comes where Add stood before.
        self.footer.show_actions(leave, None if lacking else go, adding, lacking)


def _with(act: Callable[[str], None], person: str) -> Callable[[], None]:
    return lambda: act(person)


class Recovery(Page):
    """Shows the recovery key once: to be printed, or copied by hand, before anything else."""

    def __init__(
        self,
        dress: tuple[Theme, Words],
        key: str,
        actions: tuple[Callable[[], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        """`actions` are: print, on, give up."""
        theme, words = dress
        super().__init__(theme, words, "setup.recovery", "form")
        printing, on, cancel = actions
        self.body.addWidget(Heading(theme, words.say("setup.recovery_title")))
        self.body.addWidget(Text(theme, words.say("setup.recovery_help")))
        card = Card(theme, "setup.recovery.card")
        for line in _lines(key):
            card.column.addWidget(Text(theme, line, "key"))
        self.body.addWidget(card)
        self.banner = Banner(theme, "setup.recovery.banner")
        self.body.addWidget(self.banner)
        self.footer.show_actions(
            Action("setup.cancel", words.say("setup.give_up"), cancel),
            Action("setup.continue", words.say("setup.have_it"), on, "primary"),
            [Action("setup.print", words.say("setup.print_sheet"), printing)],
        )


def _lines(key: str) -> list[str]:
    """Return the key's groups, four a line."""
    groups = key.split("-")
    return ["  ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]


class Retype(Page):
    """The key is typed from the paper: only then is it known to be on paper."""

    def __init__(
        self, dress: tuple[Theme, Words], actions: tuple[Callable[[], None], Callable[[str], str]]
    ) -> None:
        """`actions` are: look at the key again; the typed key, answered by a sentence where it is wrong."""
        theme, words = dress
        super().__init__(theme, words, "setup.retype", "form")
        again, self._confirm = actions
        self.body.addWidget(Heading(theme, words.say("setup.retype_title")))
        self.body.addWidget(Text(theme, words.say("setup.retype_help")))
        card = Card(theme)
        self._field = FieldRow(theme, "setup.recovery_key", words.say("setup.recovery_key"), lambda _: None)
        self._field.line.setMaxLength(80)
        self._field.line.returnPressed.connect(self._on_confirm)
        card.column.addWidget(self._field)
        self.body.addWidget(card)
        self.footer.show_actions(
            Action("setup.back", words.say("setup.show_key"), again),
            Action("setup.confirm", words.say("setup.confirm"), self._on_confirm, "primary"),
        )

    def _on_confirm(self) -> None:
        self._field.show_error(self._confirm(self._field.text))

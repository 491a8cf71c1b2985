"""One drug on the medicines page: the question when it was last taken, and the row it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from chairside.domain import notes
from chairside.domain.drugs import Drug, folded
from chairside.domain.replies import AtMoment, DrugTaken, LastDose, Never, NotSure, OnDate, Prescriber
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.screens.prescriber import PrescriberRows
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.dates import DateRow, Span
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Text
from chairside.ui.widgets.words import Words

NEAR_DAYS = 4  # today and so many days before it are one tap each
FAR_YEARS = 5
HOURS = range(1, 25)


@dataclass(frozen=True)
class Setting:
    """What a drug on the page needs around it."""

    words: Words
    theme: Theme
    view: View


def _line(setting: Setting, actions: list[Action]) -> QWidget:
    holder = QWidget()
    line = FlowLayout(setting.theme, holder)
    for action in actions:
        line.addWidget(Button(setting.theme, action))
    return holder


class DrugQuestion(Card):
    """When was it last taken? Nothing is kept until one of these is tapped."""

    def __init__(self, setting: Setting, name: str, keep: Callable[[LastDose], None]) -> None:
        super().__init__(setting.theme, "drug.question")
        self._setting, self._keep = setting, keep
        asked = setting.words.say("screens.last_dose_of", name=name)
        self.column.addWidget(Text(setting.theme, asked, "strong"))
        self.column.addWidget(_line(setting, self._near()))
        self.column.addWidget(Text(setting.theme, setting.words.say("screens.another_day"), "staff"))
        today = setting.view.when.today
        span = Span(date(today.year - FAR_YEARS, 1, 1), today)
        self.column.addWidget(DateRow(setting.theme, setting.words, "dose", span, self._pick))

    def _near(self) -> list[Action]:
        say, today = self._setting.words.say, self._setting.view.when.today
        days = [self._offer(f"dose.{n}", say(f"screens.days_ago_{n}"), OnDate(today - timedelta(days=n)))
                for n in range(NEAR_DAYS + 1)]  # fmt: skip
        others: list[tuple[str, LastDose]] = [("unsure", NotSure()), ("never", Never())]
        return [
            *days,
            *(self._offer(f"dose.{key}", say(f"screens.dose_{key}"), dose) for key, dose in others),
        ]

    def _offer(self, name: str, said: str, dose: LastDose) -> Action:
        return Action(name, said, lambda: self._keep(dose), "chip")

    def _pick(self, day: date) -> None:
        self._keep(OnDate(day))


class HourQuestion(Card):
    """Before what hour of the day? The end of the hour is kept, so that it is never too early."""

    def __init__(self, setting: Setting, row: DrugTaken, keep: Callable[[LastDose], None]) -> None:
        super().__init__(setting.theme, "drug.hour")
        self._setting, self._keep = setting, keep
        asked = setting.words.say("screens.before_what_hour", name=row.name)
        self.column.addWidget(Text(setting.theme, asked, "strong"))
        if isinstance(row.last_dose, OnDate):
            moments = [(hour, self._at(row.last_dose.day, hour)) for hour in HOURS]
            past = [(hour, at) for hour, at in moments if at <= setting.view.when.now]
            self.column.addWidget(_line(setting, [self._offer(hour, at) for hour, at in past]))

    def _at(self, day: date, hour: int) -> datetime:
        zone = ZoneInfo(self._setting.view.zone)
        start = datetime.combine(day, time(hour - 1), zone)
        return start.astimezone(ZoneInfo("UTC")) + timedelta(hours=1)

    def _offer(self, hour: int, at: datetime) -> Action:
        said = saying.time(self._setting.words, at, self._setting.view.zone)
        return Action(f"hour.{hour}", said, lambda: self._keep(AtMoment(at)), "chip")


@dataclass(frozen=True)
class Hands:
    """What can be done with a row; taking the `last` one away says that none was taken."""

    change: Callable[[], None]
    hour: Callable[[], None]
    remove: Callable[[], None]
    prescribed: Callable[[bool], None]
    prescriber: Callable[[Prescriber], None]
    last: bool = False


def kind_of(drug: Drug) -> str:
    """Return the key of what is said of a listed drug; what must not be stopped goes before the rest."""
    if drug.antithrombotic:
        return "antithrombotic"
    return {"yes": "nsaid", "no": "not_nsaid", "related": "related"}[drug.is_nsaid]


class DrugCard(Card):
    """A drug that is on the list: when last, what is known of it, who prescribed it."""

    def __init__(self, setting: Setting, row: DrugTaken, hands: Hands) -> None:
        key = folded(row.name).replace(" ", "_")
        super().__init__(setting.theme, f"drug.{key}")
        self._setting, self._row, self._hands, self._key = setting, row, hands, key
        self._doctor: PrescriberRows | None = None
        said = saying.last_dose(setting.words, row.last_dose, setting.view.zone)
        self.column.addWidget(Text(setting.theme, f"{row.name}: {said}", "strong"))
        drug = setting.view.book.drugs.find(row.name)
        self.column.addWidget(Text(setting.theme, self._known(drug), "staff", "ink2"))
        if drug is not None and drug.antithrombotic:
            self._ask_prescriber()
        self.column.addWidget(_line(setting, self._actions()))

    def show_prescriber(self, who: Prescriber) -> None:
        """Show who prescribed it, where a doctor did."""
        if self._doctor is not None:
            self._doctor.show_who(who)

    def _known(self, drug: Drug | None) -> str:
        say = self._setting.words.say
        if drug is None:
            return say("drugs.unknown")
        told = [say("drugs.ingredient", ingredient=drug.ingredient), say(f"drugs.{kind_of(drug)}")]
        told += [say("drugs.clears", days=drug.clears_days)] if notes.is_slow(drug) else []
        return ". ".join(told)

    def _ask_prescriber(self) -> None:
        say, theme = self._setting.words.say, self._setting.theme
        self.column.addWidget(Text(theme, say("drugs.prescribed"), "strong"))
        actions = [self._prescriber("yes", True), self._prescriber("no", False)]
        holder = _line(self._setting, actions)
        for button, action, told in zip(holder.findChildren(Button), actions, (True, False), strict=True):
            button.setAccessibleName(f"{self._row.name}: {say('drugs.prescribed')} {action.text}")
            button.show_chosen(self._row.prescribed is told)
        self.column.addWidget(holder)
        if self._row.prescribed:
            kept = Banner(theme, f"drug.{self._key}.kept")
            kept.tell("warn", say("screens.keep_taking", name=self._row.name))
            self.column.addWidget(kept)
            name = f"drug.{self._key}"
            self._doctor = PrescriberRows(self._setting.words, theme, name, self._hands.prescriber)
            self.column.addWidget(self._doctor)

    def _prescriber(self, key: str, told: bool) -> Action:
        said = self._setting.words.say(f"option.{key}")
        return Action(
            f"drug.{self._key}.prescribed_{key}", said, lambda: self._hands.prescribed(told), "chip"
        )

    def _actions(self) -> list[Action]:
        say, name = self._setting.words.say, self._row.name
        change = say("screens.change")
        remove = say("screens.remove_last" if self._hands.last else "button.remove_drug")
        actions = [
            Action(f"drug.{self._key}.change", change, self._hands.change, "quiet", f"{change}: {name}")
        ]
        if isinstance(self._row.last_dose, OnDate):
            hour = say("screens.add_hour")
            actions.append(
                Action(f"drug.{self._key}.hour", hour, self._hands.hour, "quiet", f"{hour}: {name}")
            )
        spoken = f"{remove}: {name}"
        return [*actions, Action(f"drug.{self._key}.remove", remove, self._hands.remove, "quiet", spoken)]

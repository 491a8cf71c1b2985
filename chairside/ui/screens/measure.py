"""A number with its unit: where only one unit has such numbers within its limits, nobody is asked for it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from chairside.domain.evidence import in_words
from chairside.domain.form import Measure
from chairside.domain.replies import Measured, Reply
from chairside.ui.screens.row import Row, show_line
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.fields import FieldRow


class MeasureRow(Row):
    """A number, and the unit it is in: where only one unit has such numbers, the number says which."""

    def build(self) -> None:
        assert isinstance(self.item, Measure)
        self._field = FieldRow(self.desk.theme, f"{self.item.id}.number", self.prose.title, self._on_written)
        self.title.hide()  # the field repeats the title as its label
        self.column.insertWidget(0, self._field)
        labels = [(unit, unit) for unit in self.item.units]
        self._units = Options(self.desk.theme, self.item.id, labels, self._measure, chips=True)
        self._units.entitle(self.prose.title)
        self._units.hide()
        self.column.addWidget(self._units)
        self._stored = self.line("strong")
        policy = self._stored.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # it comes with the number, and moves nothing
        self._stored.setSizePolicy(policy)

    def _number(self) -> Decimal | None:
        try:
            number = Decimal(self._field.text.replace(",", "."))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None

    def _units_with(self, number: Decimal) -> list[str]:
        """Return the units in which such a number is within the limits."""
        assert isinstance(self.item, Measure)
        limits = zip(self.item.units, self.item.least, self.item.most, strict=True)
        return [unit for unit, least, most in limits if Decimal(least) <= number <= Decimal(most)]

    @property
    def unread(self) -> bool:
        number = self._number()
        return bool(self._field.text) and (number is None or not self._units_with(number))

    def _on_written(self, written: str) -> None:
        number = self._number()
        units = self._units_with(number) if number is not None else []
        self._units.setVisible(len(units) > 1)
        if written and not units:
            self._field.show_error(self.say("screens.not_measured", limits=self._limits()))
        elif len(units) == 1:
            self._measure(units[0])

    def _limits(self) -> str:
        assert isinstance(self.item, Measure)
        limits = zip(self.item.units, self.item.least, self.item.most, strict=True)
        return self.say("screens.or").join(f"{least} - {most} {unit}" for unit, least, most in limits)

    def _measure(self, unit: str) -> None:
        number = self._number()
        if number is not None and unit in self._units_with(number):
            self._field.show_error("")
            self.tell(Measured(f"{number:f}", unit))

    def show_reply(self, reply: Reply | None) -> None:
        stored = reply if isinstance(reply, Measured) else None
        self._units.show_choice(stored.unit if stored else None)
        if stored and not self.unread:  # what is wrong stays, with what is said of it
            self._field.show_text(stored.value)
        show_line(self._stored, in_words(stored.value, stored.unit) if stored else "")

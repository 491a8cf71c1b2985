"""Everything a visit is measured by: the forms in force, the plan of steps, the known drugs."""

from __future__ import annotations

from msgspec import Struct

from chairside.domain.drugs import DrugList
from chairside.domain.form import Form, Item, Step, VisitPlan


class Book(Struct, frozen=True):
    """The forms by id, the plan and the drug list; formbook makes it, a visit keeps the one it began with."""

    forms: dict[str, Form]
    plan: VisitPlan
    drugs: DrugList

    def form_of(self, step: Step) -> Form | None:
        """Return the form a step shows, or None for steps that have none (record)."""
        return self.forms.get(step.form)

    def item(self, form: str, item: str) -> Item | None:
        """Return an item by form and id, or None."""
        return self.forms[form].item(item) if form in self.forms else None

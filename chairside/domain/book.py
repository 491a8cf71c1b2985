"""Everything a visit is measured by: the forms in force, the plan of steps, the known drugs."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct, structs

from chairside.domain.drugs import DrugList
from chairside.domain.facts import Ages
from chairside.domain.form import Form, Item, Statement, Step, VisitPlan


class Terms(Struct, frozen=True):
    """What the clinic chose at set-up and a rule must know; `zone` offsets are resolved by session.

    Units: days a consent signed ahead stays valid, hours until a release lapses, years a record is kept.
    """

    consent_valid_days: int = 30
    release_hours: int = 4
    ages: Ages = "any"
    physician_alone: bool = False
    keep_years: int = 10
    demo: bool = False  # nobody here is a patient: translations that are drafts may be looked at


class Book(Struct, frozen=True):
    """The forms by id, the plan and the drug list; formbook makes it, a visit keeps the one it began with."""

    forms: dict[str, Form]
    plan: VisitPlan
    drugs: DrugList
    terms: Terms = Terms()

    def form_of(self, step: Step) -> Form | None:
        """Return the form a step shows, or None for steps that have none (record)."""
        return self.forms.get(step.form)

    def item(self, form: str, item: str) -> Item | None:
        """Return an item by form and id, or None."""
        return self.forms[form].item(item) if form in self.forms else None


def for_session(form: Form, session: int, waived: Collection[str] = ()) -> Form:
    """Return what of a form is asked in this session of a patient (P7); the digest stays the whole form's.

    `waived` are notices of the law that this visit leaves out (Q7); no other item can be left out so.
    """
    dropped = "first_session_only" if session > 1 else "later_sessions"

    def asked(item: Item) -> bool:
        left_out = isinstance(item, Statement) and item.statutory and item.id in waived
        return dropped not in item.tags and not left_out

    return structs.replace(form, items=tuple(item for item in form.items if asked(item)))

"""Whose turn it is on the patient's side of the glass: who reads, and whose line is signed next."""

from __future__ import annotations

from chairside.domain import people
from chairside.domain.facts import Signer
from chairside.domain.form import Form, Ink
from chairside.domain.steps import Lack, StepState, owner_of, pad_of
from chairside.session.view import View

NAMED = frozenset({"guardian", "unattested", "assent_refused"})  # what staff mend on the page of who is here
_TO_READ = frozenset({"unread", "unanswered", "not_initialled", "explain_again"})


def lines(view: View, form: Form) -> tuple[Ink, ...]:
    """Return the lines of a form that are signed with the tablet in hand, in their order."""
    inks = (item for item in form.items if isinstance(item, Ink) and item.signer in people.ON_GLASS)
    here = (ink for ink in inks if people.asked_to_sign(view.visit, form.id, ink))
    away = people.remote(view.visit)
    return tuple(ink for ink in here if not (away and ink.signer == "interpreter"))


def line(view: View, form: Form) -> Ink:
    """Return the line of who holds the tablet, or the one that is signed next."""
    mine = [ink for ink in lines(view, form) if ink.signer == view.visit.confirmed_as]
    open_ones = [ink for ink in lines(view, form) if pad_of(form.id, ink.id) not in view.visit.signed]
    return (*mine, *open_ones, *lines(view, form))[0]


def _theirs(view: View, state: StepState, lack: Lack) -> bool:
    item = view.book.item(lack.form, lack.item)
    return item is not None and owner_of(item, state.step) == "patient"


def holder(view: View, state: StepState) -> Signer:
    """Return who is to hold the tablet for a step: who reads, until all is read, then each who signs."""
    form = view.book.forms[state.step.form]
    reads = any(lack.why in _TO_READ and _theirs(view, state, lack) for lack in state.lacks)
    if not reads:
        lacking = {lack.item for lack in state.lacks if lack.why == "unsigned"}
        due = next((ink for ink in lines(view, form) if ink.id in lacking), None)
        if due is not None:
            return due.signer
    return people.reader(view.visit, form.id)


def wants_names(state: StepState) -> bool:
    """Tell whether a step waits for what staff say of the people here, and for nothing else first."""
    why = {lack.why for lack in state.lacks if lack.why not in ("unclosed", "question_open")}
    return bool(why & {"guardian", "assent_refused"}) or why == {"unattested"}

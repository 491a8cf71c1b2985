"""Forms and plan as a visit keeps them: a later edit never changes a visit that began before it (Q46)."""

from __future__ import annotations

import msgspec

from chairside.domain.book import Book
from chairside.domain.facts import VisitOpened
from chairside.domain.form import Form, VisitPlan
from chairside.errors import FormError
from chairside.session.clinic import Clinic


def keep_book(clinic: Clinic) -> None:
    """Keep the text of every form and the plan in the store, so that a visit keeps what it began with."""
    book = clinic.book
    forms = [(f"form:{form.digest}", msgspec.json.encode(form)) for form in book.forms.values()]
    for name, text in (*forms, (f"plan:{book.plan.digest}", msgspec.json.encode(book.plan))):
        if clinic.ledger.secret(name) is None:
            clinic.ledger.keep_secret(name, text)


def book_of(clinic: Clinic, opened: VisitOpened) -> Book:
    """Return the forms and the plan a visit began with. Raises: FormError("form_version_missing")."""
    forms = {name: _form(clinic, name, digest) for name, digest in opened.forms.items()}
    return Book(forms, _plan(clinic, opened.steps), clinic.book.drugs)


def _form(clinic: Clinic, name: str, digest: str) -> Form:
    current = clinic.book.forms.get(name)
    if current is not None and current.digest == digest:
        return current
    return msgspec.json.decode(_kept(clinic, "form", name, digest), type=Form)


def _plan(clinic: Clinic, digest: str) -> VisitPlan:
    if clinic.book.plan.digest == digest:
        return clinic.book.plan
    return msgspec.json.decode(_kept(clinic, "plan", "visit", digest), type=VisitPlan)


def _kept(clinic: Clinic, kind: str, name: str, digest: str) -> bytes:
    kept = clinic.ledger.secret(f"{kind}:{digest}")
    if kept is None:
        raise FormError("form_version_missing", form=name, digest=digest)
    return kept

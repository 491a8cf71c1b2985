"""Forms and plan as a visit keeps them: a later edit never changes a visit that began before it (Q46).

A text whose first version number rose says something else: such a visit is offered the newer one, and
what was read, answered or signed of the old one counts no longer (P6).
"""

from __future__ import annotations

import msgspec
from msgspec import structs

from chairside.domain import languages
from chairside.domain.book import Book, Terms, for_session
from chairside.domain.facts import ClinicFounded, FormsRenewed, VisitOpened
from chairside.domain.form import Form, VisitPlan, major
from chairside.domain.source import SOURCE
from chairside.errors import FormError
from chairside.session.clinic import Clinic


def keep_book(clinic: Clinic) -> None:
    """Keep the text of every form and the plan in the store, so that a visit keeps what it began with."""
    book = clinic.book
    forms = [(f"form:{form.digest}", msgspec.json.encode(form)) for form in book.forms.values()]
    for name, text in (*forms, (f"plan:{book.plan.digest}", msgspec.json.encode(book.plan))):
        if clinic.ledger.secret(name) is None:
            clinic.ledger.keep_secret(name, text)


def terms_of(founded: ClinicFounded) -> Terms:
    """Return what the clinic chose at set-up, as the rules know it."""
    return Terms(
        consent_valid_days=founded.consent_valid_days,
        release_hours=founded.release_hours,
        ages=founded.ages,
        physician_alone=founded.physician_alone,
        keep_years=founded.keep_years,
        demo=founded.demo,
    )


def book_of(clinic: Clinic, opened: VisitOpened) -> Book:
    """Return the whole forms and the plan a visit keeps. Raises: FormError("form_version_missing")."""
    forms = {name: _form(clinic, name, digest) for name, digest in opened.forms.items()}
    return Book(forms, _plan(clinic, opened.steps), clinic.book.drugs, terms_of(clinic.founded))


def asked_of(clinic: Clinic, opened: VisitOpened) -> Book:
    """Return the same, with what of each form is asked in this visit of the patient (P7, Q7)."""
    whole = book_of(clinic, opened)
    forms = {name: for_session(form, opened.session, opened.waived) for name, form in whole.forms.items()}
    return structs.replace(whole, forms=forms)


def renewable(clinic: Clinic, kept: Book) -> tuple[str, ...]:
    """Return the forms of which a text with a higher first version number is in force now."""
    known = (form for form in kept.forms.values() if form.id in clinic.book.forms)
    newer = (f.id for f in known if major(clinic.book.forms[f.id].version) > major(f.version))
    return tuple(sorted(newer))


def renewal(clinic: Clinic, opened: VisitOpened, changed: tuple[str, ...], language: str) -> FormsRenewed:
    """Return the fact that takes the newer texts, and only those, into a visit that is told in a language.

    Where they are not there in it, or nobody has approved that yet, the visit goes on in English.
    """
    forms = {**opened.forms, **{name: clinic.book.forms[name].digest for name in changed}}
    spoken = languages.offered(book_of(clinic, structs.replace(opened, forms=forms)))
    return FormsRenewed(forms, "" if language in spoken else SOURCE)


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

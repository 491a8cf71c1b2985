"""In which languages a patient may read and sign: only where every page of theirs is there, and approved.

Words a machine helped with are a draft until a named person approves them: the demo shows them, a
clinic does not. A translation of English that has changed since is shown to nobody. What staff read
falls back to English.
"""

from __future__ import annotations

from collections.abc import Iterator

from chairside.domain import ahead
from chairside.domain.actor import Actor, clinical
from chairside.domain.book import Book
from chairside.domain.facts import LanguageChosen
from chairside.domain.form import Form, Ink
from chairside.domain.people import ON_GLASS
from chairside.domain.source import SOURCE
from chairside.domain.steps import Scene
from chairside.domain.unsigning import by_patient
from chairside.domain.visit import SIGNED_OVER, Visit


def may_be_shown(form: Form, language: str, *, drafts: bool) -> bool:
    """Tell whether a patient may see this form in this language; `drafts` only in the demo."""
    prose = form.prose.get(language)
    if prose is None or language == SOURCE:
        return prose is not None
    return prose.status == "approved" or (drafts and prose.status == "draft")


def read_by_patients(book: Book) -> Iterator[Form]:
    """Yield what the patient reads or signs, and what is asked of them and stands above their signature."""
    for step in book.plan.steps:
        form = book.form_of(step)
        if form is None:
            continue
        inked = any(isinstance(item, Ink) and item.signer in ON_GLASS for item in form.items)
        if inked or step.owner == "patient" or form.id in SIGNED_OVER:
            yield form


def offered(book: Book) -> tuple[str, ...]:
    """Return English, and each language in which everything the patient reads may be shown to them."""
    forms, drafts = tuple(read_by_patients(book)), book.terms.demo
    known = sorted({language for form in forms for language in form.prose} - {SOURCE})
    whole = (each for each in known if all(may_be_shown(form, each, drafts=drafts) for form in forms))
    return (SOURCE, *whole)


def _signed(visit: Visit) -> bool:
    return any(map(by_patient, (*visit.signed.values(), *visit.papers.values())))


def open_to(book: Book, visit: Visit) -> tuple[str, ...]:
    """Return the languages the patient may go on in: after a signature only its own."""
    return (visit.language,) if _signed(visit) else offered(book)


def choosing(scene: Scene, fact: LanguageChosen, actor: Actor) -> str | None:
    """Refuse a language that is not whole, and a change once the patient signed: one visit, one language."""
    visit = scene.visit
    if not visit.with_patient and (wrong := clinical(actor)) is not None:
        return wrong
    if fact.language not in offered(scene.book):
        return "language_not_offered"
    if fact.language == visit.language:
        return "nothing_changed"
    counts = ahead.current(scene.book, visit, scene.when)  # a lapsed signature binds nobody to its language
    return "language_signed" if _signed(counts) else None

"""What a page showed, as one digest, and which text a fact is about (T13).

The glass says what it showed, session says it again, and they must agree.
"""

from __future__ import annotations

from chairside import canon
from chairside.domain.book import Book
from chairside.domain.facts import PageRead, SignedOnPaper, VisitFact
from chairside.domain.form import Words
from chairside.domain.source import SOURCE
from chairside.domain.visit import Visit


def shown_digest(prose: Words) -> str:
    """Return the SHA-256 (hex) of the words of a page, as they stand on the glass."""
    return canon.sha256_hex("\n".join((prose.title, *prose.body)).encode())


def language_shown(visit: Visit) -> str:
    """Return the language on the glass: the patient's in their hands, else English, which staff read."""
    return visit.language if visit.with_patient else SOURCE


def text_of(book: Book, visit: Visit, fact: VisitFact) -> tuple[str | None, str]:
    """Return which text a fact is about: its digest, and the language it was read in."""
    on_paper = visit.on_paper is not None and isinstance(fact, PageRead | SignedOnPaper)
    language, digest = visit.language if on_paper else language_shown(visit), form_digest(book, fact)
    form = next((form for form in book.forms.values() if form.digest == digest), None)
    return digest, form.told_in(language).language if form is not None else language


def form_digest(book: Book, fact: VisitFact) -> str | None:
    """Return the digest of the text a fact is about: the one it names, that of its pad, or of its step."""
    form, step, pad = (getattr(fact, name, None) for name in ("form", "step", "pad"))
    if form is None and pad is not None:
        form = pad.partition(".")[0]
    if form is None and step is not None:
        form = book.plan.step(step).form
    return book.forms[form].digest if form in book.forms else None

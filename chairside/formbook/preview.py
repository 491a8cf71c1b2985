"""Shows one form as plain text: its words in one language, and beside them what is asked and what it weighs.

For whoever edits or approves a form: the newest version there is, in force or not, so that an edit can
be read before it counts.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from chairside.domain.form import Choice, Form, Item, Measure, Prose, Statement
from chairside.domain.source import SOURCE
from chairside.errors import FormError
from chairside.formbook.load import released, version_of, versions
from chairside.formbook.source import Complaints
from chairside.formbook.structure import NAME

_WIDTH = 96
_STATUS = {
    "sample": "SAMPLE: not reviewed by counsel or physician.",
    "draft": "DRAFT: no patient of a clinic gets to see this until a person approves it.",
    "stale": "STALE: the English has changed since, so no patient gets to see this.",
}
_KINDS = {
    "statement": "a page to read",
    "choice": "one answer",
    "several": "one answer or more",
    "moment": "a day or a time",
    "measure": "a number",
    "code": "a code from a label",
    "drugs": "rows of medicines",
    "dose": "a dose, given or not",
    "panel": "a table of tests",
    "text": "free text",
    "picture": "a photo",
    "initial": "initials",
    "ink": "a signature",
}
_WEIGHS = {
    "relative": "the physician rules on a yes",
    "defer": "a yes: not today",
    "do_not_treat": "a yes: no treatment",
}


def newest(folder: Path, form: str, language: str) -> Form:
    """Return the highest version of a form, published or not, if it has words in this language.

    Raises: FormError("form_unknown" | "preview_language" | "forms_refused").
    """
    known = versions(folder, form) if re.match(NAME, form) and (folder / form).is_dir() else []
    if not known:
        raise FormError("form_unknown", form=form)
    made = version_of(folder, form, known[-1])
    if language not in made.prose:
        raise FormError("preview_language", form=form, language=language, there=", ".join(sorted(made.prose)))
    return made


def in_force_from(folder: Path, form: Form) -> str:
    """Return from which day this text is in force, as it was published; nothing where it was not."""
    known = released(folder, form.id, Complaints())[1]
    days = (
        each.effective_from for each in known if (each.version, each.sha256) == (form.version, form.digest)
    )
    return next((day.isoformat() for day in days), "")


def told(form: Form, language: str, since: str) -> Iterator[str]:
    """Yield the lines of the form; `since` is the day from which it is in force, or nothing."""
    prose = form.prose[language]
    yield prose.title
    yield f"{form.id} {form.version}, {language}. {_status(prose)}"
    yield f"fingerprint {form.digest}"
    yield f"published, in force from {since}" if since else "not published"
    for item in form.items:
        yield ""
        yield f"## {prose.items[item.id].title}"
        yield from _wrapped(f"{item.id}: {'; '.join(_logic(item))}", "   ")
        yield from _words(item, prose)


def _status(prose: Prose) -> str:
    if prose.status == "approved":
        return f"Approved by {prose.reviewed_by} on {prose.reviewed_on}."
    helped = " A machine helped to write it." if prose.language != SOURCE and prose.machine_assisted else ""
    return _STATUS[prose.status] + helped


def _logic(item: Item) -> Iterator[str]:
    """Yield what kind of item it is and what a reader of the words alone would not know."""
    yield _KINDS[str(item.__struct_config__.tag)]
    if isinstance(item, Statement) and item.statutory:
        yield "worded by the law"
    if isinstance(item, Choice) and item.weight in _WEIGHS:
        yield _WEIGHS[item.weight]
    if isinstance(item, Measure):
        yield f"{item.least} to {item.most} {' or '.join(item.units)}"
    yield from _asked(item)


def _asked(item: Item) -> Iterator[str]:
    """Yield when it is asked, and whose it is."""
    if not item.required:
        yield "may be left empty"
    if item.clinic_added:
        yield "added by the clinic"
    if item.off:
        yield "not asked: switched off"
    if item.only_if:
        yield f"only after {item.only_if[0]}: {' or '.join(item.only_if[1:])}"
    if item.tags:
        yield "tags " + ", ".join(item.tags)


def _words(item: Item, prose: Prose) -> Iterator[str]:
    words = prose.items[item.id]
    for text in words.body:
        yield from ("", *_wrapped(text, "  ")) if not text.startswith("- ") else _wrapped(text, "  ", "    ")
    for option, label in words.options.items():
        right = isinstance(item, Choice) and option == item.right
        yield from _wrapped(f"({'x' if right else ' '}) {label}  [{option}]", "  ", "      ")
    for text in words.help:
        yield from ("", *_wrapped(text, "  > "))


def _wrapped(text: str, indent: str, hanging: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=hanging or indent)

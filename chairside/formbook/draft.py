"""One version of a form as read, before it is judged: its items and pages, each with its line."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct, structs

from chairside.canon.encoding import digest
from chairside.domain.form import Choice, Dose, Form, Item, Panel, Prose, Several, content
from chairside.domain.source import SOURCE
from chairside.formbook.prose import FRONT_KEYS, Page, read_page
from chairside.formbook.source import Complaint, Complaints, Source, line_of, parsed, read
from chairside.formbook.structure import items

LOGIC = "form.toml"
Labels = dict[str, dict[str, str]]  # language -> option -> label, the clinic's common ones


class Draft(Struct):
    """A form's files side by side; lint compares them."""

    id: str
    version: str
    logic: Source
    items: tuple[Item, ...]
    pages: dict[str, Page]

    def line(self, index: int, key: str = "id") -> int:
        """Return the line of a key of the index-th item."""
        return line_of(self.logic, "item", index, key)

    def complaint(self, item: str, text: str, key: str = "id") -> Complaint:
        """Return a complaint at an item's table, or at the top where there is no such item."""
        index = next((at for at, known in enumerate(self.items) if known.id == item), -1)
        line = self.line(index, key) if index >= 0 else 1
        return Complaint(self.logic.name, line, text)


def labelled(item: Item) -> tuple[str, ...]:
    """Return the ids that need a label a person can read: options, dose forms, tests."""
    match item:
        case Choice() | Several():
            return item.options
        case Dose():
            return item.forms
        case Panel():
            return item.tests
        case _:
            return ()


def read_draft(folder: Path, form: str, version: str, complaints: Complaints) -> Draft | None:
    """Return one version of a form, or None after a complaint that leaves nothing to judge."""
    place = f"{form}/{version}"
    logic = read(folder, f"{place}/{LOGIC}", complaints)
    pages: dict[str, Page] = {}
    languages = {path.stem for path in (folder / place).glob("[a-z][a-z].md")} | {SOURCE}
    for language in sorted(languages):
        source = read(folder, f"{place}/{language}.md", complaints)
        if source is not None:
            pages[language] = read_page(source, language, complaints)
    told = parsed(logic, complaints) if logic is not None else None
    if logic is None or told is None or not pages:
        return None
    return Draft(form, version, logic, items(logic, told, complaints), pages)


def source_digest(draft: Draft) -> str:
    """Return the SHA-256 (hex) of what a translation is made from: the English words, whoever reviewed."""
    page = draft.pages[SOURCE]
    words = {name: msgspec.to_builtins(page.words(name)) for name in page.blocks}
    return digest({"title": page.front.get("title", ""), "items": words})


def is_stale(draft: Draft, language: str) -> bool:
    """Tell whether the English has changed since this translation of it was made."""
    if language == SOURCE or SOURCE not in draft.pages:
        return False
    return draft.pages[language].front.get("translates") != source_digest(draft)


def on_items(draft: Draft) -> tuple[Item, ...]:
    """Return what the form asks: the items that are not off (C10)."""
    return tuple(item for item in draft.items if not item.off)


def _prose(draft: Draft, page: Page, labels: dict[str, str]) -> Prose:
    told = {}
    for item in on_items(draft):
        words = page.words(item.id)
        common = {option: labels[option] for option in labelled(item) if option in labels}
        told[item.id] = structs.replace(words, options={**common, **words.options})
    front = {key: page.front.get(key, "") for key in FRONT_KEYS}
    made = msgspec.convert({**front, "items": told}, Prose)
    if made.language == SOURCE:
        return made
    return structs.replace(
        made,
        status="stale" if is_stale(draft, made.language) else made.status,
        machine_assisted=page.front.get("machine_assisted") == "yes",
        translates=page.front.get("translates", ""),
    )


def form_of(draft: Draft, labels: Labels) -> Form:
    """Return the form with its digest; call it once the draft has no complaint of structure."""
    prose = {
        language: _prose(draft, page, labels.get(language, {})) for language, page in draft.pages.items()
    }
    form = Form(draft.id, draft.version, "", on_items(draft), prose)
    return structs.replace(form, digest=digest(content(form)))

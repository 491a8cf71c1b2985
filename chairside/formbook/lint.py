"""Judges a draft: its items are sound, its prose fits them, its words are honest and plain text."""

from __future__ import annotations

import re
from decimal import Decimal

from chairside.domain.form import Choice, Drugs, Initial, Item, Measure, Several, Statement, Text
from chairside.domain.source import SOURCE
from chairside.formbook.claims import claims
from chairside.formbook.draft import Draft, Labels, is_stale, labelled
from chairside.formbook.prose import Block, Page
from chairside.formbook.source import Complaints
from chairside.formbook.statutory import QR, VERBATIM
from chairside.formbook.translation import lint_translation

_LINK = re.compile(r"(?:https?|file|ftp|javascript|data):|\bwww\.|\]\(", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*[/!?a-zA-Z]|\*\*|__|`")
_OPTION_ID = re.compile(r"^[a-z0-9][a-z0-9_]{0,39}$")
_DECIMAL = re.compile(r"^-?\d{1,6}(?:\.\d{1,3})?$")
FEWEST_TEACH_OPTIONS = 3
MOST_CHARACTERS = 2000
MOST_DAYS = 365


def _ids(draft: Draft, complaints: Complaints) -> None:
    seen: set[str] = set()
    for index, item in enumerate(draft.items):
        if item.id in seen:
            line = draft.line(index)
            complaints.add(draft.logic.name, line, f"'{item.id}' stands here twice")
        seen.add(item.id)


def _choice(draft: Draft, item: Choice, complaints: Complaints) -> None:
    if item.right and item.right not in item.options:
        complaints.append(draft.complaint(item.id, f"'{item.right}' is not one of the options", "right"))
    if bool(item.right) != bool(item.explains):
        complaints.append(draft.complaint(item.id, "'right' and 'explains' go together", "right"))
    if item.right and len(item.options) < FEWEST_TEACH_OPTIONS:
        complaints.append(
            draft.complaint(item.id, "a teach-back question has three options or more", "options")
        )
    if item.explains and not _is_statement(draft, item.explains):
        complaints.append(draft.complaint(item.id, f"'{item.explains}' is not a statement here", "explains"))


def _is_statement(draft: Draft, name: str) -> bool:
    return any(isinstance(item, Statement) and item.id == name for item in draft.items)


def _statement(draft: Draft, item: Statement, complaints: Complaints) -> None:
    if item.statutory != (item.id in VERBATIM):
        text = "only a text the law words is statutory" if item.statutory else "this text is statutory"
        complaints.append(draft.complaint(item.id, text, "statutory"))
    if item.qr != QR.get(item.id, ""):
        complaints.append(draft.complaint(item.id, "the QR address is not the one the law names", "qr"))


def _options(draft: Draft, item: Item, complaints: Complaints) -> None:
    options = labelled(item)
    if len(set(options)) != len(options):
        complaints.append(draft.complaint(item.id, "an option stands here twice", "options"))
    for option in options:
        if not _OPTION_ID.match(option):
            complaints.append(
                draft.complaint(item.id, f"option {option!r} is not written as it must be", "options")
            )


def _measure(item: Measure) -> tuple[str, str] | None:
    if not len(item.units) == len(item.least) == len(item.most) or len(set(item.units)) < len(item.units):
        return "least", "least and most have one limit for each unit, and no unit stands there twice"
    if not all(map(_DECIMAL.match, (*item.least, *item.most))):
        return "least", "limits are decimal numbers in quotes"
    pairs = zip(item.least, item.most, strict=True)
    crossed = any(Decimal(least) >= Decimal(most) for least, most in pairs)
    return ("most", "most is more than least") if crossed else None


def _only_if(draft: Draft, item: Item) -> str:
    """Return what is wrong with when an item is asked, or nothing: it names a question before it."""
    if not item.only_if:
        return ""
    before = draft.items[: draft.items.index(item)]
    asked = next((each for each in before if each.id == item.only_if[0]), None)
    if not isinstance(asked, Choice):
        return f"'{item.only_if[0]}' is not a choice that stands before '{item.id}'"
    unknown = [option for option in item.only_if[1:] if option not in asked.options]
    if unknown or len(item.only_if) < 2:
        return f"'{asked.id}' is answered by {', '.join(asked.options)}: name one of them or more"
    return ""


def _limits(item: Item) -> tuple[str, str] | None:
    """Return (key, text) where a number of an item is out of bounds."""
    match item:
        case Measure():
            return _measure(item)
        case Several() if item.none not in ("", *item.options):
            return "none", f"'{item.none}' is not one of the options"
        case Text() if not 1 <= item.most <= MOST_CHARACTERS:
            return "most", f"most is 1 to {MOST_CHARACTERS} characters"
        case Drugs() if max(item.washout_hours // 24, item.resume_days) > MOST_DAYS:
            return "resume_days", f"no more than {MOST_DAYS} days"
        case _:
            return None


def _item(draft: Draft, item: Item, complaints: Complaints) -> None:
    _options(draft, item, complaints)
    if limit := _limits(item):
        complaints.append(draft.complaint(item.id, limit[1], limit[0]))
    if wrong := _only_if(draft, item):
        complaints.append(draft.complaint(item.id, wrong, "only_if"))
    match item:
        case Choice():
            _choice(draft, item, complaints)
        case Statement():
            _statement(draft, item, complaints)
        case Initial() if not _is_statement(draft, item.covers):
            complaints.append(draft.complaint(item.id, f"'{item.covers}' is not a statement here", "covers"))
        case _:
            pass


def lint_logic(draft: Draft, complaints: Complaints) -> None:
    """Complain about items that contradict themselves or each other."""
    _ids(draft, complaints)
    for item in draft.items:
        _item(draft, item, complaints)


def _page_ids(draft: Draft, page: Page, complaints: Complaints) -> None:
    known = {item.id for item in draft.items}
    for name, line in page.lines.items():
        if name not in known:
            complaints.add(page.file, line, f"'{name}' is not an item of {draft.logic.name}")
    for name in sorted(known - set(page.lines)):
        complaints.add(page.file, 1, f"'{name}' has no words here")


def _page_item(item: Item, page: Page, labels: dict[str, str], complaints: Complaints) -> None:
    words, line, offered = page.words(item.id), page.lines[item.id], labelled(item)
    if isinstance(item, Statement) and not words.body:
        complaints.add(page.file, line, f"'{item.id}' is a statement without text")
    if item.id in VERBATIM and words.body != VERBATIM[item.id] and isinstance(item, Statement):
        complaints.add(page.file, line, f"'{item.id}' is not the text of the law, word for word")
    if isinstance(item, Choice) and item.right and not words.help:
        complaints.add(page.file, line, f"'{item.id}' has no help to explain it again")
    for option in offered:
        if option not in words.options and option not in labels:
            complaints.add(page.file, line, f"'{item.id}' has no label for '{option}'")
    for option in words.options:
        if option not in offered:
            complaints.add(page.file, line, f"'{item.id}' has no option '{option}'")


def _plain(item: Item | None, block: Block, page: Page, complaints: Complaints) -> None:
    """Refuse markup, links and claims; a wrong teach-back answer may say what is not so."""
    if _MARKUP.search(block.text):
        complaints.add(page.file, block.line, "holds markup: only plain text, lists and help lines")
    if block.item in VERBATIM and block.role != "help":  # the help is the clinic's, not the law's
        return
    if _LINK.search(block.text):
        complaints.add(page.file, block.line, "holds a link")
    if isinstance(item, Choice) and item.right and block.option not in ("", item.right):
        return
    if (claim := next(claims(block.text), None)) is not None:
        complaints.add(page.file, block.line, f"claims {claim!r}; deny it or say 'the clinic has said'")


def lint_fit(draft: Draft, labels: Labels, complaints: Complaints) -> None:
    """Complain about words that are missing, left over or not the law's, in every language."""
    items = {item.id: item for item in draft.items}
    for language, page in draft.pages.items():
        if is_stale(draft, language):  # nobody gets to see it; `judging` says so
            continue
        _page_ids(draft, page, complaints)
        for name in page.lines:
            if name in items:
                _page_item(items[name], page, labels.get(language, {}), complaints)
        if language != SOURCE and SOURCE in draft.pages:
            lint_translation(draft.pages[SOURCE], page, complaints)


def lint_honesty(draft: Draft, complaints: Complaints) -> None:
    """Complain about words that are marked up, lead away or claim too much, in every language."""
    items = {item.id: item for item in draft.items}
    for page in draft.pages.values():
        for name, blocks in page.blocks.items():
            for block in blocks:
                _plain(items.get(name), block, page, complaints)

"""Reads one language of a form (`en.md`): a small, closed subset of Markdown, every block with its line.

`## Title {#item_id}` begins an item; below it paragraphs, `- ` list lines, `> ` help lines and
`- [option] Label` option labels. No other markup exists, so nothing has to be escaped later.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from msgspec import Struct, field

from chairside.domain.form import Words
from chairside.domain.source import SOURCE
from chairside.formbook.source import MOST_ITEMS, Complaints, Source

Role: TypeAlias = Literal["title", "body", "help", "option"]
MOST_BLOCKS = 200  # of one item; with MOST_ITEMS it keeps a hostile page from costing more than a moment
FRONT_KEYS = ("language", "status", "reviewed_by", "reviewed_on", "title")
_OF_A_TRANSLATION = ("machine_assisted", "translates")
_STATUSES = ("sample", "draft", "approved")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEADING = re.compile(r"^## (?P<title>\S.*?) \{#(?P<id>[a-z][a-z0-9_]*)\}$")
_OPTION = re.compile(r"^- \[(?P<id>[^\]]*)\] (?P<label>\S.*)$")


class Block(Struct):
    """One run of text and where it stands; `option` names the option it labels."""

    item: str
    role: Role
    line: int
    text: str
    option: str = ""


class Page(Struct):
    """One language of a form as read: its front matter, the blocks and the line of each item."""

    file: str
    front: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, list[Block]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def words(self, item: str) -> Words:
        """Return the words of one item as the form keeps them."""
        mine = self.blocks.get(item, [])
        return Words(
            title=next((block.text for block in mine if block.role == "title"), ""),
            body=tuple(block.text for block in mine if block.role == "body"),
            help=tuple(block.text for block in mine if block.role == "help"),
            options={block.option: block.text for block in mine if block.role == "option"},
        )


def _front(page: Page, lines: list[str], keys: tuple[str, ...], complaints: Complaints) -> int:
    """Read the front matter and return the number of the line after it."""
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    if not end:
        complaints.add(page.file, 1, "does not begin with front matter between '---' lines")
    for number, line in enumerate(lines[1:end], 2):
        key, colon, value = line.partition(":")
        if not colon or key not in keys or key in page.front:
            complaints.add(page.file, number, f"front matter: {line!r} is not understood")
        page.front[key] = value.strip()
    for key in keys:
        if end and key not in page.front:
            complaints.add(page.file, 1, f"front matter: '{key}' is missing")
    return end + 1 if end else 0


def _front_values(page: Page, language: str, complaints: Complaints) -> None:
    front = page.front
    if front.get("language", language) != language:
        complaints.add(page.file, 1, f"front matter: language is not '{language}'")
    if front.get("status", "sample") not in _STATUSES:
        complaints.add(page.file, 1, f"front matter: status is not one of {', '.join(_STATUSES)}")
    if front.get("status") == "approved" and not (front.get("reviewed_by") and front.get("reviewed_on")):
        complaints.add(page.file, 1, "front matter: approved, but by whom and on which day?")
    if front.get("title") == "":
        complaints.add(page.file, 1, "front matter: the title is empty")
    if language != SOURCE:
        _translation(page, complaints)


def _translation(page: Page, complaints: Complaints) -> None:
    front = page.front
    if front.get("status") == "sample":
        complaints.add(page.file, 1, "front matter: a translation is a draft until a person approves it")
    if front.get("machine_assisted", "yes") not in ("yes", "no"):
        complaints.add(page.file, 1, "front matter: machine_assisted is yes or no")
    if not _SHA256.fullmatch(front.get("translates", "0" * 64)):
        complaints.add(page.file, 1, "front matter: translates is not the fingerprint of a text")


class _Reader:
    """Walks the lines; a wrapped line joins the block above it, a blank line ends it."""

    def __init__(self, page: Page, complaints: Complaints) -> None:
        self.page, self.complaints = page, complaints
        self.item = ""
        self.open: Block | None = None

    def _begin(self, role: Role, number: int, text: str, option: str = "") -> None:
        self.open = Block(self.item, role, number, text, option)
        self.page.blocks.setdefault(self.item, []).append(self.open)

    def _heading(self, number: int, line: str) -> None:
        found = _HEADING.match(line)
        if not found:
            self.complaints.add(self.page.file, number, "a heading is written '## Title {#item_id}'")
            return
        self.item = found["id"]
        if self.item in self.page.lines:
            self.complaints.add(self.page.file, number, f"'{self.item}' stands here twice")
        self.page.lines.setdefault(self.item, number)
        self._begin("title", number, found["title"])
        self.open = None

    def _option(self, number: int, found: re.Match[str]) -> None:
        if any(block.option == found["id"] for block in self.page.blocks[self.item]):
            self.complaints.add(self.page.file, number, f"option '{found['id']}' stands here twice")
        self._begin("option", number, found["label"].strip(), found["id"])

    def _text(self, number: int, line: str) -> None:
        helping = line.startswith(">")
        text = line[1:].strip() if helping else line.strip()
        role: Role = "help" if helping else "body"
        joins = (
            self.open is not None and not text.startswith("- ") and not (helping and self.open.role != "help")
        )
        if not text:
            self.open = None
        elif joins and self.open is not None:
            self.open.text += " " + text
        else:
            self._begin(role, number, text)

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        if line.startswith("#"):
            self._heading(number, line)
        elif line.strip() and not self.item:
            self.complaints.add(self.page.file, number, "text before the first heading")
        elif found := _OPTION.match(line):
            self._option(number, found)
        elif line.strip():
            self._text(number, line)
        else:
            self.open = None


def read_page(source: Source, language: str, complaints: Complaints) -> Page:
    """Return one language of a form; whatever is not understood becomes a complaint."""
    page = Page(source.name)
    lines = [line.rstrip() for line in source.lines]
    keys = FRONT_KEYS if language == SOURCE else (*FRONT_KEYS, *_OF_A_TRANSLATION)
    after = _front(page, lines, keys, complaints)
    _front_values(page, language, complaints)
    reader = _Reader(page, complaints)
    for number, line in enumerate(lines[after:], after + 1):
        reader.take(number, line)
        if len(page.blocks.get(reader.item, ())) > MOST_BLOCKS or len(page.blocks) > MOST_ITEMS:
            complaints.add(page.file, number, "has more text than a form can have")
            break
    return page

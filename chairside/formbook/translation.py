"""Compares a translation with the English it was made from: as many parts, and the same numbers.

It cannot tell whether a sentence is right: a person must. It finds what a translator's slip leaves
behind: a paragraph that was left out, a temperature or a phone number that became another one.
"""

from __future__ import annotations

import re
from typing import get_args

from chairside.formbook.prose import Block, Page, Role
from chairside.formbook.source import Complaints
from chairside.formbook.statutory import VERBATIM

_NUMBER = re.compile(r"\d[\d.,:-]*\d|\d")


def _numbers(blocks: list[Block]) -> list[str]:
    return sorted(number for block in blocks for number in _NUMBER.findall(block.text))


def _shape(blocks: list[Block]) -> list[bool]:
    """Return which of the parts are lines of a list."""
    return [block.text.startswith("- ") for block in blocks]


def _difference(english: list[Block], told: list[Block]) -> str:
    """Return what differs between one part of an item in two languages, or nothing."""
    if len(english) != len(told):
        return f"has {len(told)} parts here, {len(english)} in English"
    if _shape(english) != _shape(told):
        return "has its list lines in other places than the English"
    ours, theirs = " ".join(_numbers(told)), " ".join(_numbers(english))
    return f"says the numbers {ours or 'none'}; in English {theirs or 'none'}" if ours != theirs else ""


def _of(page: Page, item: str, role: Role) -> list[Block]:
    return [block for block in page.blocks.get(item, ()) if block.role == role]


def lint_translation(english: Page, page: Page, complaints: Complaints) -> None:
    """Complain about an item that says more, less or other numbers than the English.

    The help under the law's own words is left alone: it is where a translation says what they mean.
    """
    for name, line in page.lines.items():
        for role in get_args(Role) if name in english.lines else ():
            wrong = _difference(_of(english, name, role), _of(page, name, role))
            if wrong and not (name in VERBATIM and role == "help"):
                at = next((block.line for block in _of(page, name, role)), line)
                complaints.add(page.file, at, f"'{name}' {wrong}")

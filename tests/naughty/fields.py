"""Where typed text lies in facts: found by walking one example of every kind, never by a list of fields.

Everything that is text counts as typed, but for what the program itself writes (`MADE`): so a new field
is tested from its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

import msgspec

from chairside.domain import facts, replies
from tests.canon.examples import FACTS, NOON, REPLIES

# Ids, digests, options of a form and its words: nobody types these.
MADE = frozenset({
    "about", "as", "boot", "certificate", "chain", "digest", "expected", "finding", "form", "forms",
    "how", "identifiers", "item", "kind", "language", "left", "letters_language", "meaning",
    "mitigation", "notice", "option", "pad", "patient", "person", "physician", "pictures", "premedication",
    "root", "root_sha256", "sha256", "sheet", "shown", "signature", "step", "steps", "stroke", "strokes",
    "supplier", "test", "unit", "version", "vials", "visit", "waived", "what", "zone",
})  # fmt: skip
_CHOICES = frozenset(
    field.name
    for kind in (*get_args(facts.Fact), *get_args(replies.Reply), replies.TestLine)
    for field in msgspec.inspect.type_info(kind).fields  # type: ignore[union-attr]  # each is a struct
    if isinstance(field.type, msgspec.inspect.LiteralType)
)
_BY_NAME = frozenset({"checks", "forms", "waived"})  # dictionaries whose keys are no fields
_TIMES = frozenset({"injection", "due", "born", "expires", "day", "at", "counsel_on", "on"})


def every_fact() -> tuple[facts.Fact, ...]:
    """Return one example of every kind of fact, and an answer of every kind of reply."""
    answers = tuple(facts.Answered("health", "item", reply) for reply in REPLIES)
    return (*FACTS, *answers)


def with_text(fact: facts.Fact, text: str, only: str = "", *, filled: bool = False) -> facts.Fact:
    """Return the fact with every typed text, or that of one field, replaced; or only where there was one."""

    def put(name: str, old: str) -> str:
        return text if (not only or only == name) and (old or not filled) else old

    told = _mapped(msgspec.to_builtins(fact), "", put)
    return msgspec.convert(told, type(fact))


def typed_fields(fact: facts.Fact) -> tuple[str, ...]:
    """Return the names of the fields of typed text, however deep they lie."""
    names: dict[str, None] = {}

    def note(name: str, old: str) -> str:
        names[name] = None
        return old

    _mapped(msgspec.to_builtins(fact), "", note)
    return tuple(names)


def _mapped(value: Any, name: str, put: Callable[[str, str], str]) -> Any:
    match value:
        case dict():
            return {key: _mapped(each, name if name in _BY_NAME else key, put) for key, each in value.items()}
        case list() | tuple():
            return [_mapped(each, name, put) for each in value]
        case str() if name not in MADE | _CHOICES | _TIMES:
            return put(name, value)
        case _:
            return value


def typed_facts() -> Iterator[facts.Fact]:
    """Yield the examples that hold typed text."""
    yield from (fact for fact in every_fact() if typed_fields(fact))


__all__ = ["NOON", "every_fact", "typed_facts", "typed_fields", "with_text"]

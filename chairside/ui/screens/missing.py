"""What a page still lacks: the sentence, and the place on the page where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chairside.domain.steps import Lack
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.widgets.words import Words

_AT = {"finding": "finding.{item}", "question_open": "settle.{form}.{item}", "needs": ""}


@dataclass(frozen=True)
class Missing:
    """One thing that is lacking; `at` names the widget that mends it, where this page has one."""

    said: str
    at: str = ""


def missing(words: Words, view: View, lacks: Iterable[Lack]) -> list[Missing]:
    """Return what a step lacks; an item is mended at the row of its name."""
    return [Missing(saying.lack(words, view, each), _place(each)) for each in lacks]


def _place(lack: Lack) -> str:
    return _AT.get(lack.why, "{item}").format(form=lack.form, item=lack.item)


def in_one_line(words: Words, lacks: Sequence[Missing]) -> str:
    """Return what is lacking as one line for the footer."""
    return saying.lacking(words, [each.said for each in lacks])

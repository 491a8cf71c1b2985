"""Asks a folder of forms what it would say to made-up patients: the clinic's own test of its edits.

The verdict is the gate's own, by the very functions of a visit, at the moment before the physician
rules: nothing here weighs anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from chairside.domain import checklist, gate
from chairside.domain.book import Book
from chairside.domain.finding import Finding, worst
from chairside.domain.form import Choice, Verdict
from chairside.domain.replies import Chosen, DrugsTaken, Reply
from chairside.domain.visit import Key
from chairside.domain.washout import NSAIDS
from chairside.formbook.cases import LONGEST_LINE, UNDERSTANDING, Case, CaseRefused, read_case

_ASKED = (checklist.HEALTH_CHECK, gate.MEDICINES)
Told = dict[str, object]


def _answered(book: Book, item: str, option: str) -> tuple[Key, Reply]:
    """Return one answer as a visit keeps it. Raises: CaseRefused."""
    if item == checklist.UNDER_AGE:
        text = f"'{item}' is never answered: it follows from 'born'; leave it out"
        raise CaseRefused(item, text)
    asked = {
        known.id: (form, known)
        for form in _ASKED
        for known in (book.forms[form].items if form in book.forms else ())
        if isinstance(known, Choice)
    }
    if item not in asked:
        raise CaseRefused(item, f"{item[:40]!r} is not asked here; asked are {', '.join(asked)}")
    form, known = asked[item]
    if option not in known.options:
        raise CaseRefused(
            item, f"{option[:40]!r} is not an answer to it; accepted are {', '.join(known.options)}"
        )
    return (form, item), Chosen(option)


def _replies(book: Book, case: Case) -> dict[Key, Reply]:
    replies = dict(_answered(book, item, option) for item, option in case.answers.items())
    if case.nsaids is not None:
        replies[gate.MEDICINES, NSAIDS] = DrugsTaken(case.nsaids)
    return replies


def findings(book: Book, case: Case) -> tuple[Finding, ...]:
    """Return what the gate finds for one made-up patient, strictest first. Raises: CaseRefused."""
    found = gate.screening(book, _replies(book, case), case.born, case.when)
    if case.understanding_raised:
        found = (*found, Finding(UNDERSTANDING, Verdict.PHYSICIAN, (UNDERSTANDING,)))
    return tuple(sorted(found, key=lambda finding: -finding.weight))


def judged(book: Book, raw: bytes, number: int) -> Told:
    """Return what is to be said of one line: its verdict and findings, or why it is refused."""
    case = None
    try:
        case = read_case(raw)
        found = findings(book, case)
    except CaseRefused as refused:
        name = case.id if case else refused.case
        return {"id": name, "error": f"line {number}: {refused.text}", "item": refused.item}
    rows = [{"id": each.id, "weight": each.weight.word, "items": list(each.items)} for each in found]
    return {"id": case.id, "verdict": worst(found).word, "findings": rows}


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each line; of one that is too long only the beginning is ever held."""
    while raw := stream.readline(LONGEST_LINE + 2):
        yield raw
        while not raw.endswith(b"\n") and (raw := stream.readline(LONGEST_LINE)):
            pass


def tried(book: Book, stream: BinaryIO) -> Iterator[Told]:
    """Yield what is to be said of each line of a cases file, in order; a refused line stops nothing."""
    for number, raw in enumerate(_lines(stream), 1):
        yield judged(book, raw, number)

"""Reads one line of a cases file: a made-up patient, as `chairside forms try` takes them.

Nothing is guessed: a key, a type or a spelling that is not the agreed one refuses the line, and the
refusal says what would be accepted. The file may come from anywhere and be broken in any way.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import NoReturn
from zoneinfo import ZoneInfo

from msgspec import Struct

from chairside.domain.replies import AtMoment, DrugTaken, LastDose, Never, NotSure, OnDate
from chairside.domain.washout import NSAIDS, last_dose_at
from chairside.domain.when import When, end_of_day

LONGEST_LINE = 64 * 1024  # bytes
LONGEST_TEXT = 200  # characters of an id or a drug's name
UNDERSTANDING = "understanding_raised"
NEEDED = ("id", "born", "injection", "answers", "zone")
KEYS = (*NEEDED, NSAIDS, UNDERSTANDING)
_ROW_NEEDED = ("name", "last_dose")
_ROW_KEYS = (*_ROW_NEEDED, "prescribed")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-5][0-9])"
)
_YEARS = range(1900, 2201)
_A_DAY = "a day as 1984-03-14, from 1900 to 2200"
_A_MOMENT = "a moment with its offset, as 2026-12-01T10:00-08:00, from 1900 to 2200"
_LAST_DOSE = f"never, unsure, {_A_DAY}, or {_A_MOMENT}"


class CaseRefused(ValueError):
    """A line is not a case: which key or item is at fault, and what would be accepted."""

    def __init__(self, item: str | None, text: str, case: str | None = None) -> None:
        super().__init__(text)
        self.item, self.text, self.case = item, text, case


class Case(Struct, frozen=True):
    """One made-up patient; `nsaids` None means that nobody asked."""

    id: str
    born: date
    when: When
    answers: dict[str, str]
    nsaids: tuple[DrugTaken, ...] | None
    understanding_raised: bool


class _Told(Struct):
    """A parsed line, with what JSON itself lets pass: a key said twice, a number that is none."""

    whole: object
    faults: list[str]


def _parsed(text: str) -> _Told:
    faults: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        faults.extend(
            f"{key[:40]!r} stands there twice; say each key once" for key in keys if keys.count(key) > 1
        )
        return dict(pairs)

    def no_number(said: str) -> None:
        faults.append(f"{said} is not a number that JSON has")

    try:
        return _Told(json.loads(text, object_pairs_hook=once, parse_constant=no_number), faults)
    except json.JSONDecodeError as error:
        raise CaseRefused(
            None, f"not JSON at character {error.pos + 1}: {error.msg}; {_line_like()}"
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists in lists
        raise CaseRefused(None, f"not JSON that can be read; {_line_like()}") from error


def _line_like() -> str:
    return f"one JSON object a line, with the keys {', '.join(KEYS)}"


def _text(raw: bytes) -> str:
    """Return the line as text. Raises: CaseRefused."""
    if len(raw.rstrip(b"\r\n")) > LONGEST_LINE:
        raise CaseRefused(None, f"the line is too long; at most {LONGEST_LINE} bytes are accepted")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise CaseRefused(None, "the line begins with a byte order mark; save the file as UTF-8 without one")
    try:
        text = raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise CaseRefused(None, f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    if not text.strip():
        raise CaseRefused(None, f"the line is empty; {_line_like()}")
    return text


def _object(
    value: object, item: str | None, needed: tuple[str, ...], known: tuple[str, ...]
) -> dict[str, object]:
    """Return an object that has the needed keys and no unknown one. Raises: CaseRefused."""
    if not isinstance(value, dict):
        raise CaseRefused(item, f"not an object; accepted is an object with the keys {', '.join(known)}")
    for key in value:
        if key not in known:
            raise CaseRefused(item or key, f"{key[:40]!r} is not a known key; known are {', '.join(known)}")
    for key in needed:
        if key not in value:
            raise CaseRefused(item or key, f"'{key}' is missing; needed are {', '.join(needed)}")
    return value


def _wanted(item: str, accepted: str, said: object) -> NoReturn:
    shown = json.dumps(said)
    raise CaseRefused(
        item, f"{shown if len(shown) <= 60 else shown[:57] + '...'} is not accepted; accepted is {accepted}"
    )


def _words(item: str, value: object) -> str:
    """Return a short text. Raises: CaseRefused."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        _wanted(item, f"a text of 1 to {LONGEST_TEXT} characters", value)
    return value


def _day(item: str, value: object, accepted: str = _A_DAY) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value) or int(value[:4]) not in _YEARS:
        _wanted(item, accepted, value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        _wanted(item, accepted, value)


def _moment(item: str, value: object, accepted: str = _A_MOMENT) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value) or int(value[:4]) not in _YEARS:
        _wanted(item, accepted, value)
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        _wanted(item, accepted, value)


def _truth(item: str, value: object) -> bool:
    if not isinstance(value, bool):
        _wanted(item, "true or false, or the key left out", value)
    return value


@cache
def _zones() -> frozenset[str]:
    """Return the name of every zone; what else a machine takes for one ("localtime") is its own affair."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _zone(value: object) -> ZoneInfo:
    if not isinstance(value, str) or value not in _zones():
        _wanted("zone", "the name of a time zone, as America/Los_Angeles", value)
    return ZoneInfo(value)


def _when(told: dict[str, object]) -> When:
    zone, injection = _zone(told["zone"]), _moment("injection", told["injection"])
    day = injection.astimezone(zone).date()
    return When(
        now=injection,
        today=day,
        injection=injection,
        injection_day=day,
        end_of_day=lambda day: end_of_day(day, zone),
    )


def _last_dose(value: object, when: When) -> LastDose:
    if value == "never":
        return Never()
    if value == "unsure":
        return NotSure()
    is_moment = isinstance(value, str) and "T" in value
    dose = (
        AtMoment(_moment(NSAIDS, value, _LAST_DOSE)) if is_moment else OnDate(_day(NSAIDS, value, _LAST_DOSE))
    )
    at = last_dose_at(dose, when)
    if at is not None and at > when.injection:
        counted = "" if is_moment else " (a day alone counts as 23:59:00: give the moment)"
        text = f"the last dose {value} lies after the injection; accepted is one before it{counted}"
        raise CaseRefused(NSAIDS, text)
    return dose


def _drug(value: object, when: When) -> DrugTaken:
    row = _object(value, NSAIDS, _ROW_NEEDED, _ROW_KEYS)
    prescribed = _truth(NSAIDS, row["prescribed"]) if "prescribed" in row else None
    return DrugTaken(_words(NSAIDS, row["name"]), _last_dose(row["last_dose"], when), prescribed)


def _drugs(told: dict[str, object], when: When) -> tuple[DrugTaken, ...] | None:
    if NSAIDS not in told:
        return None
    rows = told[NSAIDS]
    if not isinstance(rows, list):
        _wanted(NSAIDS, "a list of drugs, [] for none, or the key left out where nobody asked", rows)
    return tuple(_drug(row, when) for row in rows)


def _answers(told: dict[str, object]) -> dict[str, str]:
    answers = told["answers"]
    if not isinstance(answers, dict):
        _wanted("answers", 'an object of answers, as {"transplant": "no"}', answers)
    for item, answer in answers.items():
        if not isinstance(answer, str):
            _wanted(item, "one of the item's answers as text; left out means not answered", answer)
    return answers


def _case(told: dict[str, object]) -> Case:
    when, born = _when(told), _day("born", told["born"])
    if born > when.injection_day:
        raise CaseRefused(
            "born", f"born on {born}, after the injection; accepted is a day up to the injection"
        )
    raised = _truth(UNDERSTANDING, told.get(UNDERSTANDING, False))
    return Case(_words("id", told["id"]), born, when, _answers(told), _drugs(told, when), raised)


def read_case(raw: bytes) -> Case:
    """Return the made-up patient of one line. Raises: CaseRefused, with the line's id where it has one."""
    told = _parsed(_text(raw))
    named = told.whole.get("id") if isinstance(told.whole, dict) else None
    try:
        whole = _object(told.whole, None, NEEDED, KEYS)
        if told.faults:
            raise CaseRefused(None, told.faults[0])
        return _case(whole)
    except CaseRefused as refused:
        known = named if isinstance(named, str) and len(named) <= LONGEST_TEXT else None
        raise CaseRefused(refused.item, refused.text, known) from refused

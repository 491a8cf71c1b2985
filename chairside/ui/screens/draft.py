"""What was put in so far for a visit that is not open yet: plain data, so that it outlives its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from chairside.domain.form import Form
from chairside.domain.replies import Reply
from chairside.session.board import FoundPatient
from chairside.session.view import NewVisit, Who

LettersBy: TypeAlias = Literal["post", "phone", "in_person"]


@dataclass
class Draft:
    """What was put in so far, before there is a visit to keep it."""

    found: FoundPatient | None = None
    another: bool = False  # somebody said: not the one on file
    texts: dict[str, str] = field(default_factory=dict)
    born: date | None = None
    letters_by: LettersBy | None = None
    letters_language: str = ""
    identifiers: tuple[str, ...] = ()
    injection: datetime | None = None
    injection_said: bool = False
    physician: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenDesk:
    """What the page needs of the desk: the form, the physicians, and where its taps lead."""

    form: Form
    physicians: Sequence[Who]
    find: Callable[[str], tuple[FoundPatient, ...]]
    open_visit: Callable[[NewVisit], None]
    home: Callable[[], None]
    last: str = ""  # what this person of the staff looked for the last time

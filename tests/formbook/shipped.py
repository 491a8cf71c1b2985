"""The shipped forms as these tests use them: loaded as they are, or copied and then damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from chairside import formbook
from chairside.domain.book import Book
from chairside.errors import FormError
from chairside.formbook import Profile
from chairside.formbook.load import version_of
from chairside.formbook.source import Complaint
from tests.formbook.watched import LONGEST_SECONDS, watched

ROOT = Path(__file__).resolve().parents[2]
FORMS = ROOT / "forms"
DRUGS = ROOT / "resources" / "drugs"


@cache
def book(profile: Profile = "california") -> Book:
    """The book of the shipped forms, for California unless told."""
    return formbook.load(FORMS, profile)


def copied(folder: Path) -> Path:
    """A copy of the shipped forms that a test may damage."""
    return Path(shutil.copytree(FORMS, folder / "forms"))


def complaints(folder: Path) -> tuple[Complaint, ...]:
    """Every complaint about a damaged folder; a folder that loads fails the test."""
    return _refusal(folder, lambda: formbook.load(folder, "california", DRUGS))


def complaints_of(folder: Path, file: str) -> tuple[Complaint, ...]:
    """Every complaint about the one form that a damaged file belongs to, which costs a tenth of all forms."""
    form, version, _ = file.split("/")
    return _refusal(folder, lambda: version_of(folder, form, version))


def _refusal(folder: Path, judge: Callable[[], object]) -> tuple[Complaint, ...]:
    """What the refusal says: within a second, and nothing opened but what may be. Proves: T18."""
    book()  # whatever is imported by the first judgement is imported by now
    with watched(folder, DRUGS) as watch, pytest.raises(FormError) as refused:
        judge()
    assert watch.strange == []
    assert watch.seconds < LONGEST_SECONDS
    assert refused.value.code == "forms_refused"
    told = refused.value.facts["complaints"]
    assert isinstance(told, tuple)
    return told


def line_with(path: Path, marker: str) -> int:
    """The first line that holds a marker, from 1."""
    return next(
        number for number, line in enumerate(path.read_text("utf-8").split("\n"), 1) if marker in line
    )

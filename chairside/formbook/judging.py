"""Judges a folder of forms to the end: every complaint, drafts too, and how hard each text reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from chairside.domain.facts import Profile
from chairside.errors import FormError
from chairside.formbook.draft import read_draft
from chairside.formbook.grade import HARDEST_GRADE, grade
from chairside.formbook.load import RELEASES, judge, load, read_labels, versions
from chairside.formbook.prose import Page, Role
from chairside.formbook.source import Complaint, Complaints, parsed, read
from chairside.formbook.statutory import VERBATIM
from chairside.formbook.structure import releases

_ENGLISH = "en"  # the grade is a measure of English
_ASKS_PATIENTS = frozenset(
    {"consent", "health_check", "medicines", "sign", "reaffirm", "vial", "preparation", "aftercare"}
)
_READ: tuple[Role, ...] = (
    "title",
    "body",
    "help",
)  # an answer's label is a few words: no sentence to measure


class Graded(NamedTuple):
    """How hard one block of an item reads; `exempt` is text that the law words."""

    file: str
    line: int
    item: str
    role: str
    grade: float
    exempt: bool

    @property
    def too_hard(self) -> bool:
        """Whether it is harder than a patient should be asked to read (Q12)."""
        return self.grade > HARDEST_GRADE and not self.exempt

    @property
    def complaint(self) -> str:
        """What to say of it where it is too hard."""
        much = f"grade {self.grade:.1f}, more than {HARDEST_GRADE:.0f}"
        return f"the {self.role} of '{self.item}' reads at {much}: use shorter sentences and words"


def _forms(folder: Path) -> list[str]:
    return (
        sorted(path.name for path in folder.iterdir() if (path / RELEASES).is_file())
        if folder.is_dir()
        else []
    )


def _unpublished(folder: Path, form: str) -> list[str]:
    quiet = Complaints()  # `load` has said it already
    source = read(folder, f"{form}/{RELEASES}", quiet)
    told = parsed(source, quiet) if source is not None else None
    if source is None or told is None:
        return []
    known = {release.version for release in releases(source, told, quiet)}
    return [version for version in versions(folder, form) if version not in known]


def complaints(folder: Path, drugs: Path) -> tuple[Complaint, ...]:
    """Return everything that is wrong, by file and line; drafts that are not published yet are judged too.

    A text that is too hard to read is a fault here. It keeps no clinic shut: `load` asks no grade.
    """
    found = Complaints()
    for profile in get_args(Profile):
        try:
            load(folder, profile, drugs)
        except FormError as refused:
            told = refused.facts.get("complaints")
            found.extend(told if isinstance(told, tuple) else ())
    common = read_labels(folder, Complaints())
    for form in _forms(folder):
        for version in _unpublished(folder, form):
            draft = read_draft(folder, form, version, found)
            if draft is not None:
                judge(draft, common, found)
    for each in grades(folder):
        if each.too_hard:
            found.add(each.file, each.line, each.complaint)
    return tuple(sorted(set(found)))


def _graded(form: str, page: Page, item: str, role: Role) -> Iterator[Graded]:
    """Yield the grade of what an item says in one role; a heading counts where it asks the patient."""
    blocks = [block for block in page.blocks[item] if block.role == role]
    texts = tuple(block.text for block in blocks)
    asks = form in _ASKS_PATIENTS and texts[-1:] and texts[-1].endswith("?")
    if texts and (role != "title" or asks):
        yield Graded(page.file, blocks[0].line, item, role, grade(texts), item in VERBATIM)


def grades(folder: Path) -> tuple[Graded, ...]:
    """Return the grade of every block of English text, of the highest version of each form."""
    drafts = (
        read_draft(folder, form, version, Complaints())
        for form in _forms(folder)
        for version in versions(folder, form)[-1:]
    )
    return tuple(
        graded
        for draft in drafts
        if draft is not None and (page := draft.pages.get(_ENGLISH)) is not None
        for item in page.blocks
        for role in _READ
        for graded in _graded(draft.id, page, item, role)
    )

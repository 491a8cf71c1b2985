"""Judges a folder of forms to the end: every complaint, drafts too, and how hard each text reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from chairside.domain.facts import Profile
from chairside.errors import FormError
from chairside.formbook.draft import Draft, is_stale, read_draft, source_digest
from chairside.formbook.grade import GRADES, HARDEST_GRADE
from chairside.formbook.load import judge, load, read_labels, released, versions
from chairside.formbook.prose import Page, Role
from chairside.formbook.source import Complaint, Complaints
from chairside.formbook.statutory import VERBATIM

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
    """Return every form with a version, published or not yet."""
    there = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return [form for form in there if not form.startswith(".") and versions(folder, form)]


def _unpublished(folder: Path, form: str) -> list[str]:
    known = {release.version for release in released(folder, form, Complaints())[1]}  # `load` complained
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
    _judge_unpublished(folder, found)
    for draft in _newest(folder):
        found.extend(_stale(draft))
    for each in grades(folder):
        if each.too_hard:
            found.add(each.file, each.line, each.complaint)
    return tuple(sorted(set(found)))


def _judge_unpublished(folder: Path, found: Complaints) -> None:
    common = read_labels(folder, Complaints())
    for form in _forms(folder):
        for version in _unpublished(folder, form):
            draft = read_draft(folder, form, version, found)
            if draft is not None:
                judge(draft, common, found)


def _stale(draft: Draft) -> Iterator[Complaint]:
    """Yield a complaint for each translation of an English text that has changed since.

    It shuts no clinic: such a language is offered to nobody, and English goes on (`domain.languages`).
    """
    for language, page in draft.pages.items():
        if is_stale(draft, language):
            text = (
                "the English has changed since, so no patient gets to see this. Translate what changed, then"
            )
            yield Complaint(page.file, 1, f"{text} write 'translates: {source_digest(draft)}'")


def _graded(form: str, language: str, page: Page, item: str, role: Role) -> Iterator[Graded]:
    """Yield the grade of what an item says in one role; a heading counts where it asks the patient."""
    blocks = [block for block in page.blocks[item] if block.role == role]
    texts = tuple(block.text for block in blocks)
    asks = form in _ASKS_PATIENTS and texts[-1:] and texts[-1].endswith("?")
    if texts and (role != "title" or asks):
        by_law = item in VERBATIM and role != "help"
        yield Graded(page.file, blocks[0].line, item, role, GRADES[language](texts), by_law)


def _newest(folder: Path) -> Iterator[Draft]:
    """Yield the highest version of each form, published or not."""
    for form in _forms(folder):
        for version in versions(folder, form)[-1:]:
            draft = read_draft(folder, form, version, Complaints())
            if draft is not None:
                yield draft


def grades(folder: Path) -> tuple[Graded, ...]:
    """Return the grade of every block of each form's highest version, in the languages with a measure."""
    return tuple(
        graded
        for draft in _newest(folder)
        for language, page in draft.pages.items()
        if language in GRADES
        for item in page.blocks
        for role in _READ
        for graded in _graded(draft.id, language, page, item, role)
    )


def summed(graded: tuple[Graded, ...]) -> Iterator[str]:
    """Yield one line a language: how many blocks were graded, how hard they are, how many the law words."""
    for language in sorted({Path(each.file).stem for each in graded}):
        blocks = [each for each in graded if Path(each.file).stem == language]
        ours = sorted(each.grade for each in blocks if not each.exempt)
        hardest, middle = max(ours, default=0.0), ours[len(ours) // 2] if ours else 0.0
        told = f"{language}: {len(ours)} blocks, median grade {middle:.1f}, hardest {hardest:.1f}"
        yield f"{told}; {len(blocks) - len(ours)} of the law"

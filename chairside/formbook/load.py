"""Loads a forms folder into a Book, or refuses it with every complaint at once, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from chairside.domain.book import Book
from chairside.domain.drugs import DrugList
from chairside.domain.facts import Profile
from chairside.domain.form import Drugs, Form
from chairside.errors import FormError
from chairside.formbook import drugs as drug_files
from chairside.formbook import lint, structure
from chairside.formbook.draft import Draft, Labels, form_of, read_draft
from chairside.formbook.duties import lint_areas, lint_duties
from chairside.formbook.floor import lint_floor
from chairside.formbook.plan import read_plan
from chairside.formbook.required import REQUIRED, lint_required
from chairside.formbook.source import Complaints, Source, line_of, parsed, read

NOTICES = "notices_"  # notices_<profile>: a profile ships only with its full text (R22)
RELEASES = "RELEASES.toml"
LABELS = "options.toml"  # the clinic's words for yes, no and not sure, one table a language
DRAFT: Literal["draft"] = "draft"
Day: TypeAlias = date | Literal["draft"]
_FORM_FOLDER = re.compile(structure.NAME)
_VERSION = re.compile(structure.VERSION)


def load(folder: Path, profile: Profile, drugs: Path | None = None, on: Day | None = None) -> Book:
    """Return the forms in force on a day, the plan and the drug list.

    `drugs` is the folder of drug lists, by default the one beside the forms folder's `resources`;
    without `on` the newest release of each form counts, with DRAFT the highest version there is,
    published or not: for trying an edit, never for a visit.

    Every form is judged; the book holds the notices of its own profile only.

    Raises: FormError("profile_without_notices") for a profile that ships no notices;
    FormError("forms_refused", complaints=((file, line, text), ...)) with every complaint.
    """
    if profile not in get_args(Profile):
        raise FormError("profile_without_notices", profile=profile)
    complaints = Complaints()
    known = drug_files.read_drugs(drugs or folder.parent / "resources" / "drugs", complaints)
    labels = read_labels(folder, complaints)
    forms: dict[str, Form] = {}
    names = _form_folders(folder, complaints)
    for name in names:
        form = _in_force(folder, name, labels, on, complaints)
        if form is not None:
            forms[name] = form
    plan = read_plan(folder, profile, frozenset(names), complaints)
    _lint_tiles(forms, known, complaints)
    lint_areas(forms, complaints)
    if complaints:
        raise FormError("forms_refused", complaints=tuple(sorted(set(complaints))))
    return Book({name: form for name, form in forms.items() if _is_of(name, profile)}, plan, known)


def _is_of(form: str, profile: Profile) -> bool:
    """Tell whether a form belongs to this profile: notices of another one are never shown beside its own."""
    return not form.startswith(NOTICES) or form == NOTICES + profile


def _form_folders(folder: Path, complaints: Complaints) -> list[str]:
    if not folder.is_dir():
        complaints.add(folder.name, 1, "is not a folder")
        return []
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    for name in names:
        if not _FORM_FOLDER.match(name):
            complaints.add(name, 1, "is not a name for a form: lower case, digits and _")
    for name in sorted(set(REQUIRED) - set(names)):
        complaints.add(name, 1, "this form must be there")
    return [name for name in names if _FORM_FOLDER.match(name)]


def read_labels(folder: Path, complaints: Complaints) -> Labels:
    """Return the clinic's words for yes, no and not sure; what is wrong with them becomes a complaint."""
    source = read(folder, LABELS, complaints)
    told = parsed(source, complaints) if source is not None else None
    if source is None or told is None:
        return {}
    labels: Labels = {}
    for language, options in told.items():
        if isinstance(options, dict) and all(isinstance(said, str) and said for said in options.values()):
            labels[language] = options
        else:
            complaints.add(source.name, line_of(source, language), f"'{language}' is not a table of labels")
    return labels


def released(
    folder: Path, form: str, complaints: Complaints
) -> tuple[Source | None, tuple[structure.Release, ...]]:
    """Return a form's RELEASES.toml and what it says, oldest first; nothing after a complaint."""
    source = read(folder, f"{form}/{RELEASES}", complaints)
    told = parsed(source, complaints) if source is not None else None
    if source is None or told is None:
        return source, ()
    known = structure.releases(source, told, complaints)
    for index, release in enumerate(known):
        if any(release.version == earlier.version for earlier in known[:index]):
            line = line_of(source, "release", index, "version")
            complaints.add(source.name, line, f"version {release.version} stands here twice")
    return source, known


def _in_force(folder: Path, form: str, labels: Labels, on: Day | None, complaints: Complaints) -> Form | None:
    """Check every published version of a form and return the newest that is in force."""
    if isinstance(on, str):  # DRAFT
        return _newest(folder, form, labels, complaints)
    source, known = released(folder, form, complaints)
    found: Form | None = None
    for index, release in enumerate(known):
        made = _published(folder, form, release.version, labels, complaints)
        if made is not None and source is not None and made.digest != release.sha256:
            line = line_of(source, "release", index, "sha256")
            text = f"version {release.version} was changed after it was published: it is now {made.digest}"
            complaints.add(source.name, line, text)
        if on is None or release.effective_from <= on:
            found = made
    if source is not None and known and found is None and not complaints:
        complaints.add(source.name, 1, f"no version of '{form}' is in force on {on}")
    return found


def versions(folder: Path, form: str) -> list[str]:
    """Return every version that has a folder, lowest first, published or not."""
    found = [
        path.name for path in (folder / form).iterdir() if path.is_dir() and _VERSION.fullmatch(path.name)
    ]
    return sorted(found, key=lambda version: [int(part) for part in version.split(".")])


def version_of(folder: Path, form: str, version: str) -> Form:
    """Return one version of a form, published or not; only its own faults refuse it.

    Raises: FormError("forms_refused").
    """
    complaints = Complaints()
    made = _published(folder, form, version, read_labels(folder, complaints), complaints)
    if made is None or complaints:
        raise FormError("forms_refused", complaints=tuple(sorted(set(complaints))))
    return made


def _newest(folder: Path, form: str, labels: Labels, complaints: Complaints) -> Form | None:
    known = versions(folder, form)
    if not known:
        complaints.add(form, 1, "no version of this form is here")
        return None
    return _published(folder, form, known[-1], labels, complaints)


def _published(folder: Path, form: str, version: str, labels: Labels, complaints: Complaints) -> Form | None:
    before = len(complaints)
    draft = read_draft(folder, form, version, complaints)
    if draft is None:
        return None
    judge(draft, labels, complaints)
    return form_of(draft, labels) if len(complaints) == before else None


def judge(draft: Draft, labels: Mapping[str, dict[str, str]], complaints: Complaints) -> None:
    """Complain about everything that is wrong with one version of a form."""
    if draft.items:  # otherwise form.toml itself was refused, and its prose cannot be compared with it
        lint.lint_logic(draft, complaints)
        lint_required(draft, complaints)
        lint_floor(draft, complaints)
        lint_duties(draft, complaints)
        lint.lint_fit(draft, dict(labels), complaints)
    lint.lint_honesty(draft, complaints)


def _lint_tiles(forms: Mapping[str, Form], known: DrugList, complaints: Complaints) -> None:
    for form in forms.values():
        for item in form.items:
            for tile in item.tiles if isinstance(item, Drugs) else ():
                if known.find(tile) is None:
                    file = f"{form.id}/{form.version}/form.toml"
                    complaints.add(file, 1, f"tile '{tile}' is not in the drug list")

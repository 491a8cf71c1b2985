"""Puts a version of a form into force: judged whole, read by two people, pinned by its fingerprint for good.

RELEASES.toml only grows: what stood there stays to the byte, so who put which text into force, and when,
can be read for ever. A new text is no faulty one's neighbour: one fault anywhere in the folder stops it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chairside.domain.drugs import folded
from chairside.domain.form import Form
from chairside.errors import FormError
from chairside.formbook import rising
from chairside.formbook.judging import complaints
from chairside.formbook.load import RELEASES, released, version_of, versions
from chairside.formbook.source import Complaint, Complaints, Source, is_seen, parsed
from chairside.formbook.structure import NAME, Release, releases

Write = Callable[[Path, bytes], None]  # replaces a file whole, or raises OSError and leaves the old one
LONGEST_NAME = 120  # characters
_HEAD = "# Append only: a published version never changes.\n"
_TITLE = re.compile(r"dr|md|do|rn|np|pa|phd|bsn|msn|mrs?|ms|prof|jd|esq")  # says not who somebody is
_SAMPLE = "sample"


@dataclass(frozen=True)
class Asked:
    """What a clinic wants to put into force: which text, from when, and who read it."""

    form: str
    version: str
    approved_by: str
    second: str
    effective_from: date


def publish(folder: Path, drugs: Path, asked: Asked, today: date, write: Write) -> Form:
    """Add the version to its RELEASES.toml and return the form as it is now published.

    Raises: FormError("publish_..." | "forms_refused" | "forms_not_written").
    """
    _people(asked)
    if asked.effective_from < today:
        raise FormError("publish_day_past", day=asked.effective_from, today=today)
    name = f"{asked.form}/{RELEASES}"
    known = _known(folder, asked.form)
    stored = (folder / name).read_bytes() if known else _HEAD.encode()
    _version(folder, asked, known)
    _judged(folder, drugs, name)
    form = version_of(folder, asked.form, asked.version)
    if known:
        rising.demand(form, version_of(folder, asked.form, known[-1].version))
    coming = stored + (b"" if stored.endswith(b"\n") else b"\n") + _lines(asked, form, today).encode()
    _refuse(_faults(Source(name, coming.decode("utf-8-sig"))))
    try:
        if known and (folder / name).read_bytes() != stored:
            raise FormError("publish_under_way", form=asked.form)
        write(folder / name, coming)
    except OSError as trouble:
        raise FormError("forms_not_written", folder=str(folder), reason=trouble.strerror) from trouble
    return form


def same_person(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: the same words in any order, or fewer of them.

    Titles do not count, and an initial is a name that begins with it: two people can write theirs out.
    """
    fewer, more = sorted((_words(one), _words(other)), key=len)
    return all(any(word in (each, each[0]) or each == word[0] for each in more) for word in fewer)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", folded(name)) if word and not _TITLE.fullmatch(word)]


def _people(asked: Asked) -> None:
    for name in (asked.approved_by, asked.second):
        words = _words(name)
        whole = any(len(word) > 1 and word.isalpha() for word in words) and words[0] != _SAMPLE
        if not (whole and is_seen(name) and len(name) <= LONGEST_NAME):
            raise FormError("publish_name_unusable", most=LONGEST_NAME)
    if same_person(asked.approved_by, asked.second):
        raise FormError("publish_same_person", name=asked.second)


def _known(folder: Path, form: str) -> tuple[Release, ...]:
    """Return what is published of a form; nothing where it never was."""
    if not (re.match(NAME, form) and (folder / form).is_dir()):
        raise FormError("form_unknown", form=form)
    if not (folder / form / RELEASES).exists():
        return ()
    found = Complaints()
    known = released(folder, form, found)[1]
    _refuse(found)
    return known


def _version(folder: Path, asked: Asked, known: tuple[Release, ...]) -> None:
    """Refuse a version that is not there, is in force already, or is older than one that is."""
    there = versions(folder, asked.form)
    published = [release.version for release in known]
    if asked.version in published:
        raise FormError("publish_known_version", form=asked.form, version=asked.version)
    if asked.version not in there:
        told = ", ".join(each for each in there if each not in published) or "-"
        raise FormError("publish_version_missing", form=asked.form, version=asked.version, there=told)
    newest = [each for each in there if each in (*published, asked.version)][-1]
    if newest != asked.version:
        raise FormError("publish_not_newer", form=asked.form, version=asked.version, newest=newest)


def _judged(folder: Path, drugs: Path, releases_file: str) -> None:
    """Refuse a folder with any fault; that a form's first release is not written yet is none."""
    first = not (folder / releases_file).exists()
    found = Complaints(
        each for each in complaints(folder, drugs) if not (first and each.file == releases_file)
    )
    _refuse(found)


def _refuse(found: list[Complaint]) -> None:
    if found:
        raise FormError("forms_refused", complaints=tuple(sorted(set(found))))


def _faults(source: Source) -> Complaints:
    """Return what Chairside would say of this RELEASES.toml: what is written must be read again."""
    found = Complaints()
    releases(source, parsed(source, found) or {}, found)
    return found


def _lines(asked: Asked, form: Form, today: date) -> str:
    def text(value: str) -> str:
        return json.dumps(value.strip(), ensure_ascii=False)  # a TOML basic string is written alike

    rows = {
        "version": text(form.version),
        "sha256": text(form.digest),
        "effective_from": asked.effective_from.isoformat(),
        "approved_by": text(asked.approved_by),
        "second": text(asked.second),
        "approved_on": today.isoformat(),
    }
    return "\n".join(["", "[[release]]", *(f"{key} = {value}" for key, value in rows.items()), ""])

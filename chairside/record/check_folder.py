"""The check of several files together: an addendum is held against the record it names, by SHA-256.

A folder stands for every PDF in it. Whether the record is there changes no addendum's own verdict:
an addendum alone is as genuine as before, and it is said that its record was not at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import structs

from chairside.record.check import Verdict, verify
from chairside.record.check_trust import Trust


def verify_all(paths: Iterable[Path], trust: Trust) -> tuple[Verdict, ...]:
    """Return a verdict on every file and on every PDF of every folder, folders by name."""
    return followed(tuple(verify(path, trust) for path in _files(paths)))


def followed(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Return the verdicts, those of addenda with what was found of the record and of earlier addenda."""
    known = {one.facts["sha256"]: one for one in verdicts if one.verdict == "genuine"}
    return tuple(_follow(one, known) for one in verdicts)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            held = sorted(each for each in path.iterdir() if each.suffix.lower() == ".pdf")
            yield from held or (path,)  # an empty folder is no document
        else:
            yield path


def _follow(one: Verdict, known: dict[str, Verdict]) -> Verdict:
    if one.verdict != "genuine" or "addendum" not in one.facts:
        return one
    proven, left = list(one.proven), list(one.not_proven)
    record = known.get(one.facts["follows_sha256"])
    if record is None:
        left.append("followed_record_not_here")
    elif record.facts["head"] != one.facts["follows_head"]:
        left.append("followed_record_differs")
    else:
        proven.append("followed_record_genuine")
    if not set(one.facts["earlier"].split()) <= set(known):
        left.append("earlier_addendum_not_here")
    return structs.replace(one, proven=tuple(proven), not_proven=tuple(left))

"""The record's sentences as shipped; session puts them into record.json, the pages read them only there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from chairside.domain.facts import Stopped
from chairside.errors import RecordError
from chairside.record.speech import full_stop
from chairside.settings import shipped

SOURCE = "en"
# what the screens say too; the rest of the interface's words has no place in a record
_SHARED = frozenset(
    (
        "role",
        "step",
        "ending",
        "ruling",
        "option",
        "finding",
        "finding_about",
        "result",
        "test",
        "premedication",
    )
)


def sentences(language: str) -> dict[str, str]:
    """Return key -> sentence in one language, English where it has none: a record is never held up by a word.

    Raises: RecordError where the English ones cannot be read.
    """
    folder = shipped("resources") / "words"
    told = _of(folder, SOURCE)
    if language != SOURCE and language.isalnum() and (folder / f"record.{language}.toml").is_file():
        told |= _of(folder, language)
    return told


def attests(language: str, stopped: Stopped, *, decided_for: bool = False) -> str:
    """Return what a staff member signs who attests how a visit ended. Raises: RecordError.

    With `decided_for` the patient was not alone: somebody decided for them.
    """
    said = sentences(language)
    key = f"attests.{stopped.ending}"
    sentence = said.get(f"{key}_for", said[key]) if decided_for else said[key]
    return sentence.replace("{reason}", full_stop(stopped.reason))


def _of(folder: Path, language: str) -> dict[str, str]:
    shared = _flat(folder / f"{language}.toml")
    kept = {key: text for key, text in shared.items() if key.partition(".")[0] in _SHARED}
    return {**kept, **_flat(folder / f"record.{language}.toml")}


def _flat(path: Path) -> Mapping[str, str]:
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise RecordError("record_words_missing", file=path.name) from trouble


@lru_cache(maxsize=4)  # two files a language; by what they say now, so that an edited one is read anew
def _parsed(text: str) -> Mapping[str, str]:
    tables = tomllib.loads(text)
    return {f"{group}.{key}": said for group, entries in tables.items() for key, said in entries.items()}

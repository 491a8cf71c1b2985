"""The record's sentences as shipped; session puts them into record.json, the pages read them only there."""

from __future__ import annotations

import tomllib
from pathlib import Path

from chairside.errors import RecordError
from chairside.settings import shipped

# what the screens say too; the rest of the interface's words has no place in a record
_SHARED = frozenset((
    "role", "step", "ending", "ruling", "verdict", "option", "finding", "finding_about", "result", "test",
    "premedication",
))  # fmt: skip


def sentences(language: str) -> dict[str, str]:
    """Return key -> sentence in one language. Raises: RecordError."""
    folder = shipped("resources") / "words"
    shared = _flat(folder / f"{language}.toml")
    kept = {key: text for key, text in shared.items() if key.partition(".")[0] in _SHARED}
    return {**kept, **_flat(folder / f"record.{language}.toml")}


def _flat(path: Path) -> dict[str, str]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise RecordError("record_words_missing", file=path.name) from trouble
    return {f"{group}.{key}": text for group, entries in told.items() for key, text in entries.items()}

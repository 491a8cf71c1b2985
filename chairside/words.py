"""Every sentence of the interface by its key, and what to say and do about each expected trouble.

One TOML file a language, in tables: `[button] continue = "Continue"` is `button.continue`. Names in
braces are filled in by `say`; where a fact `count` is 1 and the key has a twin ending in `_one`, the
twin is said. A key without a sentence is refused, never shown: a test looks for every key and
every error code in the source.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chairside.domain.source import SOURCE
from chairside.errors import ChairsideError, SettingsError

_PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_KEY = re.compile(r"^[a-z0-9_]+$")


@dataclass(frozen=True)
class Words:
    """The sentences of one language."""

    language: str
    sentences: Mapping[str, str]

    @classmethod
    def load(cls, folder: Path, language: str) -> Words:
        """Return the words in `folder/<language>.toml`, else the English ones. Raises: SettingsError."""
        english = {} if language == SOURCE else cls.load(folder, SOURCE).sentences
        path = folder / f"{language}.toml"
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
            raise SettingsError("words_unreadable", language=language, why=str(trouble)) from trouble
        return cls(language, {**english, **_flat(told, language)})

    def has(self, key: str) -> bool:
        """Tell whether there is a sentence for this key."""
        return key in self.sentences

    def say(self, key: str, /, **facts: object) -> str:
        """Return a sentence, its places filled in. Raises: SettingsError for a missing key or fact."""
        if facts.get("count") == 1 and f"{key}_one" in self.sentences:
            key = f"{key}_one"
        if key not in self.sentences:
            raise SettingsError("words_missing", key=key)
        return _PLACE.sub(lambda place: _fact(key, place[1], facts), self.sentences[key])

    def trouble(self, error: ChairsideError) -> tuple[str, str]:
        """Return what is wrong, as a sentence, and what to do next."""
        code = error.code if self.has(f"trouble.{error.code}") else "unknown"
        facts = {"code": error.code, **error.facts, **_counted(error)}
        places = set(_PLACE.findall(self.sentences[f"trouble.{code}"] + self.sentences[f"next.{code}"]))
        known = {name: facts.get(name, "?") for name in places | {"count"}}
        return self.say(f"trouble.{code}", **known), self.say(f"next.{code}", **known)


def places(sentence: str) -> frozenset[str]:
    """Return the names of the facts a sentence wants."""
    return frozenset(_PLACE.findall(sentence))


def _fact(key: str, name: str, facts: Mapping[str, object]) -> str:
    if name not in facts:
        raise SettingsError("words_fact_missing", key=key, fact=name)
    return str(facts[name])


def _counted(error: ChairsideError) -> dict[str, object]:
    """Return how many complaints a refused folder has, and the first of them as one line."""
    complaints = error.facts.get("complaints")
    if not isinstance(complaints, tuple) or not complaints:
        return {}
    file, line, text = complaints[0]
    return {"count": len(complaints), "first": f"{file}, line {line}: {text}"}


def _flat(told: Mapping[str, object], language: str) -> dict[str, str]:
    """Return table.key -> sentence; anything deeper, empty or oddly named is refused."""
    flat: dict[str, str] = {}
    for table, sentences in told.items():
        for key, sentence in sentences.items() if isinstance(sentences, dict) else [(table, None)]:
            if not (isinstance(sentence, str) and sentence.strip() and _KEY.match(key)):
                raise SettingsError("words_unreadable", language=language, why=f"{table}.{key}")
            flat[f"{table}.{key}"] = sentence
    for code in ("trouble.unknown", "next.unknown"):
        if code not in flat:
            raise SettingsError("words_unreadable", language=language, why=code)
    return flat

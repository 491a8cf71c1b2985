"""Counts how hard a text is to read, offline: the Flesch-Kincaid grade with a small syllable rule (Q12).

The known packages fetch a dictionary on first use (R37); a vowel-group rule is within half a grade
of it on English prose of this kind and needs nothing.
"""

from __future__ import annotations

import re

HARDEST_GRADE = 8.0  # Source: R35, Q12; the target is 6
_WORD = re.compile(r"[A-Za-z]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][A-Za-z]+)?|\d[\d.,]*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$|[\"')])")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouyscxzgh]es|[^aeiouytd]ed|[^aeioul]e)$")
_SPLIT = re.compile(
    r"i(?:a|o(?!n\b|ns\b|us\b)|um)|[^tcg]ious|[^q]ua|eo(?!u)|[rq]uiet|scien|[^b]reac|^reac|crea|.[aeiou].*ea$|[aeiou]ing\b|nonr"
)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has; a number counts as one."""
    plain = re.sub(r"[^a-z]", "", word.casefold())
    if not plain:
        return 1
    groups = len(_VOWELS.findall(_SILENT.sub(lambda end: end.group()[:1], plain)))
    return max(1, groups + len(_SPLIT.findall(plain)))


def grade(paragraphs: tuple[str, ...]) -> float:
    """Return the Flesch-Kincaid grade of some paragraphs; a list line ends as a sentence does."""
    words = [word for text in paragraphs for word in _WORD.findall(text)]
    if not words:
        return 0.0
    sentences = sum(max(1, len(_SENTENCE_END.findall(text))) for text in paragraphs)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59

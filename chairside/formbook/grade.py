"""Counts how hard a text is to read, offline: the Flesch-Kincaid grade with a small syllable rule (Q12).

The known packages fetch a dictionary on first use (R37); a vowel-group rule is within half a grade
of it on English prose of this kind and needs nothing. Spanish is written as it is spoken: its syllables
can be counted, and Fernández Huerta's ease is told as the school grade of his own table (60 is the end
of grade 8, 90 the end of grade 4).
"""

from __future__ import annotations

import re
from collections.abc import Callable

HARDEST_GRADE = 8.0  # Source: R35, Q12; the target is 6
_WORD = re.compile(r"[A-Za-z]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][A-Za-z]+)?|\d[\d.,]*")
_TITLE = "".join(
    rf"(?<!\b{title})" for title in ("Dr", "Dra", "Mr", "Mrs", "Ms", "Sr", "Sra")
)  # "Dr." ends none
_SENTENCE_END = re.compile(_TITLE + r"[.!?]+(?=\s|$|[\"')])")
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


_SPANISH_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")
# An accent on i or u parts it from the vowel beside it; ü is the u that is heard between g and e or i.
_SPANISH_SYLLABLE = re.compile(r"[iuü]*[aeoáéó](?:[iuü](?![aeoáéóíú]))?|[íú]|[iuü]+|\by\b")
_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
EASE_OF_GRADE_8, GRADES_A_POINT = 60.0, 4 / 30


def spanish_syllables(word: str) -> int:
    """Return how many syllables a Spanish word has; a number counts as one."""
    return max(1, len(_SPANISH_SYLLABLE.findall(_SILENT_U.sub("", word.casefold()))))


def spanish_grade(paragraphs: tuple[str, ...]) -> float:
    """Return the school grade of Fernández Huerta's reading ease of some paragraphs."""
    words = [word for text in paragraphs for word in _SPANISH_WORD.findall(text)]
    if not words:
        return 0.0
    sentences = sum(max(1, len(_SENTENCE_END.findall(text))) for text in paragraphs)
    spoken = sum(map(spanish_syllables, words)) / len(words)
    ease = 206.84 - 60 * spoken - 1.02 * len(words) / sentences
    return HARDEST_GRADE + (EASE_OF_GRADE_8 - ease) * GRADES_A_POINT


GRADES: dict[str, Callable[[tuple[str, ...]], float]] = {"en": grade, "es": spanish_grade}

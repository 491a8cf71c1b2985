"""Finds what honest text for a patient does not say: claims of approval, safety, cure or certainty (Q11).

A phrase passes when the words just before it deny it ("not FDA-approved"), or when the sentence
says whose claim it is ("the clinic has said"). "No doubt" and "not only" deny nothing. English and Spanish
phrases are looked for in every text: a translation may leave a word of the other language standing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

QUOTED = ("the clinic has said", "la clínica ha dicho")
_REACH_WORDS = 8  # how far back a denial still governs the phrase
_REACH_CHARACTERS = 200  # and a bound, so that a page of claims is judged in time that grows with its length


class _Speech(NamedTuple):
    """What one language claims with, what denies it, and what only looks like a denial."""

    banned: tuple[re.Pattern[str], ...]
    denial: re.Pattern[str]
    no_denial: re.Pattern[str]


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_ENGLISH = _Speech(
    _all(
        r"\bFDA[-\s]+(?:has\s+)?(?:approve[sd]?|approval|compliant|compliance|cleared|clearance|registered)\b",
        r"\bapproved\s+by\s+(?:the\s+)?(?:FDA|U\.?S\.?\s+Food|United States Food|Food and Drug)",
        r"\b(?:no|without|free of|zero)\s+side[-\s]+effects?\b",
        r"\bsafe(?:ly|r|st)?\b",
        r"\bcur(?:e|es|ed|ing)\b",
        r"\bguarantee[sd]?\b",
        r"\bpass(?:ed|es)?\s+(?:all|every|the|its)\b[^.]{0,20}\btests?\b",
        r"\b(?:risk[-\s]free|no\s+risks?|without\s+risks?)\b",
        r"\b100\s?%",
    ),
    re.compile(
        r"\b(?:not|never|nobody|cannot|no one|neither|nor|unproven)\b|n['\N{RIGHT SINGLE QUOTATION MARK}]t\b",
        re.I,
    ),
    re.compile(r"\bnot only\b|\bno doubt\b|\bnot just\b|\bwhy not\b", re.I),
)
_SPANISH = _Speech(
    _all(
        r"\bFDA\s+(?:(?:ya|lo|la|los|las|ha|han)\s+)*(?:aprob|aprueb|autoriz)\w+",
        r"\b(?:aprobad|autorizad|registrad)[oa]s?\s+por\s+la\s+FDA\b",
        r"\b(?:es|son|sea|sean|será|serán)\s+(?:(?:muy|totalmente|del todo)\s+)?segur[oa]s?\b",
        r"\bsin\s+(?:ningún\s+)?(?:riesgos?|efectos?\s+secundarios?|peligros?)\b",
        r"\bno\s+(?:tiene|hay)\s+(?:riesgos?|efectos?\s+secundarios?|peligros?)\b",
        r"\bcur(?:a|an|ar|ará|arán|ado|ada|ación)\b",
        r"\bgarantiz\w+|\bgarant[ií]as?\b",
        r"\b(?:pasó|pasa|ha\s+pasado|aprobó)\s+tod[oa]s\s+l[oa]s\s+(?:pruebas|exámenes)\b",
    ),
    re.compile(r"\b(?:no|nunca|jamás|nadie|ni|tampoco|ningun[oa])\b", re.I),
    re.compile(r"\bno s[oó]lo\b|\bno hay duda\b|\bpor qué no\b", re.I),
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def _denied(before: str, speech: _Speech) -> bool:
    near = " ".join(before.split()[-_REACH_WORDS:])
    return bool(speech.denial.search(speech.no_denial.sub("", near)))


def claims(text: str) -> Iterator[str]:
    """Yield every banned phrase in a text, as written."""
    for sentence in _SENTENCE.split(text):
        if any(quoted in sentence.casefold() for quoted in QUOTED):
            continue
        for speech in (_ENGLISH, _SPANISH):
            yield from _claimed(sentence, speech)


def _claimed(sentence: str, speech: _Speech) -> Iterator[str]:
    for pattern in speech.banned:
        for hit in pattern.finditer(sentence):
            if not _denied(sentence[max(0, hit.start() - _REACH_CHARACTERS) : hit.start()], speech):
                yield hit.group()

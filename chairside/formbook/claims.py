"""Finds what honest text for a patient does not say: claims of approval, safety, cure or certainty (Q11).

A phrase passes when the words just before it deny it ("not FDA-approved"), or when the sentence
says whose claim it is ("the clinic has said"). "No doubt" and "not only" deny nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

QUOTED = "the clinic has said"
_REACH_WORDS = 8  # how far back a denial still governs the phrase
_REACH_CHARACTERS = 200  # and a bound, so that a page of claims is judged in time that grows with its length
_BANNED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bFDA[-\s]+(?:has\s+)?(?:approve[sd]?|approval|compliant|compliance|cleared|clearance|registered)\b",
        r"\bapproved\s+by\s+(?:the\s+)?(?:FDA|U\.?S\.?\s+Food|United States Food|Food and Drug)",
        r"\b(?:no|without|free of|zero)\s+side[-\s]+effects?\b",
        r"\bsafe(?:ly|r|st)?\b",
        r"\bcur(?:e|es|ed|ing)\b",
        r"\bguarantee[sd]?\b",
        r"\bpass(?:ed|es)?\s+(?:all|every|the|its)\b[^.]{0,20}\btests?\b",
        r"\b(?:risk[-\s]free|no\s+risks?|without\s+risks?)\b",
        r"\b100\s?%",
    )
)
_DENIAL = re.compile(
    r"\b(?:not|never|nobody|cannot|no one|neither|nor|unproven)\b|n['\N{RIGHT SINGLE QUOTATION MARK}]t\b",
    re.I,
)
_NO_DENIAL = re.compile(r"\bnot only\b|\bno doubt\b|\bnot just\b|\bwhy not\b", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def _denied(before: str) -> bool:
    near = " ".join(before.split()[-_REACH_WORDS:])
    return bool(_DENIAL.search(_NO_DENIAL.sub("", near)))


def claims(text: str) -> Iterator[str]:
    """Yield every banned phrase in a text, as written."""
    for sentence in _SENTENCE.split(text):
        if QUOTED in sentence.casefold():
            continue
        for pattern in _BANNED:
            for hit in pattern.finditer(sentence):
                if not _denied(sentence[max(0, hit.start() - _REACH_CHARACTERS) : hit.start()]):
                    yield hit.group()

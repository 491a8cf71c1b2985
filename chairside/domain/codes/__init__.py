"""Reads a code from a label: ISBT 128, GS1, HIBC, or a supplier's private label.

A reading warns, it never refuses: a label that no standard knows is still a label, and is then typed
twice (Q33). Whatever comes in, nothing is raised and nothing is upper-cased or guessed.
"""

from __future__ import annotations

import re

from chairside.domain.codes import gs1, hibc, isbt
from chairside.domain.codes.reading import Parts, Reading

__all__ = ["LONGEST", "Reading", "parse"]
LONGEST = 128  # characters; the longest GS1 symbol of one vial needs fewer
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_TERMINATOR = re.compile(r"(?:\r\n|\r|\n|\t)\Z")  # a scanner types one, never several


def _private(text: str) -> Reading:
    """Return an unknown format as it stands, with a word of warning where it only looks like a known one."""
    if gs1.looks_like(text) or gs1.GROUP_SEPARATOR in text:
        hint = "plain Code 128 without FNC1, e.g. a courier label"
        return Reading("private", text, {"hint": hint}, "not_gs1")
    if hibc.looks_like(text):
        hint = "Code 39 Extended decoding turned '+A' into 'a': decode as plain Code 39"
        return Reading("private", text, {"hint": hint}, "not_hibc")
    return Reading("private", text)


def _trouble(text: str) -> str:
    """Return why no label can say this, or nothing."""
    if not text.strip():
        return "empty"
    if len(text) > LONGEST:
        return "too_long"
    return "" if text.replace(gs1.GROUP_SEPARATOR, "").isprintable() else "bad_character"


def parse(text: str) -> Reading:
    """Return what a scanned or typed code says; a scanner's prefix and one terminator are dropped."""
    if len(text) > LONGEST + 5:  # AIM prefix and CR LF; what is longer is not copied, matched or shown
        return Reading("private", text[:LONGEST], {"most": LONGEST}, "too_long")
    identifier = found.group() if (found := _AIM.match(text)) else ""
    held = _TERMINATOR.sub("", text[len(identifier) :])
    if trouble := _trouble(held):
        most: Parts = {"most": LONGEST} if trouble == "too_long" else {}
        return Reading("private", held, most, trouble)
    if identifier in gs1.SYMBOLOGIES:
        return gs1.scanned(held, identifier)
    if held[0] in "=&":
        return isbt.scanned(held)
    if held[0] == "+":
        return hibc.scanned(held)
    if gs1.is_bracketed(held):
        return gs1.bracketed(held)
    return isbt.keyed(held) or _private(held)

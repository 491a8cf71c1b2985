"""A finding: something the gate must weigh, without a word of prose."""

from __future__ import annotations

from msgspec import Struct

from chairside.domain.form import Verdict


class Finding(Struct, frozen=True):
    """What was found: a stable id, the verdict it asks for, the items it rests on."""

    id: str
    weight: Verdict
    items: tuple[str, ...]
    about: str = ""  # a drug's name, a missing test: data, not prose
    mitigations: tuple[str, ...] = ()  # one of these must be ordered before a ruling lifts it (Q27)
    days: str = ""  # so many days, as a list tells them: data, not prose


def worst(findings: tuple[Finding, ...]) -> Verdict:
    """Return the strictest verdict asked for, CLEAR where nothing was found."""
    return max((finding.weight for finding in findings), default=Verdict.CLEAR)

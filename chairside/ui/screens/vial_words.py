"""How a vial stands and what happened to it, in words a person reads; pure, from rows and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chairside.domain.facts import (
    Fact,
    Stamped,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialEndTakenBack,
    VialFreed,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
    VialUsed,
)
from chairside.session.board import Fate, VialCard
from chairside.ui.screens import saying, standing
from chairside.ui.widgets.banner import Tone
from chairside.words import Words

_TONES: dict[Fate, Tone] = {
    "expected": "notice",
    "received": "warn",
    "checked": "warn",
    "accepted": "ok",
    "assigned": "ok",
    "opened": "notice",
    "thawed": "warn",
    "quarantined": "warn",
    "rejected": "danger",
}
_KINDS: dict[type[Fact], str] = {
    VialChecked: "checked",
    VialAccepted: "accepted",
    VialAssigned: "assigned",
    VialQuarantined: "quarantined",
    VialRejected: "rejected",
    VialFreed: "freed",
    VialOpened: "opened",
    VialThawed: "thawed",
    VialDiscarded: "discarded",
    VialEndTakenBack: "end_taken_back",
    VialReturned: "returned",
}
_TEST, _BLANK = "vial_test_not_nonreactive", "vial_test_blank"
_OF_PAPER = frozenset(
    {"vial_donor_not_eligible", "vial_sterility_not_final", "vial_test_missing", _TEST, _BLANK}
)


@dataclass(frozen=True)
class Named:
    """Who is who: staff by id, patients by visit; an id without a name stays an id."""

    people: Mapping[str, str]
    visits: Mapping[str, str]

    def person(self, of: str) -> str:
        """Return a staff member's name."""
        return self.people.get(of, of)


@dataclass(frozen=True)
class Event:
    """One line of a vial's life."""

    at: datetime
    who: str
    said: str


def shown_code(code: str) -> str:
    """Return a code as it can be read: the sign between a label's parts has no shape of its own."""
    return " ".join(code.split("\x1d"))


def tone(card: VialCard) -> Tone:
    """Return the ground a vial's word stands on."""
    if card.fate == "expected" and card.late_minutes > 0:
        return "warn"
    return _TONES.get(card.fate, "notice")


def fate(words: Words, card: VialCard, now: datetime) -> str:
    """Return how a vial stands in a word or two."""
    if card.fate == "expected" and card.late_minutes > 0 and card.due is not None:
        return words.say("vials.late", since=standing.lasted(words, card.due, now))
    return words.say(f"vials.fate_{card.fate}")


def lacks(words: Words, card: VialCard) -> list[str]:
    """Return what keeps a vial from being accepted; where no sheet came, that says all about the paper."""
    paper = [code for code in card.lacks if code.partition(":")[0] in _OF_PAPER]
    codes = [code for code in card.lacks if card.sheet or code not in paper]
    if paper and not card.sheet:
        codes.append("sheet_missing")
    return list(dict.fromkeys(lack(words, code) for code in codes))


def blank_told(card: VialCard, panel: Mapping[str, str]) -> VialCard:
    """Return the card with each test that has no line on the sheet told apart from one with a bad result."""
    told = tuple(
        f"{_BLANK}:{code.partition(':')[2]}"
        if code.startswith(f"{_TEST}:") and code.partition(":")[2] not in panel
        else code
        for code in card.lacks
    )
    return replace(card, lacks=told)


def lack(words: Words, code: str) -> str:
    """Return one reason why a vial cannot be accepted yet; `code` may say what it is about."""
    rule, _, about = code.partition(":")
    if rule == _BLANK:
        return words.say("vials.lacks_test", test=words.say(f"test.{about}"))
    if words.has(f"vials.lacks_{rule}"):
        return words.say(f"vials.lacks_{rule}")
    if words.has(f"finding.{rule}"):
        return saying.vial_reason(words, code)
    return words.say("vials.lacks_other")


def strength(words: Words, card: VialCard) -> str:
    """Return the strength: as labelled, or as ordered while there is no label yet."""
    if not card.strength_million:
        return ""
    key = "vials.strength_due" if card.fate == "expected" else "vial.strength"
    return words.say(key, million=card.strength_million)


def beside(words: Words, card: VialCard, zone: str) -> str:
    """Return what tells one vial from another, in one line."""
    parts = [strength(words, card), card.supplier]
    if card.lot:
        parts.append(words.say("vials.lot_is", lot=card.lot))
    if card.expires is not None:
        parts.append(words.say("vials.good_until", day=saying.day(words, card.expires)))
    if card.due is not None and card.fate == "expected":
        parts.append(words.say("vials.due_at", at=saying.moment(words, card.due, zone)))
    return " · ".join(part for part in parts if part)


def life(words: Words, facts: tuple[Stamped, ...], named: Named) -> tuple[Event, ...]:
    """Return what happened to a vial, oldest first; single entries of the sheet make no line."""
    told: list[Event] = []
    received = False
    for stamped in facts:
        said = _event(words, stamped.fact, named, received)
        received = received or isinstance(stamped.fact, VialReceived)
        if said:
            told.append(Event(stamped.stamp.utc, named.person(stamped.stamp.person), said))
    return tuple(told)


def _event(words: Words, fact: Fact, named: Named, received: bool) -> str:
    match fact:
        case VialReceived():
            return words.say("vials.life_corrected" if received else "vials.life_received")
        case VialUsed(_, whole):
            return words.say("vials.life_used" if whole else "vials.life_partly_used")
        case VialAssigned(visit) | VialOpened(visit) | VialThawed(visit):
            name = named.visits.get(visit, words.say("vials.a_visit"))
            return words.say(f"vials.life_{_KINDS[type(fact)]}", name=name)
        case VialQuarantined(reason) | VialRejected(reason) | VialDiscarded(reason) | VialReturned(reason):
            return words.say(f"vials.life_{_KINDS[type(fact)]}", reason=reason)
        case VialFreed(visit, reason):
            name = named.visits.get(visit, words.say("vials.a_visit"))
            return words.say("vials.life_freed", name=name, reason=reason)
        case VialEndTakenBack(_, reason) if reason:
            return words.say("vials.life_discard_taken_back", reason=reason)
        case VialChecked() | VialAccepted() | VialEndTakenBack():
            return words.say(f"vials.life_{_KINDS[type(fact)]}")
        case _:
            return ""

"""What is measured, tested or dated beside a health question, and the answer it asks for at least.

A thermometer, a pregnancy test and a calendar do not argue: what they say can make the answer to their
question stricter, never laxer. Without them the question's own answer stands alone, as it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from chairside.domain.finding import Finding
from chairside.domain.form import Item, Verdict
from chairside.domain.replies import Chosen, Measured, OnDate, Reply

HEALTH_CHECK = "health_check"
TEMPERATURE, FEVER_PILL = "temperature", "antipyretic_6_hours"
TEST, CANCER_DAY = "hcg_result", "cancer_last_on"
# Source: C6, Q19. Compared in the unit that was read: 37.8 °C is 100.04 °F, so converting would let one pass.
FEVER: dict[str, Decimal] = {"°F": Decimal("100.0"), "°C": Decimal("37.8")}
CANCER_YEARS = 5  # Source: C9; the fifth return of the day is outside
TESTED = {"positive": "yes", "negative": "no"}  # Source: C7; anything else is not sure
# What is found -> the question it speaks to.
SPEAKS_TO = {
    TEMPERATURE: "flu_like_symptoms",
    TEST: "pregnant_or_trying",
    CANCER_DAY: "cancer_within_5_years",
}
# Every item of the base list that stands beside a question (C3, C6, C7, C9): optional, and it weighs nothing.
BESIDE = frozenset({*SPEAKS_TO, FEVER_PILL, "immune_categories", "pregnancy_capacity", "hcg_lot", "hcg_at"})
# A reading that stops the visit is taken back by the physician only, like the answer it stands for (Q2).
STOPPING = frozenset({TEMPERATURE, TEST})
RANK = {"no": 0, "unsure": 1, "yes": 2}
Replies: TypeAlias = Mapping[tuple[str, str], Reply]


class Raised(Struct, frozen=True):
    """The answer a piece of evidence asks for at least, and which piece."""

    option: str
    by: str


def is_fever(reply: Reply | None) -> bool:
    """Tell whether a temperature is raised, in the unit it was read in; an unknown unit is."""
    if not isinstance(reply, Measured):
        return False
    return reply.unit not in FEVER or Decimal(reply.value) >= FEVER[reply.unit]


def other_degrees(value: str, unit: str) -> tuple[str, str] | None:
    """Return a temperature in the other unit, to a tenth: to be read beside it, never to be judged."""
    if unit not in FEVER:
        return None
    told, tenth = Decimal(value), Decimal("0.1")
    if unit == "°F":
        return str(((told - 32) * 5 / 9).quantize(tenth)), "°C"
    return str((told * 9 / 5 + 32).quantize(tenth)), "°F"


def in_words(value: str, unit: str) -> str:
    """Return a measure as it was read, a temperature with the other unit behind it."""
    other = other_degrees(value, unit)
    return f"{value} {unit} ({other[0]} {other[1]})" if other else f"{value} {unit}"


def years_between(since: date, on: date) -> int:
    """Return the whole years from one day to another; 29 February comes back on 1 March."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def says(item: str, reply: Reply | None, on: date) -> str:
    """Return what a piece of evidence says to its question, yes, unsure or no, on the injection's day."""
    if item == TEMPERATURE:
        return "yes" if is_fever(reply) else "no"
    if item == TEST and isinstance(reply, Chosen):
        return TESTED.get(reply.option, "unsure")
    if item == CANCER_DAY and isinstance(reply, OnDate):
        return "yes" if years_between(reply.day, on) < CANCER_YEARS else "no"
    return "no"


def raised(question: str, replies: Replies, on: date) -> Raised | None:
    """Return what the evidence beside a question asks for, where it asks for more than a no."""
    for item, about in SPEAKS_TO.items():
        option = says(item, replies.get((HEALTH_CHECK, item)), on)
        if about == question and option != "no":
            return Raised(option, item)
    return None


def stricter(own: str | None, found: Raised | None) -> str | None:
    """Return the stricter of a question's own answer and what the evidence asks for."""
    if found is None:
        return own
    return found.option if own is None or RANK[found.option] > RANK.get(own, 1) else own


def is_asked(form: str, item: Item, replies: Replies) -> bool:
    """Tell whether an item is asked for: always, or after one of the answers it names."""
    if not item.only_if:
        return True
    told = replies.get((form, item.only_if[0]))
    return isinstance(told, Chosen) and told.option in item.only_if[1:]


def notes(replies: Replies) -> tuple[Finding, ...]:
    """Return the note that a pill may hide a fever (C6): it stops nothing."""
    told = replies.get((HEALTH_CHECK, FEVER_PILL))
    masked = isinstance(told, Chosen) and told.option != "no"
    return (Finding("fever_may_be_masked", Verdict.CLEAR, (FEVER_PILL,)),) if masked else ()

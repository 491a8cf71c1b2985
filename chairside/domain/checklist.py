"""The health check: the class of the eight items, and the findings their answers give.

The floor below is the product's: a form may be stricter, never laxer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chairside.domain import evidence
from chairside.domain.evidence import Raised, stricter, years_between
from chairside.domain.finding import Finding
from chairside.domain.form import STRICTNESS, Choice, Form, Item, Verdict, Weight
from chairside.domain.replies import Chosen, Reply

HEALTH_CHECK = evidence.HEALTH_CHECK
# Source: product.md P3 and facts/regulatory-clinical.md C1, C2.
FLOOR: dict[str, Weight] = {
    "transplant": "do_not_treat",
    "immunocompromised": "do_not_treat",
    "flu_like_symptoms": "defer",
    "pregnant_or_trying": "defer",
    "cancer_within_5_years": "relative",
    "food_or_drug_allergy": "relative",
    "glycerol_sensitivity": "relative",
}
YOUNGEST_YEARS = 12  # under this age a relative finding stands; derived, never answered (C8)
UNDER_AGE = "under_12"
_YES: dict[Weight, Verdict] = {
    "relative": Verdict.PHYSICIAN,
    "defer": Verdict.DEFER,
    "do_not_treat": Verdict.DO_NOT_TREAT,
}


def weight_of(item: Choice) -> Weight:
    """Return what a yes weighs: the form's word or the floor, whichever is stricter."""
    return max(item.weight, FLOOR.get(item.id, "none"), key=lambda weight: STRICTNESS[weight])


def is_absolute(item: Choice) -> bool:
    """Tell whether a yes to this question stops the visit, by the form's word or by the floor."""
    return STRICTNESS[weight_of(item)] >= STRICTNESS["defer"]


def stands(item: Item | None, reply: Reply) -> bool:
    """Tell whether a reply stops the visit until the physician takes it back: an absolute yes or not sure."""
    if isinstance(item, Choice) and is_absolute(item):
        return not (isinstance(reply, Chosen) and reply.option == "no")
    return item is not None and stop_rank(item, reply) > 0


def stop_rank(item: Item, reply: Reply) -> int:
    """Return how strict a reply to a stopping question or to the evidence beside one is: 0 no ... 2 yes."""
    if isinstance(item, Choice) and is_absolute(item):
        return evidence.RANK.get(reply.option if isinstance(reply, Chosen) else "", 1)
    if item.id in evidence.STOPPING:
        return evidence.RANK[evidence.says(item.id, reply, date.min)]  # neither speaks of a day
    return 0


def answer_verdict(weight: Weight, option: str | None) -> Verdict:
    """Return what one answer asks for; no answer is incomplete, anything but a plain no is not a no."""
    if option is None:
        return Verdict.INCOMPLETE
    if option == "no" or weight == "none":
        return Verdict.CLEAR
    if option == "yes":
        return _YES[weight]
    return Verdict.PHYSICIAN if weight == "relative" else Verdict.HOLD


def item_finding(item: Choice, reply: Reply | None, found: Raised | None) -> tuple[Finding, ...]:
    """Return the finding of one health question, if any; `found` is what the evidence beside it asks for."""
    own = reply.option if isinstance(reply, Chosen) else None
    option = stricter(own, found)
    verdict = answer_verdict(weight_of(item), option)
    if own is None and verdict < Verdict.INCOMPLETE:  # a date alone answers nothing
        found, verdict = None, Verdict.INCOMPLETE
    needed = item.required or item.id in FLOOR  # a form cannot make one of the eight optional
    if verdict is Verdict.CLEAR or (verdict is Verdict.INCOMPLETE and not needed):
        return ()
    suffix = {Verdict.INCOMPLETE: "_unanswered"}.get(verdict, "" if option == "yes" else "_not_sure")
    rests_on = (item.id, found.by) if found else (item.id,)
    return (Finding(item.id + suffix, verdict, rests_on, mitigations=item.mitigations),)


def years_old(born: date, on: date) -> int:
    """Return the age in whole years; one born on 29 February has the birthday on 1 March."""
    return years_between(born, on)


def under_age(born: date, on: date) -> tuple[Finding, ...]:
    """Return the relative finding for a child under twelve on the day of the injection."""
    if years_old(born, on) >= YOUNGEST_YEARS:
        return ()
    return (Finding(UNDER_AGE, Verdict.PHYSICIAN, (UNDER_AGE,)),)


def findings(
    form: Form, replies: Mapping[tuple[str, str], Reply], born: date, on: date
) -> tuple[Finding, ...]:
    """Return every finding of the health check, in the form's order; what the form lacks is unanswered."""
    found: list[Finding] = []
    asked = [item for item in form.items if isinstance(item, Choice)]
    for item in asked:
        reply = replies.get((form.id, item.id))
        found.extend(item_finding(item, reply, evidence.raised(item.id, replies, on)))
    for name in sorted(FLOOR.keys() - {item.id for item in asked}):
        found.append(Finding(name + "_unanswered", Verdict.INCOMPLETE, (name,)))
    return (*found, *under_age(born, on))

"""What must be true before a premedication is given: ordered, asked about, right for the age (Q26, Q27)."""

from __future__ import annotations

from datetime import date, datetime

from chairside.domain.checklist import HEALTH_CHECK, years_old
from chairside.domain.finding import Finding
from chairside.domain.form import Verdict
from chairside.domain.replies import AtMoment, DoseGiven, DoseNotGiven, Reply
from chairside.domain.visit import Visit

PREMEDICATION = "premedication"
LORATADINE, DRAWN = "loratadine", "prp_drawn_at"
# Source: Q27: the three parts of the mitigation count only when each was given, with its time.
# Optional to ask, and heeded where answered. Source: C21 ("ask a doctor first"), C22b (aspartame).
LIVER, PKU = "liver_or_kidney", "phenylketonuria"
WITH_ILLNESS = "loratadine_with_liver_or_kidney"
H1_ORDER, H1 = "h1_h2_steroid", "h1_given"
ORDERED: dict[str, tuple[str, ...]] = {H1_ORDER: (H1, "h2_given", "steroid_given")}
_ORDER_OF = {LORATADINE: LORATADINE, **{part: order for order, parts in ORDERED.items() for part in parts}}
# What is asked before loratadine goes with it (C21, C22): where nobody ordered it, nobody asks. The floor
# says so and no form may: a condition in a form could hide a question that guards a dose.
# An H1 blocker is an antihistamine too: whoever had one today is asked before either is given.
_ASKED_WITH: dict[str, tuple[str, ...]] = {
    **{item: (order,) for item, order in _ORDER_OF.items()},
    "loratadine_allergy": (LORATADINE,),
    LIVER: (LORATADINE,),
    PKU: (LORATADINE,),
    "antihistamine_today": (LORATADINE, H1_ORDER),
}
_BEFORE = {LORATADINE: ("loratadine_allergy", "antihistamine_today"), H1: ("antihistamine_today",)}
_AGAINST = {
    "loratadine_allergy": "loratadine_not_after_allergy",
    "antihistamine_today": "antihistamine_already_today",
}
_OTHER = {LORATADINE: H1, H1: LORATADINE}
# Source: C21 (the label: 2-5 years 5 mg, 6 years and over 10 mg; it names none for who is younger)
ANY_DOSE_FROM_YEARS, FULL_DOSE_FROM_YEARS = 2, 6
CHILDS_DOSE = "5 mg"


def done_at(item: str, reply: Reply) -> datetime | None:
    """Return when a medicine was given or blood was drawn, by this reply; a clinic's own times are others."""
    if isinstance(reply, DoseGiven) or (item == DRAWN and isinstance(reply, AtMoment)):
        return reply.at
    return None


def _ordered(visit: Visit) -> tuple[str, ...]:
    return visit.decision.premedication if visit.decision else ()


def not_given(visit: Visit) -> tuple[str, ...]:
    """Return the parts of an ordered mitigation that are not recorded as given (Q27)."""
    parts = (part for order in _ordered(visit) for part in ORDERED.get(order, ()))
    return tuple(part for part in parts if not _given(visit, part))


def nobody_ordered(visit: Visit, item: str) -> bool:
    """Tell whether a medicine, or a question that is asked for its sake, waits for an order nobody gave."""
    orders = _ASKED_WITH.get(item)
    return orders is not None and not set(orders) & set(_ordered(visit))


def _given(visit: Visit, item: str) -> bool:
    return isinstance(visit.replies.get((PREMEDICATION, item)), DoseGiven)


def _said_otherwise(visit: Visit, item: str) -> str | None:
    """Refuse an antihistamine after a yes or a not sure to what is asked before it."""
    for question in _BEFORE.get(item, ()):
        if visit.option(PREMEDICATION, question) not in (None, "no"):
            return _AGAINST[question]
    return None


def _asked(visit: Visit, item: str) -> str | None:
    if all(visit.option(PREMEDICATION, question) for question in _BEFORE.get(item, ())):
        return None
    return "loratadine_allergy_first" if item == LORATADINE else "antihistamine_first"


def _second(visit: Visit, item: str) -> str | None:
    """Refuse a second antihistamine; where both are ordered, the one the mitigation needs is given."""
    if _given(visit, _OTHER[item]):
        return "antihistamine_given"
    left_out = isinstance(visit.replies.get((PREMEDICATION, H1)), DoseNotGiven)
    by_h1 = item == LORATADINE and H1_ORDER in _ordered(visit) and not left_out
    return "antihistamine_by_h1" if by_h1 else None


def too_much(dose: str, born: date, on: date) -> str | None:
    """Refuse more than the child's dose to a child under six, and any to one under two."""
    years = years_old(born, on)
    if years < ANY_DOSE_FROM_YEARS:
        return "no_dose_for_this_age"
    return "dose_not_for_this_age" if years < FULL_DOSE_FROM_YEARS and dose != CHILDS_DOSE else None


def _ill(visit: Visit) -> bool:
    """Tell whether the label says to ask a doctor before loratadine is given (C21, C22)."""
    return visit.option(PREMEDICATION, LIVER) not in (None, "no")


def _ruled(visit: Visit, finding: str, question: str) -> bool:
    """Tell whether the decision in force rules on a finding, and was made after its question's answer."""
    rulings = visit.decision.rulings if visit.decision else ()
    named = any(each.finding == finding and each.reason.strip() for each in rulings)
    return named and visit.told[PREMEDICATION, question][-1].place < visit.decided_place


def _illness(visit: Visit, item: str, form: str) -> str | None:
    """Refuse loratadine by a yes or a not sure to an illness that its label names."""
    if item != LORATADINE:
        return None
    if _ill(visit) and not _ruled(visit, WITH_ILLNESS, LIVER):
        return "liver_or_kidney_first"
    unfit = form == "chewable" and visit.option(PREMEDICATION, PKU) not in (None, "no")
    return "chewable_holds_aspartame" if unfit else None


def allowed(visit: Visit, item: str, dose: str, form: str, today: date) -> str | None:
    """Refuse a dose that nobody ordered, that an answer forbids, or that is not for this age.

    The screens offer the chips this lets through; `acts` judges what was told by the same rule.
    """
    if form == "syrup" and visit.option(HEALTH_CHECK, "glycerol_sensitivity") != "no":
        return "syrup_holds_glycerol"
    if nobody_ordered(visit, item):
        return "not_ordered"
    if (wrong := _illness(visit, item, form)) is not None:
        return wrong
    if item not in _BEFORE:
        return None
    if (wrong := _said_otherwise(visit, item) or _asked(visit, item) or _second(visit, item)) is not None:
        return wrong
    return too_much(dose, visit.patient.born, today) if visit.patient and item == LORATADINE else None


def outdated(visit: Visit) -> str | None:
    """Return what a later answer says against an antihistamine that was given, or None."""
    against = (_said_otherwise(visit, item) for item in _BEFORE if _given(visit, item))
    return next((each for each in against if each), None)


# What each answer after the dose is about: the physician rules on it, and decides again (Q26).
_ASKED = {against: question for question, against in _AGAINST.items()}
AFTER_DOSE = frozenset((*_ASKED, WITH_ILLNESS))


def _asks_a_doctor(visit: Visit) -> bool:
    """Tell whether a physician is asked about the liver and the kidneys: not where it is left out anyway."""
    left_out = isinstance(visit.replies.get((PREMEDICATION, LORATADINE)), DoseNotGiven)
    return _ill(visit) and not left_out and not nobody_ordered(visit, LORATADINE)


def findings(visit: Visit) -> tuple[Finding, ...]:
    """Return what speaks against a dose given, or to be given, for the physician to rule on."""
    against = outdated(visit)
    told = (Finding(against, Verdict.PHYSICIAN, (_ASKED[against],)),) if against else ()
    ill = (Finding(WITH_ILLNESS, Verdict.PHYSICIAN, (LIVER,)),) if _asks_a_doctor(visit) else ()
    return (*told, *ill)


def unresolved(visit: Visit) -> str | None:
    """Return what speaks against a dose and no later decision has ruled on, or None."""
    against = outdated(visit)
    if against is not None and not _ruled(visit, against, _ASKED[against]):
        return against
    return WITH_ILLNESS if _asks_a_doctor(visit) and not _ruled(visit, WITH_ILLNESS, LIVER) else None

"""What no clinic can soften: a form may be stricter than this, never laxer.

The medical numbers and weights live in the domain, beside the rules that use them.
"""

from __future__ import annotations

from chairside.domain.checklist import FLOOR, HEALTH_CHECK, UNDER_AGE
from chairside.domain.evidence import BESIDE, FEVER, TEMPERATURE
from chairside.domain.form import STRICTNESS, Choice, Code, Dose, Drugs, Item, Measure, Weight
from chairside.domain.panel import PRODUCTS
from chairside.domain.premedication import LORATADINE, ORDERED
from chairside.domain.source import SOURCE
from chairside.domain.vial import PRODUCT, RECEIVING
from chairside.domain.washout import RESUME_AFTER_DAYS, WASHOUT_BEFORE_HOURS
from chairside.formbook.draft import Draft
from chairside.formbook.required import ANSWERS
from chairside.formbook.source import Complaints

MANY = {("vial", "vial_code")}  # P10: several vials make up one order
# Q27: what lifts a yes to an item; the others are lifted by the physician's reason.
MITIGATIONS: dict[str, tuple[str, ...]] = {"food_or_drug_allergy": ("h1_h2_steroid",)}
# Source: Q26, Q27, C24. What is asked before loratadine is asked of no other drug; a steroid that leaves
# particles (triamcinolone, methylprednisolone acetate, betamethasone acetate) can close a small vessel.
GIVEN_ONLY: dict[str, tuple[str, ...]] = {
    LORATADINE: (LORATADINE,),
    "steroid_given": ("dexamethasone sodium phosphate",),
}
# Source: X27 (joints and burns are out of scope), X4 (what nobody knows, no sentence could tell of).
SCOPE: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("open", "area"): (("scalp", "eyebrows"), "this treatment is for scalp and eyebrows"),
    (RECEIVING, PRODUCT): (PRODUCTS, f"a label is read as one of {', '.join(PRODUCTS)}"),
}
WITHDRAWN = "ranitidin"  # Source: C24 (withdrawn in April 2020); with any ending, in either language


def _health_question(draft: Draft, item: Choice, complaints: Complaints) -> None:
    """Hold a weighted question to its floor; what stands beside one weighs nothing of its own."""
    if item.id in BESIDE:
        if item.weight != "none":
            text = f"'{item.id}' weighs nothing of its own"
            complaints.append(draft.complaint(item.id, text, "weight"))
        return
    floor: Weight = FLOOR.get(item.id, "none")
    if STRICTNESS[item.weight] < STRICTNESS[floor]:
        complaints.append(draft.complaint(item.id, f"'{item.id}' must weigh at least '{floor}'", "weight"))
    if set(item.options) != set(ANSWERS):
        complaints.append(
            draft.complaint(item.id, f"'{item.id}' must be answered by yes, no or unsure", "options")
        )


def _mitigations(draft: Draft, item: Choice) -> str:
    """Return what is wrong with what may lift a yes, or nothing.

    Without a mitigation the physician's reason alone lifts a relative finding, so none may be dropped,
    and one more to choose from would be laxer too.
    """
    told, floor = set(item.mitigations), set(MITIGATIONS.get(item.id, ()))
    if unknown := sorted(told - set(ORDERED)):
        return f"'{unknown[0]}' is no order of the premedication"
    if draft.id != HEALTH_CHECK and told:
        return "only a question of the health check has mitigations"
    if item.weight != "relative":
        return f"'{item.id}' weighs '{item.weight}': only a relative yes can be lifted" if told else ""
    if floor and not (told and told <= floor):
        return f"'{item.id}' must name {' or '.join(sorted(floor))}, and nothing else"
    return ""


def _mark(draft: Draft, item: Item, complaints: Complaints) -> None:
    """Hold a question of the clinic's own to its mark, of whatever kind it is (Q28)."""
    known = item.id in FLOOR or item.id in BESIDE
    if draft.id == HEALTH_CHECK and item.clinic_added == known:
        what = "is in the base list: not clinic_added" if known else "must say clinic_added = true"
        complaints.append(draft.complaint(item.id, f"'{item.id}' {what}", "clinic_added"))


def _measure(draft: Draft, item: Measure, complaints: Complaints) -> None:
    """Hold the temperature to the units that a fever is known in (Q19)."""
    if item.id == TEMPERATURE and set(item.units) != set(FEVER):
        text = f"'{item.id}' is measured in {' and '.join(FEVER)}"
        complaints.append(draft.complaint(item.id, text, "units"))


def _choice(draft: Draft, item: Choice, complaints: Complaints) -> None:
    within, why = SCOPE.get((draft.id, item.id), (item.options, ""))
    if others := [each for each in item.options if each not in within]:
        complaints.append(draft.complaint(item.id, f"'{others[0]}' is out of scope: {why}", "options"))
    if draft.id == HEALTH_CHECK:
        _health_question(draft, item, complaints)
    if wrong := _mitigations(draft, item):
        complaints.append(draft.complaint(item.id, wrong, "mitigations"))


def _drugs(draft: Draft, item: Drugs, complaints: Complaints) -> None:
    if item.washout_hours < WASHOUT_BEFORE_HOURS:
        text = f"washout_hours must be at least {WASHOUT_BEFORE_HOURS}"
        complaints.append(draft.complaint(item.id, text, "washout_hours"))
    if item.resume_days < RESUME_AFTER_DAYS:
        text = f"resume_days must be at least {RESUME_AFTER_DAYS}"
        complaints.append(draft.complaint(item.id, text, "resume_days"))


def _dose(draft: Draft, item: Dose, complaints: Complaints) -> None:
    drug, only = item.drug.strip().casefold(), GIVEN_ONLY.get(item.id, ())
    if only and drug not in only:
        text = f"'{item.id}' gives {' or '.join(only)}, not '{item.drug}'"
        complaints.append(draft.complaint(item.id, text, "drug"))
    title = draft.pages[SOURCE].words(item.id).title.casefold() if SOURCE in draft.pages else drug
    if not drug or drug.split()[0] not in title:  # else no screen and no record says what was given
        text = f"the title of '{item.id}' does not name the drug: {item.drug}"
        complaints.append(draft.complaint(item.id, text, "drug"))
    if WITHDRAWN in drug:
        text = f"'{item.drug}' was withdrawn from the market in 2020: famotidine is one that may be given"
        complaints.append(draft.complaint(item.id, text, "drug"))


def lint_floor(draft: Draft, complaints: Complaints) -> None:
    """Complain about everything in which a form is laxer than the floor."""
    for item in draft.items:
        _mark(draft, item, complaints)
        if item.id == UNDER_AGE:
            complaints.append(
                draft.complaint(item.id, f"'{UNDER_AGE}' follows from the birth date, it is never asked")
            )
        elif isinstance(item, Choice):
            _choice(draft, item, complaints)
        elif isinstance(item, Measure):
            _measure(draft, item, complaints)
        elif isinstance(item, Drugs):
            _drugs(draft, item, complaints)
        elif isinstance(item, Dose):
            _dose(draft, item, complaints)
        elif isinstance(item, Code) and item.many != ((draft.id, item.id) in MANY):
            text = f"'{item.id}' takes {'one code' if item.many else 'several codes: many = true'}"
            complaints.append(draft.complaint(item.id, text, "many"))

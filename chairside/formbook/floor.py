"""What no clinic can leave out or soften: a form may be stricter than this, never laxer.

The medical numbers and weights live in the domain, beside the rules that use them; here stands
which item of which kind the rest of Chairside relies on.
"""

from __future__ import annotations

from chairside.domain.checklist import FLOOR, HEALTH_CHECK, UNDER_AGE
from chairside.domain.form import STRICTNESS, Choice, Drugs, Item, Panel, Weight
from chairside.domain.vial import CORE_TESTS, SHIPMENT
from chairside.domain.washout import NSAIDS, RESUME_AFTER_DAYS, WASHOUT_BEFORE_HOURS
from chairside.formbook.draft import Draft
from chairside.formbook.source import Complaints

# Form -> item -> (kind, options that must be offered).
_Kinds = dict[str, tuple[str, tuple[str, ...]]]
_ANSWERS = ("yes", "no", "unsure")
_STRENGTHS = ("5", "10", "30")
REQUIRED: dict[str, _Kinds] = {
    "open": {"area": ("choice", ("scalp",)), "preferred_strength": ("choice", _STRENGTHS)},
    HEALTH_CHECK: {item: ("choice", _ANSWERS) for item in FLOOR},
    "medicines": {NSAIDS: ("drugs", ())},
    "notices_california": {
        "s684": ("statement", ()),
        "medical_board": ("statement", ()),
        "electronic_record": ("statement", ()),
        "paper_copy": ("choice", ("handed", "owed")),
    },
    "consent": {"key_information": ("statement", ())},
    "decision": {
        "discussed": ("choice", ("in_person", "video", "phone")),
        "strength": ("choice", _STRENGTHS),
    },
    "sign": {"patient_signature": ("ink", ())},
    "premedication": {
        "loratadine_allergy": ("choice", _ANSWERS),
        "antihistamine_today": ("choice", _ANSWERS),
        "loratadine": ("dose", ()),
        "prp_tubes_labelled": ("choice", ("yes",)),
    },
    "vial": {
        "vial_code": ("code", ()),
        "opened": ("choice", ("none",)),
        "opened_by": ("choice", ("physician", "nurse")),
        "patient_saw": ("ink", ()),
    },
    "receiving": {
        **{item: ("choice", ("yes", "no")) for item in SHIPMENT},
        "vial_strength": ("choice", _STRENGTHS),
        "donor_eligible": ("choice", ("eligible", "ineligible")),
        "donor_tests": ("panel", CORE_TESTS),
        "sterility": ("choice", ("no_growth",)),
    },
    "countersign": {"physician_signature": ("ink", ())},
}


def _offered(item: Item) -> tuple[str, ...]:
    if isinstance(item, Choice):
        return item.options
    return item.tests if isinstance(item, Panel) else ()


def _present(draft: Draft, complaints: Complaints) -> None:
    for name, (kind, options) in REQUIRED.get(draft.id, {}).items():
        item = next((known for known in draft.items if known.id == name), None)
        if item is None:
            complaints.add(draft.logic.name, 1, f"'{name}' must be there")
            continue
        if item.__struct_config__.tag != kind:
            complaints.append(draft.complaint(name, f"'{name}' must be of kind '{kind}'", "kind"))
        elif missing := [option for option in options if option not in _offered(item)]:
            key = "tests" if kind == "panel" else "options"
            complaints.append(draft.complaint(name, f"'{name}' must offer {', '.join(missing)}", key))
        if not item.required:
            complaints.append(draft.complaint(name, f"'{name}' must be required", "required"))


def _health_question(draft: Draft, item: Choice, complaints: Complaints) -> None:
    """Hold a weighted question to its floor, and a question of the clinic's own to its mark (Q28)."""
    floor: Weight = FLOOR.get(item.id, "none")
    if STRICTNESS[item.weight] < STRICTNESS[floor]:
        complaints.append(draft.complaint(item.id, f"'{item.id}' must weigh at least '{floor}'", "weight"))
    if set(item.options) != set(_ANSWERS):
        complaints.append(
            draft.complaint(item.id, f"'{item.id}' must be answered by yes, no or unsure", "options")
        )
    if item.clinic_added == (item.id in FLOOR):
        what = "is in the base list: not clinic_added" if item.id in FLOOR else "must say clinic_added = true"
        complaints.append(draft.complaint(item.id, f"'{item.id}' {what}", "clinic_added"))


def _drugs(draft: Draft, item: Drugs, complaints: Complaints) -> None:
    if item.washout_hours < WASHOUT_BEFORE_HOURS:
        text = f"washout_hours must be at least {WASHOUT_BEFORE_HOURS}"
        complaints.append(draft.complaint(item.id, text, "washout_hours"))
    if item.resume_days < RESUME_AFTER_DAYS:
        text = f"resume_days must be at least {RESUME_AFTER_DAYS}"
        complaints.append(draft.complaint(item.id, text, "resume_days"))


def lint_floor(draft: Draft, complaints: Complaints) -> None:
    """Complain about everything in which a form is laxer than the floor."""
    _present(draft, complaints)
    for item in draft.items:
        if item.id == UNDER_AGE:
            complaints.append(
                draft.complaint(item.id, f"'{UNDER_AGE}' follows from the birth date, it is never asked")
            )
        elif isinstance(item, Choice) and draft.id == HEALTH_CHECK:
            _health_question(draft, item, complaints)
        elif isinstance(item, Drugs):
            _drugs(draft, item, complaints)

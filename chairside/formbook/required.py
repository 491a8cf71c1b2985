"""Which item of which kind the rest of Chairside relies on: no clinic can leave one out."""

from __future__ import annotations

from typing import get_args

from chairside.domain.checklist import FLOOR, HEALTH_CHECK
from chairside.domain.deciding import DOSES
from chairside.domain.evidence import FEVER_PILL, TEMPERATURE
from chairside.domain.facts import AddendumKind, Ruling
from chairside.domain.facts.kinds import Beside
from chairside.domain.form import Choice, Ink, Item, Measure, Panel, Several
from chairside.domain.panel import ALWAYS_RICH, TESTS
from chairside.domain.people import WANTS
from chairside.domain.premedication import ORDERED
from chairside.domain.vial import NO_WARNING, PRODUCT, SHIPMENT, WARNING, WARNINGS
from chairside.domain.washout import NSAIDS
from chairside.formbook.draft import Draft
from chairside.formbook.source import Complaints

# Form -> item -> (kind, options that must be offered).
_Kinds = dict[str, tuple[str, tuple[str, ...]]]
ANSWERS = ("yes", "no", "unsure")
_STRENGTHS = ("5", "10", "30")
# There to be used; no visit waits for them (Q19), or only one where a mitigation is ordered (C24).
_OPTIONAL = frozenset({TEMPERATURE, FEVER_PILL, DOSES})
_PARTS = frozenset(part for parts in ORDERED.values() for part in parts)  # asked only where ordered (Q27)
# The key that says what an item of a kind offers.
_OFFERS = {"panel": "tests", "ink": "signer", "measure": "units"}
# Who signs for the patient or beside them has a line of their own on each form the patient signs (Q15).
_BESIDE: _Kinds = {f"{who}_signature": ("ink", (who,)) for who in get_args(Beside)}
REQUIRED: dict[str, _Kinds] = {
    "open": {"area": ("choice", ("scalp",)), "preferred_strength": ("choice", _STRENGTHS)},
    HEALTH_CHECK: {
        **{item: ("choice", ANSWERS) for item in FLOOR},
        TEMPERATURE: ("measure", ("°F", "°C")),
        FEVER_PILL: ("choice", ANSWERS),
    },
    "medicines": {NSAIDS: ("drugs", ())},
    "notices_california": {
        "s684": ("statement", ()),
        "medical_board": ("statement", ()),
        "electronic_record": ("statement", ()),
        "paper_copy": ("choice", ("handed", "owed")),
    },
    "consent": {"key_information": ("statement", ())},
    "notices_other": {
        "fda_status": ("statement", ()),
        "electronic_record": ("statement", ()),
        "paper_copy": ("choice", ("handed", "owed")),
    },
    "decision": {
        "discussed": ("choice", ("in_person", "video", "phone")),
        "strength": ("choice", _STRENGTHS),
        "premedication": ("choice", ("loratadine", "none", *ORDERED)),
        DOSES: ("text", ()),
    },
    "assent": {
        "what_happens": ("statement", ()),
        WANTS: ("choice", ("yes", "no")),
        "child_signature": ("ink", ("patient",)),
    },
    "sign": {"check_answers": ("statement", ()), "patient_signature": ("ink", ("patient",)), **_BESIDE},
    "reaffirm": {"still_agree": ("statement", ()), "patient_signature": ("ink", ("patient",)), **_BESIDE},
    "premedication": {
        "loratadine_allergy": ("choice", ANSWERS),
        "antihistamine_today": ("choice", ANSWERS),
        "loratadine": ("dose", ()),
        "prp_tubes_labelled": ("choice", ("yes",)),
        **{part: ("dose", ()) for part in _PARTS},
    },
    "vial": {
        "vial_code": ("code", ()),
        "opened": ("choice", ("none",)),
        "opened_by": ("choice", ("physician", "nurse")),
        "paper_kept": ("choice", ("yes",)),
        "patient_saw": ("ink", ("patient",)),
        **_BESIDE,
    },
    "receiving": {
        **{item: ("choice", ("yes", "no")) for item in SHIPMENT},
        "vial_strength": ("choice", _STRENGTHS),
        PRODUCT: ("choice", (ALWAYS_RICH, "other")),
        WARNING: ("several", (NO_WARNING, *WARNINGS)),
    },
    "donor_sheet": {
        "donor_eligible": ("choice", ("eligible", "ineligible")),
        "donor_tests": ("panel", TESTS),
        "sterility": ("choice", ("no_growth",)),
        "leukocyte_rich": ("choice", ("yes", "no", "not_stated")),
        "recovered_in": ("choice", ("us", "elsewhere", "not_stated")),
    },
    "countersign": {
        **{f"meaning_{ruling}": ("statement", ()) for ruling in get_args(Ruling)},
        "physician_signature": ("ink", ("physician",)),
    },
    "procedure": {"nurse_signature": ("ink", ("nurse",))},
    "addendum": {
        "what": ("text", ()),
        **{f"meaning_{about}": ("statement", ()) for about in get_args(AddendumKind)},
    },
    "preparation": {"medicines": ("statement", ())},
    "aftercare": {"when_to_call": ("statement", ()), "medicines": ("statement", ())},
}


def _offered(item: Item) -> tuple[str, ...]:
    if isinstance(item, Choice | Several):
        return item.options
    if isinstance(item, Panel | Measure):
        return item.tests if isinstance(item, Panel) else item.units
    return (item.signer,) if isinstance(item, Ink) else ()


def lint_required(draft: Draft, complaints: Complaints) -> None:
    """Complain about an item that is missing, optional, of another kind or without an option."""
    for name, (kind, options) in REQUIRED.get(draft.id, {}).items():
        item = next((known for known in draft.items if known.id == name), None)
        if item is None:
            complaints.add(draft.logic.name, 1, f"'{name}' must be there")
            continue
        if item.__struct_config__.tag != kind:
            complaints.append(draft.complaint(name, f"'{name}' must be of kind '{kind}'", "kind"))
        elif missing := [option for option in options if option not in _offered(item)]:
            key = _OFFERS.get(kind, "options")
            complaints.append(draft.complaint(name, f"'{name}' must offer {', '.join(missing)}", key))
        if not item.required and name not in _PARTS | _OPTIONAL:
            complaints.append(draft.complaint(name, f"'{name}' must be required", "required"))
        if item.off or item.only_if:
            key = "off" if item.off else "only_if"
            complaints.append(draft.complaint(name, f"'{name}' is always asked: no '{key}'", key))

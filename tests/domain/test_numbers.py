"""The rules' own numbers and names, said a second time: a slip of a key in one of them is noticed here.

The numbers are their sources'; the names are those of forms and of facts already signed, which never change.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import ModuleType

import pytest

from chairside.domain import (
    acts,
    ahead,
    checklist,
    deciding,
    drugs,
    evidence,
    gate,
    keeping,
    notes,
    notices,
    panel,
    people,
    premedication,
    procedure,
    seen,
    signing,
    steps,
    strokes,
    timekeeping,
    vial,
    washout,
)

CORE = (
    "hiv_antibody", "hiv_nat", "hbsag", "hbc_total", "hbv_nat", "hcv_antibody", "hcv_nat", "syphilis",
)  # fmt: skip
SHIPMENT = ("box_intact", "dry_ice_left", "frozen_solid", "seal_intact", "label_matches_paper", "in_date")
WARNINGS = ("not_evaluated", "advise_recipient", "reactive_results", "biohazard", "autologous_only")
FLOOR = {
    "transplant": "do_not_treat", "immunocompromised": "do_not_treat", "flu_like_symptoms": "defer",
    "pregnant_or_trying": "defer", "cancer_within_5_years": "relative", "food_or_drug_allergy": "relative",
    "glycerol_sensitivity": "relative",
}  # fmt: skip
SAID_AGAIN: list[tuple[ModuleType, dict[str, object]]] = [
    (acts, {"LEAST_IDENTIFIERS": 2}),
    (ahead, {"SIGN": "sign", "AT_THE_CHAIR": ("premedication", "vial")}),
    (checklist, {"YOUNGEST_YEARS": 12, "UNDER_AGE": "under_12", "FLOOR": FLOOR}),
    (deciding, {"DECISION": "decision", "DOSES": "premedication_doses"}),
    (deciding, {"UNDERSTANDING": "understanding_raised"}),
    (drugs, {"EDITED_FROM": 4, "MOST_OFFERED": 6}),
    (evidence, {"HEALTH_CHECK": "health_check", "CANCER_YEARS": 5}),
    (evidence, {"FEVER": {"°F": Decimal("100.0"), "°C": Decimal("37.8")}}),
    (gate, {"CONSENT": "consent", "OF_ONE_DAY": ("health_check", "medicines")}),
    (gate, {"LEAST_MONTHS": 4, "NEEDLING_FROM_YEARS": 22, "EXPLANATIONS": 2}),
    (keeping, {"LEAST_KEPT_YEARS": 10, "KEPT_TO_AGE": 19}),
    (notes, {"PLATELETS_WITHIN_DAYS": 10, "WITH_STEROID": "h1_h2_steroid"}),
    (notices, {"WAIVABLE": {"s684"}}),
    (panel, {"NONREACTIVE": "nonreactive", "CORE_TESTS": CORE, "WITH_LEUKOCYTES": ("htlv", "cmv")}),
    (panel, {"TESTS": (*CORE, "htlv", "cmv", "wnv_nat"), "SEASON": (6, 10), "ALWAYS_RICH": "cord_blood"}),
    (panel, {"CONSENTED": ("cord_tissue", "whartons_jelly", "cord_blood")}),
    (panel, {"NOT_CONSENTED": ("amniotic", "placental", "other")}),
    (panel, {"PRODUCTS": (*panel.CONSENTED, "amniotic", "placental", "other")}),
    (people, {"OF_AGE": 18, "ON_GLASS": {"patient", "representative", "interpreter", "witness"}}),
    (premedication, {"PREMEDICATION": "premedication", "LORATADINE": "loratadine"}),
    (premedication, {"ORDERED": {"h1_h2_steroid": ("h1_given", "h2_given", "steroid_given")}}),
    (premedication, {"WITH_ILLNESS": "loratadine_with_liver_or_kidney"}),
    (premedication, {"ANY_DOSE_FROM_YEARS": 2, "FULL_DOSE_FROM_YEARS": 6, "CHILDS_DOSE": "5 mg"}),
    (procedure, {"IN_ORDER": ("thawed", "mixed", "first_injection", "last_injection")}),
    (procedure, {"INJECTIONS": {"first_injection", "last_injection"}}),
    (procedure, {"ENDS": {"last_injection", "stopped_part_way", "not_given"}}),
    (seen, {"GLYCEROL": ("health_check", "glycerol_sensitivity"), "CMV_FOUND": "donor_cmv_found"}),
    (signing, {"COUNTERSIGN": "countersign"}),
    (steps, {"VIAL_STEP": "vial", "PROCEDURE": "procedure"}),
    (steps, {"AFTER_STOP": {"decision", "countersign", "record"}}),
    (steps, {"_AT_ITS_STEP": {*premedication.AFTER_DOSE, seen.CMV_FOUND}}),
    (strokes, {"LEAST_POINTS": 20, "LEAST_LENGTH_UM": 15_000, "LEAST_DURATION_MS": 200}),
    (strokes, {"LEAST_SPREAD_UM": 4_000, "LEAST_ACROSS_UM": 2_000, "MANY_STROKES": 3}),
    (strokes, {"LEAST_TURNS_DEGREES": 120, "LEAST_CROSSED_DEGREES": 60}),
    (strokes, {"TREMOR_UM": 1_200, "STEP_UM": 400}),
    (timekeeping, {"MOST_DRIFT": timedelta(minutes=2), "BEHIND": "clock_behind_last_fact"}),
    (timekeeping, {"JUMPED": "clock_jumped"}),
    (vial, {"RECEIVING": "receiving", "SHIPMENT": SHIPMENT, "PRODUCT": "product_type"}),
    (vial, {"ON_LABEL": ("vial_strength", "product_type", "label_warning"), "WARNINGS": WARNINGS}),
    (washout, {"WASHOUT_BEFORE_HOURS": 72, "RESUME_AFTER_DAYS": 21}),
]


@pytest.mark.parametrize(("module", "values"), SAID_AGAIN)
def test_numbers_and_names_are_those_of_their_sources(module: ModuleType, values: dict[str, object]) -> None:
    """Proves: F13."""
    assert {name: getattr(module, name) for name in values} == values

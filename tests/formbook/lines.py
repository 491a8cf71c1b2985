"""Lines of a cases file, and what `forms try` says of them by the shipped forms."""

from __future__ import annotations

import io
import json

from chairside.formbook.trying import tried
from tests.formbook.shipped import book

Line = dict[str, object]
# Source: product.md P3. What a yes, and what a not sure, of each question asks for.
QUESTIONS = {
    "transplant": ("do_not_treat", "hold"),
    "immunocompromised": ("do_not_treat", "hold"),
    "flu_like_symptoms": ("defer", "hold"),
    "pregnant_or_trying": ("defer", "hold"),
    "cancer_within_5_years": ("physician", "physician"),
    "food_or_drug_allergy": ("physician", "physician"),
    "glycerol_sensitivity": ("physician", "physician"),
}
ZONE = "America/Los_Angeles"
INJECTION = "2026-12-01T10:00-08:00"


def line(**changed: object) -> Line:
    told: Line = {
        "id": "one",
        "born": "1984-03-14",
        "injection": INJECTION,
        "answers": dict.fromkeys(QUESTIONS, "no"),
        "nsaids": [],
        "zone": ZONE,
    }
    told |= changed
    return {key: value for key, value in told.items() if value != "not asked"}


def try_lines(*lines: Line | str | bytes) -> list[Line]:
    raw = b"".join(
        (each if isinstance(each, bytes) else (each if isinstance(each, str) else json.dumps(each)).encode())
        + b"\n"
        for each in lines
    )
    return list(tried(book(), io.BytesIO(raw)))


def told_of(**changed: object) -> Line:
    return try_lines(line(**changed))[0]

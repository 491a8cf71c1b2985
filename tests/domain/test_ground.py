"""The ground floor stands alone, and its small values are what they say."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from msgspec import structs

from chairside.domain import checklist, gate
from chairside.domain.drugs import folded
from chairside.domain.finding import worst
from chairside.domain.form import Choice, Drugs, Verdict, content
from chairside.domain.ink import InkPoint, Stroke, length_um, width_um
from chairside.domain.replies import Chosen, Measured
from chairside.domain.strokes import is_a_signature
from tests.domain.made_up import BOOK, BORN, DRUGS, HEALTH, PLAN, book_with, form, when

MODULES = (
    "acts answering book checklist drugs facts finding form gate "
    "ink replies signing steps vial visit washout when"
)
FOREIGN = (
    "PySide6",
    "shiboken6",
    "sqlite3",
    "sqlcipher3",
    "sqlite_utils",
    "reportlab",
    "pyhanko",
    "cryptography",
)


def test_importing_the_domain_brings_no_screen_store_or_other_floor() -> None:
    """In a process of its own: no Qt, no database, no pen, and no floor above it."""
    imports = "; ".join(f"import chairside.domain.{name}" for name in MODULES.split())
    told = subprocess.run(
        [sys.executable, "-c", f"import sys; {imports}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = told.stdout.split()
    assert "chairside.domain.acts" in loaded
    assert [name for name in loaded if name.split(".")[0] in FOREIGN] == []
    ours = {name.split(".")[1] for name in loaded if name.startswith("chairside.")}
    assert ours <= {"domain", "errors"}


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2014, 12, 1), date(2026, 11, 30), 11),
        (date(2014, 12, 1), date(2026, 12, 1), 12),
        (date(2012, 2, 29), date(2024, 2, 28), 11),
        (date(2012, 2, 29), date(2024, 2, 29), 12),
        (date(2012, 2, 29), date(2023, 2, 28), 10),
        (date(2012, 2, 29), date(2023, 3, 1), 11),
    ],
)
def test_age_is_counted_in_whole_years(born: date, on: date, years: int) -> None:
    """Proves: Q14, C8."""
    assert checklist.years_old(born, on) == years


def test_a_form_cannot_make_a_question_optional_or_leave_it_out() -> None:
    """What is missing from the form is unanswered, and never clear. Proves: Q4."""
    replies = {("health_check", item): Chosen("no") for item in HEALTH}
    for left_out in HEALTH:
        rest = [Choice(id=item) for item in HEALTH if item != left_out]
        for items in (rest, [*rest, Choice(id=left_out, required=False)]):
            told = {key: reply for key, reply in replies.items() if key[1] != left_out}
            found = checklist.findings(form("health_check", *items), told, BORN, when().today)
            assert [(each.id, each.weight) for each in found] == [
                (f"{left_out}_unanswered", Verdict.INCOMPLETE)
            ]
    book = book_with(form("medicines", Choice(id="fluids", required=False)))
    assert worst(gate.screening(book, replies, BORN, when())) is Verdict.INCOMPLETE


def test_a_form_may_be_stricter_and_never_laxer() -> None:
    """Proves: Q2 (house.md: the floor)."""
    for item in HEALTH:
        floor = checklist.FLOOR[item]
        for weight in ("none", "relative", "defer", "do_not_treat"):
            weighed = checklist.weight_of(Choice(id=item, weight=weight))
            assert list(checklist.STRICTNESS).index(weighed) == max(
                checklist.STRICTNESS[weight], checklist.STRICTNESS[floor]
            )
    assert checklist.is_absolute(Choice(id="cancer_within_5_years", weight="defer"))
    assert not checklist.is_absolute(Choice(id="cancer_within_5_years"))


def test_a_question_of_the_clinics_own_counts_as_it_weighs() -> None:
    """Proves: Q28."""
    own = Choice(id="keloid", weight="relative", clinic_added=True)
    free = Choice(id="shampoo", clinic_added=True, required=False)
    assert checklist.item_finding(own, Chosen("yes"), None)[0].weight is Verdict.PHYSICIAN
    assert checklist.item_finding(own, Measured("1", "C"), None)[0].weight is Verdict.INCOMPLETE
    assert checklist.item_finding(free, None, None) == checklist.item_finding(free, Chosen("yes"), None) == ()


def test_drug_names_are_found_whatever_their_case_and_accents() -> None:
    """Proves: Q20 (case and accents)."""
    assert folded("  ÁdVíl  PM ") == "advil pm"
    both = DRUGS.find("aspirin")
    assert both is not None and both.is_nsaid == "yes" and both.antithrombotic
    assert DRUGS.find("Advil PM") is None


def test_a_signature_is_more_than_a_dot_a_tap_or_a_palm() -> None:
    """Proves: T15."""
    points = tuple(InkPoint(n * 1000, 0, n * 12, 500) for n in range(40))
    assert not is_a_signature(())
    assert not is_a_signature((Stroke("pen", ()),))
    assert not is_a_signature((Stroke("pen", points[:5]),))  # a tap
    assert not is_a_signature(
        (Stroke("pen", tuple(structs.replace(each, x_um=0) for each in points)),)
    )  # a dot
    assert not is_a_signature((Stroke("touch", tuple(structs.replace(each, t_ms=1) for each in points)),))
    assert length_um((Stroke("pen", points),)) == 39_000
    assert width_um(points[0]) < width_um(structs.replace(points[0], pressure=1000))


def test_a_form_and_a_plan_are_looked_up_by_id() -> None:
    assert BOOK.item("nothing", "transplant") is None
    assert BOOK.form_of(PLAN.step("record")) is None
    assert BOOK.forms["consent"].words("risks", "en").title == "Risks"
    with pytest.raises(KeyError):
        PLAN.step("nowhere")
    assert Verdict.DO_NOT_TREAT.word == "do_not_treat"


def test_a_digest_covers_everything_but_itself_and_what_is_left_at_its_default() -> None:
    """So a field added later leaves a published digest as it was. Proves: Q46."""
    whole = content(form("f", Drugs(id="nsaids", washout_hours=96)))
    assert "digest" not in whole
    assert whole["items"] == [{"kind": "drugs", "id": "nsaids", "washout_hours": 96}]
    assert content(PLAN)["steps"]

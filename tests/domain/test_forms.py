"""Forms as values: what an item weighs, what a tap leaves chosen, and in which words an item is told."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain import checklist
from chairside.domain.finding import Finding, worst
from chairside.domain.form import (
    STRICTNESS,
    Choice,
    Prose,
    Several,
    Statement,
    Verdict,
    Weight,
    Words,
    is_private,
    major,
)
from tests.domain.made_up import BOOK, form

WEIGHTS: tuple[Weight, ...] = ("none", "relative", "defer", "do_not_treat")
SYMPTOMS = Several(id="symptoms", options=("cough", "fever", "neither"), none="neither")


def test_each_weight_is_stricter_than_the_one_before() -> None:
    """A question of the clinic's own weighs what the clinic says. Proves: Q4."""
    assert sorted(STRICTNESS, key=lambda weight: STRICTNESS[weight]) == list(WEIGHTS)
    for weight in WEIGHTS:
        item = Choice(id="of_the_clinic", weight=weight)
        assert checklist.weight_of(item) == weight
        assert checklist.is_absolute(item) is (weight in ("defer", "do_not_treat"))


@pytest.mark.parametrize("verdict", Verdict)
def test_the_worst_finding_is_the_verdict(verdict: Verdict) -> None:
    """Whatever stands beside it; where nothing was found, it is clear. Proves: P3."""
    found = [Finding("a", each, ()) for each in Verdict if each <= verdict]
    assert worst(tuple(found)) is worst(tuple(reversed(found))) is verdict
    assert worst(()) is Verdict.CLEAR


def test_a_verdict_is_written_as_in_the_files() -> None:
    words = [each.word for each in Verdict]
    assert words == ["clear", "physician", "incomplete", "hold", "defer", "do_not_treat"]


@pytest.mark.parametrize(
    ("chosen", "tap", "left"),
    [
        ((), "fever", ("fever",)),
        (("fever",), "cough", ("cough", "fever")),
        (("cough", "fever"), "cough", ("fever",)),
        (("fever",), "fever", ("fever",)),
        (("cough", "fever"), "neither", ("neither",)),
        (("neither",), "cough", ("cough",)),
        (("neither",), "neither", ("neither",)),
    ],
)
def test_a_tap_chooses_or_lets_go_and_never_leaves_nothing(
    chosen: tuple[str, ...], tap: str, left: tuple[str, ...]
) -> None:
    """In the form's order; `none of these` stands alone. Proves: Q31."""
    assert SYMPTOMS.tapped(chosen, tap) == left


def test_only_what_the_form_calls_private_is_answered_by_the_patients_own_tap() -> None:
    """Proves: P2."""
    assert is_private(Choice(id="a", private=True))
    assert is_private(structs.replace(SYMPTOMS, private=True))
    assert not is_private(Choice(id="a")) and not is_private(SYMPTOMS) and not is_private(Statement(id="a"))


def test_an_item_is_told_in_the_patients_language_or_in_english() -> None:
    page = form("page", Statement(id="risks"))
    english, spanish = page.prose["en"], Words("Riesgos")
    whole = structs.replace(
        page, prose={"en": english, "es": Prose("es", "page", "approved", "", "", {"risks": spanish})}
    )
    assert whole.told_in("tl") == english and whole.words("risks", "tl") == english.items["risks"]
    assert whole.words("risks", "es") == spanish


@pytest.mark.parametrize(("version", "first"), [("1.0.0", 1), ("2.9", 2), ("12.0.1", 12), ("3", 3)])
def test_the_first_number_of_a_version_asks_for_a_new_signature(version: str, first: int) -> None:
    """Proves: P6."""
    assert major(version) == first


def test_what_no_form_asks_is_no_item() -> None:
    assert BOOK.item("consent", "risks") == Statement(id="risks")
    assert BOOK.item("consent", "nothing") is None and BOOK.item("nothing", "risks") is None

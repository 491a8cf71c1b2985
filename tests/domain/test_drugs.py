"""The drug names: what is offered while a name is typed, and that nothing offered is taken."""

from __future__ import annotations

from itertools import permutations

import pytest
from msgspec import structs

from chairside.domain.drugs import MOST_OFFERED, Drug, DrugList, folded, one_edit

NAMES = (
    "Advil",
    "Advil PM",
    "Aleve",
    "ASA",
    "Celebrex",
    "Celexa",
    "Children's Advil",
    "Plavix",
    "Soma",
    "Toradol",
)
LISTED = DrugList.of(
    (*(Drug(name, name.casefold(), "yes") for name in NAMES), Drug("tramadol", "tramadol", "no"))
)


def _offered(text: str, most: int = MOST_OFFERED) -> list[str]:
    return [drug.name for drug in LISTED.search(text, most)]


@pytest.mark.parametrize(
    ("typed", "name", "near"),
    [
        ("advil", "advil", False), ("advi", "advil", True), ("advill", "advil", True),
        ("dvil", "advil", True), ("adfil", "advil", True), ("avdil", "advil", True),
        ("advli", "advil", True), ("davil", "advil", True), ("adlvi", "advil", False),
        ("adv", "advil", False), ("advilpm", "advil", False), ("toradol", "tramadol", False),
        ("celebrex", "celexa", False), ("", "a", True), ("ab", "ba", True), ("abc", "cba", False),
        ("advil", "davxx", False), ("advil", "adxxl", False),
    ],
)  # fmt: skip
def test_one_edit_is_one_letter_or_one_swap(typed: str, name: str, near: bool) -> None:
    """Insert, delete, change, swap; equal is no edit, two are too many. Proves: Q20."""
    assert one_edit(typed, name) is near
    assert one_edit(name, typed) is near


LISTED_AS_NSAID = Drug("Aspirin", "aspirin", "yes", clears_hours=2, clears_days="1", irreversible=True)
LISTED_AS_THINNER = Drug("Aspirin", "aspirin", "no", True, clears_hours=90, clears_days="3 to 4")


@pytest.mark.parametrize(
    "order", [(LISTED_AS_NSAID, LISTED_AS_THINNER), (LISTED_AS_THINNER, LISTED_AS_NSAID)]
)
def test_a_name_on_two_lists_counts_as_both_whichever_is_read_first(order: tuple[Drug, Drug]) -> None:
    """An NSAID, a blood thinner, as slow to clear as the slower one says. Proves: Q20 (C14)."""
    both = structs.replace(LISTED_AS_THINNER, is_nsaid="yes", irreversible=True)
    assert DrugList.of(order).find("aspirin") == both


def test_the_nearest_stands_first() -> None:
    """The name itself, then what begins with it, then a later word that does, then a typo. Proves: Q20."""
    assert _offered("advil") == ["Advil", "Advil PM", "Children's Advil"]
    assert _offered("ÁDV") == ["Advil", "Advil PM", "Children's Advil"]
    assert _offered("advl") == ["Advil", "Advil PM", "Children's Advil"]
    assert _offered("children\u2019s") == ["Children's Advil"]
    assert _offered("advil", 1) == ["Advil"]
    assert _offered(" ") == []
    names = ("Aotrin", "Baby Motrin", "Children's Motrin", "Motrin IB")
    listed = DrugList.of(tuple(Drug(name, "ibuprofen", "yes") for name in names))
    found = [drug.name for drug in listed.search("motrin")]
    assert found == ["Motrin IB", "Baby Motrin", "Children's Motrin", "Aotrin"]


def test_six_names_are_offered_at_most() -> None:
    """As many as stand on the tablet above its keyboard. Proves: Q20."""
    listed = DrugList.of(tuple(Drug(f"Advil {letter}", "ibuprofen", "yes") for letter in "ABCDEFGH"))
    assert [drug.name[-1] for drug in listed.search("advil")] == list("ABCDEF")
    assert listed.search("advil", MOST_OFFERED) == listed.search("advil")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Toradol", ["Toradol"]), ("tramadol", ["tramadol"]), ("toradl", ["Toradol"]),
        ("tramadl", ["tramadol"]), ("celebex", ["Celebrex"]), ("celexia", ["Celexa"]),
        ("celebra", []), ("plavx", ["Plavix"]), ("ASB", []), ("somma", ["Soma"]),
        ("advilpm", ["Advil PM"]),
    ],
)  # fmt: skip
def test_names_that_sound_alike_are_not_offered_for_each_other(typed: str, offered: list[str]) -> None:
    """Three letters are never one letter away from another. Proves: Q20."""
    assert _offered(typed) == offered


@pytest.mark.parametrize("typed", ["advl", "toradl", "plavx", "celebrexx", "ADVILL"])
def test_what_is_offered_is_never_taken(typed: str) -> None:
    """The rule knows the list's names alone: one letter off is unknown. Proves: Q20."""
    assert LISTED.search(typed)
    assert LISTED.find(typed) is None


def test_a_curled_apostrophe_is_a_straight_one() -> None:
    """A tablet's keyboard curls it."""
    assert folded("Children\u2019s  ADVIL") == "children's advil"
    assert LISTED.find("Children\u2019s Advil") is not None


def test_a_list_is_a_sample_until_somebody_signs_it() -> None:
    assert DrugList.of(()).status == "sample"


def test_what_rows_of_one_name_say_together_does_not_hang_on_their_order() -> None:
    """Four rows that disagree in everything: read in any order, they are one drug. Proves: Q20."""
    rows = (
        Drug("Zorbulón", "aspirin", "yes", True, clears_hours=90, clears_days="3 to 4", irreversible=True),
        Drug("zorbulon", "dipyrone", "related", clears_hours=90, clears_days="3.75"),
        Drug("Zorbulon", "zinc", "no", clears_hours=12, clears_days="9"),
        Drug("Zorbulon", "tin", "no"),
    )
    told = Drug("Zorbulon", "tin", "related", True, 90, "3.75", irreversible=True)
    assert [DrugList.of(order).by_name for order in permutations(rows)] == [{"zorbulon": told}] * 24

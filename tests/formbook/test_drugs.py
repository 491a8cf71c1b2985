"""The drug lists: every name a nurse may hear of C15 and C16, and nothing silently left out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from chairside.domain.form import Drugs
from chairside.formbook.drugs import ANTITHROMBOTICS, NSAIDS, read_drugs
from chairside.formbook.source import Complaints
from tests.formbook.shipped import DRUGS, book

# Source: C15, C16.
NEVER_STOPPED = (
    "aspirin", "clopidogrel", "prasugrel", "ticagrelor", "dipyridamole", "cilostazol", "warfarin", "apixaban",
    "rivaroxaban", "dabigatran", "edoxaban", "enoxaparin",
)  # fmt: skip


def _drugs(folder: Path, nsaids: str, antithrombotics: str = "name,ingredient\n") -> Complaints:
    (folder / NSAIDS).write_text(nsaids, "utf-8")
    (folder / ANTITHROMBOTICS).write_text(antithrombotics, "utf-8")
    complaints = Complaints()
    read_drugs(folder, complaints)
    return complaints


@pytest.mark.parametrize("name", NEVER_STOPPED)
def test_every_blood_thinner_is_known_by_generic_brand_and_spanish_name(name: str) -> None:
    """Proves: Q22 (the list)."""
    drug = book().drugs.find(name)
    assert drug is not None
    assert drug.antithrombotic
    with (DRUGS / ANTITHROMBOTICS).open(encoding="utf-8") as held:
        names = [row["name"] for row in csv.DictReader(held) if name in row["ingredient"]]
    assert len(names) >= 2


@pytest.mark.parametrize(
    ("spoken", "nsaid", "thins"),
    [
        ("Aspirin", "yes", True), ("ASPIRINA", "yes", True), ("acido acetilsalicilico", "yes", True),
        ("plavix", "no", True), ("Warfarina", "no", True), ("apixaban", "no", True),
        ("apixabán", "no", True), ("advil", "yes", False), ("Alka-Seltzer", "yes", True),
        ("goody's", "yes", True), ("Fiorinal", "yes", True), ("Tylenol", "no", False),
        ("Aggrenox", "yes", True), ("Pepto-Bismol", "related", False),
    ],
)  # fmt: skip
def test_a_name_is_found_as_it_is_said(spoken: str, nsaid: str, thins: bool) -> None:
    """Proves: Q20 (names; typing errors are the picker's)."""
    drug = book().drugs.find(spoken)
    assert drug is not None
    assert (drug.is_nsaid, drug.antithrombotic) == (nsaid, thins)


def test_an_unknown_name_is_not_in_the_list() -> None:
    assert book().drugs.find("Zorbulon") is None


def test_the_tiles_are_ten_known_nsaids() -> None:
    item = book().forms["medicines"].item("nsaids")
    assert isinstance(item, Drugs)
    assert len(item.tiles) == 10
    assert all((drug := book().drugs.find(tile)) and drug.is_nsaid == "yes" for tile in item.tiles)


def test_both_lists_say_that_nobody_has_signed_them() -> None:
    """Proves: Q48 (the lists)."""
    told = (DRUGS / "README.md").read_text("utf-8")
    assert told.count("nobody yet") == 2
    for name in (NSAIDS, ANTITHROMBOTICS):
        with (DRUGS / name).open(encoding="utf-8") as held:
            assert f"| {sum(1 for _ in csv.DictReader(held))} |" in told


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        ("aspirin,aspirin,yes\n,aspirin,yes\n", 3, "has no name"),
        ("aspirin,aspirin,maybe\n", 2, "is_nsaid is yes, no or related"),
        ("aspirin,aspirin\n", 2, "has no is_nsaid"),
        ("aspirin,aspirin,yes,what\n", 2, "too many columns"),
    ],
)
def test_a_broken_row_is_told_with_its_line(rows: str, line: int, says: str, tmp_path: Path) -> None:
    (told,) = _drugs(tmp_path, "name,ingredient,is_nsaid\n" + rows)
    assert (told.file, told.line) == (NSAIDS, line)
    assert says in told.text


def test_a_missing_list_is_told(tmp_path: Path) -> None:
    complaints = Complaints()
    read_drugs(tmp_path, complaints)
    assert [told.file for told in complaints] == [NSAIDS, ANTITHROMBOTICS]

"""The drug lists: every name a nurse may hear of C15 and C16, and nothing silently left out."""

from __future__ import annotations

import csv
import hashlib
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from chairside.domain.drugs import MOST_OFFERED, folded, one_edit
from chairside.domain.form import Drugs
from chairside.domain.notes import is_slow
from chairside.formbook.drugs import ANTITHROMBOTICS, HALF_LIVES, LISTS, MORE, NSAIDS, REVIEW, read_drugs
from chairside.formbook.source import Complaints
from tests.formbook.shipped import DRUGS, book

# Source: C15, C16.
NEVER_STOPPED = (
    "aspirin", "clopidogrel", "prasugrel", "ticagrelor", "dipyridamole", "cilostazol", "warfarin", "apixaban",
    "rivaroxaban", "dabigatran", "edoxaban", "enoxaparin",
)  # fmt: skip


# Source: table T1, every generic and every brand a nurse may hear, as they stand there.
T1 = """
aspirin; ASA; acetylsalicylic acid; Bayer; Ecotrin; Bufferin; St. Joseph; Vazalore; Durlaza; Excedrin
Anacin; Alka-Seltzer Original; BC; BC Powder; Goody's Powder; Goody's; Yosprala; Aggrenox; Fiorinal
Percodan; ibuprofen; Advil; Motrin; Midol IB; Advil PM; Advil Cold & Sinus; Advil Dual Action; Duexis
Vicoprofen; Caldolor; Combogesic; naproxen; Aleve; Naprosyn; Anaprox; EC-Naprosyn; Naprelan; Vimovo
Treximet; Aleve PM; Aleve-D; diclofenac; Voltaren; Cataflam; Zipsor; Zorvolex; Cambia; Lofena; Arthrotec
Voltaren gel; Pennsaid; Flector; meloxicam; Mobic; Vivlodex; Anjeso; Symbravo; celecoxib; Celebrex
Elyxyb; Consensi; Seglentis; indomethacin; Indocin; Tivorbex; ketorolac; Toradol; Sprix; etodolac
Lodine; nabumetone; Relafen; Relafen DS; piroxicam; Feldene; oxaprozin; Daypro; Coxanto; sulindac
Clinoril; ketoprofen; dexketoprofen; Orudis; Oruvail; Keral; flurbiprofen; fenoprofen; tolmetin; Ansaid
Nalfon; Tolectin; mefenamic acid; meclofenamic acid; Ponstel; Meclomen; diflunisal; Dolobid; salsalate
choline magnesium trisalicylate; Disalcid; Trilisate; bismuth subsalicylate; Pepto-Bismol; Kaopectate
Bengay; Icy Hot; Salonpas; Aspercreme; etoricoxib; aceclofenac; lornoxicam; tenoxicam; nimesulide
metamizole; dipyrone; acetaminophen; paracetamol; Tylenol; Panadol
"""
NAMES = tuple(name.strip() for name in T1.replace("\n", ";").split(";") if name.strip())


def _typos(name: str) -> set[str]:
    """One letter less, more, other or two swapped, at every place of the name."""
    whole = folded(name)
    ends = [(whole[:at], whole[at:]) for at in range(len(whole) + 1)]
    made = {left + right[1:] for left, right in ends if right}
    made |= {left + "q" + right for left, right in ends}
    made |= {left + "q" + right[1:] for left, right in ends if right}
    made |= {left + right[1] + right[0] + right[2:] for left, right in ends if len(right) > 1}
    return {typo for typo in made if typo.strip() == typo and folded(typo) == typo} - {whole}


def _drugs(folder: Path, nsaids: str, stays: str = "") -> Complaints:
    shutil.copytree(DRUGS, folder, dirs_exist_ok=True)
    (folder / NSAIDS).write_text(nsaids, "utf-8")
    if stays:
        (folder / HALF_LIVES).write_text(
            "ingredient,half_life_hours,clears_days,platelets\n" + stays, "utf-8"
        )
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
    """Proves: Q20 (the names)."""
    drug = book().drugs.find(spoken)
    assert drug is not None
    assert (drug.is_nsaid, drug.antithrombotic) == (nsaid, thins)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_offered_in_spite_of_one_typo(name: str) -> None:
    """Offered among the few rows that are shown; a name of two or three letters is typed as it is.

    Proves: Q20, C19 (table T1).
    """
    known = book().drugs.find(name)
    assert known is not None
    assert known in book().drugs.search(name)
    for typo in _typos(name) if len(name) > 3 else ():
        assert known in book().drugs.search(typo, MOST_OFFERED), typo


def test_no_name_is_one_letter_away_from_another_drug() -> None:
    """So no typo of a listed name is a listed name of something else. Proves: Q20."""
    known = book().drugs.by_name
    for one, other in combinations(known, 2):
        if one_edit(one, other):
            assert known[one].ingredient == known[other].ingredient


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("Mobic", "3-4.5"), ("Feldene", "10"), ("Relafen", "5-6"), ("Daypro", "9-11"), ("Clinoril", "3.5"),
        ("Aleve", "2.5-3.5"), ("Vimovo", "2.5-3.5"), ("Arcoxia", "4.5"), ("tenoxicam", "14.5"),
    ],
)  # fmt: skip
def test_a_slow_drug_tells_its_days_under_any_name(name: str, days: str) -> None:
    """Proves: Q25, C19."""
    drug = book().drugs.find(name)
    assert drug is not None and is_slow(drug)
    assert drug.clears_days == days


@pytest.mark.parametrize(
    "name", ["Advil", "diclofenac", "Celebrex", "Toradol", "aspirin", "Plavix", "Tylenol"]
)
def test_what_clears_in_three_days_is_not_slow(name: str) -> None:
    """Proves: Q25."""
    drug = book().drugs.find(name)
    assert drug is not None and not is_slow(drug)


def test_the_days_told_are_five_half_lives() -> None:
    """What a person reads and what the rule counts may not drift apart. Proves: Q25, C19."""
    slow = [drug for drug in book().drugs.by_name.values() if is_slow(drug)]
    assert len(slow) > 20
    for drug in slow:
        told = float(drug.clears_days.rpartition("-")[2]) * 24
        assert abs(told - drug.clears_hours) <= 0.12 * told, drug.name


@pytest.mark.parametrize(
    ("name", "lasting"),
    [("aspirin", True), ("Excedrin", True), ("Aggrenox", True), ("Advil", False), ("Plavix", False)],
)
def test_what_holds_aspirin_holds_platelets_back_for_good(name: str, lasting: bool) -> None:
    """Proves: Q24, C14."""
    drug = book().drugs.find(name)
    assert drug is not None and drug.irreversible is lasting


def test_an_unknown_name_is_not_in_the_list() -> None:
    assert book().drugs.find("Zorbulon") is None


def test_the_tiles_are_ten_known_nsaids() -> None:
    item = book().forms["medicines"].item("nsaids")
    assert isinstance(item, Drugs)
    assert len(item.tiles) == 10
    assert all((drug := book().drugs.find(tile)) and drug.is_nsaid == "yes" for tile in item.tiles)


def test_every_list_says_that_nobody_has_signed_it() -> None:
    """Proves: Q48 (the lists)."""
    told = (DRUGS / "README.md").read_text("utf-8")
    assert told.count("nobody yet") == len(LISTS)
    assert book().drugs.status == "sample"
    for name in LISTS:
        with (DRUGS / name).open(encoding="utf-8") as held:
            assert f"| {sum(1 for _ in csv.DictReader(held))} |" in told


def _signed(folder: Path, left_out: str = "", key: str = "reviewed_by") -> str:
    shutil.copytree(DRUGS, folder, dirs_exist_ok=True)
    entries = []
    for name in LISTS:
        told = {
            "reviewed_by": "P. Harmon, pharmacist",
            "reviewed_on": "2026-11-02",
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
        }
        told |= {key: ""} if name == left_out else {}
        entries += ["[[list]]", f'file = "{name}"', *(f'{each} = "{told[each]}"' for each in told)]
    (folder / REVIEW).write_text("\n".join(entries), "utf-8")
    return read_drugs(folder, Complaints()).status


def test_the_lists_are_signed_when_every_one_is_as_it_stands(tmp_path: Path) -> None:
    """Proves: Q48 (the lists)."""
    assert _signed(tmp_path) == "signed"
    with (tmp_path / MORE).open("a", encoding="utf-8") as held:
        held.write("Zorbulon,brand,ibuprofen,,oral,yes,,\n")
    assert read_drugs(tmp_path, Complaints()).status == "sample"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("key", ["reviewed_by", "reviewed_on", "sha256"])
def test_one_list_that_is_not_signed_leaves_all_a_sample(name: str, key: str, tmp_path: Path) -> None:
    assert _signed(tmp_path, name, key) == "sample"


@pytest.mark.parametrize("told", ["not toml", "list = 3", "[[list]]", "[list]\na = 1"])
def test_a_broken_review_signs_nothing(told: str, tmp_path: Path) -> None:
    shutil.copytree(DRUGS, tmp_path, dirs_exist_ok=True)
    (tmp_path / REVIEW).write_text(told, "utf-8")
    assert read_drugs(tmp_path, Complaints()).status == "sample"


@pytest.mark.parametrize(
    "told", ["aspirin,soon,1,weak", "aspirin,0,1,weak", "aspirin,1-nan,1,weak", "aspirin,1-,1,weak"]
)
def test_a_half_life_that_is_no_number_is_told_with_its_line(told: str, tmp_path: Path) -> None:
    (complaint,) = _drugs(tmp_path, "name,ingredient,is_nsaid\n", told + "\n")
    assert (complaint.file, complaint.line) == (HALF_LIVES, 2)
    assert "half_life_hours is a number" in complaint.text


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
    assert [told.file for told in complaints] == [*LISTS, REVIEW]


@pytest.mark.parametrize(
    ("brand", "holds"),
    [("zyrtec", "cetirizine"), ("pepcid", "famotidine"), ("decadron", "dexamethasone"), ("zantac", None)],
)
def test_a_brand_of_a_premedication_is_known_by_what_it_holds(brand: str, holds: str | None) -> None:
    """Ranitidine's brand is not there: it came back with another drug in it. Proves: Q27, C24."""
    assert book().drugs.brands.get(brand) == holds


def test_no_brand_of_a_premedication_changes_what_is_known_of_pain_pills() -> None:
    """The two lists are asked apart; where both know a name, they say the same of it. Proves: Q20."""
    drugs = book().drugs
    for brand, holds in drugs.brands.items():
        known = drugs.find(brand)
        assert known is None or (known.is_nsaid, known.ingredient) == ("no", holds)
    assert drugs.find("Benadryl") is None

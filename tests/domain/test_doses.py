"""A dose given beside the order in words: what is not found there is doubted, and nothing is refused."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain.doses import Doubt, differs, doubt
from chairside.domain.facts import Decided
from chairside.domain.form import Choice, Dose, Form
from chairside.domain.replies import Chosen, DoseGiven, DoseNotGiven
from chairside.domain.visit import Visit
from tests.domain.made_up import BOOK, NOON, Story

H1, H2, STEROID = DRUGS = ("cetirizine", "famotidine", "dexamethasone sodium phosphate")
ORDER = "Cetirizine 10 mg and famotidine 20 mg by mouth, dexamethasone 8 mg into a vein"
BRANDS = {
    "zyrtec": "cetirizine",
    "benadryl": "diphenhydramine",
    "pepcid": "famotidine",
    "decadron": "dexamethasone",
}
BY_BRAND = "Zyrtec 10 mg and PEPCID® 20 mg po, Decadron 8 mg i.v."
SPANISH = "10mg de Cetirizina, famotidina 20 mg por la boca; dexametasona 2,5 mg, i.v."


@pytest.mark.parametrize(
    ("order", "drug", "dose", "form", "doubted"),
    [
        (ORDER, H1, "10 mg", "tablet", ""),
        (ORDER, H1, "20 mg", "tablet", "amount"),  # the other drug's amount
        (ORDER, H2, "20 mg", "tablet", ""),
        (ORDER, H2, "40 mg", "tablet", "amount"),
        (ORDER, H2, "20 mg", "vein", "way"),
        (ORDER, STEROID, "as ordered", "vein", ""),
        (ORDER, STEROID, "as ordered", "muscle", "way"),
        (ORDER, STEROID, "4 mg", "vein", "amount"),
        (ORDER.upper(), STEROID, "8 mg", "vein", ""),
        (SPANISH, H1, "10 mg", "syrup", ""),
        (SPANISH, STEROID, "2.5 mg", "vein", ""),
        (SPANISH, STEROID, "2.5 mg", "muscle", "way"),
        ("diphenhydramine 50 mg iv, then famotidine 20 mg iv", H1, "as ordered", "vein", "drug"),
        ("levocetirizine 5 mg", H1, "as ordered", "tablet", "drug"),
        ("dexamethasone into a vein", STEROID, "as ordered", "vein", "amount"),
        ("famotidine 20 mg", H2, "20 mg", "vein", ""),  # no way was ordered
        ("as always", H2, "20 mg", "tablet", "drug"),
        ("famotidine\n20 mg", H2, "20 mg", "tablet", ""),
        ("cetirizine 10 mg\nfamotidine 20 mg", H1, "20 mg", "tablet", "amount"),
        ("famotidine 20 mg x 1, then once more", H2, "20 mg", "tablet", ""),
        ("famotidine 20 mg; famotidine 10 mg at night", H2, "20 mg", "tablet", ""),
        ("famotidine 20 ml", H2, "20 mg", "tablet", "amount"),
        ("famotidine 20 mg", H2, "20 mg or 20 ml", "tablet", ""),
        (BY_BRAND, H1, "10 mg", "tablet", ""),
        (BY_BRAND, H1, "20 mg", "tablet", "amount"),
        (BY_BRAND, H2, "20 mg", "tablet", ""),
        (BY_BRAND, H2, "20 mg", "vein", "way"),
        (BY_BRAND, STEROID, "as ordered", "vein", ""),
        (BY_BRAND, STEROID, "as ordered", "muscle", "way"),
        ("Zyrtec-D 10 mg", H1, "10 mg", "tablet", "drug"),  # it holds more than cetirizine
        ("Zyrtec D 10 mg", H1, "10 mg", "tablet", "drug"),
        ("Benadryl 50 mg iv", H1, "as ordered", "vein", "drug"),
        ("Claritin 10 mg", H1, "10 mg", "tablet", "drug"),  # a brand that is in no list names itself alone
        ("cetirizine 10 mg", "Zyrtec", "10 mg", "tablet", ""),  # a clinic's form may name the brand
    ],
)
def test_what_the_order_does_not_hold_is_doubted(
    order: str, drug: str, dose: str, form: str, doubted: Doubt
) -> None:
    """Proves: Q27."""
    assert differs(order, DRUGS, drug, DoseGiven(NOON, dose, form), BRANDS) == doubted


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("mouth", "mouth oral orally po tablet tablets syrup boca tableta"),
        ("vein", "vein iv intravenous intravenously vena intravenosa"),
        ("muscle", "muscle im intramuscular intramuscularly musculo m\u00fasculo"),
    ],
)
def test_each_word_of_a_way_names_it_and_no_other(way: str, said: str) -> None:
    """In English and in Spanish, as physicians write it. Proves: Q27."""
    for word in said.split():
        found = {
            form: differs(f"famotidine 20 mg {word}", DRUGS, H2, DoseGiven(NOON, "20 mg", form), BRANDS)
            for form in ("mouth", "vein", "muscle")
        }
        assert found == {form: "" if form == way else "way" for form in found}, word


@pytest.mark.parametrize("form", ["tablet", "chewable", "syrup"])
def test_what_is_swallowed_goes_by_the_mouth(form: str) -> None:
    assert differs("famotidine 20 mg po", DRUGS, H2, DoseGiven(NOON, "20 mg", form), {}) == ""
    assert differs("famotidine 20 mg im", DRUGS, H2, DoseGiven(NOON, "20 mg", form), {}) == "way"


@pytest.mark.parametrize(
    ("drug", "written"),
    [
        ("cetirizine", "cetirizina"),
        ("dexamethasone", "dexametasona"),
        ("diphenhydramine", "difenhidramina"),
        ("hydroxyzine", "hidroxicina hidroxizina"),
        ("famotidine", "Famotidina"),
    ],
)
def test_a_drug_is_known_by_its_name_in_both_languages(drug: str, written: str) -> None:
    told = f"{written} 20 mg"
    assert differs(told, (drug,), drug, DoseGiven(NOON, "20 mg", "vein"), {}) == ""
    assert differs(f"pre{told}", (drug,), drug, DoseGiven(NOON, "20 mg", "vein"), {}) == (
        "" if " " in written else "drug"
    )


def _ordered(doses: str) -> Visit:
    """A visit in which this was ordered, and nothing else about it."""
    visit = Story().until_decision().decide().visit
    decided = visit.decided
    assert decided is not None and isinstance(decided.fact, Decided)
    fact = structs.replace(decided.fact, doses=doses)
    return structs.replace(visit, decided=structs.replace(decided, fact=fact))


def _form() -> Form:
    """The form with the drugs by their names; loratadine is ordered by a tap, not in words."""
    form, named = (
        BOOK.forms["premedication"],
        dict(zip(("h1_given", "h2_given", "steroid_given"), DRUGS, strict=True)),
    )
    return structs.replace(
        form,
        items=tuple(
            structs.replace(item, drug=named.get(item.id, "loratadine")) if isinstance(item, Dose) else item
            for item in form.items
        ),
    )


@pytest.mark.parametrize(
    ("item", "order", "doubted"),
    [
        ("h2_given", ORDER, ""),
        ("h2_given", "Cetirizine 10 mg", "drug"),
        ("h1_given", "Cetirizine 10 mg and loratadine 20 mg", "amount"),  # the pill's amount is not its
        ("h2_given", " ", ""),
        ("loratadine", ORDER, ""),
        ("loratadine_allergy", ORDER, ""),
        ("h1_given", "Zyrtec 20 mg", ""),
        ("nothing_of_it", ORDER, ""),
    ],
)
def test_only_a_part_of_what_was_ordered_in_words_is_doubted(item: str, order: str, doubted: Doubt) -> None:
    found = _form().item(item)
    assert found is None or isinstance(found, (Dose, Choice))
    assert doubt(_ordered(order), _form(), item, DoseGiven(NOON, "20 mg", "tablet"), BRANDS) == doubted


def test_nothing_is_doubted_where_nothing_was_ordered_in_words() -> None:
    story, form = Story().until_decision(), BOOK.forms["premedication"]
    assert doubt(story.visit, form, "h1_given", DoseGiven(NOON, "10 mg", "tablet"), BRANDS) == ""


def test_only_what_was_given_is_doubted() -> None:
    for reply in (None, DoseNotGiven(reason="declined"), Chosen("yes")):
        assert doubt(_ordered(ORDER), _form(), "h2_given", reply, BRANDS) == ""
